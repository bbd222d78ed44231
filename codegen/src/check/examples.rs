//! Documented messages that disagree with the tables.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fields::{article, is_documented, is_readable};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::load::{Message, MethodDocument};
use crate::message::{Difference, SyntaxError, differences, xml_offset};
use crate::spec::{Field, Fields, Method, Platform, QuirkKind};
use crate::yaml::{self, Position};

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
    let mut checker = Checker { document, platform, diagnostics, key: ["", ""], place: Vec::new(), reported, evidence };
    for Message { part, format, content } in &document.messages {
        checker.key = [part, format];
        checker.place.clear();
        match (content, *part) {
            (Err(error), _) => checker.syntax(error),
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
    /// The names and indices that lead to the current value of the message.
    place: Vec<String>,
    /// What JSON and XML both show is one problem.
    reported: BTreeSet<String>,
    evidence: Evidence<'a>,
}

impl<'a> Checker<'a, '_> {
    fn spec(&self) -> &'a Method {
        &self.document.spec
    }

    /// The names of the elements around the fields of the current message.
    fn envelope(&self) -> [String; 3] {
        let envelope = &self.platform.envelope;
        let root = if self.key[0] == "request" { &envelope.request } else { &envelope.response };
        [root, &envelope.body, &self.spec().node].map(String::clone)
    }

    /// The path of the current value as the spec writes it: without envelope and indices.
    fn path(&self) -> String {
        let is_name = |step: &&String| step.parse::<usize>().is_err();
        let names = self.place.iter().skip(self.envelope().len()).filter(is_name).map(String::as_str);
        [self.key[0]].into_iter().chain(names).collect::<Vec<_>>().join(".")
    }

    /// Checks a value inside the current one.
    fn inside(&mut self, step: &impl ToString, check: impl FnOnce(&mut Self)) {
        self.place.push(step.to_string());
        check(self);
        self.place.pop();
    }

    /// Reports a problem at the current value.
    fn report(&mut self, message: String) {
        let [part, format] = self.key;
        let place = |text: &str| match format {
            "xml" => Position::of_byte(text, xml_offset(text, &self.place)),
            // JSON is YAML.
            _ => yaml::parse(part, text).map_or(Position::FIRST, |tree| {
                tree.position(&self.place.iter().map(String::as_str).collect::<Vec<_>>())
            }),
        };
        let position = self.spec().examples.text(part, format).map_or(Position::FIRST, place);
        self.report_at(position, message);
    }

    fn report_at(&mut self, position: Position, message: String) {
        let [part, format] = self.key;
        if self.reported.insert(message.clone()) {
            let source = &self.document.source;
            let position = source.position_inside(&["examples", part, format], position);
            self.diagnostics.push(Diagnostic::new(&source.path, position, message));
        }
    }

    /// Reports that the table and the example contradict each other at the current value.
    fn contradict(&mut self, message: String) {
        self.evidence.contradicted.insert(self.path());
        self.report(message);
    }

    fn syntax(&mut self, error: &SyntaxError) {
        let [part, format] = self.key;
        let text = self.spec().examples.text(part, format).unwrap_or_default();
        let message = format!("invalid {}: {}; fix the example", format.to_uppercase(), error.message);
        // A message that is cut off is wrong where it ends.
        self.report_at(Position::of_byte(text, error.offset.min(text.trim_end().len())), message);
    }

    fn request(&mut self, message: &'a Value) {
        let Some(node) = self.node(message) else { return };
        self.evidence.request.push(node);
        self.level(&self.spec().request, node);
        self.required(&self.spec().request, node);
    }

    fn response(&mut self, message: &'a Value) {
        let Some(node) = self.node(message) else { return };
        self.evidence.response.push(node);
        if node.is_array() && !self.spec().response_list {
            self.contradict("the business node repeats; add `response_list: true`".to_owned());
        }
        self.level(&self.spec().response, node);
    }

    fn error(&mut self, message: &Value) {
        let envelope = &self.platform.envelope;
        self.place.push(envelope.response.clone());
        let Some(error) = message[&envelope.response][&envelope.error].as_object() else {
            let message = format!("`{}` is missing in `{}`; fix the example", envelope.error, envelope.response);
            return self.report(message);
        };
        self.place.push(envelope.error.clone());
        for name in error.keys().filter(|name| !envelope.error_fields.contains_key(*name)) {
            let message = format!("`{name}` is not a field of an error; fix the example");
            self.inside(name, |checker| checker.report(message));
        }
    }

    /// The business node inside the envelope.
    fn node(&mut self, message: &'a Value) -> Option<&'a Value> {
        let mut value = message;
        for name in self.envelope() {
            let Some(inside) = value.get(&name) else {
                let keys =
                    value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
                self.report(format!("expected `{name}`, the example has `{}`", keys.join("`, `")));
                return None;
            };
            value = inside;
            self.place.push(name);
        }
        Some(value)
    }

    fn level(&mut self, fields: &Fields, value: &Value) {
        match value {
            Value::Array(items) => self.each(items, |checker, item| checker.level(fields, item)),
            Value::Object(entries) => {
                for (name, value) in entries {
                    self.inside(name, |checker| checker.entry(fields, name, value));
                }
            }
            Value::String(text) if text.is_empty() => {}
            _ => {
                let path = self.path();
                self.contradict(format!("`{path}` has fields, but is {value} in the example; fix one of the two"));
            }
        }
    }

    fn each(&mut self, items: &[Value], mut check: impl FnMut(&mut Self, &Value)) {
        for (index, item) in items.iter().enumerate() {
            self.inside(&index, |checker| check(checker, item));
        }
    }

    fn entry(&mut self, fields: &Fields, name: &str, value: &Value) {
        let path = self.path();
        match self.field(fields, name, &path) {
            Some(field) => self.value(field, value),
            None if self.has_quirk(QuirkKind::Unlisted, &path) => {}
            None => {
                let near = did_you_mean(name, fields.keys().map(String::as_str));
                self.report(format!("`{path}` is not in the table; add it, or a quirk `unlisted` or `alias`{near}"));
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

    fn value(&mut self, field: &Field, value: &Value) {
        let (path, is_json) = (self.path(), self.key[1] == "json");
        if let Value::Array(items) = value {
            if !field.list {
                self.contradict(format!("`{path}` repeats; add `list: true`"));
            }
            return self.each(items, |checker, item| checker.value_of_one(field, item));
        }
        if field.list && is_json {
            self.contradict(format!("`{path}` is a list in the table, but not in the example; fix one of the two"));
        }
        self.value_of_one(field, value);
    }

    fn value_of_one(&mut self, field: &Field, value: &Value) {
        if field.is_container() {
            return self.level(&field.fields, value);
        }
        let path = self.path();
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Null => return,
            Value::Number(number) => number.to_string(),
            _ => {
                let message =
                    format!("`{path}` is a text in the table, but {value} in the example; fix one of the two");
                return self.contradict(message);
            }
        };
        if text.is_empty() {
            return;
        }
        if !is_readable(field.kind, &text) {
            let kind = article(field.kind);
            self.contradict(format!("`{path}` is `{text}` in the example, which is not {kind}; fix one of the two"));
        }
        if !is_documented(field, &text) && !self.has_quirk(QuirkKind::UndocumentedValue, &path) {
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
            let steps = path.split(['.', '[', ']']).filter(|step| !step.is_empty()).map(str::to_owned);
            self.place = self.envelope().into_iter().chain(steps).collect();
            let node = &self.spec().node;
            self.report(format!("`{node}{path}` is {right} here, but {left} in the JSON example; fix one of the two"));
        }
    }

    /// Required parameters must have a value wherever their container occurs.
    fn required(&mut self, fields: &Fields, value: &Value) {
        if let Value::Array(items) = value {
            return self.each(items, |checker, item| checker.required(fields, item));
        }
        for (name, field) in fields {
            match value.get(name).filter(|value| !differences(value, &Value::Null).is_empty()) {
                Some(value) => self.inside(name, |checker| checker.required(&field.fields, value)),
                None if field.required => self.inside(name, |checker| {
                    let path = checker.path();
                    checker.report(format!(
                        "required parameter `{path}` is missing or empty in the example; fix the flag or the example"
                    ));
                }),
                None => {}
            }
        }
    }
}
