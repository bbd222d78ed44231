//! Requests that cannot be sent.

use std::error::Error as StdError;
use std::fmt;

use crate::credentials::InvalidCredentials;
use crate::facts::Violation;

/// Why a request cannot be sent.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum RequestError {
    /// All required parameters that are missing and all documented rules that are broken.
    Invalid(Vec<Violation>),
    /// A parameter cannot be written in the format of the client.
    Unwritable {
        /// Dotted path to the parameter; empty for all parameters.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Invalid credentials.
    Credentials(InvalidCredentials),
    /// Invalid URL of a gateway.
    Address(String),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => {
                f.write_str("invalid request")?;
                violations
                    .iter()
                    .enumerate()
                    .try_for_each(|(index, violation)| write!(f, "{}{violation}", if index == 0 { ": " } else { "; " }))
            }
            Self::Unwritable { path, reason } if path.is_empty() => {
                write!(f, "invalid parameters: {reason}")
            }
            Self::Unwritable { path, reason } => write!(f, "invalid parameter `{path}`: {reason}"),
            Self::Credentials(error) => error.fmt(f),
            Self::Address(address) => {
                write!(
                    f,
                    "invalid gateway URL `{address}`; use `https://host/path` or `http://host:port/path`, without user and query"
                )
            }
        }
    }
}

impl StdError for RequestError {}
