//! Rules and errors that refer to something that does not exist.

use indexmap::IndexMap;

use super::below;
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::load::Document;
use crate::spec::{ErrorEntry, Field, Fields, Method, Platform, Rule, RuleKind, Type, field_at};
use crate::yaml::Source;

pub(super) fn check(document: &Document<Method>, platform: &Platform, diagnostics: &mut Diagnostics) {
    let Document { value: method, source } = document;
    for (index, rule) in method.rules.iter().enumerate() {
        let index = index.to_string();
        kind(rule, &["rules", &index], &method.request, source, diagnostics);
        let codes = || method.errors.keys().chain(platform.errors.keys()).map(String::as_str);
        if let Some(code) = rule.error.as_deref().filter(|code| codes().all(|known| known != *code)) {
            let near = did_you_mean(code, codes());
            let message = format!("`{code}` is neither an error of this method nor a common one{near}");
            diagnostics.push(source.at(&["rules", &index, "error"], message));
        }
    }
    if let Some(paging) = &method.paging {
        let page = method.request.get(&paging.page).filter(|field| field.kind == Type::Integer && !field.list);
        if page.is_none() || !method.response_list {
            let message = format!(
                "`{}` is not an `integer` of the request, or the reply is not a list; fix one of them",
                paging.page
            );
            diagnostics.push(source.at(&["paging", "page"], message));
        }
    }
    entries(&method.errors, source, diagnostics);
}

pub(super) fn entries(errors: &IndexMap<String, ErrorEntry>, source: &Source, diagnostics: &mut Diagnostics) {
    for (code, entry) in errors {
        if code.trim_end_matches(['*', '?']).is_empty() {
            diagnostics.push(source.at(&["errors", code], "the code matches every code; add a prefix"));
        }
        if code.trim() != code {
            diagnostics.push(
                source.at(&["errors", code], format!("the code `{code}` begins or ends with a blank; remove it")),
            );
        }
        if entry.message.trim().is_empty() {
            diagnostics.push(source.at(&["errors", code, "message"], "the message is empty; take it from the table"));
        }
    }
}

fn kind(rule: &Rule, path: &[&str], request: &Fields, source: &Source, diagnostics: &mut Diagnostics) {
    let kinds = rule.kinds();
    let [kind] = kinds.as_slice() else {
        let given: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
        let message = if given.is_empty() {
            "the rule is empty; add one of `any_of`, `not_empty`, `range`, `max_length`, `max_items`, \
             `ascending`, `max_span`, `max_age`, `note`"
                .to_owned()
        } else {
            format!("several rules in one: `{}`; split them", given.join("`, `"))
        };
        return diagnostics.push(source.at(path, message));
    };
    if let Some(fault) = senseless(*kind) {
        diagnostics.push(source.at(&below(path, &[kind.as_str()]), fault));
    }
    for (key, field) in kind.fields() {
        let steps: Vec<&str> = key.split('.').collect();
        let path = below(path, &steps);
        match field_at(request, field) {
            None => {
                let known = paths(request, "");
                let near = did_you_mean(field, known.iter().map(String::as_str));
                diagnostics.push(source.at(&path, format!("`{field}` is not a request parameter{near}")));
            }
            Some(found) => {
                if let Some(expected) = unfit(*kind, found, field.contains('.')) {
                    diagnostics.push(
                        source.at(&path, format!("`{field}` is not {expected}, as the rule needs; fix one of them")),
                    );
                }
            }
        }
    }
}

/// What a rule says that no request could satisfy or break.
fn senseless(rule: RuleKind<'_>) -> Option<&'static str> {
    match rule {
        RuleKind::AnyOf([]) | RuleKind::NotEmpty([]) => Some("the rule names no parameter; name one, or remove it"),
        RuleKind::Range(range) if range.min > range.max => Some("`min` is greater than `max`; fix one of them"),
        _ => None,
    }
}

fn unfit(rule: RuleKind<'_>, field: &Field, is_nested: bool) -> Option<&'static str> {
    let is_time = field.kind == Type::Datetime && !field.list && !is_nested;
    let (fits, expected) = match rule {
        RuleKind::Range(_) => (matches!(field.kind, Type::Integer | Type::Decimal), "a number"),
        RuleKind::MaxItems(_) => (field.list, "a list"),
        RuleKind::MaxLength(_) => (!field.is_container(), "a text"),
        RuleKind::Ascending(_) | RuleKind::MaxSpan(_) | RuleKind::MaxAge(_) => {
            (is_time, "a single `datetime` of the outermost level")
        }
        _ => (true, ""),
    };
    (!fits).then_some(expected)
}

/// The dotted paths of all fields.
fn paths(fields: &Fields, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, field) in fields {
        let path = format!("{prefix}{name}");
        found.extend(paths(&field.fields, &format!("{path}.")));
        found.push(path);
    }
    found
}
