//! Rules and errors that refer to something else.

use indexmap::IndexMap;

use super::below;
use super::examples::Evidence;
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::load::MethodDocument;
use crate::spec::{ErrorEntry, Field, Fields, Method, Paging, Platform, Rule, RuleKind, Type, field_at};
use crate::yaml::Source;

pub(super) fn check(
    document: &MethodDocument,
    platform: &Platform,
    evidence: &Evidence<'_>,
    diagnostics: &mut Diagnostics,
) {
    let MethodDocument { spec: method, source, .. } = document;
    for (index, rule) in method.rules.iter().enumerate() {
        let index = index.to_string();
        kind(rule, &["rules", &index], method, evidence, &mut |path, message| {
            diagnostics.push(source.at(path, message));
        });
        let codes = || method.errors.keys().chain(platform.errors.keys()).map(String::as_str);
        if let Some(code) = rule.error.as_deref().filter(|code| codes().all(|known| known != *code)) {
            let near = did_you_mean(code, codes());
            let message = format!("`{code}` is neither an error of this method nor a common one{near}");
            diagnostics.push(source.at(&["rules", &index, "error"], message));
        }
    }
    if let Some(Paging { page }) = &method.paging {
        let is_number = |field: &Field| field.kind == Type::Integer && !field.list;
        if !method.request.get(page).is_some_and(is_number) {
            let message = format!("`{page}` is not a request parameter of `type: integer`; fix one of the two");
            diagnostics.push(source.at(&["paging", "page"], message));
        }
    }
    for (name, value) in &method.success {
        match method.response.get(name) {
            None => {
                let near = did_you_mean(name, method.response.keys().map(String::as_str));
                diagnostics.push(source.at(&["success", name], format!("`{name}` is not a field of the reply{near}")));
            }
            Some(field) if field.is_container() => {
                diagnostics.push(source.at(&["success", name], format!("`{name}` has fields; name one with a value")));
            }
            Some(field) if !field.values.is_empty() && !field.values.contains_key(value) => {
                let near = did_you_mean(value, field.values.keys().map(String::as_str));
                let message = format!("`{value}` is not one of the values of `{name}`{near}");
                diagnostics.push(source.at(&["success", name], message));
            }
            Some(_) => {}
        }
    }
    entries(&method.errors, source, diagnostics);
}

pub(super) fn entries(errors: &IndexMap<String, ErrorEntry>, source: &Source, diagnostics: &mut Diagnostics) {
    for (code, entry) in errors {
        let mut report = |path: &[&str], message: String| diagnostics.push(source.at(path, message));
        if code.trim_end_matches(['*', '?']).is_empty() {
            report(&["errors", code], format!("`{code}` matches every code; write what the code begins with"));
        }
        if code.trim() != code {
            report(&["errors", code], format!("the code `{code}` begins or ends with a space; remove it"));
        }
        if entry.message.as_ref().is_some_and(|message| message.trim().is_empty()) {
            report(&["errors", code, "message"], "the message is empty; copy it from the page or remove it".to_owned());
        }
    }
}

/// Reports a problem at a path of keys.
type Report<'a> = dyn FnMut(&[&str], String) + 'a;

fn kind(rule: &Rule, path: &[&str], method: &Method, evidence: &Evidence<'_>, report: &mut Report<'_>) {
    let kinds = rule.kinds();
    let [kind] = kinds.as_slice() else {
        let given: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
        let message = if given.is_empty() {
            "the rule has no kind; add one of `any_of`, `not_empty`, `range`, `max_length`, `max_items`, \
             `ascending`, `max_span`, `max_age`, `note`"
                .to_owned()
        } else {
            format!("the rule has several kinds: `{}`; write one rule for each", given.join("`, `"))
        };
        return report(path, message);
    };
    if let Some(fault) = senseless(*kind) {
        report(&below(path, &[kind.as_str()]), fault.to_owned());
    }
    for (key, field) in kind.fields() {
        let steps: Vec<&str> = key.split('.').collect();
        let path = below(path, &steps);
        let Some(found) = field_at(&method.request, field) else {
            let known = paths(&method.request, "");
            let near = did_you_mean(field, known.iter().map(String::as_str));
            report(&path, format!("`{field}` is not a request parameter{near}"));
            continue;
        };
        let unfit = unfit(*kind, found, field.contains('.'));
        if let Some(expected) = unfit.filter(|_| !evidence.contradicts(&format!("request.{field}"))) {
            report(&path, format!("the rule needs {expected}, and `{field}` is not; fix one of the two"));
        }
    }
}

/// Why no request could satisfy or break a rule.
fn senseless(rule: RuleKind<'_>) -> Option<&'static str> {
    match rule {
        RuleKind::AnyOf([]) | RuleKind::NotEmpty([]) => {
            Some("the rule names no parameter; add one, or remove the rule")
        }
        RuleKind::Range(range) if range.min > range.max => Some("`min` is greater than `max`; fix one of the two"),
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
            (is_time, "a single top-level `datetime`")
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
