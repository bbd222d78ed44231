//! Errors of attempts without a reply.

use super::{Error, RequestError, TransportError};
use crate::token::TokenError;

/// Why there is no reply, independent of the method.
#[derive(Debug)]
pub(crate) enum Unanswered {
    Request(RequestError),
    Token(TokenError),
    Transport(TransportError),
}

impl<C> From<Unanswered> for Error<C> {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Request(error) => Self::Request(error),
            Unanswered::Token(error) => Self::Token(error),
            Unanswered::Transport(error) => Self::Transport(error),
        }
    }
}

impl From<RequestError> for Unanswered {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<TokenError> for Unanswered {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl From<TransportError> for Unanswered {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}
