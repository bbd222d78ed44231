//! Changes as Markdown, for a pull request.

use std::collections::BTreeMap;

use super::{RESPECTS, Report, SEVERITIES, advice};
use crate::diff::change::SpecChange;
use crate::diff::class::{Class, Severity};

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
    let mut out = format!("| | total | {} |\n", RESPECTS.map(|(name, _)| name).join(" | "));
    out += "|---|---|---|---|---|\n";
    for severity in SEVERITIES {
        let class = match severity {
            Severity::Breaking => Some(Class::Breaking),
            Severity::Compatible => Some(Class::Compatible),
            Severity::Documentation => None,
        };
        let count = |of: fn(&crate::diff::Rule) -> Class| {
            class.map_or_else(String::new, |class| {
                report.changes.iter().filter(|change| of(change.rule) == class).count().to_string()
            })
        };
        let counts = RESPECTS.map(|(_, of)| count(of));
        out += &format!("| {severity} | {} | {} |\n", report.with_severity(severity).count(), counts.join(" | "));
    }
    out
}

fn item(change: &SpecChange) -> String {
    let method = change.method.as_ref().filter(|method| **method != change.subject);
    let whose = method.map(|method| format!(" in `{method}`")).unwrap_or_default();
    let respects: Vec<_> = RESPECTS.iter().filter(|(_, class)| class(change.rule) == Class::Breaking).collect();
    let respects: Vec<_> = respects.iter().map(|(name, _)| *name).collect();
    let mut out = format!("- {}{whose}: {} ({})", code(&change.subject), change.rule.id, respects.join(", "));
    if let (Some(old), Some(new)) = (&change.old, &change.new) {
        out += &format!(", was {}, now {}", code(old), code(new));
    }
    if let Some(item) = change.item.as_ref().filter(|_| change.rule.rust == Class::Breaking) {
        out += &format!("; breaks {}", code(item));
    }
    out + &format!(". {}\n", place(change))
}

fn table(changes: &[&SpecChange]) -> String {
    let mut out =
        format!("| rule | subject | was | now | {} | location |\n", RESPECTS.map(|(name, _)| name).join(" | "));
    out += "|---|---|---|---|---|---|---|---|\n";
    for change in changes {
        let cell = |text: &Option<String>| text.as_deref().map(code).unwrap_or_default();
        let classes = RESPECTS.map(|(_, class)| class(change.rule).to_string());
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

/// Formats a text as code on one line, safe for a table cell.
fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
