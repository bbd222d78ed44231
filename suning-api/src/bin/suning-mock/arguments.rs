//! Command-line arguments, as `--name VALUE` or `--name=VALUE`.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDateTime;
use suning_api::{Credentials, time};

/// An invalid argument: which one, and what to write.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unusable(pub(crate) String);

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How an argument is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Once, with a value.
    Value,
    /// Any number of times, with a value.
    Values,
    /// Without a value.
    Flag,
}

/// The arguments of one command. Each accessor removes what it returns.
#[derive(Debug)]
pub(crate) struct Arguments(BTreeMap<&'static str, Vec<String>>);

impl Arguments {
    /// Parses the arguments that a command knows.
    pub(crate) fn parse(given: &[String], known: &'static [(&'static str, Form)]) -> Result<Self, Unusable> {
        let mut parsed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut given = given.iter();
        while let Some(argument) = given.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (argument.as_str(), None),
            };
            let Some((name, form)) = known.iter().find(|(known, _)| *known == name) else {
                return Err(unknown(name));
            };
            let value = match form {
                Form::Flag if inline.is_some() => {
                    return Err(Unusable(format!("`{name}` takes no value; write `{name}`")));
                }
                Form::Flag => String::new(),
                Form::Value | Form::Values => value_of(name, inline.or_else(|| given.next().map(String::as_str)))?,
            };
            let values = parsed.entry(name).or_default();
            if *form != Form::Values && !values.is_empty() {
                return Err(Unusable(format!("`{name}` was given twice; write it once")));
            }
            values.push(value);
        }
        Ok(Self(parsed))
    }

    /// The values of a repeatable argument.
    pub(crate) fn values(&mut self, name: &str) -> Vec<String> {
        self.0.remove(name).unwrap_or_default()
    }

    /// The value of an argument.
    pub(crate) fn value(&mut self, name: &str) -> Option<String> {
        self.values(name).pop()
    }

    /// Whether a flag is set.
    pub(crate) fn has(&mut self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// A time in China Standard Time.
    pub(crate) fn time(&mut self, name: &str) -> Result<Option<NaiveDateTime>, Unusable> {
        let Some(text) = self.value(name) else { return Ok(None) };
        let time = time::parse(&text);
        time.map(Some)
            .ok_or_else(|| Unusable(format!("`{name} {text}` is not a time; write `{name} 'yyyy-MM-dd HH:mm:ss'`")))
    }

    /// The credentials from the arguments, or else from the environment.
    pub(crate) fn credentials(&mut self, variable: impl Fn(&str) -> Option<String>) -> Result<Credentials, Unusable> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let (key, secret) = (self.value("--app-key"), self.value("--app-secret"));
        let is_complete = key.is_some() && secret.is_some();
        let required = |value: Option<String>, argument: &str, name: &str| {
            value.or_else(|| set(name)).ok_or_else(|| {
                Unusable(format!(
                    "missing `{argument}`; write `{argument} VALUE`, or set the environment variable {name}"
                ))
            })
        };
        let credentials = Credentials::new(
            required(key, "--app-key", Credentials::APP_KEY_VARIABLE)?,
            required(secret, "--app-secret", Credentials::APP_SECRET_VARIABLE)?,
        );
        let token = self.value("--access-token");
        // A token in the environment belongs to the app in the environment.
        let token = token.or_else(|| if is_complete { None } else { set(Credentials::ACCESS_TOKEN_VARIABLE) });
        Ok(match token {
            Some(token) => credentials.with_access_token(token),
            None => credentials,
        })
    }
}

/// The message does not repeat a stray value: it may be the rest of a secret that contains a space.
fn unknown(name: &str) -> Unusable {
    Unusable(if !cfg!(feature = "push") && matches!(name, "--push" | "--deliver") {
        format!("`{name}` needs the feature `push`; build with `--features mock,push`")
    } else if name.starts_with('-') {
        format!("unknown argument `{name}`; `suning-mock --help` lists all")
    } else {
        "a value without an argument name; write `--name VALUE`, and quote values that contain spaces".to_owned()
    })
}

fn value_of(name: &str, value: Option<&str>) -> Result<String, Unusable> {
    value
        .filter(|value| !value.is_empty() && !value.starts_with("--"))
        .map(str::to_owned)
        .ok_or_else(|| Unusable(format!("`{name}` needs a value; write `{name} VALUE`, or `{name}=VALUE`")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::ARGUMENTS;

    fn parse(given: &[&str]) -> Result<Arguments, Unusable> {
        let given: Vec<String> = given.iter().map(|argument| (*argument).to_owned()).collect();
        Arguments::parse(&given, ARGUMENTS)
    }

    fn credentials(given: &[&str], variables: &[(&str, &str)]) -> Result<Credentials, Unusable> {
        let variable =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        parse(given)?.credentials(variable)
    }

    #[test]
    fn arguments_are_parsed_in_both_forms() {
        let given = ["--app-key", "k", "--app-secret=s=s", "--access-token", "t", "--strict"];
        assert_eq!(credentials(&given, &[]).unwrap(), Credentials::new("k", "s=s").with_access_token("t"));
        let mut given = parse(&["--strict", "--refuse", "a=b", "--refuse=c=d"]).unwrap();
        assert!(given.has("--strict") && !given.has("--listen"));
        assert_eq!(given.values("--refuse"), ["a=b", "c=d"]);
    }

    #[test]
    fn credentials_come_from_the_environment_by_default() {
        let variables = [("SUNING_APP_KEY", "k"), ("SUNING_APP_SECRET", "s"), ("SUNING_ACCESS_TOKEN", "t")];
        let with_token = |key: &str| Credentials::new(key, "s").with_access_token("t");
        assert_eq!(credentials(&[], &variables).unwrap(), with_token("k"));
        assert_eq!(credentials(&["--app-key", "other"], &variables).unwrap(), with_token("other"));
        let given = ["--app-key", "other", "--app-secret", "o"];
        assert_eq!(credentials(&given, &variables).unwrap(), Credentials::new("other", "o"));
    }

    #[test]
    fn errors_name_the_argument_and_what_to_write() {
        let error = |given: &[&str]| credentials(given, &[]).unwrap_err().to_string();
        assert_eq!(
            error(&[]),
            "missing `--app-key`; write `--app-key VALUE`, or set the environment variable SUNING_APP_KEY"
        );
        assert_eq!(
            error(&["--app-key", "--strict"]),
            "`--app-key` needs a value; write `--app-key VALUE`, or `--app-key=VALUE`",
        );
        assert_eq!(error(&["--port=1"]), "unknown argument `--port`; `suning-mock --help` lists all");
        assert_eq!(error(&["--strict", "--strict"]), "`--strict` was given twice; write it once");
        assert_eq!(error(&["--strict=yes"]), "`--strict` takes no value; write `--strict`");
        let time = parse(&["--now", "today"]).unwrap().time("--now").unwrap_err();
        assert_eq!(time.to_string(), "`--now today` is not a time; write `--now 'yyyy-MM-dd HH:mm:ss'`");
    }

    #[test]
    fn errors_do_not_show_a_secret() {
        let error = parse(&["--app-secret", "my", "secret"]).unwrap_err().to_string();
        assert_eq!(
            error,
            "a value without an argument name; write `--name VALUE`, and quote values that contain spaces"
        );
    }
}
