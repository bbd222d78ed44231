//! One row of an error table.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A documented error code.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorEntry {
    /// Name in Rust, in upper camel case. Only needed if the name derived from the code is not good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Documented meaning, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Documented remedy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Further meanings, if a table lists the code more than once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Meaning>,
    /// Whether sending the same request again can help.
    #[serde(default, skip_serializing_if = "Retry::is_never")]
    pub retry: Retry,
    /// Where an undocumented code was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undocumented: Option<String>,
}

impl ErrorEntry {
    /// Whether a page lists it.
    #[must_use]
    pub fn is_documented(&self) -> bool {
        self.undocumented.is_none() && self.message.is_some()
    }

    /// Its meanings with their remedies. A meaning without a remedy has an empty one.
    pub fn meanings(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.message.iter().map(|message| (message, &self.remedy));
        let also = self.also.iter().map(|also| (&also.message, &also.remedy));
        own.chain(also).map(|(message, remedy)| (message.as_str(), remedy.as_deref().unwrap_or_default()))
    }

    /// Meanings and remedies as one text. Pages do not always show where one ends and the next begins.
    #[must_use]
    pub fn text(&self) -> String {
        self.meanings().map(|(message, remedy)| [message, remedy].concat()).collect()
    }
}

/// Another meaning of a code that is listed more than once.
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
    /// The same request fails again.
    #[default]
    Never,
    /// A temporary failure. The gateway may have processed the call.
    Later,
    /// Rejected by a rate limit before processing: slow down.
    SlowDown,
    /// Rejected because of its timestamp before processing: correct the clock and sign again.
    ResyncClock,
    /// Rejected because of its access token before processing: refresh the token.
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
