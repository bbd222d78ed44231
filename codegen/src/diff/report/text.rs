//! Changes as text, for a terminal.

use super::{Report, SEVERITIES, advice, effects, one_line, values};
use crate::diff::change::SpecChange;
use crate::diff::class::{Class, Severity};

/// Writes each change with its effects, breaking ones first, then a summary.
#[must_use]
pub fn to_text(report: &Report) -> String {
    let mut out = String::new();
    for severity in SEVERITIES {
        report.with_severity(severity).for_each(|change| out += &entry(change));
    }
    let counts = SEVERITIES.map(|severity| format!("{} {severity}", report.with_severity(severity).count()));
    out += &format!("{} since {}\n", counts.join(", "), report.base);
    let accepted = report.with_severity(Severity::Breaking).count() - report.unaccepted(None).count();
    if accepted > 0 {
        let are = if accepted == 1 { "is" } else { "are" };
        out += &format!("{accepted} of the breaking changes {are} accepted\n");
    }
    if let Some(step) = report.step() {
        out += &format!("the next version must be {}\n", advice(step));
    }
    out
}

fn entry(change: &SpecChange) -> String {
    let SpecChange { rule, method, file, position, subject, item, accepted, .. } = change;
    let method = method.as_ref().filter(|method| *method != subject);
    let whose = method.map(|method| format!(" in {method}")).unwrap_or_default();
    let (line, column) = (position.line, position.column);
    let mut out = format!("{file}:{line}:{column}: {}: {} `{subject}`{whose}\n", rule.severity(), rule.id);
    for line in [values(change), effects(change)].iter().filter(|line| !line.is_empty()) {
        out += &format!("    {line}\n");
    }
    if let Some(item) = item.as_ref().filter(|_| rule.rust != Class::Unchanged) {
        out += &format!("    {item}\n");
    }
    if let Some(reason) = accepted {
        out += &format!("    accepted: {}\n", one_line(reason));
    }
    out
}
