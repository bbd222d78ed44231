//! What can go wrong with OAuth.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::error::{TransportError, TransportErrorKind};
use crate::token::{TokenError, TokenErrorKind};

/// Why there is no code or no token. Never shows a secret.
#[derive(Debug)]
#[non_exhaustive]
pub enum OAuthError {
    /// The platform or the merchant refused.
    Refused(Refusal),
    /// The state of the callback is not the one that was sent.
    State,
    /// The callback has no code.
    NoCode,
    /// The token came without a refresh token, so it can not be refreshed.
    NoRefreshToken,
    /// The reply is neither a token nor a refusal.
    Reply(UnreadableReply),
    /// No reply came.
    Transport(TransportError),
    /// The parameters are too long for an address.
    TooLong,
    /// The operating system gives no random numbers; holds why.
    NoRandomness(String),
}

/// The platform's refusal, in the terms of RFC 6749.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The code, such as `invalid_grant` or `access_denied`.
    pub error: String,
    /// What the platform says about it, without the secrets that were sent.
    pub description: Option<String>,
    /// HTTP status of the reply; none for a refusal that came by a callback.
    pub status: Option<StatusCode>,
}

/// A reply that is neither a token nor a refusal, kept as it came.
#[non_exhaustive]
pub struct UnreadableReply {
    /// HTTP status of the reply.
    pub status: StatusCode,
    /// What is wrong with it.
    pub reason: String,
    /// The reply as it came, which may hold secrets.
    pub raw: Bytes,
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::State => f.write_str(
                "the `state` of the callback is not the one that was sent; drop its code and begin the authorisation anew",
            ),
            Self::NoCode => f.write_str("the callback has no `code`; begin the authorisation anew"),
            Self::NoRefreshToken => {
                f.write_str("the platform gave no refresh token; the merchant has to authorise the app again")
            }
            Self::Reply(reply) => reply.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::TooLong => {
                f.write_str("the parameters are too long for an address; send them by `Parameters::Form`")
            }
            Self::NoRandomness(reason) => write!(f, "the operating system gives no random numbers: {reason}"),
        }
    }
}

impl StdError for OAuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            _ => None,
        }
    }
}

impl OAuthError {
    /// What helps when a refresh fails like this.
    fn kind(&self) -> TokenErrorKind {
        match self {
            Self::NoRefreshToken => TokenErrorKind::MerchantNeeded,
            Self::Refused(refusal) if refusal.status.is_some_and(is_passing) => TokenErrorKind::Unavailable,
            Self::Refused(refusal) => match refusal.error.as_str() {
                "invalid_grant" => TokenErrorKind::MerchantNeeded,
                "server_error" | "temporarily_unavailable" => TokenErrorKind::Unavailable,
                _ => TokenErrorKind::Other,
            },
            Self::Reply(reply) if is_passing(reply.status) => TokenErrorKind::Unavailable,
            Self::Transport(error) if error.kind() != TransportErrorKind::TooLarge => TokenErrorKind::Unavailable,
            _ => TokenErrorKind::Other,
        }
    }
}

impl From<OAuthError> for TokenError {
    fn from(error: OAuthError) -> Self {
        let kind = error.kind();
        let message = match kind {
            TokenErrorKind::MerchantNeeded => {
                "the access token can not be refreshed; the merchant has to authorise the app again"
            }
            TokenErrorKind::Unavailable => "the access token could not be refreshed; try again later",
            _ => "the access token can not be refreshed",
        };
        Self::new(kind, message).with_source(error)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the authorisation was refused with `{}`", self.error)?;
        self.description.iter().try_for_each(|description| write!(f, ": {description}"))
    }
}

/// Whether the platform is out of order for a while.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

impl fmt::Display for UnreadableReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.as_u16();
        write!(f, "the reply of the token endpoint (HTTP status {status}) can not be read: {}", self.reason)
    }
}

impl fmt::Debug for UnreadableReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnreadableReply")
            .field("status", &self.status)
            .field("reason", &self.reason)
            .field("raw", &format_args!("[{} bytes]", self.raw.len()))
            .finish()
    }
}
