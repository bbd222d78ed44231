//! The parts of the string to sign.

use std::fmt;

use super::{digest, sign};

/// A part of the string to sign, in the order they are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SignedPart {
    /// The app secret.
    AppSecret,
    /// Full name of the method.
    Method,
    /// The request time, as the header has it.
    RequestTime,
    /// The app key.
    AppKey,
    /// The version of the protocol.
    Version,
    /// The Base64 of the body.
    Body,
}

impl fmt::Display for SignedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::AppSecret => "app secret",
            Self::Method => "method",
            Self::RequestTime => "request time",
            Self::AppKey => "app key",
            Self::Version => "version",
            Self::Body => "body in Base64",
        })
    }
}

/// What is signed.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) app_secret: &'a str,
    pub(super) method: &'a str,
    pub(super) time: &'a str,
    pub(super) app_key: &'a str,
    pub(super) version: &'a str,
    pub(super) body: &'a [u8],
}

impl Parts<'_> {
    pub(super) fn sign(self) -> String {
        sign(self.app_secret, self.method, self.time, self.app_key, self.version, self.body)
    }

    /// The signature of a client that writes the body in another way than the documents say.
    pub(super) fn sign_encoded(self, encoded: &[u8]) -> String {
        let parts = [self.app_secret, self.method, self.time, self.app_key, self.version].map(str::as_bytes);
        digest(parts.into_iter().chain([encoded]))
    }
}
