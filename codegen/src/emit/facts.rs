//! What a call needs to know about its method, as static data.

use quote::quote;

use super::docs;
use super::source::{File, Table};
use crate::plan::MethodPlan;
use crate::spec::{Effect, Rule, RuleKind};

/// The implementation of `Request`, with the table of rules.
pub(super) fn emit(file: &mut File, method: &MethodPlan) {
    let MethodPlan { request, response, errors, node, .. } = method;
    let (name, request, row, error_code) = (method.method.as_str(), &request.name, &response.name, &errors.name);
    let response = if method.response_list { quote!(Vec<#row>) } else { quote!(#row) };
    let effect = match method.effect {
        Effect::Read => quote!(Read),
        Effect::Write => quote!(Write),
    };
    let rows: Vec<_> = method.rules.iter().flat_map(rows).collect();
    let rules = if rows.is_empty() { quote!(&[]) } else { quote!(RULES) };
    file.push(&quote! {
        impl Request for #request {
            type Row = #row;
            type Response = #response;
            type ErrorCode = #error_code;

            const METHOD: &'static Method = &Method {
                name: #name,
                node: #node,
                effect: Effect::#effect,
                rules: #rules,
                errors: ERRORS,
            };
        }
    });
    if !rows.is_empty() {
        file.table(Table { makes: "rules", head: "RULES".to_owned(), rows });
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
