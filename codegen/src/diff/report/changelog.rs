//! A changelog draft, with the sections of Keep a Changelog.

use super::Report;
use crate::diff::change::SpecChange;
use crate::diff::class::{Class, Severity, Step};

/// A section of the changelog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Added,
    Changed,
    Removed,
    Fixed,
}

const SECTIONS: [(Section, &str); 4] = [
    (Section::Added, "Added"),
    (Section::Changed, "Changed"),
    (Section::Removed, "Removed"),
    (Section::Fixed, "Fixed"),
];

/// Writes the entry of the next version, without documentation changes. Empty if there is nothing else.
#[must_use]
pub fn to_changelog(report: &Report) -> String {
    let listed: Vec<&SpecChange> =
        report.changes.iter().filter(|change| change.rule.severity() != Severity::Documentation).collect();
    let mut parts = Vec::new();
    for (section, heading) in SECTIONS {
        let lines: String =
            listed.iter().filter(|change| section_of(change) == section).map(|change| line(change)).collect();
        if !lines.is_empty() {
            parts.push(format!("### {heading}\n\n{lines}"));
        }
    }
    parts.join("\n")
}

fn section_of(change: &SpecChange) -> Section {
    match (&change.old, &change.new) {
        (None, _) => Section::Added,
        (Some(_), None) => Section::Removed,
        // A change that only the wire shows: the crate catches up with the platform.
        _ if change.rule.step() == Step::Patch => Section::Fixed,
        _ => Section::Changed,
    }
}

fn line(change: &SpecChange) -> String {
    let mark = match (change.rule.step(), change.rule.severity()) {
        (Step::Major, _) => "**Breaking:** ",
        // Deployed programs stop working until they are built with the new version.
        (_, Severity::Breaking) => "**Update required:** ",
        _ => "",
    };
    let mut out = format!("- {mark}");
    if let Some(method) = change.method.as_ref().filter(|method| **method != change.subject) {
        out += &format!("`{method}`: ");
    }
    out += &format!("`{}`", change.subject);
    if let (Some(old), Some(new)) = (&change.old, &change.new) {
        let [old, new] = [old, new].map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        out += &format!(" was `{old}`, now `{new}`");
    }
    if let Some(item) = change.item.as_ref().filter(|_| change.rule.rust != Class::Unchanged) {
        out += &format!(" (`{item}`)");
    }
    out + "\n"
}
