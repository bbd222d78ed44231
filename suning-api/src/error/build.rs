//! Clients that cannot be built.

use std::error::Error as StdError;
use std::fmt;

use super::RequestError;

/// Why a client, a transport or an app cannot be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// Invalid credentials or an invalid URL.
    Request(RequestError),
    /// The HTTP client cannot be built: invalid proxy URL, invalid certificates, or a runtime that does not start.
    Transport(Box<dyn StdError + Send + Sync>),
    /// There is no transport: set one, or turn on the feature `http-client`.
    NoTransport,
    /// The URL for message push is invalid. It is not shown, because its query may authenticate an app.
    #[cfg(feature = "push")]
    PushUrl,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Transport(_) => f.write_str("the HTTP client cannot be built"),
            Self::NoTransport => f.write_str("there is no transport: set one, or turn on the feature `http-client`"),
            #[cfg(feature = "push")]
            Self::PushUrl => f.write_str(
                "invalid URL for message push; use `wss://host/path` or `ws://host:port/path`, without user and query",
            ),
        }
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
