//! Calls without a reply.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::attempt::{self, Attempt};

/// How a call failed before there was a whole reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: the gateway cannot have seen the request.
    Connect,
    /// The server's certificate is invalid for the gateway; nothing was sent.
    Certificate,
    /// The transport cannot be used here, for example outside of the runtime it needs; nothing was sent.
    Unusable,
    /// The client's own rate limit or timeout left no time to send the request.
    Limited,
    /// Timeout; the gateway may have processed the request.
    Timeout,
    /// The reply is larger than the client allows; the gateway may have processed the request.
    TooLarge,
    /// The connection failed during the exchange; the gateway may have processed the request.
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

/// Why there is no reply.
#[derive(Debug, Clone)]
pub struct TransportError {
    kind: TransportErrorKind,
    cause: Option<Arc<dyn StdError + Send + Sync>>,
    /// The method of the call, once there is one.
    pub(super) method: Option<Box<str>>,
    pub(super) attempts: Vec<Attempt>,
}

impl TransportError {
    /// An error of a transport of your own.
    #[must_use]
    pub fn new(kind: TransportErrorKind, cause: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, cause: cause.map(Arc::from), method: None, attempts: Vec::new() }
    }

    /// How it failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The cause, such as an [`io::Error`](std::io::Error) or one of the HTTP client. `Display` names the innermost one, so it is
    /// not a [`source`](StdError::source), which reporters would print once more.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        self.cause.as_deref()
    }

    /// The failed attempts of the call, including the last one.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(method) = &self.method {
            write!(f, "{method} failed: ")?;
        }
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection to the gateway",
            TransportErrorKind::Certificate => "invalid server certificate; nothing was sent",
            TransportErrorKind::Unusable => "the transport cannot be used here; nothing was sent",
            TransportErrorKind::Limited => "no time left to send the request within the client's limits",
            TransportErrorKind::Timeout => "timeout while waiting for the gateway",
            TransportErrorKind::TooLarge => "the reply is larger than the client allows",
            TransportErrorKind::Exchange => "the connection to the gateway failed during the exchange",
        })?;
        if let Some(cause) = root_cause(self) {
            write!(f, ": {cause}")?;
        }
        attempt::write(&self.attempts, f)
    }
}

/// The innermost cause, which says what happened; those around it only say where.
fn root_cause(error: &TransportError) -> Option<&(dyn StdError + 'static)> {
    let outermost = error.cause.as_deref().map(|cause| cause as &(dyn StdError + 'static));
    std::iter::successors(outermost, |error: &&(dyn StdError + 'static)| (*error).source()).last()
}

impl StdError for TransportError {}
