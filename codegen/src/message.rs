//! Documented messages in JSON or XML, parsed into the same kind of tree.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use serde_json::{Map, Value};

/// Deepest nesting of elements.
const MAX_DEPTH: usize = 64;

/// Reads a JSON message.
///
/// # Errors
/// The parse error, with its line in the message.
pub fn parse_json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Reads an XML message. Elements become objects, repeated elements become lists, and everything else becomes text.
///
/// # Errors
/// The parse error, with its byte offset in the message.
pub fn parse_xml(text: &str) -> Result<Value, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    element(&mut reader, 0)
}

fn element(reader: &mut Reader<&[u8]>, depth: usize) -> Result<Value, String> {
    let mut text = String::new();
    let mut is_literal = false;
    let mut children = Map::new();
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|error| format!("{error}, at byte {at}"))? {
            Event::Start(_) if depth == MAX_DEPTH => return Err(format!("elements nest too deep, at byte {at}")),
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                add(&mut children, name, element(reader, depth + 1)?);
            }
            Event::Eof if depth > 0 => return Err(format!("the message ends inside of an element, at byte {at}")),
            Event::End(_) | Event::Eof if !children.is_empty() => return Ok(Value::Object(children)),
            Event::End(_) | Event::Eof => {
                return Ok(Value::String(if is_literal { text } else { text.trim().to_owned() }));
            }
            Event::Text(content) => text += &content.xml10_content(),
            Event::CData(content) => {
                text += &content;
                is_literal = true;
            }
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

/// All values at a dotted path, including those in every item of a list.
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

/// The differences between two messages, by the conventions of the wire: a number equals its text, `null`, `""`, `[]`
/// and `{}` equal a missing value, and a list of one equals its item.
#[must_use]
pub fn differences(left: &Value, right: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(left, right, "", &mut found);
    found
}

fn compare(left: &Value, right: &Value, path: &str, found: &mut Vec<Difference>) {
    match (left, right) {
        (Value::Object(first), Value::Object(second)) => {
            for name in first.keys().chain(second.keys().filter(|name| !first.contains_key(*name))) {
                let of = |fields: &Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
                compare(&of(first), &of(second), &format!("{path}.{name}"), found);
            }
        }
        (Value::Array(first), Value::Array(second)) if first.len() == second.len() => {
            for (index, (first, second)) in first.iter().zip(second).enumerate() {
                compare(first, second, &format!("{path}[{index}]"), found);
            }
        }
        (Value::Array(items), other) if items.len() == 1 => compare(&items[0], other, path, found),
        (other, Value::Array(items)) if items.len() == 1 => compare(other, &items[0], path, found),
        (first, second) if text(first).is_some() && text(first) == text(second) => {}
        (first, second) => {
            found.push(Difference { path: path.to_owned(), left: first.clone(), right: second.clone() });
        }
    }
}

/// A difference between two messages.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Path to the difference, starting with a dot.
    pub path: String,
    /// Value in the first message. `null` if absent.
    pub left: Value,
    /// Value in the second message. `null` if absent.
    pub right: Value,
}

impl Difference {
    /// Whether both messages have a value there.
    #[must_use]
    pub fn is_contradiction(&self) -> bool {
        [&self.left, &self.right].iter().all(|value| text(value).is_none_or(|text| !text.is_empty()))
    }
}

/// The text of a leaf. An empty value is the empty text. `None` for a container that is not empty.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Array(items) => items.is_empty().then(String::new),
        Value::Object(fields) => fields.is_empty().then(String::new),
    }
}
