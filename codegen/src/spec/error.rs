//! One row of an error table.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A documented error code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorEntry {
    /// Name in Rust, in upper camel case, where the code does not give a good one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Documented meaning.
    pub message: String,
    /// Documented remedy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Further meanings, of a code that a table lists more than once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Meaning>,
    /// Whether sending the same request again can help.
    #[serde(default, skip_serializing_if = "Retry::is_never")]
    pub retry: Retry,
    /// Where a code that no document lists was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undocumented: Option<String>,
}

/// What a code means, where it is listed once more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// Documented meaning.
    pub message: String,
    /// Documented remedy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

/// Whether sending the same request again can help, and what to do first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Retry {
    /// The same request will fail again.
    #[default]
    Never,
    /// A passing fault; whether the gateway acted is not known.
    Later,
    /// Refused by a limit before anything was done: slow down.
    SlowDown,
    /// Refused for its time before anything was done: set the clock right and sign again.
    ResyncClock,
    /// Refused for its access token before anything was done: refresh the token.
    RefreshToken,
}

impl Retry {
    /// The word used in the spec.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Later => "later",
            Self::SlowDown => "slow-down",
            Self::ResyncClock => "resync-clock",
            Self::RefreshToken => "refresh-token",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
    fn is_never(&self) -> bool {
        *self == Self::Never
    }
}
