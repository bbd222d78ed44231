//! Contradictions within a page or with the gateway.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A contradiction, with its evidence.
///
/// Quirks expire: once the spec no longer shows the contradiction, `check` fails.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quirk {
    /// Kind of contradiction. It decides how `check` verifies the quirk.
    pub kind: QuirkKind,
    /// Path of the subject: `request.…`, `response.…`, `errors.<code>` or `examples.…`.
    pub field: String,
    /// What the page says.
    pub documented: String,
    /// What contradicts it.
    pub observed: String,
    /// Where the contradiction is visible.
    pub evidence: String,
}

/// Kind of contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuirkKind {
    /// An example spells the field as `observed`. Both spellings are accepted.
    Alias,
    /// An example shows a field that the table does not list.
    Unlisted,
    /// An example shows a value that is not a documented code.
    UndocumentedValue,
    /// The table is flat, and the examples show the field as a container.
    Nesting,
    /// The JSON example shows a list. XML cannot distinguish a list of one from a single value.
    List,
    /// The page contradicts the required flag elsewhere.
    Requirement,
    /// The prose names a field that the table does not list.
    ProseOnly,
    /// An error code or its text is malformed.
    Error,
    /// An example is damaged on the page.
    Example,
}

impl QuirkKind {
    /// The word used in the spec.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::Unlisted => "unlisted",
            Self::UndocumentedValue => "undocumented-value",
            Self::Nesting => "nesting",
            Self::List => "list",
            Self::Requirement => "requirement",
            Self::ProseOnly => "prose-only",
            Self::Error => "error",
            Self::Example => "example",
        }
    }
}
