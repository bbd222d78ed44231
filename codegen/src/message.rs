//! Documented messages, JSON or XML, as one kind of tree.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use serde_json::{Map, Value};

/// Reads a JSON message.
///
/// # Errors
/// What is wrong, with the line inside the message.
pub fn parse_json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Reads an XML message: elements become objects, elements of the same name lists, and the rest texts.
///
/// # Errors
/// What is wrong, with the byte inside the message.
pub fn parse_xml(text: &str) -> Result<Value, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    element(&mut reader)
}

fn element(reader: &mut Reader<&[u8]>) -> Result<Value, String> {
    let mut text = String::new();
    let mut children = Map::new();
    loop {
        match reader.read_event().map_err(|error| format!("{error}, at byte {}", reader.buffer_position()))? {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                add(&mut children, name, element(reader)?);
            }
            Event::End(_) | Event::Eof if children.is_empty() => return Ok(Value::String(text)),
            Event::End(_) | Event::Eof => return Ok(Value::Object(children)),
            Event::Text(content) => text += content.trim(),
            Event::CData(content) => text += &content,
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                text += &unescape(&reference).map_err(|error| error.to_string())?;
            }
            _ => {}
        }
    }
}

fn add(children: &mut Map<String, Value>, name: String, value: Value) {
    match children.get_mut(&name) {
        None => drop(children.insert(name, value)),
        Some(Value::Array(items)) => items.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

/// All values at a dotted path, through every item of every list on the way.
#[must_use]
pub fn values_at<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    if path.is_empty() {
        return vec![value];
    }
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    match value {
        Value::Array(items) => items.iter().flat_map(|item| values_at(item, path)).collect(),
        Value::Object(fields) => fields.get(first).map_or_else(Vec::new, |value| values_at(value, rest)),
        _ => Vec::new(),
    }
}
