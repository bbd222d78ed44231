//! The mock gateway as a program, for clients in any language.

mod arguments;
mod explain;
mod serve;

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use self::arguments::{Arguments, Unusable};

const HELP: &str = "\
A mock of the Suning Open Platform gateway: checks requests as documented, answers with documented replies.

Usage: suning-mock [OPTIONS]            serves
       suning-mock explain [OPTIONS]    shows what a signature is made of, and what is wrong with another one

Options of both:
  --app-key KEY          App key of the client [environment: SUNING_APP_KEY]
  --app-secret SECRET    App secret of the client [environment: SUNING_APP_SECRET]
  --now TIME             'yyyy-MM-dd HH:mm:ss' in China Standard Time: the clock starts there and runs on
                         [default: the clock of the system]
  --help                 Print this
  --version              Print the version

Options to serve:
  --listen ADDRESS       IP address and port, port 0 for any free one [default: 127.0.0.1:0]
  --access-token TOKEN   Require this OAuth access token; none is required without
                         [environment: SUNING_ACCESS_TOKEN, unless key and secret are given here]
  --refuse METHOD=CODE   Answer valid requests for a method with an error code; can be given more than once
  --strict               Refuse what the documents do not allow, even where deployed clients send it

Options to explain:
  --method METHOD        Full name of the method, for a request of your own
  --time TIME            Its request time [default: now]
  --body FILE            Its body, byte for byte; `-` reads standard input [default: empty]
  --request FILE         A request of any client as it was sent: request line if there is one, headers, an empty line,
                         body; `-` reads standard input

Arguments show in lists of processes; the environment is the better place for secrets.

Serving, the first line on standard output is the address it listens on. Each further line is for one request:
method, HTTP status, error code, and why. Any path is accepted, with or without the method name.

Explaining a request, it ends with status 1 when the signature is not the right one; given a request of your own as
well, it names the first part in which they differ.
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
                explain::run(Arguments::read(rest, explain::ARGUMENTS)?, variable)
            }
            _ => serve::run(Arguments::read(&given, serve::ARGUMENTS)?, variable),
        }
    });
    outcome.unwrap_or_else(|error| {
        eprintln!("suning-mock: {error}");
        ExitCode::from(2)
    })
}

fn arguments() -> Result<Vec<String>, Unusable> {
    let read = |(place, argument): (usize, OsString)| {
        argument.into_string().map_err(|_| Unusable(format!("argument {place} is not UTF-8: write it in UTF-8")))
    };
    env::args_os().enumerate().skip(1).map(read).collect()
}

fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
