//! Errors of OAuth.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::error::{TransportError, TransportErrorKind};
use crate::token::{TokenError, TokenErrorKind};

/// Why there is no code or no token. Never shows secrets.
#[derive(Debug)]
#[non_exhaustive]
pub enum OAuthError {
    /// The platform or the merchant refused.
    Refused(Refusal),
    /// The state of the callback differs from the one that was sent.
    State,
    /// The callback has no code.
    NoCode,
    /// The token has no refresh token, so it cannot be refreshed.
    NoRefreshToken,
    /// The reply is neither a token nor a refusal.
    Reply(UnreadableReply),
    /// There is no reply.
    Transport(TransportError),
    /// The parameters are too long for a URL.
    TooLong,
    /// The operating system returns no random numbers, for this reason.
    NoRandomness(String),
}

/// A refusal of the platform, in the terms of RFC 6749.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The code, such as `invalid_grant` or `access_denied`.
    pub error: String,
    /// Description by the platform, without the secrets that were sent.
    pub description: Option<String>,
    /// HTTP status of the reply. `None` for a refusal in a callback.
    pub status: Option<StatusCode>,
}

/// A reply that is neither a token nor a refusal, kept verbatim.
#[non_exhaustive]
pub struct UnreadableReply {
    /// HTTP status of the reply.
    pub status: StatusCode,
    /// What is wrong with it.
    pub reason: String,
    /// The reply, verbatim. It may contain secrets.
    pub raw: Bytes,
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::State => f.write_str(
                "the `state` of the callback differs from the one that was sent; discard its code and restart the authorization",
            ),
            Self::NoCode => f.write_str("the callback has no `code`; restart the authorization"),
            Self::NoRefreshToken => {
                f.write_str("there is no refresh token; the merchant must authorize the app again")
            }
            Self::Reply(reply) => reply.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::TooLong => {
                f.write_str("the parameters are too long for a URL; send them with `Parameters::Form`")
            }
            Self::NoRandomness(reason) => write!(f, "the operating system returns no random numbers: {reason}"),
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
    /// What to do when a refresh fails with this error.
    fn kind(&self) -> TokenErrorKind {
        match self {
            Self::NoRefreshToken => TokenErrorKind::MerchantNeeded,
            Self::Refused(refusal) if refusal.status.is_some_and(is_temporary) => TokenErrorKind::Unavailable,
            Self::Refused(refusal) => match refusal.error.as_str() {
                "invalid_grant" => TokenErrorKind::MerchantNeeded,
                "server_error" | "temporarily_unavailable" => TokenErrorKind::Unavailable,
                _ => TokenErrorKind::Other,
            },
            Self::Reply(reply) if is_temporary(reply.status) => TokenErrorKind::Unavailable,
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
                "the access token cannot be refreshed; the merchant must authorize the app again"
            }
            TokenErrorKind::Unavailable => "the access token cannot be refreshed now; try again later",
            _ => "the access token cannot be refreshed",
        };
        Self::new(kind, message).with_source(error)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the authorization was refused with `{}`", self.error)?;
        self.description.iter().try_for_each(|description| write!(f, ": {description}"))
    }
}

/// Whether the platform has a temporary problem.
fn is_temporary(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

impl fmt::Display for UnreadableReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.as_u16();
        write!(f, "unexpected reply of the token endpoint (HTTP {status}): {}", self.reason)
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
