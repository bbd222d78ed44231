//! The mock gateway as a program, for clients in any language.

mod arguments;
mod explain;
#[cfg(feature = "push")]
mod push;
mod serve;

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use self::arguments::{Arguments, Unusable};

const HELP: &str = "\
A mock of the Suning Open Platform gateway. It checks requests as documented and answers with the documented replies.

Usage: suning-mock [OPTIONS]            Serve on a port
       suning-mock explain [OPTIONS]    Show how a signature is made, and what is wrong with another one

Options of both:
  --app-key KEY          App key of the client [environment: SUNING_APP_KEY]
  --app-secret SECRET    App secret of the client [environment: SUNING_APP_SECRET]
  --now TIME             Start the clock at this time, 'yyyy-MM-dd HH:mm:ss' in China Standard Time
                         [default: the current time]
  --help                 Print this help
  --version              Print the version

Options for serving:
  --listen ADDRESS       IP address and port; port 0 picks a free port [default: 127.0.0.1:0]
  --access-token TOKEN   Require this OAuth access token [default: no token is required]
                         [environment: SUNING_ACCESS_TOKEN, ignored if both key and secret are arguments]
  --refuse METHOD=CODE   Answer valid requests for a method with an error code; repeatable
  --strict               Refuse everything that is not documented, even if deployed clients send it
  --push                 Print `ack` and the id of each message that a subscriber at /websocket acknowledges
                         [needs the feature `push`]
  --deliver FILE         With --push: push the messages in a file of JSON lines; `-` reads standard input. A line is
                         {\"topic\":\"suning_order_virtual_resend\",\"user\":\"70000001\",\"msg\":{\"orderItemCode\":\"1\"}}

Options for explain:
  --method METHOD        Full name of the method, to sign a request of your own
  --time TIME            Its request time [default: now]
  --body FILE            Its exact body; `-` reads standard input [default: empty]
  --request FILE         A request as any client sent it: request line (optional), headers, empty line, body;
                         `-` reads standard input

Other users can see arguments in the list of processes. Pass secrets by the environment.

When serving, the first line of output is the address. Each line after it is for one request: method, HTTP status,
error code, and the reason. Any path is accepted, with or without the method name.

`explain --request` exits with status 1 if the signature is wrong. With `--method` as well, it shows the first
difference between the two requests.
";

fn main() -> ExitCode {
    let outcome = arguments().and_then(|given| {
        let has = |names: [&str; 2]| given.iter().any(|argument| names.contains(&argument.as_str()));
        if has(["--help", "-h"]) {
            return Ok(print(HELP));
        }
        if has(["--version", "-V"]) {
            return Ok(print(&format!("suning-mock {}\n", env!("CARGO_PKG_VERSION"))));
        }
        let variable = |name: &str| env::var(name).ok();
        match given.split_first() {
            Some((first, rest)) if first == "explain" => {
                explain::run(Arguments::parse(rest, explain::ARGUMENTS)?, variable)
            }
            _ => serve::run(Arguments::parse(&given, serve::ARGUMENTS)?, variable),
        }
    });
    outcome.unwrap_or_else(|error| {
        eprintln!("suning-mock: {error}");
        ExitCode::from(2)
    })
}

fn arguments() -> Result<Vec<String>, Unusable> {
    let read = |(place, argument): (usize, OsString)| {
        argument.into_string().map_err(|_| Unusable(format!("argument {place} is not UTF-8")))
    };
    env::args_os().enumerate().skip(1).map(read).collect()
}

fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
