//! Serves the mock gateway on a port.

use std::fmt::Display;
use std::io::{self, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Instant;

use chrono::{NaiveDateTime, TimeDelta};
use suning_api::mock::{Gateway, GatewayBuilder, Server};

use crate::arguments::{Arguments, Form, Unusable};

pub(crate) const ARGUMENTS: &[(&str, Form)] = &[
    ("--listen", Form::Value),
    ("--app-key", Form::Value),
    ("--app-secret", Form::Value),
    ("--access-token", Form::Value),
    ("--now", Form::Value),
    ("--refuse", Form::Values),
    ("--strict", Form::Flag),
    #[cfg(feature = "push")]
    ("--push", Form::Flag),
    #[cfg(feature = "push")]
    ("--deliver", Form::Value),
];

pub(crate) fn run(mut arguments: Arguments, variable: impl Fn(&str) -> Option<String>) -> Result<ExitCode, Unusable> {
    let listen = address(&arguments.value("--listen").unwrap_or_else(|| "127.0.0.1:0".to_owned()))?;
    let gateway = gateway(&mut arguments, variable)?.on_answer(|answer| log(answer));
    #[cfg(feature = "push")]
    let (gateway, messages) = crate::push::configure(gateway, &mut arguments)?;
    let server = match start(gateway.build(), listen) {
        Ok(server) => server,
        Err(failure) => return Ok(failure),
    };
    #[cfg(feature = "push")]
    if let Some(messages) = messages {
        messages.deliver(server.gateway());
    }
    server.wait();
    Ok(ExitCode::SUCCESS)
}

fn gateway(arguments: &mut Arguments, variable: impl Fn(&str) -> Option<String>) -> Result<GatewayBuilder, Unusable> {
    let mut gateway = Gateway::builder(arguments.credentials(variable)?);
    if let Some(start) = arguments.time("--now")? {
        gateway = gateway.clock(running_from(start));
    }
    for refused in arguments.values("--refuse") {
        let (method, code) = refused
            .split_once('=')
            .ok_or_else(|| Unusable(format!("`--refuse {refused}` has no error code; write `--refuse METHOD=CODE`")))?;
        gateway = gateway.refuse(method, code).map_err(|error| Unusable(format!("`--refuse {refused}`: {error}")))?;
    }
    Ok(if arguments.has("--strict") { gateway.strict() } else { gateway })
}

/// Starts the server and prints its address, or reports why it cannot.
fn start(gateway: Gateway, listen: SocketAddr) -> Result<Server, ExitCode> {
    let server = Server::start(gateway, listen).map_err(|error| {
        eprintln!(
            "suning-mock: cannot listen on {listen}: {error}; choose another `--listen`, or port 0 for a free port"
        );
        ExitCode::FAILURE
    })?;
    let mut out = io::stdout();
    writeln!(out, "{}", server.address()).and_then(|()| out.flush()).map_err(|error| {
        eprintln!("suning-mock: cannot print the address: {error}");
        ExitCode::FAILURE
    })?;
    Ok(server)
}

/// Prints a line.
pub(crate) fn log(line: impl Display) {
    let mut out = io::stdout().lock();
    // The gateway keeps serving when nobody reads its log any more.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// A clock that starts at the given time.
fn running_from(start: NaiveDateTime) -> impl Fn() -> NaiveDateTime {
    let started = Instant::now();
    move || {
        let elapsed = TimeDelta::from_std(started.elapsed()).unwrap_or_default();
        start.checked_add_signed(elapsed).unwrap_or(start)
    }
}

fn address(text: &str) -> Result<SocketAddr, Unusable> {
    let mut addresses = text.to_socket_addrs().into_iter().flatten();
    addresses.next().ok_or_else(|| {
        Unusable(format!("`--listen {text}` is not an address; write IP:PORT, such as `--listen 127.0.0.1:0`"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_argument_and_what_to_write() {
        assert_eq!(address("127.0.0.1:8080").unwrap().to_string(), "127.0.0.1:8080");
        assert_eq!(
            address("nowhere").unwrap_err().to_string(),
            "`--listen nowhere` is not an address; write IP:PORT, such as `--listen 127.0.0.1:0`",
        );
        let given = ["--app-key=k", "--app-secret=s", "--refuse=suning.custom.virtual.get"].map(str::to_owned);
        let mut arguments = Arguments::parse(&given, ARGUMENTS).unwrap();
        assert_eq!(
            gateway(&mut arguments, |_| None).unwrap_err().to_string(),
            "`--refuse suning.custom.virtual.get` has no error code; write `--refuse METHOD=CODE`",
        );
        let given = ["--app-key=k", "--app-secret=s", "--refuse=suning.custom.virtal.get=a:b"].map(str::to_owned);
        let mut arguments = Arguments::parse(&given, ARGUMENTS).unwrap();
        assert_eq!(
            gateway(&mut arguments, |_| None).unwrap_err().to_string(),
            "`--refuse suning.custom.virtal.get=a:b`: unknown method `suning.custom.virtal.get`, did you mean \
             `suning.custom.virtual.get`?",
        );
    }
}
