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
use super::class::{Class, Rule, Severity, Step};

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

    /// The version step that all changes together require. `None` without changes.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        self.changes.iter().map(|change| change.rule.step()).max()
    }
}

const SEVERITIES: [Severity; 3] = [Severity::Breaking, Severity::Compatible, Severity::Documentation];

/// A respect in which changes are classified: its name, and the class of a rule.
type Respect = (&'static str, fn(&Rule) -> Class);

const RESPECTS: [Respect; 3] =
    [("wire", |rule| rule.wire), ("Rust source", |rule| rule.rust), ("behaviour", |rule| rule.behaviour)];

/// The next version, in words.
fn advice(step: Step) -> &'static str {
    match step {
        Step::Major => "a major version (a minor version before 1.0)",
        Step::Minor => "a minor version (a patch version before 1.0)",
        Step::Patch => "a patch version",
    }
}
