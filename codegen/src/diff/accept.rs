//! Breaking changes that people have accepted.

use super::change::SpecChange;
use super::class::Severity;
use crate::diagnostic::Diagnostics;
use crate::load::Document;
use crate::spec::{AcceptedBreak, AcceptedBreaks, MethodName};

/// Marks the changes that are accepted, and returns the entries that accept none.
pub fn accept(changes: &mut [SpecChange], accepted: &Document<AcceptedBreaks>) -> Diagnostics {
    let mut unused = Diagnostics::default();
    for (index, entry) in accepted.value.breaks.iter().enumerate() {
        let mut is_used = false;
        for change in changes.iter_mut().filter(|change| is_same(change, entry)) {
            change.accepted = Some(entry.reason.clone());
            is_used = true;
        }
        if !is_used {
            let AcceptedBreak { rule, place, .. } = entry;
            let message = format!("accepts nothing: no change at `{place}` is `{rule}`; remove or correct the entry");
            unused.push(accepted.source.at(&["breaks", &index.to_string()], message));
        }
    }
    unused
}

fn is_same(change: &SpecChange, AcceptedBreak { method, rule, place, reason: _ }: &AcceptedBreak) -> bool {
    let method = method.as_ref().map(MethodName::as_str);
    let is_there = change.method.as_deref() == method && change.subject == *place;
    is_there && change.rule.id == rule && change.rule.severity() == Severity::Breaking
}
