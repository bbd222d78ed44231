//! Documented messages that disagree with the tables.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fields::{article, is_documented, is_readable};
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::load::{Message, MethodDocument};
use crate::message::{Difference, differences};
use crate::spec::{Field, Fields, Method, Platform, QuirkKind};

/// What the documented messages show.
#[derive(Debug, Default)]
pub(super) struct Evidence<'a> {
    /// The business nodes of the requests.
    pub(super) request: Vec<&'a Value>,
    /// The business nodes of the replies.
    pub(super) response: Vec<&'a Value>,
    /// Paths at which a table and an example contradict each other, which is reported already.
    contradicted: BTreeSet<String>,
}

impl Evidence<'_> {
    /// Whether a contradiction at a path is reported already: what follows from it is no further problem.
    pub(super) fn contradicts(&self, path: &str) -> bool {
        self.contradicted.contains(path)
    }
}

pub(super) fn check<'a>(
    document: &'a MethodDocument,
    platform: &Platform,
    diagnostics: &mut Diagnostics,
) -> Evidence<'a> {
    let (reported, evidence) = (BTreeSet::new(), Evidence::default());
    let mut checker = Checker { document, platform, diagnostics, key: ["", ""], reported, evidence };
    for Message { part, format, content } in &document.messages {
        checker.key = [part, format];
        match (content, *part) {
            (Err(error), _) => checker.report(format!("invalid {}: {error}", format.to_uppercase())),
            (Ok(message), "request") => checker.request(message),
            (Ok(message), "response") => checker.response(message),
            (Ok(message), _) => checker.error(message),
        }
    }
    let Evidence { request, response, .. } = &checker.evidence;
    for (part, nodes) in [("request", request.clone()), ("response", response.clone())] {
        if let [json, xml] = nodes.as_slice() {
            checker.key = [part, "xml"];
            checker.agree(json, xml);
        }
    }
    checker.evidence
}

struct Checker<'a, 'd> {
    document: &'a MethodDocument,
    platform: &'d Platform,
    diagnostics: &'d mut Diagnostics,
    key: [&'static str; 2],
    /// What JSON and XML both show is one problem.
    reported: BTreeSet<String>,
    evidence: Evidence<'a>,
}

impl<'a> Checker<'a, '_> {
    fn spec(&self) -> &'a Method {
        &self.document.spec
    }

    fn report(&mut self, message: String) {
        let [part, format] = self.key;
        if self.reported.insert(message.clone()) {
            self.diagnostics.push(self.document.source.at(&["examples", part, format], message));
        }
    }

    /// Reports that the table and the example contradict each other at a path.
    fn contradict(&mut self, path: &str, message: String) {
        self.evidence.contradicted.insert(path.to_owned());
        self.report(message);
    }

    fn request(&mut self, message: &'a Value) {
        let envelope = &self.platform.envelope;
        let Some(node) = self.node(message, &[&envelope.request, &envelope.body]) else { return };
        self.evidence.request.push(node);
        self.level(&self.spec().request, node, "request");
        self.required(&self.spec().request, node, "request");
    }

    fn response(&mut self, message: &'a Value) {
        let envelope = &self.platform.envelope;
        let Some(node) = self.node(message, &[&envelope.response, &envelope.body]) else { return };
        self.evidence.response.push(node);
        if node.is_array() && !self.spec().response_list {
            self.contradict("response", "the business node repeats; add `response_list: true`".to_owned());
        }
        self.level(&self.spec().response, node, "response");
    }

    fn error(&mut self, message: &Value) {
        let envelope = &self.platform.envelope;
        let pointer = format!("/{}/{}", envelope.response, envelope.error);
        match message.pointer(&pointer).and_then(Value::as_object) {
            None => self.report(format!("`{}` is missing in `{}`; fix the example", envelope.error, envelope.response)),
            Some(error) => {
                let unknown = error.keys().filter(|name| !envelope.error_fields.contains_key(*name));
                unknown.for_each(|name| self.report(format!("`{name}` is not a field of an error; fix the example")));
            }
        }
    }

    /// The business node inside the envelope.
    fn node(&mut self, message: &'a Value, envelope: &[&str]) -> Option<&'a Value> {
        let mut value = message;
        for name in envelope.iter().copied().chain([self.spec().node.as_str()]) {
            let Some(inside) = value.get(name) else {
                let keys =
                    value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
                self.report(format!("expected `{name}`, the example has `{}`", keys.join("`, `")));
                return None;
            };
            value = inside;
        }
        Some(value)
    }

    fn level(&mut self, fields: &Fields, value: &Value, path: &str) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.level(fields, item, path)),
            Value::Object(entries) => {
                for (name, value) in entries {
                    let path = format!("{path}.{name}");
                    match self.field(fields, name, &path) {
                        Some(field) => self.value(field, value, &path),
                        None if self.has_quirk(QuirkKind::Unlisted, &path) => {}
                        None => {
                            let near = did_you_mean(name, fields.keys().map(String::as_str));
                            self.report(format!(
                                "`{path}` is not in the table; add it, or a quirk `unlisted` or `alias`{near}"
                            ));
                        }
                    }
                }
            }
            Value::String(text) if text.is_empty() => {}
            _ => {
                let message = format!("`{path}` has fields, but is {value} in the example; fix one of the two");
                self.contradict(path, message);
            }
        }
    }

    /// The field of a name, or of the name that a quirk makes it an alias of.
    fn field<'f>(&self, fields: &'f Fields, name: &str, path: &str) -> Option<&'f Field> {
        fields.get(name).or_else(|| {
            let parent = path.strip_suffix(name)?;
            let alias = self.spec().quirks.iter().find(|quirk| {
                quirk.kind == QuirkKind::Alias && quirk.observed == name && quirk.field.starts_with(parent)
            })?;
            fields.get(alias.field.strip_prefix(parent)?)
        })
    }

    fn value(&mut self, field: &Field, value: &Value, path: &str) {
        let is_json = self.key[1] == "json";
        if let Value::Array(items) = value {
            if !field.list {
                self.contradict(path, format!("`{path}` repeats; add `list: true`"));
            }
            return items.iter().for_each(|item| self.value_of_one(field, item, path));
        }
        if field.list && is_json {
            self.contradict(
                path,
                format!("`{path}` is a list in the table, but not in the example; fix one of the two"),
            );
        }
        self.value_of_one(field, value, path);
    }

    fn value_of_one(&mut self, field: &Field, value: &Value, path: &str) {
        if field.is_container() {
            return self.level(&field.fields, value, path);
        }
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Null => return,
            Value::Number(number) => number.to_string(),
            _ => {
                let message =
                    format!("`{path}` is a text in the table, but {value} in the example; fix one of the two");
                return self.contradict(path, message);
            }
        };
        if text.is_empty() {
            return;
        }
        if !is_readable(field.kind, &text) {
            let kind = article(field.kind);
            self.contradict(
                path,
                format!("`{path}` is `{text}` in the example, which is not {kind}; fix one of the two"),
            );
        }
        if !is_documented(field, &text) && !self.has_quirk(QuirkKind::UndocumentedValue, path) {
            self.report(format!(
                "`{path}` is `{text}` in the example, which is not one of its values; add it, or a quirk \
                 `undocumented-value`"
            ));
        }
    }

    fn has_quirk(&self, kind: QuirkKind, path: &str) -> bool {
        self.spec().quirks.iter().any(|quirk| quirk.kind == kind && quirk.field == path)
    }

    /// Both formats must show the same; order and missing fields do not count.
    fn agree(&mut self, json: &Value, xml: &Value) {
        for Difference { path, left, right } in differences(json, xml).into_iter().filter(Difference::is_contradiction)
        {
            let node = &self.spec().node;
            self.report(format!("`{node}{path}` is {right} here, but {left} in the JSON example; fix one of the two"));
        }
    }

    /// Required parameters must have a value wherever their container occurs.
    fn required(&mut self, fields: &Fields, value: &Value, path: &str) {
        if let Value::Array(items) = value {
            return items.iter().for_each(|item| self.required(fields, item, path));
        }
        for (name, field) in fields {
            let path = format!("{path}.{name}");
            match value.get(name).filter(|value| !differences(value, &Value::Null).is_empty()) {
                Some(value) => self.required(&field.fields, value, &path),
                None if field.required => {
                    self.report(format!(
                        "required parameter `{path}` is missing or empty in the example; fix the flag or the example"
                    ));
                }
                None => {}
            }
        }
    }
}
