//! Values that cannot be decoded.

use std::fmt;

/// Why a [`Value`](crate::value::Value) cannot be decoded to a type, and where.
///
/// It never shows the value, which may be a secret. Therefore a message of the type's own is replaced: it may quote the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    reason: String,
}

impl DecodeError {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { path: String::new(), reason: reason.into() }
    }

    /// The same error, below a name or an index such as `[0]`.
    pub(crate) fn within(mut self, step: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{step}{dot}{}", self.path);
        self
    }

    /// Dotted path to the problem, such as `rows[2].price`. Empty for the whole value.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, reason } = self;
        match path.as_str() {
            "" => write!(f, "cannot decode the value: {reason}"),
            path => write!(f, "cannot decode `{path}`: {reason}"),
        }
    }
}

impl std::error::Error for DecodeError {}
