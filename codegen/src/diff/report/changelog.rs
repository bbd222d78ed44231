//! A changelog draft, with the sections of Keep a Changelog.

use indexmap::IndexMap;

use super::{Report, value, values};
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

/// Writes the entry of the next version, without documentation changes: one line for everything that changed at a place.
/// Empty if there is nothing else.
#[must_use]
pub fn to_changelog(report: &Report) -> String {
    let mut places: IndexMap<_, Vec<&SpecChange>> = IndexMap::new();
    for change in report.changes.iter().filter(|change| change.rule.severity() != Severity::Documentation) {
        places.entry((&change.method, &change.subject)).or_default().push(change);
    }
    let mut parts = Vec::new();
    for (section, heading) in SECTIONS {
        let lines: String =
            places.values().filter(|changes| section_of(changes) == section).map(|changes| line(changes)).collect();
        if !lines.is_empty() {
            parts.push(format!("### {heading}\n\n{lines}"));
        }
    }
    parts.join("\n")
}

fn section_of(changes: &[&SpecChange]) -> Section {
    if changes.iter().all(|change| change.old.is_none()) {
        Section::Added
    } else if changes.iter().all(|change| change.new.is_none()) {
        Section::Removed
    } else if changes.iter().all(|change| change.rule.step() == Step::Patch) {
        // Changes that only the wire shows: the crate catches up with the platform.
        Section::Fixed
    } else {
        Section::Changed
    }
}

fn line(changes: &[&SpecChange]) -> String {
    let SpecChange { method, subject, .. } = changes[0];
    let step = changes.iter().map(|change| change.rule.step()).max();
    let mark = match (step, changes.iter().map(|change| change.rule.severity()).max()) {
        (Some(Step::Major), _) => "**Breaking:** ",
        // Deployed programs stop working until they are built with the new version.
        (_, Some(Severity::Breaking)) => "**Update required:** ",
        _ => "",
    };
    let method = method.as_ref().filter(|method| *method != subject);
    let whose = method.map(|method| format!("`{method}`: ")).unwrap_or_default();
    let details: Vec<String> = changes.iter().map(|change| detail(change)).collect();
    format!("- {mark}{whose}`{subject}`{}\n", details.join(";"))
}

fn detail(change: &SpecChange) -> String {
    let values = match &change.old {
        None => value(change, change.new.as_ref()).map(|new| format!(": {new}")),
        Some(_) => Some(values(change)).filter(|values| !values.is_empty()).map(|values| format!(" {values}")),
    };
    let item = change.item.as_ref().filter(|_| change.rule.rust != Class::Unchanged);
    values.unwrap_or_default() + &item.map(|item| format!(" (`{item}`)")).unwrap_or_default()
}
