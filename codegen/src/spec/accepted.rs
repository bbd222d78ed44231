//! Breaking changes that people have accepted: the content of `spec/accepted-breaks.yaml`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::name::MethodName;

/// Breaking changes that do not make `diff --fail-on` fail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptedBreaks {
    /// The changes. `diff` reports an entry that accepts nothing.
    pub breaks: Vec<AcceptedBreak>,
}

/// A breaking change, and why it is accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptedBreak {
    /// Full name of the method. Left out for what all methods share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<MethodName>,
    /// Rule of the change, as `diff` prints it.
    pub rule: String,
    /// What changed, as `diff` prints it between backquotes.
    pub place: String,
    /// Why the change is right, and what callers have to do about it.
    pub reason: String,
}
