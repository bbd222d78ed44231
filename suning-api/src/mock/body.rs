//! From the bytes of a request to its parameters.

use super::refusal::{Refusal, code};
use super::strictness::Strictness;
use super::{literal, well_formed};
use crate::catalog::MethodInfo;
use crate::facts::Effect;
use crate::generated::platform;
use crate::value::Value;
use crate::wire::{Format, json, xml};

/// Reads what the business node holds: an object, which is empty when there are no parameters.
pub(super) fn parameters(
    method: &MethodInfo,
    format: Format,
    bytes: &[u8],
    strictness: Strictness,
) -> Result<Value, Refusal> {
    let text = text(bytes)?;
    let message = match format {
        Format::Json => parse_json(text, strictness)?,
        Format::Xml => parse_xml(text)?,
    };
    only_object(method, open(method, &message)?)
}

fn text(bytes: &[u8]) -> Result<&str, Refusal> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| malformed(format!("the body is not UTF-8 at byte {}", error.valid_up_to())))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() { Err(malformed("the body is empty")) } else { Ok(text) }
}

fn parse_json(text: &str, strictness: Strictness) -> Result<Value, Refusal> {
    let error = match json::parse(text) {
        Ok(message) => return Ok(message),
        Err(error) => error.reason,
    };
    match (strictness, literal::parse(text)) {
        (Strictness::Lenient, Ok(message)) => Ok(message),
        (Strictness::Strict, Ok(_)) => {
            let reason = format!("the body is not JSON but the text of a Python dictionary; use json.dumps: {error}");
            Err(malformed(reason))
        }
        (_, Err(_)) if text.trim_start().starts_with('<') => {
            let reason = format!("the body is not JSON; for XML, set the header {} to `xml`", platform::FORMAT);
            Err(malformed(reason))
        }
        // At the first single quote the JSON parser gives up, so the other one knows the place.
        (Strictness::Lenient, Err(fault)) if text.contains('\'') => {
            Err(malformed(format!("the body is not JSON, nor like it: {}, at byte {}", fault.reason, fault.at)))
        }
        (_, Err(_)) => Err(malformed(format!("the body is not JSON: {error}"))),
    }
}

fn parse_xml(text: &str) -> Result<Value, Refusal> {
    well_formed::check(text).map_err(|fault| {
        let hint = if text.trim_start().starts_with('{') {
            format!("; for JSON, set the header {} to `json`", platform::FORMAT)
        } else {
            String::new()
        };
        malformed(format!("the body is not XML: {}, at byte {}{hint}", fault.reason, fault.at))
    })?;
    // What the parser says may quote the body, so it is not passed on.
    xml::parse(text).map_err(|_| malformed("the body has undefined entities or nests too deep"))
}

/// Finds the business node in the envelope.
fn open<'a>(method: &MethodInfo, message: &'a Value) -> Result<&'a Value, Refusal> {
    let (root, body, node) = (platform::REQUEST_ROOT, platform::BODY, method.node);
    let request = message.get(root).ok_or_else(|| malformed(format!("the body does not begin with `{root}`")))?;
    let nodes = request
        .get(body)
        .ok_or_else(|| Refusal::new(code::BODY_MISSING, format!("`{root}` does not hold `{body}`")))?;
    let parameters =
        nodes.get(node).ok_or_else(|| malformed(format!("`{body}` does not hold the business node `{node}`")))?;
    let is_alone = matches!(nodes, Value::Object(nodes) if nodes.len() == 1);
    if is_alone && parameters.items().len() <= 1 {
        return Ok(parameters);
    }
    Err(Refusal::new(too_many_nodes(method), format!("`{body}` holds more than one business node; send one `{node}`")))
}

fn too_many_nodes(method: &MethodInfo) -> &'static str {
    match method.effect {
        Effect::Read => code::TOO_MANY_NODES,
        Effect::Write => code::BATCH_NOT_SUPPORTED,
    }
}

/// The parameters, where `""`, `{}`, `[]` and `null` stand for none.
fn only_object(method: &MethodInfo, node: &Value) -> Result<Value, Refusal> {
    match node.items() {
        [] => Ok(Value::Object(Vec::new())),
        [one] if one.is_empty() => Ok(Value::Object(Vec::new())),
        [one @ Value::Object(_)] => Ok(one.clone()),
        _ => Err(malformed(format!("the business node `{}` holds no parameters but a bare value", method.node))),
    }
}

fn malformed(reason: impl Into<String>) -> Refusal {
    Refusal::new(code::REQUEST_MALFORMED, reason)
}
