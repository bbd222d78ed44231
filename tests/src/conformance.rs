//! Checks the crate against the documented messages.

use bytes::Bytes;
use codegen::message::{Difference, differences};
use serde::Serialize;
use serde_json::Value;
use suning_api::mock::{documented_request, documented_response};
use suning_api::reply::read_reply;
use suning_api::request::{Context, Endpoint, Request, sign_request};
use suning_api::{Credentials, Format, Reply, time};

const FORMATS: [Format; 2] = [Format::Json, Format::Xml];

/// Checks that the request we send has the structure of the documented one. Order and layout do not matter.
///
/// # Panics
/// With the path of the first difference.
pub fn request<R: Request>(request: &R) {
    for format in FORMATS {
        let Some(documented) = documented_request(R::METHOD.name, format) else { continue };
        let (credentials, endpoint) = (Credentials::new("key", "secret"), Endpoint::production());
        let time = time::parse("2026-01-02 03:04:05").expect("a time");
        let context = Context::new(&credentials, &endpoint, time).with_format(format);
        let sent = sign_request(request, &context).expect("a documented request can be sent");
        let sent = std::str::from_utf8(sent.body()).expect("what we send is UTF-8");
        assert_same(R::METHOD.name, format, &parse(format, documented), &parse(format, sent));
    }
}

/// Checks that nothing is lost when the documented reply is read and written again.
///
/// # Panics
/// With the path of the first difference.
pub fn response<R: Request>(aliases: &[(&str, &str)])
where
    R::Response: Serialize,
{
    for format in FORMATS {
        let Some(documented) = documented_response(R::METHOD.name, format) else { continue };
        let reply = read_reply::<R>(http::Response::new(Bytes::from_static(documented.as_bytes())))
            .expect("a documented reply can be read");
        if let Some(difference) = lost::<R>(&reply, format, aliases) {
            panic!("{} in {format}: {difference}", R::METHOD.name);
        }
    }
}

/// The first difference between a reply and the documented one. Aliases are other spellings in the example.
///
/// # Panics
/// When the documented reply cannot be parsed.
#[must_use]
pub fn lost<R: Request>(reply: &Reply<R::Response>, format: Format, aliases: &[(&str, &str)]) -> Option<String>
where
    R::Response: Serialize,
{
    if let Some((name, _)) = reply.envelope().extra.iter().next() {
        return Some(format!("`{name}` is not documented"));
    }
    let documented = documented_response(R::METHOD.name, format).map(|text| parse(format, text))?;
    let mut documented = documented["sn_responseContent"]["sn_body"][R::METHOD.node].clone();
    rename(&mut documented, aliases);
    let read = serde_json::to_value(&**reply).expect("a reply can be written");
    difference(&documented, &read)
}

fn parse(format: Format, text: &str) -> Value {
    let parsed = match format {
        Format::Json => codegen::message::parse_json(text),
        Format::Xml => codegen::message::parse_xml(text),
    };
    parsed.unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn assert_same(method: &str, format: Format, documented: &Value, ours: &Value) {
    if let Some(difference) = difference(documented, ours) {
        panic!("{method} in {format}: {difference}");
    }
}

/// The first difference between the document and our message, with its path.
#[must_use]
pub fn difference(documented: &Value, ours: &Value) -> Option<String> {
    let Difference { path, left, right } = differences(documented, ours).into_iter().next()?;
    Some(format!("`{path}` is {left} in the document and {right} with us"))
}

/// Replaces the spellings of an example with the documented names.
fn rename(value: &mut Value, aliases: &[(&str, &str)]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, aliases)),
        Value::Object(fields) => {
            for (alias, name) in aliases {
                if let Some(value) = fields.remove(*alias) {
                    fields.insert((*name).to_owned(), value);
                }
            }
            fields.values_mut().for_each(|value| rename(value, aliases));
        }
        _ => {}
    }
}
