//! Clients that can not be made.

use std::error::Error as StdError;
use std::fmt;

use super::RequestError;

/// Why a client, a transport or an app can not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// No request could be sent with these credentials or to this address.
    Request(RequestError),
    /// The HTTP client can not be set up: its proxy is no address, its certificates are not PEM, TLS is out of order, or its runtime does
    /// not start.
    Transport(Box<dyn StdError + Send + Sync>),
    /// There is none: set one, or turn on the feature `reqwest`.
    NoTransport,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Transport(_) => f.write_str("the HTTP client can not be set up"),
            Self::NoTransport => f.write_str("there is no transport: set one, or turn on the feature `reqwest`"),
        }
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => Some(error.as_ref()),
            Self::Request(_) | Self::NoTransport => None,
        }
    }
}
