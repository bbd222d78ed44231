//! What a spec change means for callers: on the wire, in their source code, in behaviour.
//!
//! Formatting and key order do not count: the diff compares what the spec says and the Rust items it becomes.

mod accept;
mod change;
mod class;
mod errors;
mod fields;
mod method;
mod pair;
mod platform;
mod report;
mod requirements;
mod rules;
mod topic;
mod values;

use std::collections::BTreeMap;

pub use accept::accept;
pub use change::SpecChange;
pub use class::{Axis, Class, Rule, Severity, Step};
pub use report::{Report, to_annotations, to_changelog, to_json, to_markdown, to_text};
pub use rules::{UNMIRRORED, rules};

use crate::plan::{MethodPlan, Plan};
use crate::yaml::Position;
use change::{Changes, Place};
use method::Named;

/// All changes from one plan to another, by method or topic and place; what all methods share comes first.
#[must_use]
pub fn diff(old: &Plan, new: &Plan) -> Vec<SpecChange> {
    let (before, after) = (methods(old), methods(new));
    let mut changes = platform::compare(&old.platform, &new.platform);
    for (name, named) in &after {
        changes.extend(match before.get(name) {
            Some(was) => method::compare(*was, *named, &old.platform.errors),
            None => whole(&rules::METHOD_ADDED, *named, ["", named.method.title()]),
        });
    }
    for (_, named) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        changes.extend(whole(&rules::METHOD_REMOVED, *named, [named.method.title(), ""]));
    }
    changes.extend(topic::compare(old, new));
    let place = |change: &SpecChange| -> (Option<String>, Position) { (change.method.clone(), change.position) };
    changes.sort_by_key(place);
    changes
}

/// The methods by wire name.
fn methods(plan: &Plan) -> BTreeMap<&str, Named<'_>> {
    plan.methods().map(|(namespace, method)| (method.method.as_str(), Named { namespace, method })).collect()
}

/// A method that is in one version only.
fn whole(rule: &'static Rule, named: Named<'_>, [old, new]: [&str; 2]) -> Vec<SpecChange> {
    let MethodPlan { method, source, .. } = named.method;
    let mut changes = Changes::new(Some(method.to_string()), source);
    let place = Place { subject: method.to_string(), ..Place::new(&["method"]) }.with_item(named.function());
    changes.push(rule, &place, old, new);
    changes.into_found()
}
