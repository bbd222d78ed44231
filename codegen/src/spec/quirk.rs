//! Where a page contradicts itself or the gateway.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One contradiction, what was decided, and on what evidence.
///
/// A quirk expires: when the spec no longer shows it, the check fails and says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quirk {
    /// What is contradicted, which also says how the quirk is held against the spec.
    pub kind: QuirkKind,
    /// Path of what it is about: `request.…`, `response.…`, `errors.<code>` or `examples.…`.
    pub field: String,
    /// What the page claims.
    pub documented: String,
    /// What stands against it.
    pub observed: String,
    /// Where that is seen.
    pub evidence: String,
}

/// The kinds of contradictions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuirkKind {
    /// An example spells the field as `observed`; both spellings are read.
    Alias,
    /// An example shows a field that the table does not list.
    Unlisted,
    /// An example shows a value that is not among the documented codes.
    UndocumentedValue,
    /// The table is flat; the examples show the field as a container.
    Nesting,
    /// The JSON example shows a list; the XML example can not tell.
    List,
    /// The page states another required flag elsewhere.
    Requirement,
    /// The prose names a field that the table does not list.
    ProseOnly,
    /// An error code or its text is odd.
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
