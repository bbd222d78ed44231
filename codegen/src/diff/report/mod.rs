//! Reports of changes, for people and programs.

mod annotations;
mod changelog;
mod json;
mod markdown;
mod text;

pub use annotations::to_annotations;
pub use changelog::to_changelog;
pub use json::to_json;
pub use markdown::to_markdown;
pub use text::to_text;

use super::change::SpecChange;
use super::class::{Axis, Class, Severity, Step};

/// Changes since a revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The revision that the spec was compared with.
    pub base: String,
    /// The changes, by method and position.
    pub changes: Vec<SpecChange>,
}

impl Report {
    /// The changes with this severity.
    pub fn with_severity(&self, severity: Severity) -> impl Iterator<Item = &SpecChange> {
        self.changes.iter().filter(move |change| change.rule.severity() == severity)
    }

    /// The changes that break something and are not accepted.
    pub fn unaccepted(&self, axis: Option<Axis>) -> impl Iterator<Item = &SpecChange> {
        self.with_severity(Severity::Breaking).filter(move |change| {
            let breaks = axis.is_none_or(|axis| change.rule.class(axis) == Class::Breaking);
            breaks && change.accepted.is_none()
        })
    }

    /// The version step that all changes together require. `None` without changes.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        self.changes.iter().map(|change| change.rule.step()).max()
    }
}

const SEVERITIES: [Severity; 3] = [Severity::Breaking, Severity::Compatible, Severity::Documentation];

/// The axes on which a change is not without effect, each with its class.
fn effects(change: &SpecChange) -> String {
    let axes = Axis::ALL.into_iter().filter(|axis| change.rule.class(*axis) != Class::Unchanged);
    axes.map(|axis| format!("{axis}: {}", change.rule.class(axis))).collect::<Vec<_>>().join(", ")
}

/// What changed: the old and the new value. Empty if they say no more than the subject, as for a code.
fn values(change: &SpecChange) -> String {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!("was {}, now {}", code(old), code(new)),
        (old, None) => value(change, old.as_ref()).map(|old| format!("was {old}")).unwrap_or_default(),
        (None, new) => value(change, new.as_ref()).map(|new| format!("now {new}")).unwrap_or_default(),
    }
}

/// The only value of a change, unless the subject says it already.
fn value(change: &SpecChange, value: Option<&String>) -> Option<String> {
    value.filter(|value| !change.subject.ends_with(*value)).map(|value| code(value))
}

/// A text as Markdown code on one line.
fn code(text: &str) -> String {
    let text = one_line(text);
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The next version, in words.
fn advice(step: Step) -> &'static str {
    match step {
        Step::Major => "a major version (a minor version before 1.0)",
        Step::Minor => "a minor version (a patch version before 1.0)",
        Step::Patch => "a patch version",
    }
}
