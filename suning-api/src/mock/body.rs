//! The body of a request, parsed to its parameters.

use super::literal;
use super::refusal::{Refusal, code};
use super::strictness::Strictness;
use crate::catalog::MethodInfo;
use crate::facts::Effect;
use crate::generated::platform;
use crate::value::Value;
use crate::wire::{Format, json, xml};

/// Parses the body to the content of the business node: an object, which is empty if there are no parameters.
pub(super) fn parameters(
    method: &MethodInfo,
    format: Format,
    bytes: &[u8],
    strictness: Strictness,
) -> Result<Value, Refusal> {
    let text = decode_utf8(bytes)?;
    let message = match format {
        Format::Json => parse_json(text, strictness)?,
        Format::Xml => parse_xml(text)?,
    };
    expect_object(method, open_envelope(method, &message)?)
}

fn decode_utf8(bytes: &[u8]) -> Result<&str, Refusal> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| malformed(format!("the body is not UTF-8 at byte {}", error.valid_up_to())))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() { Err(malformed("the body is empty")) } else { Ok(text) }
}

fn parse_json(text: &str, strictness: Strictness) -> Result<Value, Refusal> {
    let parse_lenient = || json::parse(&literal::to_json(text));
    let parsed = match strictness {
        Strictness::Lenient => parse_lenient(),
        Strictness::Strict => json::parse(text),
    };
    parsed.map_err(|error| {
        let hint = if text.trim_start().starts_with('<') {
            format!("; for XML, set the header {} to `xml`", platform::FORMAT)
        } else if parse_lenient().is_ok() {
            "; this is a Python dictionary, use json.dumps".to_owned()
        } else {
            String::new()
        };
        malformed(format!("invalid JSON in the body: {}{hint}", error.reason))
    })
}

fn parse_xml(text: &str) -> Result<Value, Refusal> {
    xml::parse(text).map_err(|offset| {
        let hint = if text.trim_start().starts_with('{') {
            format!("; for JSON, set the header {} to `json`", platform::FORMAT)
        } else {
            String::new()
        };
        malformed(format!("invalid XML in the body, near byte {offset}{hint}"))
    })
}

/// Finds the business node in the envelope.
fn open_envelope<'a>(method: &MethodInfo, message: &'a Value) -> Result<&'a Value, Refusal> {
    let (root, body, node) = (platform::REQUEST_ROOT, platform::BODY, method.node);
    let request = message.get(root).ok_or_else(|| malformed(format!("the root of the body is not `{root}`")))?;
    let nodes =
        request.get(body).ok_or_else(|| Refusal::new(code::BODY_MISSING, format!("`{root}` has no `{body}`")))?;
    let parameters = nodes.get(node).ok_or_else(|| malformed(format!("`{body}` has no business node `{node}`")))?;
    let is_alone = matches!(nodes, Value::Object(nodes) if nodes.len() == 1);
    if is_alone && parameters.items().len() <= 1 {
        return Ok(parameters);
    }
    Err(Refusal::new(too_many_nodes(method), format!("`{body}` has more than one business node; send one `{node}`")))
}

fn too_many_nodes(method: &MethodInfo) -> &'static str {
    match method.effect {
        Effect::Read => code::TOO_MANY_NODES,
        Effect::Write => code::BATCH_NOT_SUPPORTED,
    }
}

/// The parameters; `""`, `{}`, `[]` and `null` all mean that there are none.
fn expect_object(method: &MethodInfo, node: &Value) -> Result<Value, Refusal> {
    match node.items() {
        [] => Ok(Value::Object(Vec::new())),
        [one] if one.is_empty() => Ok(Value::Object(Vec::new())),
        [one @ Value::Object(_)] => Ok(one.clone()),
        _ => Err(malformed(format!("the business node `{}` is not an object of parameters", method.node))),
    }
}

fn malformed(reason: impl Into<String>) -> Refusal {
    Refusal::new(code::REQUEST_MALFORMED, reason)
}
