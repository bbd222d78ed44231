//! The mock gateway as a program, for clients in any language.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Instant;

use chrono::{NaiveDateTime, TimeDelta};
use suning_api::mock::{Answer, Gateway, Server};
use suning_api::{Credentials, time};

const HELP: &str = "\
A mock of the Suning Open Platform gateway: checks requests as documented, answers with documented replies.

Usage: suning-mock [OPTIONS]

Options:
  --listen ADDRESS       IP address and port, port 0 for any free one [default: 127.0.0.1:0]
  --app-key KEY          App key of the client [environment: SUNING_APP_KEY]
  --app-secret SECRET    App secret of the client [environment: SUNING_APP_SECRET]
  --access-token TOKEN   Require this OAuth access token; none is required without
                         [environment: SUNING_ACCESS_TOKEN, unless key and secret are given here]
  --now TIME             'yyyy-MM-dd HH:mm:ss' in China Standard Time: the clock starts there and runs on
                         [default: the clock of the system]
  --strict               Refuse what the documents do not allow, even where deployed clients send it
  --help                 Print this
  --version              Print the version

Arguments show in lists of processes; the environment is the better place for secrets.

The first line on standard output is the address it listens on. Each further line is for one request:
method, HTTP status, error code, and why. Any path is accepted, with or without the method name.
";

fn main() -> ExitCode {
    let command = arguments().and_then(|arguments| Command::parse(arguments, |name| env::var(name).ok()));
    match command {
        Ok(Command::Help) => print(HELP),
        Ok(Command::Version) => print(&format!("suning-mock {}\n", env!("CARGO_PKG_VERSION"))),
        Ok(Command::Serve(options)) => serve(*options),
        Err(error) => {
            eprintln!("suning-mock: {error}");
            ExitCode::from(2)
        }
    }
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

fn serve(options: Options) -> ExitCode {
    let listen = options.listen;
    let server = match Server::start(options.into_gateway(), listen) {
        Ok(server) => server,
        Err(error) => {
            eprintln!("suning-mock: can not listen on {listen}: {error}; write another `--listen`, or port 0 for any");
            return ExitCode::FAILURE;
        }
    };
    let mut out = io::stdout();
    if let Err(error) = writeln!(out, "{}", server.address()).and_then(|()| out.flush()) {
        eprintln!("suning-mock: can not print the address: {error}");
        return ExitCode::FAILURE;
    }
    server.wait();
    ExitCode::SUCCESS
}

fn log(answer: &Answer) {
    let mut out = io::stdout().lock();
    // Nobody may be reading any more; that is no reason to stop answering.
    let _ = writeln!(out, "{answer}").and_then(|()| out.flush());
}

/// What the arguments ask for.
#[derive(Debug)]
enum Command {
    Help,
    Version,
    Serve(Box<Options>),
}

#[derive(Debug)]
struct Options {
    listen: SocketAddr,
    credentials: Credentials,
    now: Option<NaiveDateTime>,
    strict: bool,
}

/// An argument that can not be used: which one, and what to write.
#[derive(Debug, PartialEq, Eq)]
struct Unusable(String);

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Options {
    fn into_gateway(self) -> Gateway {
        let gateway = Gateway::builder(self.credentials).on_answer(log);
        let gateway = match self.now {
            Some(start) => gateway.clock(running_from(start)),
            None => gateway,
        };
        if self.strict { gateway.strict().build() } else { gateway.build() }
    }
}

/// A clock that starts at a time and runs on from there.
fn running_from(start: NaiveDateTime) -> impl Fn() -> NaiveDateTime {
    let started = Instant::now();
    move || {
        let elapsed = TimeDelta::from_std(started.elapsed()).unwrap_or_default();
        start.checked_add_signed(elapsed).unwrap_or(start)
    }
}

const WITH_VALUE: [&str; 5] = ["--listen", "--app-key", "--app-secret", "--access-token", "--now"];

impl Command {
    fn parse(
        arguments: impl IntoIterator<Item = String>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Unusable> {
        let mut given = BTreeMap::new();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            let value = match name.as_str() {
                "--help" | "-h" => return Ok(Self::Help),
                "--version" | "-V" => return Ok(Self::Version),
                "--strict" if inline.is_some() => {
                    return Err(Unusable("`--strict` takes no value: write `--strict`".to_owned()));
                }
                "--strict" => String::new(),
                known if WITH_VALUE.contains(&known) => value_of(known, inline.or_else(|| arguments.next()))?,
                other => return Err(unknown(other)),
            };
            if given.insert(name.clone(), value).is_some() {
                return Err(Unusable(format!("`{name}` is given twice: write it once")));
            }
        }
        Options::read(given, variable).map(|options| Self::Serve(Box::new(options)))
    }
}

/// What has no name may be the rest of a secret with a blank in it, and is not repeated.
fn unknown(name: &str) -> Unusable {
    Unusable(if name.starts_with('-') {
        format!("`{name}` is not an argument: write one that `suning-mock --help` lists")
    } else {
        "a value stands without its argument: write `--name VALUE`, and quote values that hold blanks".to_owned()
    })
}

fn value_of(name: &str, value: Option<String>) -> Result<String, Unusable> {
    value
        .filter(|value| !value.is_empty() && !value.starts_with("--"))
        .ok_or_else(|| Unusable(format!("`{name}` lacks its value: write `{name} VALUE`, or `{name}=VALUE`")))
}

impl Options {
    fn read(mut given: BTreeMap<String, String>, variable: impl Fn(&str) -> Option<String>) -> Result<Self, Unusable> {
        let listen = given.remove("--listen").unwrap_or_else(|| "127.0.0.1:0".to_owned());
        let now = given.remove("--now");
        Ok(Self {
            listen: address(&listen)?,
            now: now.as_deref().map(moment).transpose()?,
            strict: given.contains_key("--strict"),
            credentials: credentials(given, variable)?,
        })
    }
}

fn address(text: &str) -> Result<SocketAddr, Unusable> {
    let mut addresses = text.to_socket_addrs().into_iter().flatten();
    addresses.next().ok_or_else(|| {
        Unusable(format!("`--listen {text}` is not an address: write IP:PORT, such as `--listen 127.0.0.1:0`"))
    })
}

fn moment(text: &str) -> Result<NaiveDateTime, Unusable> {
    time::parse(text)
        .ok_or_else(|| Unusable(format!("`--now {text}` is not a time: write `--now 'yyyy-MM-dd HH:mm:ss'`")))
}

fn credentials(
    mut given: BTreeMap<String, String>,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Credentials, Unusable> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let (key, secret) = (given.remove("--app-key"), given.remove("--app-secret"));
    let is_complete = key.is_some() && secret.is_some();
    let required = |value: Option<String>, argument: &str, name: &str| {
        value
            .or_else(|| set(name))
            .ok_or_else(|| Unusable(format!("`{argument}` is missing: write `{argument} VALUE`, or export {name}")))
    };
    let credentials = Credentials::new(
        required(key, "--app-key", Credentials::APP_KEY_VARIABLE)?,
        required(secret, "--app-secret", Credentials::APP_SECRET_VARIABLE)?,
    );
    let token = given.remove("--access-token");
    // A token left in the environment must not be demanded of an app that is given in full.
    let token = token.or_else(|| if is_complete { None } else { set(Credentials::ACCESS_TOKEN_VARIABLE) });
    Ok(match token {
        Some(token) => credentials.with_access_token(token),
        None => credentials,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Command, Unusable> {
        let variable =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Command::parse(arguments.iter().map(|argument| (*argument).to_owned()), variable)
    }

    fn options(arguments: &[&str], variables: &[(&str, &str)]) -> Options {
        match parse(arguments, variables) {
            Ok(Command::Serve(options)) => *options,
            other => panic!("{other:?}"),
        }
    }

    fn error(arguments: &[&str]) -> String {
        parse(arguments, &[]).unwrap_err().to_string()
    }

    #[test]
    fn all_arguments_are_taken_in_both_spellings() {
        let options = options(
            &["--app-key", "k", "--app-secret=s=s", "--access-token", "t", "--listen=127.0.0.1:8080", "--strict"],
            &[],
        );
        assert_eq!(options.credentials, Credentials::new("k", "s=s").with_access_token("t"));
        assert_eq!(options.listen.to_string(), "127.0.0.1:8080");
        assert!(options.strict);
    }

    #[test]
    fn the_environment_stands_in_for_what_is_not_given() {
        let variables = [("SUNING_APP_KEY", "k"), ("SUNING_APP_SECRET", "s"), ("SUNING_ACCESS_TOKEN", "t")];
        assert_eq!(options(&[], &variables).credentials, Credentials::new("k", "s").with_access_token("t"));
        assert_eq!(
            options(&["--app-key", "other"], &variables).credentials,
            Credentials::new("other", "s").with_access_token("t"),
        );
        assert_eq!(
            options(&["--app-key", "other", "--app-secret", "o"], &variables).credentials,
            Credentials::new("other", "o"),
        );
    }

    #[test]
    fn the_clock_starts_where_it_is_told() {
        let options = options(&["--app-key=k", "--app-secret=s", "--now", "2013-10-26 00:00:00"], &[]);
        assert_eq!(options.now.map(time::format).as_deref(), Some("2013-10-26 00:00:00"));
    }

    #[test]
    fn help_and_version_win_over_what_is_missing() {
        assert!(matches!(parse(&["--strict", "--help"], &[]), Ok(Command::Help)));
        assert!(matches!(parse(&["--version"], &[]), Ok(Command::Version)));
    }

    #[test]
    fn errors_name_the_argument_and_what_to_write() {
        assert_eq!(error(&[]), "`--app-key` is missing: write `--app-key VALUE`, or export SUNING_APP_KEY");
        assert_eq!(
            error(&["--app-key", "--strict"]),
            "`--app-key` lacks its value: write `--app-key VALUE`, or `--app-key=VALUE`",
        );
        assert_eq!(error(&["--port=1"]), "`--port` is not an argument: write one that `suning-mock --help` lists");
        assert_eq!(error(&["--strict", "--strict"]), "`--strict` is given twice: write it once");
        assert_eq!(
            error(&["--listen", "nowhere"]),
            "`--listen nowhere` is not an address: write IP:PORT, such as `--listen 127.0.0.1:0`",
        );
        assert_eq!(error(&["--now", "today"]), "`--now today` is not a time: write `--now 'yyyy-MM-dd HH:mm:ss'`");
    }

    #[test]
    fn errors_do_not_show_a_secret() {
        let error = error(&["--app-secret", "my", "secret"]);
        assert_eq!(
            error,
            "a value stands without its argument: write `--name VALUE`, and quote values that hold blanks",
        );
    }
}
