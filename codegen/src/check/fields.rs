//! Fields that say one thing and another.

use super::below;
use crate::diagnostic::Diagnostics;
use crate::load::Document;
use crate::spec::{Field, Fields, Method, Type};
use crate::yaml::Source;

pub(super) fn check(document: &Document<Method>, diagnostics: &mut Diagnostics) {
    let Document { value: method, source, is_whole } = document;
    let mut report = |path: &[&str], message: String| diagnostics.push(source.at(path, message));
    if *is_whole {
        head(method, &mut report);
    }
    level(&method.request, &["request"], source, diagnostics);
    level(&method.response, &["response"], source, diagnostics);
}

fn head(method: &Method, report: &mut dyn FnMut(&[&str], String)) {
    if method.title.trim().is_empty() {
        report(&["title"], "the title is empty; take it from the page".to_owned());
    }
    if !method.page.starts_with("https://") {
        report(&["page"], format!("`{}` is not the address of a page; it begins with `https://`", method.page));
    }
    if !is_element_name(&method.node) {
        report(&["node"], format!("`{}` can not be the name of an XML element; take it from the example", method.node));
    }
}

fn level(fields: &Fields, path: &[&str], source: &Source, diagnostics: &mut Diagnostics) {
    for (name, field) in fields {
        let path = below(path, &[name]);
        one(name, field, &path, source, diagnostics);
        level(&field.fields, &below(&path, &["fields"]), source, diagnostics);
    }
}

fn one(name: &str, field: &Field, path: &[&str], source: &Source, diagnostics: &mut Diagnostics) {
    let mut report = |key: &str, message: String| diagnostics.push(source.at(&below(path, &[key]), message));
    if !is_element_name(name) {
        report("", format!("`{name}` can not be the name of an XML element"));
    }
    if field.required && path[0] == "response" {
        report("required", "replies have no required fields; take it out".to_owned());
    }
    if field.is_container() {
        if !field.values.is_empty() {
            report("values", format!("`{name}` holds fields, so it can not have values; keep one of them"));
        }
        if field.kind != Type::Text {
            report("type", format!("`{name}` holds fields, so it has no type of its own; take it out"));
        }
        if field.example.is_some() {
            report("example", format!("`{name}` holds fields, so its sample belongs to them; take it out"));
        }
        return;
    }
    if !field.values.is_empty() && field.kind != Type::Text {
        report("type", format!("`{name}` has values, so its type is theirs; take it out"));
    }
    if let Some(example) = &field.example {
        if !is_readable(field.kind, example) {
            report("example", format!("`{example}` is not {}; mend it or take the type out", article(field.kind)));
        }
        if !is_documented(field, example) {
            report("example", format!("`{example}` is not among the values of `{name}`; add it to them"));
        }
    }
}

/// Whether a text is what its type says.
pub(crate) fn is_readable(kind: Type, text: &str) -> bool {
    match kind {
        Type::Text => true,
        Type::Integer => text.parse::<i64>().is_ok(),
        Type::Decimal => text.parse::<rust_decimal::Decimal>().is_ok(),
        Type::Datetime => chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").is_ok(),
    }
}

/// Whether a text is among the documented values, where there are any.
pub(super) fn is_documented(field: &Field, text: &str) -> bool {
    field.values.is_empty() || field.values.contains_key(text)
}

/// The type with what it looks like.
pub(super) fn article(kind: Type) -> &'static str {
    match kind {
        Type::Text => "a text",
        Type::Integer => "an integer",
        Type::Decimal => "a decimal number",
        Type::Datetime => "a time `yyyy-MM-dd HH:mm:ss`",
    }
}

fn is_element_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
