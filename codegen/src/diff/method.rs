//! Changes in a method.

use indexmap::IndexMap;

use super::change::{Changes, Place, SpecChange};
use super::fields::{self, Table};
use super::rules::{
    ERRORS_BECAME_OWN, ERRORS_BECAME_STANDARD, EXAMPLES_CHANGED, METHOD_BECAME_PAGED, METHOD_BECAME_READ,
    METHOD_BECAME_WRITE, METHOD_DOCUMENTATION, METHOD_GOT_SPAN, METHOD_LOST_SPAN, METHOD_NO_LONGER_PAGED,
    METHOD_RENAMED, NODE_CHANGED, QUIRKS_CHANGED, RESPONSE_BECAME_LIST, RESPONSE_BECAME_OPEN, RESPONSE_BECAME_SINGLE,
    RESPONSE_BECAME_TYPED, SUCCESS_CHANGED,
};
use super::{errors, requirements};
use crate::plan::{ErrorsPlan, MethodPlan, NamespacePlan, SpanPlan};
use crate::spec::{Effect, Paging, Quirk};

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
    head(old, new, &mut changes);
    let (old_module, new_module) = (old.module(), new.module());
    let [old_table, new_table] = [Table::request(before, &old_module), Table::request(after, &new_module)];
    fields::compare(&old_table, &new_table, &["request"], "request", &mut changes);
    requirements::compare(&before.rules, &after.rules, &mut changes);
    // A reply that was or is not known has no fields to compare.
    if before.is_reply_known() && after.is_reply_known() {
        let [old_table, new_table] = [Table::response(before, &old_module), Table::response(after, &new_module)];
        fields::compare(&old_table, &new_table, &["response"], "response", &mut changes);
    }
    errors::compare(&before.errors, &after.errors, &[&before.errors, common], &old_module, &mut changes);
    quirks(&before.quirks, &after.quirks, &mut changes);
    if before.examples != after.examples {
        changes.push(&EXAMPLES_CHANGED, &Place::new(&["examples"]), "", "");
    }
    changes.into_found()
}

fn head(old: Named<'_>, new: Named<'_>, changes: &mut Changes<'_>) {
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
    changes.push_if_different(rule, &place("effect"), effect.as_str(), after.effect.as_str());
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
    let shown = |success: &IndexMap<String, String>| {
        success.iter().map(|(field, value)| format!("`{field}` is `{value}`")).collect::<Vec<_>>().join(" and ")
    };
    changes.push_if_different(&SUCCESS_CHANGED, &place("success"), &shown(success), &shown(&after.success));
    let known = |method: &MethodPlan| if method.is_reply_known() { "known fields" } else { "not known" };
    let rule = if after.is_reply_known() { &RESPONSE_BECAME_TYPED } else { &RESPONSE_BECAME_OPEN };
    changes.push_if_different(rule, &place("response"), known(old.method), known(after));
    let own = |errors: &ErrorsPlan| if errors.has_own_codes() { "an enum of its own" } else { "`StandardErrorCode`" };
    let rule = if after.errors.has_own_codes() { &ERRORS_BECAME_OWN } else { &ERRORS_BECAME_STANDARD };
    changes.push_if_different(rule, &place("errors"), own(&old.method.errors), own(&after.errors));
    let paged_by = |paging: &Option<Paging>| paging.as_ref().map(|Paging { page }| page.clone()).unwrap_or_default();
    let rule = if paging.is_none() { &METHOD_BECAME_PAGED } else { &METHOD_NO_LONGER_PAGED };
    changes.push_if_different(rule, &place("paging"), &paged_by(paging), &paged_by(&after.paging));
    let between = |span: &Option<SpanPlan>| {
        span.as_ref().map(|SpanPlan { from, to, days: _ }| format!("`{from}` and `{to}`")).unwrap_or_default()
    };
    let rule = if span.is_none() { &METHOD_GOT_SPAN } else { &METHOD_LOST_SPAN };
    changes.push_if_different(rule, &place("rules"), &between(span), &between(&after.span));
    let shape = |is_list: bool| if is_list { "a list of rows" } else { "a single object" };
    let rule = if after.response_list { &RESPONSE_BECAME_LIST } else { &RESPONSE_BECAME_SINGLE };
    changes.push_if_different(rule, &place("response_list"), shape(*response_list), shape(after.response_list));
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
}
