//! Whether and how to retry after an error.

use http::StatusCode;

use super::{Error, ErrorCode, TransportErrorKind};
use crate::facts::Retry;
use crate::token::TokenErrorKind;

/// What to do before a retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Advice {
    /// Do not retry.
    GiveUp,
    /// Wait.
    Wait { slower: bool },
    /// Correct the clock. The gateway has not processed the request.
    ResyncClock,
    /// Refresh the access token. The gateway has not processed the request.
    RefreshToken,
}

impl Advice {
    pub(crate) fn for_error<C: ErrorCode>(error: &Error<C>) -> Self {
        let (later, slow_down) = (Self::Wait { slower: false }, Self::Wait { slower: true });
        match error {
            Error::Api(error) => match error.retry() {
                Retry::Never => Self::GiveUp,
                Retry::Later => later,
                Retry::SlowDown => slow_down,
                Retry::ResyncClock => Self::ResyncClock,
                Retry::RefreshToken => Self::RefreshToken,
            },
            Error::Reply(error) if error.status == StatusCode::TOO_MANY_REQUESTS => slow_down,
            Error::Reply(error) if error.status.is_server_error() => later,
            Error::Transport(error) => match error.kind() {
                TransportErrorKind::Connect | TransportErrorKind::Timeout | TransportErrorKind::Exchange => later,
                TransportErrorKind::Certificate
                | TransportErrorKind::Unusable
                | TransportErrorKind::Limited
                | TransportErrorKind::TooLarge => Self::GiveUp,
            },
            Error::Token(error) if error.kind() == TokenErrorKind::Unavailable => later,
            Error::Token(_) | Error::Reply(_) | Error::Request(_) | Error::Paging(_) => Self::GiveUp,
        }
    }
}
