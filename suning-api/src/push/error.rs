//! Errors of message push.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use crate::error::{TransportError, TransportErrorKind};

/// Why there are no messages, or not this one. Never shows the content of a message.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Error {
    /// The server refused the app, in its own words.
    Refused(String),
    /// The server answered with this HTTP status in place of a WebSocket.
    Status(StatusCode),
    /// There is no connection, or it was lost.
    Transport(TransportError),
    /// A frame that cannot be read, and why.
    Frame(String),
    /// The subscriber has ended, so the acknowledgement was not sent. The message comes again.
    Ended,
}

impl Error {
    /// Whether another connection can help.
    pub(super) fn is_temporary(&self) -> bool {
        match self {
            Self::Transport(error) => {
                !matches!(error.kind(), TransportErrorKind::Certificate | TransportErrorKind::Unusable)
            }
            Self::Status(status) => {
                status.is_server_error() || *status == StatusCode::REQUEST_TIMEOUT || self.is_limit()
            }
            Self::Refused(_) | Self::Frame(_) | Self::Ended => false,
        }
    }

    /// Whether the server asks for fewer connections.
    pub(super) fn is_limit(&self) -> bool {
        matches!(self, Self::Status(StatusCode::TOO_MANY_REQUESTS))
    }

    pub(super) fn lost(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Transport(TransportError::new(TransportErrorKind::Exchange, Some(cause.into())))
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(reason) => write!(f, "the server refused the subscription: {reason}"),
            Self::Status(status) => write!(f, "the server answered with HTTP status {status} in place of a WebSocket"),
            Self::Transport(error) => error.fmt(f),
            Self::Frame(reason) => write!(f, "cannot read a pushed message: {reason}"),
            Self::Ended => f.write_str("the subscriber has ended; the message was not acknowledged and comes again"),
        }
    }
}

/// [`Transport`](Error::Transport) shows its error in its own message, so it is not a source as well.
impl StdError for Error {}
