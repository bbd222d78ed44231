//! Fields that contradict themselves.

use super::below;
use crate::diagnostic::Diagnostics;
use crate::load::{MethodDocument, TopicDocument};
use crate::spec::{Field, Fields, Method, Type};
use crate::yaml::Source;

pub(super) fn check(document: &MethodDocument, diagnostics: &mut Diagnostics) {
    let MethodDocument { spec: method, source, .. } = document;
    head(method, &mut |path, message| diagnostics.push(source.at(path, message)));
    level(&method.request, &["request"], source, diagnostics);
    level(&method.response, &["response"], source, diagnostics);
}

pub(super) fn check_topic(document: &TopicDocument, diagnostics: &mut Diagnostics) {
    let TopicDocument { spec: topic, source, .. } = document;
    title(topic.title.as_ref(), &mut |path, message| diagnostics.push(source.at(path, message)));
    if topic.fields.is_empty() {
        diagnostics.push(source.at(&["fields"], "the topic has no fields; add them, or remove the file"));
    }
    level(&topic.fields, &["fields"], source, diagnostics);
}

fn title(title: Option<&String>, report: &mut dyn FnMut(&[&str], String)) {
    if title.is_some_and(|title| title.trim().is_empty()) {
        report(&["title"], "the title is empty; copy it from the page or remove it".to_owned());
    }
}

fn head(method: &Method, report: &mut dyn FnMut(&[&str], String)) {
    title(method.title.as_ref(), report);
    let is_address = method.page.starts_with("https://") && !method.page.contains([' ', '<', '>']);
    if !is_address {
        report(&["page"], format!("`{}` is not a valid URL of a page; it must begin with `https://`", method.page));
    }
    if !is_element_name(&method.node) {
        report(&["node"], format!("`{}` is not a valid name of an XML element; copy it from the example", method.node));
    }
}

pub(super) fn level(fields: &Fields, path: &[&str], source: &Source, diagnostics: &mut Diagnostics) {
    for (name, field) in fields {
        let path = below(path, &[name]);
        one(name, field, &path, source, diagnostics);
        level(&field.fields, &below(&path, &["fields"]), source, diagnostics);
    }
}

fn one(name: &str, field: &Field, path: &[&str], source: &Source, diagnostics: &mut Diagnostics) {
    let mut report = |key: &str, message: String| diagnostics.push(source.at(&below(path, &[key]), message));
    if !is_element_name(name) {
        report("", format!("`{name}` is not a valid name of an XML element; copy it from the page"));
    }
    if field.required && path[0] != "request" {
        report("required", "only requests have required fields; remove it".to_owned());
    }
    if field.is_container() {
        if field.secret {
            report("secret", format!("`{name}` has fields; mark the secret ones instead"));
        }
        if !field.values.is_empty() {
            report("values", format!("`{name}` has fields, so it cannot have values; remove one of the two"));
        }
        if field.kind != Type::Text {
            report("type", format!("`{name}` has fields, so it has no type of its own; remove it"));
        }
        if field.example.is_some() {
            report("example", format!("`{name}` has fields, so samples belong to them; remove it"));
        }
        return;
    }
    if !field.values.is_empty() && field.kind != Type::Text {
        report("type", format!("`{name}` has values, so it is always text; remove the type"));
    }
    if let Some(example) = &field.example {
        if !is_readable(field.kind, example) {
            report("example", format!("`{example}` is not {}; fix it or remove the type", article(field.kind)));
        }
        if !is_documented(field, example) {
            report("example", format!("`{example}` is not one of the values of `{name}`; add it to them"));
        }
    }
}

/// Whether a text has its type, in the form in which we write it.
pub(crate) fn is_readable(kind: Type, text: &str) -> bool {
    let written = match kind {
        Type::Text => return true,
        Type::Integer => text.parse::<i64>().map(|number| number.to_string()).ok(),
        Type::Decimal => text.parse::<rust_decimal::Decimal>().map(|number| number.to_string()).ok(),
        Type::Datetime => {
            let time = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S");
            time.map(|time| time.format("%Y-%m-%d %H:%M:%S").to_string()).ok()
        }
    };
    written.is_some_and(|written| written == text)
}

/// Whether a text is among the documented values, where there are any.
pub(super) fn is_documented(field: &Field, text: &str) -> bool {
    field.values.is_empty() || field.values.contains_key(text)
}

/// The type, with its form.
pub(super) fn article(kind: Type) -> &'static str {
    match kind {
        Type::Text => "a text",
        Type::Integer => "an integer",
        Type::Decimal => "a decimal number",
        Type::Datetime => "a time `yyyy-MM-dd HH:mm:ss`",
    }
}

/// A name in XML without dots, which separate the steps of a path, and colons, which separate prefixes.
pub(super) fn is_element_name(name: &str) -> bool {
    let begins = |c: char| {
        matches!(c, 'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
            | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
            | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
    };
    let continues = |c: char| begins(c) || matches!(c, '-' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}');
    name.starts_with(begins) && name.chars().all(continues)
}
