//! Changes as text, for a terminal.

use super::{RESPECTS, Report, SEVERITIES, advice};
use crate::diff::change::SpecChange;
use crate::diff::class::Class;

/// Writes each change with its effects, breaking ones first, then a summary.
#[must_use]
pub fn to_text(report: &Report) -> String {
    let mut out = String::new();
    for severity in SEVERITIES {
        report.with_severity(severity).for_each(|change| out += &entry(change));
    }
    let counts = SEVERITIES.map(|severity| format!("{} {severity}", report.with_severity(severity).count()));
    out += &format!("{} since {}\n", counts.join(", "), report.base);
    if let Some(step) = report.step() {
        out += &format!("the next version must be {}\n", advice(step));
    }
    out
}

fn entry(change: &SpecChange) -> String {
    let SpecChange { rule, method, file, position, subject, item, old, new } = change;
    let method = method.as_ref().filter(|method| *method != subject);
    let whose = method.map(|method| format!(" in {method}")).unwrap_or_default();
    let (line, column) = (position.line, position.column);
    let mut out = format!("{file}:{line}:{column}: {}: {} `{subject}`{whose}\n", rule.severity(), rule.id);
    match (old, new) {
        (Some(old), Some(new)) => out += &format!("    was `{}`, now `{}`\n", one_line(old), one_line(new)),
        (Some(old), None) => out += &format!("    was `{}`\n", one_line(old)),
        (None, Some(new)) => out += &format!("    now `{}`\n", one_line(new)),
        (None, None) => {}
    }
    let classes = RESPECTS.map(|(name, class)| (name, class(rule)));
    let classes: Vec<_> = classes.iter().filter(|(_, class)| *class != Class::Unchanged).collect();
    if !classes.is_empty() {
        let classes: Vec<_> = classes.iter().map(|(name, class)| format!("{name}: {class}")).collect();
        out += &format!("    {}\n", classes.join(", "));
    }
    if let Some(item) = item.as_ref().filter(|_| rule.rust != Class::Unchanged) {
        out += &format!("    {item}\n");
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
