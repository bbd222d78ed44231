//! Encoding and decoding. No I/O and no clock.
//!
//! [`envelope`] knows the elements around the business node. [`json`] and [`xml`] know their format. None of them knows any
//! method.

pub(crate) mod envelope;
pub(crate) mod json;
pub mod sign;
pub(crate) mod xml;

use std::cell::RefCell;
use std::fmt;

/// The format of a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// XML.
    Xml,
}

impl Format {
    /// The value of the common parameter `format`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
        }
    }

    /// The HTTP content type.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=UTF-8",
            Self::Xml => "text/xml; charset=UTF-8",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a message is malformed, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// Dotted path to the problem, with `[n]` for items of a list.
    pub(crate) path: String,
    /// What is wrong there.
    pub(crate) reason: String,
}

/// Maximum nesting of undocumented containers.
const MAX_DEPTH: usize = 64;

/// The path to an error, collected while the error is returned, so that success costs nothing.
#[derive(Debug, Default)]
struct Path(RefCell<Vec<String>>);

impl Path {
    /// Runs a step below a name.
    fn within<T, E>(&self, name: impl fmt::Display, step: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        step().inspect_err(|_| self.0.borrow_mut().push(name.to_string()))
    }

    fn malformed(&self, reason: impl fmt::Display) -> Malformed {
        let path = self.0.borrow().iter().rev().fold(String::new(), |path, step| {
            let dot = if path.is_empty() || step.starts_with('[') { "" } else { "." };
            path + dot + step
        });
        Malformed { path, reason: reason.to_string() }
    }
}
