//! Methods, their rules, and how the gateway's errors affect retries.

use super::ErrorRow;

/// What a call needs to know about its method.
#[derive(Debug)]
#[non_exhaustive]
pub struct Method {
    /// Full wire name, such as `suning.custom.virtual.get`.
    pub name: &'static str,
    /// Business node that holds request and reply.
    pub node: &'static str,
    /// Whether the method changes anything.
    pub effect: Effect,
    /// What a valid request must satisfy beyond the required parameters.
    pub rules: &'static [RuleInfo],
    /// Business error codes.
    #[doc(hidden)]
    pub errors: &'static [ErrorRow],
}

/// For the generated requests, to which a call costs less to compile than a struct.
#[allow(dead_code, reason = "a selection of namespaces may not use each")]
impl Method {
    pub(crate) const fn new(name: &'static str, node: &'static str, effect: Effect) -> Self {
        Self { name, node, effect, rules: &[], errors: &[] }
    }

    pub(crate) const fn with_rules(self, rules: &'static [RuleInfo]) -> Self {
        Self { rules, ..self }
    }

    pub(crate) const fn with_errors(self, errors: &'static [ErrorRow]) -> Self {
        Self { errors, ..self }
    }
}

/// Whether a method may be repeated without harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Read-only: safe to retry.
    Read,
    /// Not idempotent: retried only when the gateway cannot have processed it.
    Write,
}

/// Whether sending the same request again can help, and what to do first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// The same request will fail again.
    Never,
    /// A temporary failure; the gateway may have processed the request.
    Later,
    /// Refused by a rate limit before anything was done: slow down.
    SlowDown,
    /// Refused for its time before anything was done: correct the clock and sign again.
    ResyncClock,
    /// Refused for its access token before anything was done: refresh the token.
    RefreshToken,
}

impl Retry {
    /// Whether the same request can succeed later after nothing but waiting.
    #[must_use]
    pub fn can_help(self) -> bool {
        matches!(self, Self::Later | Self::SlowDown)
    }
}

/// A rule that a request must satisfy.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct RuleInfo {
    /// The rule, to be checked.
    pub check: Check,
    /// The rule in words.
    pub text: &'static str,
    /// Error code of the gateway when it is broken, where the documents name one.
    pub error: Option<&'static str>,
}

impl RuleInfo {
    /// For the generated tables.
    pub(crate) const fn new(check: Check, text: &'static str, error: Option<&'static str>) -> Self {
        Self { check, text, error }
    }
}

/// What a rule checks. Paths of fields are dotted wire names below the business node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Check {
    /// At least one of the fields is set.
    AnyOf(&'static [&'static str]),
    /// The fields are not empty wherever their container occurs.
    NotEmpty(&'static [&'static str]),
    /// A number is within bounds, both included.
    Range(&'static str, i64, i64),
    /// A text has at most this many characters.
    MaxLength(&'static str, usize),
    /// A list has at most this many items.
    MaxItems(&'static str, usize),
    /// The first time is before the second.
    Ascending(&'static str, &'static str),
    /// Two times are at most this many days apart.
    MaxSpan(&'static str, &'static str, u32),
    /// A time is at most this many calendar months in the past.
    MaxAge(&'static str, u32),
}
