//! What a call needs to know about its method, as static data.

use super::docs;
use super::source::{File, Table};
use crate::plan::MethodPlan;
use crate::spec::{Effect, Rule, RuleKind};

/// The table of a method, and that of its rules.
pub(super) fn emit(file: &mut File, method: &MethodPlan) {
    let MethodPlan { request, response, errors, builder, node, .. } = method;
    let (row, wire) = (&response.name, method.method.as_str());
    let effect = match method.effect {
        Effect::Read => "Read",
        Effect::Write => "Write",
    };
    let rules: Vec<_> = method.rules.iter().flat_map(rows).collect();
    let mut facts = vec![
        format!("name = {wire:?} ({effect})"),
        format!("node = {node:?}"),
        match (method.is_reply_known(), method.has_rows()) {
            (true, true) => format!("rows = {row}"),
            (true, false) => format!("reply = {row}"),
            (false, true) => "rows = OpenObject".to_owned(),
            (false, false) => "open = OpenReply".to_owned(),
        },
        format!("errors = {}{}", errors.name, if errors.has_table() { ", ERRORS" } else { "" }),
        format!("builder = {builder}"),
    ];
    if !rules.is_empty() {
        facts.push("rules = RULES".to_owned());
    }
    let field = |wire: &str| request.fields.iter().find(|field| field.wire == wire).map(|field| field.name.to_string());
    facts.extend(method.paging.iter().filter_map(|paging| Some(format!("page = {}", field(&paging.page)?))));
    facts.extend(
        method
            .span
            .iter()
            .filter_map(|span| Some(format!("span = ({}, {}, {})", field(&span.from)?, field(&span.to)?, span.days))),
    );
    file.table(Table { makes: "request", head: request.name.to_string(), rows: facts });
    if !rules.is_empty() {
        file.table(Table { makes: "rules", head: "RULES".to_owned(), rows: rules });
    }
}

/// The kinds of a rule that can be checked.
fn rows(rule: &Rule) -> Vec<String> {
    let error = rule.error.as_ref().map(|error| format!(", {error:?}")).unwrap_or_default();
    let kinds = rule.kinds().into_iter();
    kinds.filter_map(|kind| Some(format!("{}, {:?}{error}", check(kind)?, docs::sentence(kind)))).collect()
}

fn check(kind: RuleKind<'_>) -> Option<String> {
    Some(match kind {
        RuleKind::AnyOf(paths) => format!("AnyOf(&{paths:?})"),
        RuleKind::NotEmpty(paths) => format!("NotEmpty(&{paths:?})"),
        RuleKind::Range(range) => format!("Range({:?}, {}, {})", range.field, range.min, range.max),
        RuleKind::MaxLength(limit) => format!("MaxLength({:?}, {})", limit.field, limit.max),
        RuleKind::MaxItems(limit) => format!("MaxItems({:?}, {})", limit.field, limit.max),
        RuleKind::Ascending(span) => format!("Ascending({:?}, {:?})", span.from, span.to),
        RuleKind::MaxSpan(span) => format!("MaxSpan({:?}, {:?}, {})", span.from, span.to, span.days),
        RuleKind::MaxAge(age) => format!("MaxAge({:?}, {})", age.field, age.months),
        RuleKind::Note(_) => return None,
    })
}
