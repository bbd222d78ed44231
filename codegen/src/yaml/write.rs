//! The canonical form: keys in the order of the types, two spaces of indent, a map of plain facts
//! on one line where it fits, texts of several lines as blocks, quotes only where needed.

use std::fmt::Write;

use serde::Serialize;
use serde_yaml::{Mapping, Value};

use super::tree::BYTE_ORDER_MARK;

/// Longest key that YAML recognizes without a mark, less the space around it.
const LONGEST_KEY: usize = 1000;

/// Longest line that a map may share.
const WIDTH: usize = 120;

/// Writes a spec in its canonical form.
///
/// # Panics
/// When the data cannot be YAML at all, which the types of the spec rule out.
#[must_use]
pub fn to_canonical(spec: &impl Serialize) -> String {
    let mut out = String::new();
    match serde_yaml::to_value(spec).expect("the spec is plain data") {
        Value::Mapping(map) => block_map(&mut out, &map, 0),
        other => out.push_str(&scalar(&other)),
    }
    out
}

fn block_map(out: &mut String, map: &Mapping, indent: usize) {
    for (key, value) in map {
        let key = key_text(key);
        if key.chars().count() <= LONGEST_KEY {
            let _ = write!(out, "{:indent$}{key}:", "");
        } else {
            let _ = write!(out, "{:indent$}? {key}\n{:indent$}:", "", "");
        }
        entry(out, value, indent);
    }
}

/// What follows a key or a dash at `indent`.
fn entry(out: &mut String, value: &Value, indent: usize) {
    let used = out.len() - out.rfind('\n').map_or(0, |end| end + 1);
    match value {
        Value::Mapping(map) if map.is_empty() => out.push_str(" {}\n"),
        Value::Sequence(items) if items.is_empty() => out.push_str(" []\n"),
        Value::Mapping(map) => match one_line(value).filter(|line| indent > 0 && fits(out, line, used)) {
            Some(line) => {
                let _ = writeln!(out, " {line}");
            }
            None => {
                out.push('\n');
                block_map(out, map, indent + 2);
            }
        },
        Value::Sequence(items) => match one_line(value).filter(|line| fits(out, line, used)) {
            Some(line) => {
                let _ = writeln!(out, " {line}");
            }
            None => {
                out.push('\n');
                items.iter().for_each(|item| list_item(out, item, indent + 2));
            }
        },
        Value::String(text) if is_block(text) => {
            out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
            for line in text.lines() {
                let pad = if line.is_empty() { 0 } else { indent + 2 };
                let _ = writeln!(out, "{:pad$}{line}", "");
            }
        }
        other => {
            let _ = writeln!(out, " {}", scalar(other));
        }
    }
}

/// Whether a text is written as a block: it has lines, and nothing at its ends that a block would lose.
fn is_block(text: &str) -> bool {
    let content = text.strip_suffix('\n').unwrap_or(text);
    !content.is_empty()
        && text.contains('\n')
        && !text.contains(['\r', BYTE_ORDER_MARK])
        && !content.starts_with([' ', '\t', '\n'])
        && !content.ends_with([' ', '\t', '\n'])
}

/// A map in a list begins on the line of its dash.
fn list_item(out: &mut String, item: &Value, indent: usize) {
    let mut block = String::new();
    match item {
        Value::Mapping(map) => block_map(&mut block, map, indent + 2),
        other => {
            let _ = writeln!(block, "{:width$}{}", "", scalar(other), width = indent + 2);
        }
    }
    let _ = write!(out, "{:indent$}- {}", "", &block[indent + 2..]);
}

fn fits(out: &str, line: &str, used: usize) -> bool {
    let start = out.len() - used;
    width(&out[start..]) + 1 + width(line) <= WIDTH
}

/// Columns on a screen, where a Chinese character takes two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}

/// A map or list of scalars in flow style; `None` for anything deeper.
fn one_line(value: &Value) -> Option<String> {
    let is_scalar = |value: &Value| match value {
        Value::Mapping(_) | Value::Sequence(_) => false,
        Value::String(text) => !is_block(text),
        _ => true,
    };
    match value {
        Value::Mapping(map) => {
            let entries: Option<Vec<_>> = map
                .iter()
                .map(|(key, value)| is_scalar(value).then(|| format!("{}: {}", key_text(key), scalar(value))))
                .collect();
            Some(format!("{{ {} }}", entries?.join(", ")))
        }
        Value::Sequence(items) => {
            let items: Option<Vec<_>> = items.iter().map(|item| is_scalar(item).then(|| scalar(item))).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        _ => None,
    }
}

/// A full-width colon in a key without quotes would be reported as a mistyped colon.
fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) if text.contains('：') => quoted(text),
        key => scalar(key),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) if needs_quotes(text) => quoted(text),
        Value::String(text) => text.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        _ => "null".to_owned(),
    }
}

/// Every JSON string is a YAML string, and JSON escapes nothing that need not be.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether a text would read as something else, here or to any other YAML parser.
fn needs_quotes(text: &str) -> bool {
    let first = text.chars().next();
    let safe_start = first.is_some_and(|c| c.is_alphabetic() || c == '/' || c == '_');
    let unsafe_inside = text.contains([BYTE_ORDER_MARK, ',', '[', ']', '{', '}', '#', '"', '\'', '\t', '\n', '\\'])
        || text.contains(": ")
        || text.ends_with([':', ' ']);
    !safe_start
        || unsafe_inside
        || !matches!(serde_yaml::from_str(text), Ok(Value::String(read)) if read == text)
        || matches!(text.to_lowercase().as_str(), "y" | "n" | "yes" | "no" | "on" | "off")
}
