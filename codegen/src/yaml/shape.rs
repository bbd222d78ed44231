//! Whether a document has the shape that the schema of its type asks for, with every problem reported.
//!
//! serde stops at the first problem, so the tree is checked before serde reads it. The schema is the one that
//! editors use, and is generated from the types, so the two always agree.

use serde_json::Value;

use super::tree::{Content, Entry, Node, Position, Source};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean, nearest};

/// Checks a document against a JSON Schema of the kind that `schemars` generates.
pub(super) fn check(source: &Source, schema: &Value) -> Diagnostics {
    let mut checker =
        Checker { path: &source.path, definitions: &schema["definitions"], found: Diagnostics::default() };
    checker.node(&source.root, schema);
    checker.found
}

struct Checker<'a> {
    path: &'a str,
    definitions: &'a Value,
    found: Diagnostics,
}

impl<'a> Checker<'a> {
    fn node(&mut self, node: &Node, schema: &'a Value) {
        let schema = self.resolve(schema);
        let expected = match (schema["type"].as_str(), &node.content) {
            (Some("object"), Content::Map(entries)) => return self.map(node.position, entries, schema),
            (Some("array"), Content::List(items)) => {
                return items.iter().for_each(|item| self.node(item, &schema["items"]));
            }
            (Some("string"), Content::Text(_)) => return,
            (Some("boolean"), Content::Plain(text)) if text.parse::<bool>().is_ok() => return,
            (Some("integer"), Content::Plain(text)) if is_in_range(text, schema) => return,
            (None, Content::Text(word)) => return self.word(node.position, word, schema),
            // A number without quotes where a text is expected.
            (Some("string") | None, Content::Plain(text)) => {
                let message = format!("`{text}` is read as {}; put it in quotes", node.content.kind());
                return self.report(node.position, message);
            }
            (Some("object"), _) => "a map",
            (Some("array"), _) => "a list",
            (Some("boolean"), _) => "`true` or `false`",
            (Some("integer"), _) if schema["minimum"] == 0 => "a whole number that is not negative",
            (Some("integer"), _) => "a whole number",
            _ => "a text",
        };
        self.report(node.position, format!("expected {expected}, found {}", node.content.kind()));
    }

    fn map(&mut self, position: Position, entries: &[Entry], schema: &'a Value) {
        let Some(known) = schema["properties"].as_object() else {
            return entries.iter().for_each(|entry| self.named(entry, &schema["additionalProperties"]));
        };
        let mut given: Vec<&str> = Vec::new();
        for Entry { position, key, value } in entries {
            given.push(key);
            match known.get(key) {
                Some(schema) => self.node(value, schema),
                None => {
                    let near = nearest(key, known.keys().map(String::as_str));
                    let hint = near.map_or_else(
                        || format!("; known keys are {}", list(known.keys().map(String::as_str))),
                        |near| format!(", did you mean `{near}`?"),
                    );
                    self.report(*position, format!("unknown key `{key}`{hint}"));
                    // A misspelt key is one problem: the right one is not reported as missing.
                    given.extend(near);
                }
            }
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for key in required.filter(|key| !given.contains(key)) {
            self.report(position, format!("required key `{key}` is missing; add it"));
        }
    }

    /// An entry that has a name, such as a field.
    fn named(&mut self, Entry { position, key, value }: &Entry, schema: &'a Value) {
        let known = &self.resolve(schema)["properties"];
        let is_known = |key: &str| !known[key].is_null();
        match &value.content {
            Content::Map(fields)
                if is_known(key) && !fields.is_empty() && fields.iter().all(|field| !is_known(&field.key)) =>
            {
                self.report(
                    *position,
                    format!("`{key}` is read as a name here; indent it if it belongs to the name above"),
                );
            }
            _ => self.node(value, schema),
        }
    }

    /// A text that must be one of a few words.
    fn word(&mut self, position: Position, word: &str, schema: &Value) {
        let words = schema["oneOf"].as_array().into_iter().flatten();
        let words: Vec<&str> = words.filter_map(|choice| choice["const"].as_str()).collect();
        if !words.contains(&word) {
            let near = did_you_mean(word, words.iter().copied());
            self.report(position, format!("`{word}` is not one of {}{near}", list(words.into_iter())));
        }
    }

    /// The schema that a reference leads to; one with a description next to it is inside an `allOf`.
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let reference = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str());
        reference.and_then(|path| path.strip_prefix("#/definitions/")).map_or(schema, |name| &self.definitions[name])
    }

    fn report(&mut self, position: Position, message: String) {
        self.found.push(Diagnostic::new(self.path, position, message));
    }
}

fn is_in_range(text: &str, schema: &Value) -> bool {
    match schema["format"].as_str() {
        Some("uint32") => text.parse::<u32>().is_ok(),
        Some("uint") => text.parse::<usize>().is_ok(),
        _ => text.parse::<i64>().is_ok(),
    }
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
