//! Changes as Markdown, for a pull request.

use std::collections::BTreeMap;

use super::{Report, SEVERITIES, advice, code, one_line, values};
use crate::diff::change::SpecChange;
use crate::diff::class::{Axis, Class, Severity};

/// Writes a summary, the breaking changes, then all changes by method.
#[must_use]
pub fn to_markdown(report: &Report) -> String {
    let mut out = String::from("# What changes for callers\n\n");
    let Some(step) = report.step() else {
        return out + &format!("No changes since {}.\n", report.base);
    };
    out += &format!("Changes since {}. The next version must be {}.\n\n", report.base, advice(step));
    out += &summary(report);
    let breaking: Vec<&SpecChange> = report.with_severity(Severity::Breaking).collect();
    if !breaking.is_empty() {
        out += "\n## Breaking\n\n";
        breaking.into_iter().for_each(|change| out += &item(change));
    }
    let mut methods: BTreeMap<Option<&str>, Vec<&SpecChange>> = BTreeMap::new();
    for change in &report.changes {
        methods.entry(change.method.as_deref()).or_default().push(change);
    }
    for (method, changes) in methods {
        let heading = method.map_or_else(|| "All methods".to_owned(), |method| format!("`{method}`"));
        out += &format!("\n## {heading}\n\n");
        out += &table(&changes);
    }
    out
}

/// The number of changes by severity and respect.
fn summary(report: &Report) -> String {
    let mut out = format!("| | total | {} |\n", Axis::ALL.map(|axis| axis.to_string()).join(" | "));
    out += "|---|---|---|---|---|\n";
    for severity in SEVERITIES {
        let class = match severity {
            Severity::Breaking => Some(Class::Breaking),
            Severity::Compatible => Some(Class::Compatible),
            Severity::Documentation => None,
        };
        let counts = Axis::ALL.map(|axis| {
            class.map_or_else(String::new, |class| {
                report.changes.iter().filter(|change| change.rule.class(axis) == class).count().to_string()
            })
        });
        out += &format!("| {severity} | {} | {} |\n", report.with_severity(severity).count(), counts.join(" | "));
    }
    out
}

fn item(change: &SpecChange) -> String {
    let method = change.method.as_ref().filter(|method| **method != change.subject);
    let whose = method.map(|method| format!(" in `{method}`")).unwrap_or_default();
    let axes: Vec<_> = change.rule.axes(Class::Breaking).map(|axis| axis.to_string()).collect();
    let mut out = format!("- {}{whose}: {} ({})", code(&change.subject), change.rule.id, axes.join(", "));
    let values = values(change);
    if !values.is_empty() {
        out += &format!(", {values}");
    }
    if let Some(item) = change.item.as_ref().filter(|_| change.rule.rust == Class::Breaking) {
        out += &format!("; breaks {}", code(item));
    }
    out += &format!(". {}", place(change));
    if let Some(reason) = &change.accepted {
        out += &format!("; accepted: {}", one_line(reason));
    }
    out + "\n"
}

fn table(changes: &[&SpecChange]) -> String {
    let mut out =
        format!("| rule | subject | was | now | {} | location |\n", Axis::ALL.map(|axis| axis.to_string()).join(" | "));
    out += "|---|---|---|---|---|---|---|---|\n";
    for change in changes {
        let code = |text: &str| code(text).replace('|', "\\|");
        let cell = |text: &Option<String>| text.as_deref().map(code).unwrap_or_default();
        let classes = Axis::ALL.map(|axis| change.rule.class(axis).to_string());
        out += &format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            change.rule.id,
            code(&change.subject),
            cell(&change.old),
            cell(&change.new),
            classes.join(" | "),
            place(change)
        );
    }
    out
}

fn place(change: &SpecChange) -> String {
    format!("{}:{}:{}", change.file, change.position.line, change.position.column)
}
