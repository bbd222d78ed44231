//! Calls without a reply.

use std::error::Error as StdError;
use std::fmt;

use crate::attempt::{self, Attempt};

/// How a call failed before a whole reply was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: the gateway can not have seen the request.
    Connect,
    /// The server could not prove by its certificate that it is the gateway, so nothing was sent.
    Certificate,
    /// The transport can not be used as it is, such as outside of the runtime it needs; nothing was sent.
    Unusable,
    /// The client's own rate limit or timeout left no time to send the request.
    Limited,
    /// Time ran out; whether the gateway acted is not known.
    Timeout,
    /// The reply is larger than the client allows; whether the gateway acted is not known.
    TooLarge,
    /// Anything else that broke off the exchange; whether the gateway acted is not known.
    Exchange,
}

impl TransportErrorKind {
    /// A name for logs and metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Certificate => "certificate",
            Self::Unusable => "unusable",
            Self::Limited => "limited",
            Self::Timeout => "timeout",
            Self::TooLarge => "too_large",
            Self::Exchange => "broken_exchange",
        }
    }
}

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self::new(kind, None)
    }
}

/// Why no reply came.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
    pub(super) attempts: Vec<Attempt>,
}

impl TransportError {
    /// An error of a transport of your own.
    #[must_use]
    pub fn new(kind: TransportErrorKind, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source, attempts: Vec::new() }
    }

    /// How it failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The attempts of the call, the last one included.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection to the gateway",
            TransportErrorKind::Certificate => {
                "the server has no certificate that proves it is the gateway; nothing was sent"
            }
            TransportErrorKind::Unusable => "the transport can not be used here; nothing was sent",
            TransportErrorKind::Limited => "the client's own limit left no time to send the request",
            TransportErrorKind::Timeout => "the gateway did not answer in time",
            TransportErrorKind::TooLarge => "the reply is larger than the client allows",
            TransportErrorKind::Exchange => "the exchange with the gateway broke off",
        })?;
        attempt::write(&self.attempts, f)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
