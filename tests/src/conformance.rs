//! Checks the crate against the documented messages.

use std::sync::LazyLock;
use std::time::SystemTime;

use bytes::Bytes;
use codegen::message::{Difference, differences};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use suning_api::catalog::{self, FieldInfo, Kind};
use suning_api::mock::{Gateway, documented_request, documented_response};
use suning_api::reply::read_reply;
use suning_api::request::{Context, Endpoint, Request, sign_request};
use suning_api::{Credentials, Format, Reply, WithSecrets, time};

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

/// Calls [`walk`] for each type of request.
#[macro_export]
macro_rules! walk {
    (requests { $($request:path;)* }) => {
        pub(crate) fn requests() {
            $($crate::conformance::walk::<$request>();)*
        }
    };
}

/// Checks one method, whatever is known of it: the documented request, or one with everything it can hold, is accepted by the
/// mock gateway in both formats, and the reply decodes with nothing left over.
///
/// # Panics
/// With the name of the method and what is wrong.
pub fn walk<R: Request + DeserializeOwned>() {
    static GATEWAY: LazyLock<Gateway> = LazyLock::new(|| Gateway::builder(Credentials::new("key", "secret")).build());
    let name = R::METHOD.name;
    let method = catalog::method(name).unwrap_or_else(|| panic!("{name} is not in the catalog"));
    let mut documented = match method.example_request(Format::Json) {
        Some(text) => parse(Format::Json, text)["sn_request"]["sn_body"][R::METHOD.node].clone(),
        None => sample(&method.request),
    };
    // Some examples leave out what is required.
    if let (Value::Object(documented), Value::Object(whole)) = (&mut documented, sample(&method.request)) {
        let required = |name: &str| method.request.iter().any(|field| field.name == name && field.required);
        whole.into_iter().filter(|(name, _)| required(name)).for_each(|(name, value)| {
            documented.entry(name).or_insert(value);
        });
    }
    let request: R = serde_json::from_value(documented).unwrap_or_else(|error| panic!("{name}: {error}"));
    for format in FORMATS {
        let (credentials, endpoint) = (Credentials::new("key", "secret"), Endpoint::production());
        let context = Context::new(&credentials, &endpoint, time::china_time(SystemTime::now())).with_format(format);
        let sent = sign_request(&request, &context).unwrap_or_else(|error| panic!("{name} in {format}: {error}"));
        let answer = GATEWAY.answer(&sent);
        assert_eq!(answer.error_code(), None, "{answer}");
        let reply =
            read_reply::<R>(answer.response().clone()).unwrap_or_else(|error| panic!("{name} in {format}: {error}"));
        assert!(reply.envelope().extra.is_empty(), "{name} in {format}: {:?}", reply.envelope().extra);
        if method.example_response(format).is_none() {
            let read = serde_json::to_value(WithSecrets(&*reply)).expect("a reply can be written");
            let answered = std::str::from_utf8(answer.response().body()).expect("the mock answers UTF-8");
            let answered = &parse(format, answered)["sn_responseContent"]["sn_body"][R::METHOD.node];
            if let Some(difference) = difference(answered, &read) {
                panic!("{name} in {format}: {difference}");
            }
        }
    }
}

/// An object with a value for each field.
fn sample(fields: &[FieldInfo]) -> Value {
    let value = |field: &FieldInfo| {
        let text = match field.kind {
            Kind::Object => return sample(&field.fields),
            Kind::DateTime => "2026-01-02 03:04:05",
            Kind::Integer | Kind::Decimal => "1",
            _ => field.example.or(field.values.first().map(|known| known.value)).unwrap_or(field.name),
        };
        Value::from(text)
    };
    let entry = |field: &FieldInfo| {
        let value = if field.list { Value::from(vec![value(field)]) } else { value(field) };
        (field.name.to_owned(), value)
    };
    fields.iter().map(entry).collect::<serde_json::Map<_, _>>().into()
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
        Format::Json => codegen::message::json(text),
        Format::Xml => codegen::message::xml(text),
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
