//! Changes in a method.

use indexmap::IndexMap;

use super::change::{Changes, Place, SpecChange};
use super::fields::{self, Table};
use super::pair::Renames;
use super::rules::{
    ERRORS_BECAME_OWN, ERRORS_BECAME_STANDARD, EXAMPLES_CHANGED, METHOD_BECAME_PAGED, METHOD_BECAME_READ,
    METHOD_BECAME_WRITE, METHOD_DOCUMENTATION, METHOD_GOT_SPAN, METHOD_LOST_SPAN, METHOD_NO_LONGER_PAGED,
    METHOD_PAGED_OTHERWISE, METHOD_RENAMED, METHOD_SPAN_CHANGED, NODE_CHANGED, QUIRK_UNCHANGED, QUIRKS_CHANGED,
    RESPONSE_BECAME_LIST, RESPONSE_BECAME_OPEN, RESPONSE_BECAME_SINGLE, RESPONSE_BECAME_TYPED, SUCCESS_CHANGED,
};
use super::{errors, requirements};
use crate::plan::{ErrorsPlan, MethodPlan, NamespacePlan, SpanPlan};
use crate::spec::{Effect, Quirk, QuirkKind};

/// A method with its namespace.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) namespace: &'a NamespacePlan,
    pub(super) method: &'a MethodPlan,
}

impl Named<'_> {
    /// Path of the module with the types of the method.
    fn module(&self) -> String {
        format!("suning_api::methods::{}::{}", self.namespace.module, self.method.module)
    }

    /// Path of the function that starts a call.
    pub(super) fn function(&self) -> String {
        let NamespacePlan { module, handle, .. } = self.namespace;
        format!("suning_api::methods::{module}::{handle}::{}", self.method.module)
    }
}

/// Compares a method with what it was, when these were the common errors.
pub(super) fn compare(old: Named<'_>, new: Named<'_>, common: &ErrorsPlan) -> Vec<SpecChange> {
    let (before, after) = (old.method, new.method);
    let mut changes = Changes::new(Some(after.method.to_string()), &after.source);
    let renames = Renames::new(&before.request, &after.request);
    head(old, new, &renames, &mut changes);
    let (old_module, new_module) = (old.module(), new.module());
    let [old_table, new_table] = [Table::request(before, &old_module), Table::request(after, &new_module)];
    fields::compare(&old_table, &new_table, &["request"], "request", &mut changes);
    requirements::compare(&before.rules, &after.rules, &renames, &mut changes);
    // A reply that was or is not known has no fields to compare.
    if before.is_reply_known() && after.is_reply_known() {
        let [old_table, new_table] = [Table::response(before, &old_module), Table::response(after, &new_module)];
        fields::compare(&old_table, &new_table, &["response"], "response", &mut changes);
    }
    errors::compare(&before.errors, &after.errors, &[&before.errors, common], &old_module, &mut changes);
    quirks(&before.quirks, &after.quirks, &mut changes);
    let [was, is] = [&before.examples, &after.examples];
    for (part, was, is) in [
        ("request", &was.request, &is.request),
        ("response", &was.response, &is.response),
        ("error", &was.error, &is.error),
    ] {
        if was != is {
            changes.push(&EXAMPLES_CHANGED, &Place::new(&["examples", part]), "", "");
        }
    }
    changes.into_found()
}

fn head(old: Named<'_>, new: Named<'_>, renames: &Renames, changes: &mut Changes<'_>) {
    // Every fact is named here, so that a new one does not compile until somebody compares it.
    let MethodPlan {
        title,
        page,
        evidence,
        sources,
        effect,
        effect_derived,
        node,
        response_list,
        paging,
        success,
        response_partial,
        module,
        span,
        source: _,
        method: _,
        builder: _,
        request: _,
        rules: _,
        response: _,
        errors: _,
        quirks: _,
        examples: _,
    } = &old.method;
    let after = new.method;
    let place = |key: &str| Place::new(&[key]).with_item(old.function());
    changes.push_if_different(&METHOD_RENAMED, &place("name"), module.as_str(), after.module.as_str());
    let rule = if after.effect == Effect::Write { &METHOD_BECAME_WRITE } else { &METHOD_BECAME_READ };
    changes.push_if_different(rule, &place("effect"), retries(*effect), retries(after.effect));
    changes.push_if_different(&NODE_CHANGED, &Place::new(&["node"]), node, &after.node);
    let text = |title: &Option<String>| title.clone().unwrap_or_default();
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    for (key, old, new) in [
        ("title", text(title), text(&after.title)),
        ("page", page.clone(), after.page.clone()),
        ("source", evidence.as_str().to_owned(), after.evidence.as_str().to_owned()),
        ("sources", sources.join(", "), after.sources.join(", ")),
        ("effect_derived", yes(*effect_derived), yes(after.effect_derived)),
        ("response_partial", yes(*response_partial), yes(after.response_partial)),
    ] {
        changes.push_if_different(&METHOD_DOCUMENTATION, &place(key), &old, &new);
    }
    let of_reply = Renames::new(&old.method.response, &after.response);
    let shown = |success: &IndexMap<String, String>, renames: &Renames| {
        let conditions = success.iter().map(|(field, value)| format!("`{}` is `{value}`", renames.now(field)));
        conditions.collect::<Vec<_>>().join(" and ")
    };
    let [was, is] = [shown(success, &of_reply), shown(&after.success, &Renames::default())];
    changes.push_if_different(&SUCCESS_CHANGED, &place("success"), &was, &is);
    let known = |method: &MethodPlan| if method.is_reply_known() { "known fields" } else { "not known" };
    let rule = if after.is_reply_known() { &RESPONSE_BECAME_TYPED } else { &RESPONSE_BECAME_OPEN };
    changes.push_if_different(rule, &place("response"), known(old.method), known(after));
    let own = |errors: &ErrorsPlan| if errors.has_own_codes() { "an enum of its own" } else { "`StandardErrorCode`" };
    let rule = if after.errors.has_own_codes() { &ERRORS_BECAME_OWN } else { &ERRORS_BECAME_STANDARD };
    changes.push_if_different(rule, &place("errors"), own(&old.method.errors), own(&after.errors));
    let stream = |key: &str, name: &str| {
        Place::new(&[key]).with_item(format!("{}::{}::{name}", old.module(), old.method.builder))
    };
    let pages = stream("paging", "pages");
    match (paging, &after.paging) {
        (None, None) => {}
        (None, Some(_)) => changes.push(&METHOD_BECAME_PAGED, &pages, "", streams(after)),
        (Some(_), None) => changes.push(&METHOD_NO_LONGER_PAGED, &pages, streams(old.method), ""),
        (Some(before), Some(after)) => {
            changes.push_if_different(&METHOD_PAGED_OTHERWISE, &pages, renames.now(&before.page), &after.page);
        }
    }
    let between = |span: &Option<SpanPlan>, renames: &Renames| {
        let stream = |SpanPlan { from, to, days: _ }: &SpanPlan| {
            format!("the stream rows_between, by {} and {}", renames.now(from), renames.now(to))
        };
        span.as_ref().map(stream).unwrap_or_default()
    };
    let [was, is] = [between(span, renames), between(&after.span, &Renames::default())];
    let rule = match (span, &after.span) {
        (None, _) => &METHOD_GOT_SPAN,
        (_, None) => &METHOD_LOST_SPAN,
        _ => &METHOD_SPAN_CHANGED,
    };
    changes.push_if_different(rule, &stream("rules", "rows_between"), &was, &is);
    let shape = |is_list: bool| if is_list { "a list of rows" } else { "a single object" };
    let rule = if after.response_list { &RESPONSE_BECAME_LIST } else { &RESPONSE_BECAME_SINGLE };
    changes.push_if_different(rule, &place("response_list"), shape(*response_list), shape(after.response_list));
}

/// What the client does by itself.
fn retries(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read: retried by the client",
        Effect::Write => "write: retried only when the gateway cannot have processed it",
    }
}

/// The streams that callers of a paged method have.
fn streams(method: &MethodPlan) -> &'static str {
    if method.has_rows() { "the streams pages and rows" } else { "the stream pages" }
}

/// Quirks are documentation. The effect of an alias is reported for its field.
pub(super) fn quirks(old: &[Quirk], new: &[Quirk], changes: &mut Changes<'_>) {
    let place = |index: usize, quirk: &Quirk| {
        let index = index.to_string();
        Place { subject: format!("quirks of {}", quirk.field), ..Place::new(&["quirks", &index]) }
    };
    let shown = |quirk: &Quirk| format!("{}, but {} ({})", quirk.documented, quirk.observed, quirk.evidence);
    let mut gone: Vec<&Quirk> = old.iter().filter(|quirk| !new.contains(quirk)).collect();
    for (index, quirk) in new.iter().enumerate().filter(|(_, quirk)| !old.contains(quirk)) {
        let was = gone.iter().position(|was| was.kind == quirk.kind && was.field == quirk.field);
        let was = was.map(|was| shown(gone.remove(was))).unwrap_or_default();
        changes.push(&QUIRKS_CHANGED, &place(index, quirk), &was, &shown(quirk));
    }
    for quirk in gone {
        changes.push(&QUIRKS_CHANGED, &place(new.len(), quirk), &shown(quirk), "");
    }
    for (index, quirk) in new.iter().enumerate().filter(|(_, quirk)| old.contains(quirk)) {
        // `check` verifies what the examples show.
        let is_prose = matches!(quirk.kind, QuirkKind::Error | QuirkKind::ProseOnly | QuirkKind::Requirement);
        if is_prose && changes.is_changed(&quirk.field) {
            changes.push(&QUIRK_UNCHANGED, &place(index, quirk), "", &shown(quirk));
        }
    }
}
