//! Changes and their places.

use super::class::Rule;
use crate::yaml::{Position, Source};

/// A change of the spec.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecChange {
    /// The kind of change.
    pub rule: &'static Rule,
    /// Full name of the method or topic. `None` for what all methods share.
    pub method: Option<String>,
    /// Path of the spec file.
    pub file: String,
    /// Position in the file of what changed, or of what contained it.
    pub position: Position,
    /// Path of what changed, in wire names.
    pub subject: String,
    /// Path of the affected Rust item, if callers can name it.
    pub item: Option<String>,
    /// The old value.
    pub old: Option<String>,
    /// The new value.
    pub new: Option<String>,
    /// Why it is accepted, if it is.
    pub accepted: Option<String>,
}

/// The changes of one spec file.
pub(super) struct Changes<'a> {
    method: Option<String>,
    source: &'a Source,
    found: Vec<SpecChange>,
}

/// Where something changed: its keys in the spec, its path for people, and its Rust item.
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

    /// The same place with a Rust item.
    pub(super) fn with_item(self, item: String) -> Self {
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

    /// Adds a change. An empty text means that there is no old or new value.
    pub(super) fn push(&mut self, rule: &'static Rule, place: &Place, old: &str, new: &str) {
        let keys: Vec<&str> = place.keys.iter().map(String::as_str).collect();
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.found.push(SpecChange {
            rule,
            method: self.method.clone(),
            file: self.source.path.clone(),
            position: self.source.position(&keys),
            subject: place.subject.clone(),
            item: place.item.clone(),
            old: given(old),
            new: given(new),
            accepted: None,
        });
    }

    /// Adds a change if the two values differ.
    pub(super) fn push_if_different(&mut self, rule: &'static Rule, place: &Place, old: &str, new: &str) {
        if old != new {
            self.push(rule, place, old, new);
        }
    }

    /// Whether something has changed at this subject.
    pub(super) fn is_changed(&self, subject: &str) -> bool {
        self.found.iter().any(|change| change.subject == subject)
    }

    pub(super) fn into_found(self) -> Vec<SpecChange> {
        self.found
    }
}
