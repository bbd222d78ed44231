//! Checks the parameters of a request against the documents.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use super::refusal::{Refusal, missing_parameter, unreadable_parameter};
use super::strictness::Strictness;
use crate::catalog::{FieldInfo, Kind, MethodInfo};
use crate::facts::RuleInfo;
use crate::facts::rules::broken;
use crate::model::{Element, Shown};
use crate::value::Value;

/// Checks required parameters, then the type of each parameter, then the rules of the method.
pub(super) fn check(
    method: &'static MethodInfo,
    parameters: &Value,
    now: NaiveDateTime,
    strictness: Strictness,
) -> Result<(), Refusal> {
    // Maximum ages depend on the day a test runs, and the documented requests are years old.
    let now = (strictness == Strictness::Strict).then_some(now);
    let missing = first_missing(&method.request, parameters, "").map(|(path, field, is_present)| {
        let state = if is_present { "is empty" } else { "is missing" };
        let code = missing_parameter(method, field.name, is_present);
        Refusal::new(code, format!("the required parameter `{path}` {state}"))
    });
    let unreadable =
        || first_unreadable(&method.request, parameters, strictness).map(|field| refuse_unreadable(method, field));
    let broken = || broken(&method.rules, &Shown::Value(parameters), now).find_map(refuse_broken);
    missing.or_else(unreadable).or_else(broken).map_or(Ok(()), Err)
}

/// The first required parameter, in document order, that is missing or empty: its path, and whether it is present.
fn first_missing<'a>(
    fields: &'a [FieldInfo],
    container: &Value,
    parent: &str,
) -> Option<(String, &'a FieldInfo, bool)> {
    fields.iter().find_map(|field| {
        let path = format!("{parent}{}", field.name);
        let value = container.get(field.name);
        match value.filter(|value| !value.is_empty()) {
            None => field.required.then_some((path, field, value.is_some())),
            Some(value) => {
                value.items().iter().find_map(|item| first_missing(&field.fields, item, &format!("{path}.")))
            }
        }
    })
}

fn refuse_unreadable(method: &'static MethodInfo, field: &FieldInfo) -> Refusal {
    let expected = match field.kind {
        Kind::Integer => "a whole number",
        Kind::Decimal => "a decimal number",
        Kind::DateTime => "a time in the form `yyyy-MM-dd HH:mm:ss`",
        Kind::Code => "one of the documented codes",
        Kind::Object => "an object of parameters",
        Kind::Text => "a text",
    };
    let once = if field.list { "" } else { ", sent once" };
    let reason = format!("the parameter `{}` is not {expected}{once}", field.name);
    Refusal::new(unreadable_parameter(method, field.name), reason)
}

/// Ignores rules without an error code: the platform may not enforce them.
fn refuse_broken(rule: &RuleInfo) -> Option<Refusal> {
    let code = rule.error?;
    Some(Refusal::new(code, format!("broken rule: {}", rule.text)))
}

/// The first parameter, in document order, that cannot be parsed as its documented type.
fn first_unreadable<'a>(fields: &'a [FieldInfo], container: &Value, strictness: Strictness) -> Option<&'a FieldInfo> {
    fields.iter().find_map(|field| {
        let values = container.get(field.name).map(Value::items).unwrap_or_default();
        if values.len() > 1 && !field.list {
            return Some(field);
        }
        values.iter().filter(|value| !value.is_empty()).find_map(|value| match value {
            Value::Object(_) if field.kind == Kind::Object => first_unreadable(&field.fields, value, strictness),
            value => (!is_readable(field, value, strictness)).then_some(field),
        })
    })
}

/// Whether a value has the documented type of a field.
pub(super) fn is_readable(field: &FieldInfo, value: &Value, strictness: Strictness) -> bool {
    let Some(text) = value.as_text() else {
        return false;
    };
    match field.kind {
        Kind::Text => true,
        Kind::Integer => i64::parse(text).is_some(),
        Kind::Decimal => Decimal::parse(text).is_some(),
        Kind::DateTime => NaiveDateTime::parse(text).is_some(),
        Kind::Code => strictness == Strictness::Lenient || field.values.iter().any(|known| known.value == text),
        Kind::Object => false,
    }
}
