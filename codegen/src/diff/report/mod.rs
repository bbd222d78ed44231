//! Changes as people and programs read them.

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

use super::change::Change;
use super::class::{Class, Rule, Severity, Step};

/// Changes, and since when.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What the spec was compared with.
    pub base: String,
    /// The changes, by method and place.
    pub changes: Vec<Change>,
}

impl Report {
    /// The changes that matter this much.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.rule.severity() == severity)
    }

    /// The step of the version that all changes together ask for; `None` without changes.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        self.changes.iter().map(|change| change.rule.step()).max()
    }
}

const SEVERITIES: [Severity; 3] = [Severity::Breaking, Severity::Compatible, Severity::Documentation];

/// A respect in which a change can matter: what to call it, and how much a rule matters there.
type Respect = (&'static str, fn(&Rule) -> Class);

const RESPECTS: [Respect; 3] =
    [("wire", |rule| rule.wire), ("Rust source", |rule| rule.rust), ("behaviour", |rule| rule.behaviour)];

/// What the next version must be.
fn advice(step: Step) -> &'static str {
    match step {
        Step::Major => "a major step, or a minor one before 1.0",
        Step::Minor => "a minor step, or a patch before 1.0",
        Step::Patch => "a patch",
    }
}
