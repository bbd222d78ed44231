//! How severe a change is, and the version step it requires.

use std::fmt;

/// How severe a change is in one respect, in increasing order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Nothing changes in this respect.
    Unchanged,
    /// What worked before still works.
    Compatible,
    /// What worked before may stop working.
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

/// What a change can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Deployed programs that talk to the gateway.
    Wire,
    /// Callers' source code when it is compiled again.
    Source,
    /// The behaviour of compiled callers.
    Behaviour,
}

impl Axis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Wire, Self::Source, Self::Behaviour];
}

impl fmt::Display for Axis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Wire => "wire",
            Self::Source => "Rust source",
            Self::Behaviour => "behaviour",
        })
    }
}

/// How severe a change is overall, in increasing order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Only documentation changes.
    Documentation,
    /// Callers do not have to do anything.
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

/// The version step that a change requires, in increasing order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing changes that callers name or rely on.
    Patch,
    /// Callers can name more.
    Minor,
    /// Callers' source code or the behaviour they rely on may break.
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

/// A kind of change, with a stable name and its severity.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name of the rule.
    pub id: &'static str,
    /// Severity for deployed programs that talk to the gateway.
    pub wire: Class,
    /// Severity for callers' source code when it is compiled again. Code that names the states of a builder does not
    /// count.
    pub rust: Class,
    /// Severity for the behaviour of compiled callers: retries, checks, decoded values, log output.
    pub behaviour: Class,
}

impl Rule {
    /// Creates a rule with its classes for wire, Rust source and behaviour.
    pub(super) const fn new(id: &'static str, [wire, rust, behaviour]: [Class; 3]) -> Self {
        Self { id, wire, rust, behaviour }
    }

    /// The severity on one axis.
    #[must_use]
    pub fn class(&self, axis: Axis) -> Class {
        match axis {
            Axis::Wire => self.wire,
            Axis::Source => self.rust,
            Axis::Behaviour => self.behaviour,
        }
    }

    /// The axes on which a change is of this class.
    pub fn axes(&self, class: Class) -> impl Iterator<Item = Axis> {
        Axis::ALL.into_iter().filter(move |axis| self.class(*axis) == class)
    }

    /// The overall severity.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self.wire.max(self.rust).max(self.behaviour) {
            Class::Unchanged => Severity::Documentation,
            Class::Compatible => Severity::Compatible,
            Class::Breaking => Severity::Breaking,
        }
    }

    /// The required version step. A change that breaks only the wire needs no major step: the new version fixes it.
    #[must_use]
    pub fn step(&self) -> Step {
        match (self.rust, self.behaviour) {
            (Class::Breaking, _) | (_, Class::Breaking) => Step::Major,
            (Class::Compatible, _) => Step::Minor,
            _ => Step::Patch,
        }
    }
}
