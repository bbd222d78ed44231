//! Arguments of the program, in the spellings `--name VALUE` and `--name=VALUE`.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDateTime;
use suning_api::{Credentials, time};

/// An argument that can not be used: which one, and what to write.
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
    /// With a value, as often as one likes.
    Values,
    /// Without a value.
    Flag,
}

/// The arguments of one command, taken out as they are used.
#[derive(Debug)]
pub(crate) struct Arguments(BTreeMap<&'static str, Vec<String>>);

impl Arguments {
    /// Reads arguments of which these are known.
    pub(crate) fn read(given: &[String], known: &'static [(&'static str, Form)]) -> Result<Self, Unusable> {
        let mut read: BTreeMap<&str, Vec<String>> = BTreeMap::new();
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
                    return Err(Unusable(format!("`{name}` takes no value: write `{name}`")));
                }
                Form::Flag => String::new(),
                Form::Value | Form::Values => value_of(name, inline.or_else(|| given.next().map(String::as_str)))?,
            };
            let values = read.entry(name).or_default();
            if *form != Form::Values && !values.is_empty() {
                return Err(Unusable(format!("`{name}` is given twice: write it once")));
            }
            values.push(value);
        }
        Ok(Self(read))
    }

    /// The values of an argument that can be given more than once.
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

    /// A time on a Chinese clock.
    pub(crate) fn time(&mut self, name: &str) -> Result<Option<NaiveDateTime>, Unusable> {
        let Some(text) = self.value(name) else { return Ok(None) };
        let time = time::parse(&text);
        time.map(Some)
            .ok_or_else(|| Unusable(format!("`{name} {text}` is not a time: write `{name} 'yyyy-MM-dd HH:mm:ss'`")))
    }

    /// Who calls; the environment stands in for what is not given.
    pub(crate) fn credentials(&mut self, variable: impl Fn(&str) -> Option<String>) -> Result<Credentials, Unusable> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let (key, secret) = (self.value("--app-key"), self.value("--app-secret"));
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
        let token = self.value("--access-token");
        // A token left in the environment must not be demanded of an app that is given in full.
        let token = token.or_else(|| if is_complete { None } else { set(Credentials::ACCESS_TOKEN_VARIABLE) });
        Ok(match token {
            Some(token) => credentials.with_access_token(token),
            None => credentials,
        })
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

fn value_of(name: &str, value: Option<&str>) -> Result<String, Unusable> {
    value
        .filter(|value| !value.is_empty() && !value.starts_with("--"))
        .map(str::to_owned)
        .ok_or_else(|| Unusable(format!("`{name}` lacks its value: write `{name} VALUE`, or `{name}=VALUE`")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::ARGUMENTS;

    fn read(given: &[&str]) -> Result<Arguments, Unusable> {
        let given: Vec<String> = given.iter().map(|argument| (*argument).to_owned()).collect();
        Arguments::read(&given, ARGUMENTS)
    }

    fn credentials(given: &[&str], variables: &[(&str, &str)]) -> Result<Credentials, Unusable> {
        let variable =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        read(given)?.credentials(variable)
    }

    #[test]
    fn all_arguments_are_taken_in_both_spellings() {
        let given = ["--app-key", "k", "--app-secret=s=s", "--access-token", "t", "--strict"];
        assert_eq!(credentials(&given, &[]).unwrap(), Credentials::new("k", "s=s").with_access_token("t"));
        let mut given = read(&["--strict", "--refuse", "a=b", "--refuse=c=d"]).unwrap();
        assert!(given.has("--strict") && !given.has("--listen"));
        assert_eq!(given.values("--refuse"), ["a=b", "c=d"]);
    }

    #[test]
    fn the_environment_stands_in_for_what_is_not_given() {
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
        assert_eq!(error(&[]), "`--app-key` is missing: write `--app-key VALUE`, or export SUNING_APP_KEY");
        assert_eq!(
            error(&["--app-key", "--strict"]),
            "`--app-key` lacks its value: write `--app-key VALUE`, or `--app-key=VALUE`",
        );
        assert_eq!(error(&["--port=1"]), "`--port` is not an argument: write one that `suning-mock --help` lists");
        assert_eq!(error(&["--strict", "--strict"]), "`--strict` is given twice: write it once");
        assert_eq!(error(&["--strict=yes"]), "`--strict` takes no value: write `--strict`");
        let time = read(&["--now", "today"]).unwrap().time("--now").unwrap_err();
        assert_eq!(time.to_string(), "`--now today` is not a time: write `--now 'yyyy-MM-dd HH:mm:ss'`");
    }

    #[test]
    fn errors_do_not_show_a_secret() {
        let error = read(&["--app-secret", "my", "secret"]).unwrap_err().to_string();
        assert_eq!(
            error,
            "a value stands without its argument: write `--name VALUE`, and quote values that hold blanks"
        );
    }
}
