//! Requests that can not be sent.

use std::error::Error as StdError;
use std::fmt;

use crate::credentials::InvalidCredentials;
use crate::rules::Violation;

/// Why a request can not be sent.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum RequestError {
    /// The request breaks rules of the documents, so the gateway would refuse it; holds all of them.
    Invalid(Vec<Violation>),
    /// A parameter can not be written in the format of the client.
    Unwritable {
        /// Dotted path to the parameter; empty for all of them.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The credentials can not be sent.
    Credentials(InvalidCredentials),
    /// The address is not one a request can go to.
    Address(String),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => {
                f.write_str("the request is not valid")?;
                violations
                    .iter()
                    .enumerate()
                    .try_for_each(|(index, violation)| write!(f, "{}{violation}", if index == 0 { ": " } else { "; " }))
            }
            Self::Unwritable { path, reason } if path.is_empty() => {
                write!(f, "the parameters can not be sent: {reason}")
            }
            Self::Unwritable { path, reason } => write!(f, "the parameter {path} can not be sent: {reason}"),
            Self::Credentials(error) => error.fmt(f),
            Self::Address(address) => {
                write!(
                    f,
                    "`{address}` is not the address of a gateway; write `https://host/path` or `http://host:port/path`, without user and query"
                )
            }
        }
    }
}

impl StdError for RequestError {}
