//! Documented messages in JSON or XML, parsed into the same kind of tree.

use std::fmt;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use serde_json::{Map, Value};

/// Deepest nesting of elements.
const MAX_DEPTH: usize = 64;

/// Why a message is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// Where, in words.
    place: String,
    /// Where, in bytes from the beginning.
    pub offset: usize,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.message, self.place)
    }
}

/// Reads a JSON message.
///
/// # Errors
/// The parse error, with its place.
pub fn json(text: &str) -> Result<Value, SyntaxError> {
    serde_json::from_str(text).map_err(|error| {
        let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
        let offset = lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let place = format!(" at line {} column {}", error.line(), error.column());
        SyntaxError { message: reason(&error), place, offset }
    })
}

/// A parse error without its place.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    error.to_string().replace(&format!(" at line {} column {}", error.line(), error.column()), "")
}

/// Reads an XML message. Elements become objects, repeated elements become lists, and everything else becomes text.
///
/// # Errors
/// The parse error, with its place.
pub fn xml(text: &str) -> Result<Value, SyntaxError> {
    element(&mut reader(text), 0)
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader
}

fn element(reader: &mut Reader<&[u8]>, depth: usize) -> Result<Value, SyntaxError> {
    let mut text = String::new();
    let mut is_literal = false;
    let mut children = Map::new();
    loop {
        let offset = offset(reader);
        let wrong = |message: String| SyntaxError { message, place: format!(", at byte {offset}"), offset };
        match reader.read_event().map_err(|error| wrong(error.to_string()))? {
            Event::Start(_) if depth == MAX_DEPTH => return Err(wrong("elements nest too deep".to_owned())),
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                add(&mut children, name, element(reader, depth + 1)?);
            }
            Event::Eof if depth > 0 => return Err(wrong("the message ends inside of an element".to_owned())),
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
                text += &unescape(&reference).map_err(|_| wrong(format!("unknown entity `{reference}`")))?;
            }
            _ => {}
        }
    }
}

/// Where the next event begins, in bytes.
fn offset(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Where the element at a path of names and indices begins, or the deepest element on the way to it, in bytes.
#[must_use]
pub fn xml_offset(text: &str, path: &[String]) -> usize {
    let mut names: Vec<(&str, usize)> = Vec::new();
    for step in path {
        match (step.parse(), names.last_mut()) {
            (Ok(index), Some((_, skipped))) => *skipped = index,
            _ => names.push((step, 0)),
        }
    }
    let mut names = names.into_iter().peekable();
    let mut reader = reader(text);
    let (mut depth, mut entered, mut found) = (0, 0, 0);
    loop {
        let at = offset(&reader);
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if let Some((name, left)) = names.peek_mut().filter(|_| depth == entered)
                    && *name == tag.local_name().as_ref()
                {
                    if *left == 0 {
                        (entered, found) = (depth + 1, at);
                        names.next();
                    } else {
                        *left -= 1;
                    }
                }
                depth += 1;
            }
            Ok(Event::End(_)) if depth > entered => depth -= 1,
            Ok(Event::End(_) | Event::Eof) | Err(_) => return found,
            Ok(_) => {}
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
