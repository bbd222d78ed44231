//! Replies that can not be read.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::attempt::{self, Attempt};

/// A reply that can not be read, kept as it came.
#[non_exhaustive]
pub struct ReplyError {
    /// Full name of the method that was called.
    pub method: String,
    /// HTTP status of the reply.
    pub status: StatusCode,
    /// Dotted path to the place in the reply; empty for its very beginning.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
    /// The reply as it came.
    pub raw: Bytes,
    /// The attempts of the call, this last one included.
    pub attempts: Vec<Attempt>,
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() { "its beginning" } else { &self.path };
        write!(
            f,
            "the reply to {} (HTTP status {}) can not be read at {place}: {}",
            self.method,
            self.status.as_u16(),
            self.reason
        )?;
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
            .finish()
    }
}

impl std::error::Error for ReplyError {}
