//! What is kept of a failed attempt.

use super::{Advice, Error, ErrorCode};

/// What is kept of a failed attempt, whatever the method.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What can help.
    pub(crate) advice: Advice,
    /// How it failed, in a few words.
    pub(crate) text: String,
    /// What kind of failure it was, of a small and fixed number of kinds.
    #[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "for spans alone"))]
    pub(crate) kind: &'static str,
    /// The error code as it is documented.
    #[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "for spans alone"))]
    pub(crate) code: Option<&'static str>,
}

impl Failure {
    pub(crate) fn of<C: ErrorCode>(error: &Error<C>) -> Self {
        let (kind, code, text) = match error {
            Error::Api(error) => {
                let code = error.info.map(|info| info.code);
                (code.unwrap_or("_OTHER"), code, format!("`{}`", error.wire_code.trim()))
            }
            Error::Reply(error) => {
                ("unreadable_reply", None, format!("unexpected reply (HTTP {})", error.status.as_u16()))
            }
            Error::Transport(error) => (error.kind().as_str(), None, error.to_string()),
            Error::Token(_) => ("no_token", None, error.to_string()),
            Error::Request(_) => ("invalid_request", None, error.to_string()),
            Error::Paging(_) => ("paging", None, error.to_string()),
        };
        Self { advice: Advice::of(error), text, kind, code }
    }
}
