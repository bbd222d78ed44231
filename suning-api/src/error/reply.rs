//! Replies that cannot be read.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::attempt::{self, Attempt};

/// A reply that cannot be read, kept verbatim.
#[derive(Clone)]
#[non_exhaustive]
pub struct ReplyError {
    /// Full name of the method that was called.
    pub method: String,
    /// HTTP status of the reply.
    pub status: StatusCode,
    /// HTTP headers of the reply, such as `Date`, request ids and the target of a redirect.
    pub headers: HeaderMap,
    /// Dotted path to the problem. Empty for the start of the reply.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
    /// The reply, verbatim.
    pub raw: Bytes,
    /// The failed attempts of the call, including this one.
    pub attempts: Vec<Attempt>,
}

impl ReplyError {
    /// A reply that cannot be read, for tests. Set other fields as needed.
    #[must_use]
    pub fn new(method: impl Into<String>, status: StatusCode, reason: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            status,
            headers: HeaderMap::new(),
            path: String::new(),
            reason: reason.into(),
            raw: Bytes::new(),
            attempts: Vec::new(),
        }
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, status, path, reason, .. } = self;
        write!(f, "unexpected reply to {method} (HTTP {}): {reason}", status.as_u16())?;
        if !path.is_empty() {
            write!(f, ", at {path}")?;
        }
        attempt::write(&self.attempts, f)
    }
}

impl fmt::Debug for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplyError")
            .field("method", &self.method)
            .field("status", &self.status)
            .field("path", &self.path)
            .field("reason", &self.reason)
            .field("raw", &format_args!("[{} bytes]", self.raw.len()))
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ReplyError {}
