//! A change at its place, and how changes are gathered.

use super::class::Rule;
use crate::yaml::{Position, Source};

/// A change of the spec.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What kind of change it is.
    pub rule: &'static Rule,
    /// Full name of the method; `None` for what all methods share.
    pub method: Option<String>,
    /// Path of the file: of the new one where there is one.
    pub file: String,
    /// Where in the file: at what changed, or at what held it.
    pub position: Position,
    /// Path of what changed, in terms of the wire.
    pub subject: String,
    /// Path of the affected item in Rust, where callers can name it.
    pub item: Option<String>,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
}

/// What one document changes.
pub(super) struct Changes<'a> {
    method: Option<String>,
    source: &'a Source,
    found: Vec<Change>,
}

/// Where something changed: the keys that lead to it, its path as people read it, and its item in Rust.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) keys: Vec<String>,
    pub(super) subject: String,
    pub(super) item: Option<String>,
}

impl Place {
    pub(super) fn new(keys: &[&str]) -> Self {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        Self { subject: keys.join("."), keys, item: None }
    }

    /// The same with an item in Rust.
    pub(super) fn item(self, item: String) -> Self {
        Self { item: Some(item), ..self }
    }

    /// One key further down, at the same subject.
    pub(super) fn key(&self, key: &str) -> Self {
        Self { keys: [self.keys.as_slice(), &[key.to_owned()]].concat(), ..self.clone() }
    }
}

impl<'a> Changes<'a> {
    pub(super) fn new(method: Option<String>, source: &'a Source) -> Self {
        Self { method, source, found: Vec::new() }
    }

    /// Adds a change; an empty text stands for nothing.
    pub(super) fn push(&mut self, rule: &'static Rule, place: &Place, old: &str, new: &str) {
        let keys: Vec<&str> = place.keys.iter().map(String::as_str).collect();
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.found.push(Change {
            rule,
            method: self.method.clone(),
            file: self.source.path.clone(),
            position: self.source.position(&keys),
            subject: place.subject.clone(),
            item: place.item.clone(),
            old: given(old),
            new: given(new),
        });
    }

    /// The same when the two differ.
    pub(super) fn differ(&mut self, rule: &'static Rule, place: &Place, old: &str, new: &str) {
        if old != new {
            self.push(rule, place, old, new);
        }
    }

    pub(super) fn into_found(self) -> Vec<Change> {
        self.found
    }
}
