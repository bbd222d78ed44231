//! Documented messages that disagree with the tables.

use serde_json::Value;

use super::fields::{article, is_documented, is_readable};
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::load::Document;
use crate::message::{Difference, differences, parse_json, parse_xml};
use crate::spec::{Field, Fields, Method, Platform, QuirkKind};

/// The business nodes of the documented messages, each with the key it stands at.
#[derive(Debug, Default)]
pub(super) struct Samples {
    pub(super) request: Vec<(&'static str, Value)>,
    pub(super) response: Vec<(&'static str, Value)>,
}

/// Gives `None` when it has found any problem.
pub(super) fn check(
    document: &Document<Method>,
    platform: &Platform,
    diagnostics: &mut Diagnostics,
) -> Option<Samples> {
    let known = diagnostics.len();
    let mut checker = Checker { document, platform, diagnostics, key: ["", ""] };
    let mut samples = Samples::default();
    for (part, example) in document.value.examples.parts() {
        for (format, text) in [("json", &example.json), ("xml", &example.xml)] {
            let Some(text) = text else { continue };
            checker.key = [part, format];
            let parsed = if format == "json" { parse_json(text) } else { parse_xml(text) };
            match parsed {
                Err(error) => checker.report(&format!("not valid {}: {error}", format.to_uppercase())),
                Ok(message) => match part {
                    "request" => samples.request.extend(checker.request(&message).map(|node| (format, node))),
                    "response" => samples.response.extend(checker.response(&message).map(|node| (format, node))),
                    _ => checker.error(&message),
                },
            }
        }
    }
    if checker.diagnostics.len() > known {
        return None;
    }
    for (part, nodes) in [("request", &samples.request), ("response", &samples.response)] {
        if let [(_, json), (_, xml)] = nodes.as_slice() {
            checker.key = [part, "xml"];
            checker.agree(json, xml);
        }
    }
    (diagnostics.len() == known).then_some(samples)
}

struct Checker<'a> {
    document: &'a Document<Method>,
    platform: &'a Platform,
    diagnostics: &'a mut Diagnostics,
    key: [&'static str; 2],
}

impl Checker<'_> {
    fn report(&mut self, message: &str) {
        let [part, format] = self.key;
        self.diagnostics.push(self.document.source.at(&["examples", part, format], message));
    }

    fn request(&mut self, message: &Value) -> Option<Value> {
        let envelope = &self.platform.envelope;
        let node = self.node(message, &[&envelope.request, &envelope.body])?;
        self.level(&self.document.value.request, &node, "request");
        self.required(&self.document.value.request, &node, "request");
        Some(node)
    }

    fn response(&mut self, message: &Value) -> Option<Value> {
        let envelope = &self.platform.envelope;
        let node = self.node(message, &[&envelope.response, &envelope.body])?;
        if node.is_array() && !self.document.value.response_list {
            self.report("the business node repeats; say `response_list: true`");
        }
        self.level(&self.document.value.response, &node, "response");
        Some(node)
    }

    fn error(&mut self, message: &Value) {
        let envelope = &self.platform.envelope;
        let pointer = format!("/{}/{}", envelope.response, envelope.error);
        match message.pointer(&pointer).and_then(Value::as_object) {
            None => self.report(&format!("`{}` is missing in `{}`", envelope.error, envelope.response)),
            Some(error) => {
                let known = &envelope.error_fields;
                let unknown: Vec<_> = error.keys().filter(|name| !known.contains_key(*name)).collect();
                unknown.iter().for_each(|name| self.report(&format!("`{name}` is not a field of an error")));
            }
        }
    }

    /// The business node inside the envelope.
    fn node(&mut self, message: &Value, envelope: &[&str]) -> Option<Value> {
        let mut value = message;
        for name in envelope.iter().copied().chain([self.document.value.node.as_str()]) {
            let Some(inside) = value.get(name) else {
                let keys =
                    value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
                self.report(&format!("`{name}` is expected here, the example has `{}`", keys.join("`, `")));
                return None;
            };
            value = inside;
        }
        Some(value.clone())
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
                            self.report(&format!(
                                "`{path}` is not in the table; add it, or a quirk `unlisted` or `alias`{near}"
                            ));
                        }
                    }
                }
            }
            Value::String(text) if text.is_empty() => {}
            _ => self.report(&format!("`{path}` holds fields, the example shows {value}")),
        }
    }

    /// The field of a name, or of the name that a quirk says it stands for.
    fn field<'f>(&self, fields: &'f Fields, name: &str, path: &str) -> Option<&'f Field> {
        fields.get(name).or_else(|| {
            let parent = path.strip_suffix(name)?;
            let alias = self.document.value.quirks.iter().find(|quirk| {
                quirk.kind == QuirkKind::Alias && quirk.observed == name && quirk.field.starts_with(parent)
            })?;
            fields.get(alias.field.strip_prefix(parent)?)
        })
    }

    fn value(&mut self, field: &Field, value: &Value, path: &str) {
        let is_json = self.key[1] == "json";
        if let Value::Array(items) = value {
            if !field.list {
                self.report(&format!("`{path}` repeats; say `list: true`"));
            }
            return items.iter().for_each(|item| self.value_of_one(field, item, path));
        }
        if field.list && is_json {
            self.report(&format!("`{path}` is a list in the table, but not in the example; fix one of them"));
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
            _ => return self.report(&format!("`{path}` is a text in the table, the example shows {value}")),
        };
        if text.is_empty() {
            return;
        }
        if !is_readable(field.kind, &text) {
            self.report(&format!("`{path}` is `{text}` here, which is not {}; fix one of them", article(field.kind)));
        }
        if !is_documented(field, &text) && !self.has_quirk(QuirkKind::UndocumentedValue, path) {
            let message = format!(
                "`{path}` is `{text}` here, which is not among its values; add it, or a quirk `undocumented-value`"
            );
            self.report(&message);
        }
    }

    fn has_quirk(&self, kind: QuirkKind, path: &str) -> bool {
        self.document.value.quirks.iter().any(|quirk| quirk.kind == kind && quirk.field == path)
    }

    /// What both formats show must be the same; order and missing fields do not count.
    fn agree(&mut self, json: &Value, xml: &Value) {
        for Difference { path, left, right } in differences(json, xml).into_iter().filter(Difference::is_contradiction)
        {
            let node = &self.document.value.node;
            self.report(&format!("`{node}{path}` is {right} here, but {left} in the JSON example; fix one of them"));
        }
    }

    /// Required parameters are there and say something, wherever their container occurs.
    fn required(&mut self, fields: &Fields, value: &Value, path: &str) {
        if let Value::Array(items) = value {
            return items.iter().for_each(|item| self.required(fields, item, path));
        }
        for (name, field) in fields {
            let path = format!("{path}.{name}");
            match value.get(name).filter(|value| !differences(value, &Value::Null).is_empty()) {
                Some(value) => self.required(&field.fields, value, &path),
                None if field.required => {
                    self.report(&format!(
                        "the required `{path}` is missing or empty in the example; fix the flag or the example"
                    ));
                }
                None => {}
            }
        }
    }
}
