//! A summary of a failed attempt.

use super::{Advice, Error, ErrorCode};

/// A summary of a failed attempt, independent of the method.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What to do before a retry.
    pub(crate) advice: Advice,
    /// Whether the gateway may have processed the request.
    pub(crate) may_have_been_processed: bool,
    /// How it failed, in a few words.
    pub(crate) text: String,
    /// The kind of failure, from a small and fixed set.
    #[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "only for spans"))]
    pub(crate) kind: &'static str,
    /// The documented error code.
    #[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "only for spans"))]
    pub(crate) code: Option<&'static str>,
}

impl Failure {
    pub(crate) fn new<C: ErrorCode>(error: &Error<C>) -> Self {
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
        Self { advice: Advice::for_error(error), may_have_been_processed: error.may_be_processed(), text, kind, code }
    }
}
