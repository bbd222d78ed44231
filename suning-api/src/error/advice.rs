//! What the error of an attempt says about another one.

use http::StatusCode;

use super::{Error, TransportErrorKind};
use crate::error_code::ErrorCode;
use crate::info::Retry;
use crate::token::TokenErrorKind;

/// Whether the gateway may have acted on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Acted {
    /// It can not have.
    No,
    /// It may have.
    Perhaps,
}

/// What can help, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Advice {
    /// Nothing.
    GiveUp,
    /// To wait.
    Wait { acted: Acted, slower: bool },
    /// To set the clock right; the gateway has not acted.
    ResyncClock,
    /// To refresh the access token; the gateway has not acted.
    RefreshToken,
}

impl Advice {
    pub(crate) fn of<C: ErrorCode>(error: &Error<C>) -> Self {
        let (later, slow_down) =
            (Self::Wait { acted: Acted::Perhaps, slower: false }, Self::Wait { acted: Acted::No, slower: true });
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
                TransportErrorKind::Connect => Self::Wait { acted: Acted::No, slower: false },
                TransportErrorKind::Timeout | TransportErrorKind::Exchange => later,
                TransportErrorKind::Certificate
                | TransportErrorKind::Unusable
                | TransportErrorKind::Limited
                | TransportErrorKind::TooLarge => Self::GiveUp,
            },
            Error::Token(error) if error.kind() == TokenErrorKind::Unavailable => {
                Self::Wait { acted: Acted::No, slower: false }
            }
            Error::Token(_) | Error::Reply(_) | Error::Request(_) | Error::Paging(_) => Self::GiveUp,
        }
    }
}
