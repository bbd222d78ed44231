//! Pushes messages, and prints which are acknowledged.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::thread;

use serde_json::value::RawValue;
use suning_api::mock::{Gateway, GatewayBuilder};

use crate::arguments::{Arguments, Unusable};
use crate::serve::log;

/// Messages to push, as JSON lines.
pub(crate) struct Messages {
    name: String,
    lines: Box<dyn Read + Send>,
}

pub(crate) fn configure(
    gateway: GatewayBuilder,
    arguments: &mut Arguments,
) -> Result<(GatewayBuilder, Option<Messages>), Unusable> {
    let (is_on, file) = (arguments.has("--push"), arguments.value("--deliver"));
    let messages = match file {
        Some(_) if !is_on => return Err(Unusable("`--deliver` needs `--push` as well".to_owned())),
        Some(file) => Some(Messages::open(file)?),
        None => None,
    };
    let gateway = if is_on { gateway.on_acknowledged(|id| log(format_args!("ack {id}"))) } else { gateway };
    Ok((gateway, messages))
}

impl Messages {
    fn open(file: String) -> Result<Self, Unusable> {
        if file == "-" {
            return Ok(Self { name: "standard input".to_owned(), lines: Box::new(io::stdin()) });
        }
        let lines = File::open(&file).map_err(|error| Unusable(format!("cannot read `--deliver {file}`: {error}")))?;
        Ok(Self { name: file, lines: Box::new(lines) })
    }

    /// Pushes the messages, as they are read, in a thread that ends with the process.
    pub(crate) fn deliver(self, gateway: &Arc<Gateway>) {
        let gateway = Arc::clone(gateway);
        thread::spawn(move || {
            for (number, line) in (1..).zip(BufReader::new(self.lines).lines()) {
                let pushed = line.map_err(|error| error.to_string()).and_then(|line| push(&gateway, &line));
                if let Err(problem) = pushed {
                    eprintln!("suning-mock: {}:{number}: {problem}", self.name);
                }
            }
        });
    }
}

fn push(gateway: &Gateway, line: &str) -> Result<(), String> {
    if line.trim().is_empty() {
        return Ok(());
    }
    let fields: HashMap<String, &RawValue> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let text = |name: &str| {
        let field = fields.get(name).ok_or_else(|| format!("`{name}` is missing; write topic, user and msg"))?;
        // What is not a text is pushed as JSON, verbatim.
        Ok::<_, String>(serde_json::from_str(field.get()).unwrap_or_else(|_| field.get().to_owned()))
    };
    gateway.push(&text("topic")?, &text("user")?, &text("msg")?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_a_field_is_reported() {
        let gateway = Gateway::builder(suning_api::Credentials::new("k", "s")).build();
        assert_eq!(push(&gateway, r#"{"topic":"t","user":1,"msg":{}}"#), Ok(()));
        assert_eq!(
            push(&gateway, r#"{"topic":"t","msg":{}}"#).unwrap_err(),
            "`user` is missing; write topic, user and msg"
        );
        assert!(push(&gateway, "{").unwrap_err().contains("line 1 column 1"));
    }

    #[test]
    fn deliveries_need_the_endpoint() {
        let given = ["--deliver=-".to_owned()];
        let mut arguments = Arguments::parse(&given, crate::serve::ARGUMENTS).unwrap();
        let gateway = Gateway::builder(suning_api::Credentials::new("k", "s"));
        let error = configure(gateway, &mut arguments).err().unwrap();
        assert_eq!(error.to_string(), "`--deliver` needs `--push` as well");
    }
}
