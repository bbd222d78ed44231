//! Changes as Markdown, for a pull request.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Report, SEVERITIES, advice, code, one_line};
use crate::diff::change::SpecChange;
use crate::diff::class::{Axis, Class, Severity};

/// What the words of the tables mean.
const LEGEND: &str = "\
*Wire* is about programs that are deployed, *Rust source* about callers' code when it is compiled again, *behaviour* about retries,
checks, decoded values and log output of what is compiled. Structs and enums are `#[non_exhaustive]`, so an added field or code breaks
no code. *Documentation* changes texts only; read them, because a text can say that a value now means something else.
";

/// Writes a summary, then all changes by method. What breaks comes first.
#[must_use]
pub fn to_markdown(report: &Report) -> String {
    let mut out = String::from("# What changes for callers\n\n");
    let Some(step) = report.step() else {
        return out + &format!("No changes since {}.\n", report.base);
    };
    out += &format!("Changes since {}. The next version must be {}.\n\n", report.base, advice(step));
    out += &format!("{}\n{LEGEND}", summary(report));
    let mut methods: BTreeMap<Option<&str>, Vec<&SpecChange>> = BTreeMap::new();
    for change in &report.changes {
        methods.entry(change.method.as_deref()).or_default().push(change);
    }
    let severity = |change: &SpecChange| change.rule.severity();
    let mut methods: Vec<_> = methods.into_iter().collect();
    methods.sort_by_key(|(_, changes)| Reverse(changes.iter().map(|change| severity(change)).max()));
    for (method, mut changes) in methods {
        let heading = method.map_or_else(|| "All methods".to_owned(), |method| format!("`{method}`"));
        changes.sort_by_key(|change| Reverse(severity(change)));
        out += &format!("\n## {heading}\n\n{}", table(&changes));
    }
    out
}

/// The number of changes by severity and respect.
fn summary(report: &Report) -> String {
    let mut out = format!("| | total | {} |\n", Axis::ALL.map(|axis| axis.to_string()).join(" | "));
    out += "|---|---|---|---|---|\n";
    for severity in SEVERITIES {
        let counts = Axis::ALL.map(|axis| {
            let count = |class| report.changes.iter().filter(|change| change.rule.class(axis) == class).count();
            class(severity).map(count).map(|count| count.to_string()).unwrap_or_default()
        });
        out += &format!("| {severity} | {} | {} |\n", report.with_severity(severity).count(), counts.join(" | "));
    }
    out
}

/// The class that makes a change as severe as this.
fn class(severity: Severity) -> Option<Class> {
    match severity {
        Severity::Breaking => Some(Class::Breaking),
        Severity::Compatible => Some(Class::Compatible),
        Severity::Documentation => None,
    }
}

fn table(changes: &[&SpecChange]) -> String {
    let mut out =
        "| effect | subject | was | now | rule | Rust item | location |\n|---|---|---|---|---|---|---|\n".to_owned();
    for change in changes {
        let code = |text: &str| code(text).replace('|', "\\|");
        let cell = |text: &Option<String>| text.as_deref().map(code).unwrap_or_default();
        out += &format!(
            "| {} | {} | {} | {} | {} | {} | {}:{}:{} |\n",
            effect(change),
            code(&change.subject),
            cell(&change.old),
            cell(&change.new),
            change.rule.id,
            item(change).map(code).unwrap_or_default(),
            change.file,
            change.position.line,
            change.position.column
        );
    }
    out
}

fn effect(change: &SpecChange) -> String {
    let severity = change.rule.severity();
    let axes = class(severity).into_iter().flat_map(|class| change.rule.axes(class));
    let axes: Vec<String> = axes.map(|axis| axis.to_string()).collect();
    let mark = if severity == Severity::Breaking { "**" } else { "" };
    let mut out = format!("{mark}{severity}{mark}");
    if !axes.is_empty() {
        out += &format!(": {}", axes.join(", "));
    }
    if let Some(reason) = &change.accepted {
        out += &format!("; accepted: {}", one_line(reason).replace('|', "\\|"));
    }
    out
}

/// The name of the affected item and of what holds it. The heading says which method they belong to.
fn item(change: &SpecChange) -> Option<&str> {
    let item = change.item.as_deref().filter(|_| change.rule.rust != Class::Unchanged)?;
    let holder = item.rmatch_indices("::").nth(1).map_or(0, |(at, separator)| at + separator.len());
    Some(&item[holder..])
}
