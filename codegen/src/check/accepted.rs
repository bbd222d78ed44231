//! Accepted breaking changes that can never occur.

use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::diff::{Severity, rules};
use crate::load::Document;
use crate::spec::{AcceptedBreak, AcceptedBreaks};

pub(super) fn check(document: &Document<AcceptedBreaks>, diagnostics: &mut Diagnostics) {
    let Document { value: AcceptedBreaks { breaks }, source } = document;
    let breaking: Vec<&str> =
        rules().iter().filter(|rule| rule.severity() == Severity::Breaking).map(|rule| rule.id).collect();
    for (index, entry) in breaks.iter().enumerate() {
        let mut report = |key: &str, message: String| {
            diagnostics.push(source.at(&["breaks", &index.to_string(), key], message));
        };
        if !breaking.contains(&entry.rule.as_str()) {
            let near = did_you_mean(&entry.rule, breaking.iter().copied());
            let list = "`cargo xtask diff --rules` lists the rules";
            report("rule", format!("`{}` is not a rule for breaking changes: {list}{near}", entry.rule));
        }
        if entry.reason.trim().is_empty() {
            report("reason", "the reason is empty; say why the change is right".to_owned());
        }
        let is_same = |other: &AcceptedBreak| {
            (&other.method, &other.rule, &other.place) == (&entry.method, &entry.rule, &entry.place)
        };
        if breaks[..index].iter().any(is_same) {
            report("", "duplicate entry; keep one of them".to_owned());
        }
    }
}
