//! How much a change matters, and what follows for the version.

use std::fmt;

/// How much a change matters in one respect. The later ones matter more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Nothing changes in this respect.
    Unchanged,
    /// What worked goes on as it did.
    Compatible,
    /// What worked may do so no longer.
    Breaking,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Unchanged => "unchanged",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        })
    }
}

/// How much a change matters in all. The later ones matter more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Only what people read changes.
    Documentation,
    /// Callers need not do anything.
    Compatible,
    /// Callers may have to do something.
    Breaking,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Documentation => "documentation",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        })
    }
}

/// The step of the version that a change asks for. The later ones are larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing that callers name or rely on changes.
    Patch,
    /// There is more to name.
    Minor,
    /// Source of callers, or what they rely on, may break.
    Major,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// A kind of change with a name that stays, and how much it matters.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Name of the rule.
    pub id: &'static str,
    /// To programs that are in use and speak to the gateway.
    pub wire: Class,
    /// To source of callers when it is compiled again. What names the states of a builder is not counted.
    pub rust: Class,
    /// To what a compiled caller does: retries, checks, what a value is read as, what is shown in logs.
    pub behaviour: Class,
}

impl Rule {
    /// A rule with its classes on the wire, in Rust and in behaviour.
    pub(super) const fn new(id: &'static str, [wire, rust, behaviour]: [Class; 3]) -> Self {
        Self { id, wire, rust, behaviour }
    }

    /// How much it matters in all.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self.wire.max(self.rust).max(self.behaviour) {
            Class::Unchanged => Severity::Documentation,
            Class::Compatible => Severity::Compatible,
            Class::Breaking => Severity::Breaking,
        }
    }

    /// The step of the version it asks for. What breaks on the wire alone is mended by the new version.
    #[must_use]
    pub fn step(&self) -> Step {
        match (self.rust, self.behaviour) {
            (Class::Breaking, _) | (_, Class::Breaking) => Step::Major,
            (Class::Compatible, _) => Step::Minor,
            _ => Step::Patch,
        }
    }
}
