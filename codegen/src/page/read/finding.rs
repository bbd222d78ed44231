//! Findings: what people have to check, and where.

use std::fmt;

/// Something on a page that is missing, ambiguous or contradictory, and what the import did about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Line of the page, counted from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Finding {
    pub(in crate::page) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// Why a page is not imported at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub(super) Finding);

impl Refusal {
    pub(in crate::page) fn new(line: usize, message: impl Into<String>) -> Self {
        Self(Finding::new(line, message))
    }

    /// The reason, with its line.
    #[must_use]
    pub fn finding(&self) -> &Finding {
        &self.0
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.message)
    }
}
