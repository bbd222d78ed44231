//! Shows how a signature is made, and what is wrong with another one.

use std::fs;
use std::io::{self, Read};
use std::process::ExitCode;
use std::time::SystemTime;

use bytes::Bytes;
use chrono::NaiveDateTime;
use http::{HeaderName, HeaderValue, Uri};
use suning_api::sign::Explanation;
use suning_api::{Credentials, time};

use crate::arguments::{Arguments, Form, Unusable};

pub(crate) const ARGUMENTS: &[(&str, Form)] = &[
    ("--app-key", Form::Value),
    ("--app-secret", Form::Value),
    ("--now", Form::Value),
    ("--method", Form::Value),
    ("--time", Form::Value),
    ("--body", Form::Value),
    ("--request", Form::Value),
];

pub(crate) fn run(mut arguments: Arguments, variable: impl Fn(&str) -> Option<String>) -> Result<ExitCode, Unusable> {
    let credentials = arguments.credentials(variable)?;
    let now = arguments.time("--now")?.unwrap_or_else(|| time::china_time(SystemTime::now()));
    let ours = ours(&mut arguments, &credentials, now)?;
    let theirs = theirs(&mut arguments, &credentials)?.map(|theirs| theirs.at(now));
    if ours.is_none() && theirs.is_none() {
        let message = "nothing to explain; write `--method METHOD --body FILE`, or `--request FILE`";
        return Err(Unusable(message.to_owned()));
    }
    let mut text: Vec<String> = ours.iter().map(|ours| format!("{ours}\n")).collect();
    text.extend(theirs.iter().map(|theirs| {
        let head = if ours.is_some() { "the other request\n" } else { "" };
        format!("{head}{theirs}\n")
    }));
    if let (Some(ours), Some(theirs)) = (&ours, &theirs) {
        let difference = ours.first_difference(theirs).map_or_else(
            || "both requests have the same parts\n".to_owned(),
            |difference| format!("{difference} in the other request\n"),
        );
        text.push(difference);
    }
    let printed = crate::print(&text.join("\n"));
    Ok(if theirs.is_none_or(|theirs| theirs.is_right()) { printed } else { ExitCode::FAILURE })
}

/// The request that the arguments describe.
fn ours(
    arguments: &mut Arguments,
    credentials: &Credentials,
    now: NaiveDateTime,
) -> Result<Option<Explanation>, Unusable> {
    let (time, body) = (arguments.time("--time")?, arguments.value("--body"));
    let Some(method) = arguments.value("--method") else {
        let stray = if body.is_some() { Some("--body") } else { time.map(|_| "--time") };
        return match stray {
            Some(name) => Err(Unusable(format!("`{name}` needs `--method METHOD` as well"))),
            None => Ok(None),
        };
    };
    let body = body.map(|file| read("--body", &file)).transpose()?.unwrap_or_default();
    Ok(Some(Explanation::new(credentials, &method, &time::format(time.unwrap_or(now)), body).at(now)))
}

/// A saved request of any client.
fn theirs(arguments: &mut Arguments, credentials: &Credentials) -> Result<Option<Explanation>, Unusable> {
    let Some(file) = arguments.value("--request") else { return Ok(None) };
    let request = parse(&read("--request", &file)?).map_err(|problem| {
        Unusable(format!("`--request {file}` {problem}; save headers, an empty line, and the exact body"))
    })?;
    Ok(Some(Explanation::of_request(credentials, &request)))
}

fn read(name: &str, file: &str) -> Result<Bytes, Unusable> {
    let bytes = match file {
        "-" => {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes).map(|_| bytes)
        }
        file => fs::read(file),
    };
    bytes.map(Bytes::from).map_err(|error| Unusable(format!("cannot read `{name} {file}`: {error}")))
}

/// Parses an optional request line, headers, an empty line, and the exact body.
fn parse(message: &Bytes) -> Result<http::Request<Bytes>, String> {
    let end = [&b"\r\n\r\n"[..], b"\n\n"].into_iter().filter_map(|end| Some((find(message, end)?, end.len()))).min();
    let (head, body) = end.map_or((message.len(), message.len()), |(at, length)| (at, at + length));
    let head = std::str::from_utf8(&message[..head]).map_err(|_| "has headers that are not text".to_owned())?;
    let mut request = http::Request::new(message.slice(body..));
    for (index, line) in head.lines().enumerate() {
        let mut words = line.split(' ');
        let is_request_line = index == 0 && words.clone().count() == 3 && line.contains(" HTTP/");
        if is_request_line {
            *request.uri_mut() = words.nth(1).unwrap_or_default().parse::<Uri>().unwrap_or_default();
            continue;
        }
        let header = line.split_once(':').and_then(|(name, value)| {
            let name = name.trim().parse::<HeaderName>().ok()?;
            Some((name, HeaderValue::from_str(value.trim()).ok()?))
        });
        let (name, value) = header.ok_or_else(|| format!("has an invalid header in line {}", index + 1))?;
        request.headers_mut().insert(name, value);
    }
    if request.headers().is_empty() { Err("has no headers".to_owned()) } else { Ok(request) }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(message: &'static str) -> Result<http::Request<Bytes>, String> {
        parse(&Bytes::from_static(message.as_bytes()))
    }

    #[test]
    fn a_request_is_parsed_with_and_without_its_first_line() {
        for message in ["POST /api/suning.a.b HTTP/1.1\r\nAppKey: k\r\n\r\n{\n\n}\n", "appkey:k\n\n{\n\n}\n"] {
            let request = parsed(message).unwrap();
            assert_eq!(
                (request.headers()["AppKey"].to_str().unwrap(), request.body().as_ref()),
                ("k", &b"{\n\n}\n"[..])
            );
        }
        assert_eq!(parsed("POST /api/suning.a.b HTTP/1.1\nAppKey: k").unwrap().uri().path(), "/api/suning.a.b");
    }

    #[test]
    fn errors_name_the_line() {
        assert_eq!(parsed("").unwrap_err(), "has no headers");
        assert_eq!(parsed("AppKey: k\nbody\n").unwrap_err(), "has an invalid header in line 2");
    }
}
