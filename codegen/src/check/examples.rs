//! Documented messages that disagree with the tables.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fields::{article, is_documented, is_readable};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::load::{Message, MethodDocument, TopicDocument};
use crate::message::{Difference, SyntaxError, differences, xml_offset};
use crate::spec::{Envelope, Field, Fields, Method, Platform, Quirk, QuirkKind};
use crate::yaml::{self, Position, Source};

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
    let MethodDocument { spec: method, source, messages } = document;
    let envelope = &platform.envelope;
    let current = |part: &'static str, format: &'static str| Current {
        keys: vec!["examples", part, format],
        text: method.examples.text(part, format).unwrap_or_default(),
        around: vec![
            if part == "request" { &envelope.request } else { &envelope.response },
            &envelope.body,
            &method.node,
        ],
    };
    let mut checker = Checker::new(source, &method.quirks, diagnostics);
    for Message { part, format, content } in messages {
        checker.current = current(part, format);
        checker.place.clear();
        match (content, *part) {
            (Err(error), _) => checker.syntax(error),
            (Ok(message), "request") => checker.request(&method.request, message),
            (Ok(message), "response") => checker.response(method, message),
            (Ok(message), _) => checker.error(envelope, message),
        }
    }
    let Evidence { request, response, .. } = &checker.evidence;
    for (part, nodes) in [("request", request.clone()), ("response", response.clone())] {
        if let [json, xml] = nodes.as_slice() {
            checker.current = current(part, "xml");
            checker.agree(json, xml);
        }
    }
    checker.evidence
}

/// Checks the documented message of a topic.
pub(super) fn check_topic(document: &TopicDocument, diagnostics: &mut Diagnostics) {
    let TopicDocument { spec: topic, source, message: Some(message) } = document else { return };
    let mut checker = Checker::new(source, &[], diagnostics);
    checker.current =
        Current { keys: vec!["example"], text: topic.example.as_deref().unwrap_or_default(), around: Vec::new() };
    match message {
        Ok(message) => checker.level(&topic.fields, message),
        Err(error) => checker.syntax(error),
    }
}

/// The message that is being checked.
#[derive(Default)]
struct Current<'a> {
    /// Where it is in the file. The last key is its format, or stands for JSON.
    keys: Vec<&'static str>,
    text: &'a str,
    /// The names of the elements around the fields.
    around: Vec<&'a str>,
}

struct Checker<'a, 'd> {
    source: &'d Source,
    quirks: &'d [Quirk],
    diagnostics: &'d mut Diagnostics,
    current: Current<'d>,
    /// The names and indices that lead to the current value of the message.
    place: Vec<String>,
    /// What JSON and XML both show is one problem.
    reported: BTreeSet<String>,
    evidence: Evidence<'a>,
}

impl<'a, 'd> Checker<'a, 'd> {
    fn new(source: &'d Source, quirks: &'d [Quirk], diagnostics: &'d mut Diagnostics) -> Self {
        let (reported, evidence) = (BTreeSet::new(), Evidence::default());
        Self { source, quirks, diagnostics, current: Current::default(), place: Vec::new(), reported, evidence }
    }

    /// The path of the current value as the spec writes it: without envelope and indices.
    fn path(&self) -> String {
        let is_name = |step: &&String| step.parse::<usize>().is_err();
        let names = self.place.iter().skip(self.current.around.len()).filter(is_name).map(String::as_str);
        let table = self.current.keys.get(1).copied().unwrap_or("fields");
        [table].into_iter().chain(names).collect::<Vec<_>>().join(".")
    }

    fn is_xml(&self) -> bool {
        self.current.keys.last() == Some(&"xml")
    }

    /// Checks a value inside the current one.
    fn inside(&mut self, step: &impl ToString, check: impl FnOnce(&mut Self)) {
        self.place.push(step.to_string());
        check(self);
        self.place.pop();
    }

    /// Reports a problem at the current value.
    fn report(&mut self, message: String) {
        let text = self.current.text;
        let position = if self.is_xml() {
            Position::of_byte(text, xml_offset(text, &self.place))
        } else {
            // JSON is YAML.
            yaml::parse("", text).map_or(Position::FIRST, |tree| {
                tree.position(&self.place.iter().map(String::as_str).collect::<Vec<_>>())
            })
        };
        self.report_at(position, message);
    }

    fn report_at(&mut self, position: Position, message: String) {
        if self.reported.insert(message.clone()) {
            let position = self.source.position_inside(&self.current.keys, position);
            self.diagnostics.push(Diagnostic::new(&self.source.path, position, message));
        }
    }

    /// Reports that the table and the example contradict each other at the current value.
    fn contradict(&mut self, message: String) {
        self.evidence.contradicted.insert(self.path());
        self.report(message);
    }

    fn syntax(&mut self, error: &SyntaxError) {
        let (text, format) = (self.current.text, if self.is_xml() { "XML" } else { "JSON" });
        let message = format!("invalid {format}: {}; fix the example", error.message);
        // A message that is cut off is wrong where it ends.
        self.report_at(Position::of_byte(text, error.offset.min(text.trim_end().len())), message);
    }

    fn request(&mut self, fields: &Fields, message: &'a Value) {
        let Some(node) = self.node(message) else { return };
        self.evidence.request.push(node);
        self.level(fields, node);
        self.required(fields, node);
    }

    fn response(&mut self, method: &Method, message: &'a Value) {
        let Some(node) = self.node(message) else { return };
        self.evidence.response.push(node);
        if node.is_array() && !method.response_list {
            self.contradict("the business node repeats; add `response_list: true`".to_owned());
        }
        self.level(&method.response, node);
    }

    fn error(&mut self, envelope: &Envelope, message: &Value) {
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
        for name in self.current.around.clone() {
            let Some(inside) = value.get(name) else {
                let keys =
                    value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
                self.report(format!("expected `{name}`, the example has `{}`", keys.join("`, `")));
                return None;
            };
            value = inside;
            self.place.push(name.to_owned());
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
                // A topic has no quirks.
                let quirk = if self.current.around.is_empty() { "" } else { ", or a quirk `unlisted` or `alias`" };
                self.report(format!("`{path}` is not in the table; add it{quirk}{near}"));
            }
        }
    }

    /// The field of a name, without the blanks around it, or of the name that a quirk makes it an alias of.
    fn field<'f>(&self, fields: &'f Fields, name: &str, path: &str) -> Option<&'f Field> {
        fields.get(name.trim()).or_else(|| {
            let parent = path.strip_suffix(name)?;
            let alias = self.quirks.iter().find(|quirk| {
                quirk.kind == QuirkKind::Alias && quirk.observed == name && quirk.field.starts_with(parent)
            })?;
            fields.get(alias.field.strip_prefix(parent)?)
        })
    }

    fn value(&mut self, field: &Field, value: &Value) {
        let (path, is_json) = (self.path(), !self.is_xml());
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
        self.quirks.iter().any(|quirk| quirk.kind == kind && quirk.field == path)
    }

    /// Both formats must show the same; order and missing fields do not count.
    fn agree(&mut self, json: &Value, xml: &Value) {
        for Difference { path, left, right } in differences(json, xml).into_iter().filter(Difference::is_contradiction)
        {
            let steps = path.split(['.', '[', ']']).filter(|step| !step.is_empty()).map(str::to_owned);
            let around = &self.current.around;
            self.place = around.iter().map(|name| (*name).to_owned()).chain(steps).collect();
            let node = around.last().copied().unwrap_or_default();
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
                    if !checker.has_quirk(QuirkKind::Requirement, &path) {
                        checker.report(format!(
                            "required parameter `{path}` is missing or empty in the example; fix the flag, or add a quirk \
                             `requirement`"
                        ));
                    }
                }),
                None => {}
            }
        }
    }
}
