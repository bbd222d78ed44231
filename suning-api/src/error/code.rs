//! Enums of error codes.

use std::fmt;

pub use crate::generated::common::CommonErrorCode;
use crate::model::Sealed;

/// The error codes of a method, or the common codes.
///
/// Each implementation has a variant for each documented code, and `Other` for the rest.
pub trait ErrorCode: fmt::Debug + Clone + PartialEq + Send + Sync + Sealed + 'static {
    /// The documented code and what is in place of its `*` or `?`, or the code verbatim.
    #[doc(hidden)]
    fn key(&self) -> (&str, &str);

    /// The variant of a documented code, with what is in place of its `*` or `?`.
    #[doc(hidden)]
    fn from_row(code: &str, part: &str) -> Option<Self>;

    /// A code that any method can return.
    #[doc(hidden)]
    fn from_common(code: CommonErrorCode) -> Self;

    /// A code that no document lists.
    #[doc(hidden)]
    fn other(code: String) -> Self;
}

/// Marks the error codes of methods, as opposed to [`CommonErrorCode`].
pub trait MethodErrorCode: ErrorCode {}

/// The error codes of methods without documented codes of their own. Nearly every method returns these.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StandardErrorCode {
    /// A required parameter is missing or empty.
    MissingParameter {
        /// Wire name of the parameter.
        parameter: String,
    },
    /// A parameter has the wrong format.
    FormatError {
        /// Wire name of the parameter.
        parameter: String,
    },
    /// A parameter is too long.
    LengthOverlong {
        /// Wire name of the parameter.
        parameter: String,
    },
    /// There is no result.
    NoResult,
    /// A code that any method can return.
    Common(CommonErrorCode),
    /// A code that no document lists, verbatim.
    Other(String),
}

impl Sealed for StandardErrorCode {}

impl ErrorCode for StandardErrorCode {
    fn key(&self) -> (&str, &str) {
        match self {
            Self::MissingParameter { parameter } => ("missing-parameter:*", parameter),
            Self::FormatError { parameter } => ("format-error:*", parameter),
            Self::LengthOverlong { parameter } => ("length-overlong:*", parameter),
            Self::NoResult => (super::NO_RESULT, ""),
            Self::Common(code) => code.key(),
            Self::Other(code) => (code, ""),
        }
    }

    fn from_row(code: &str, part: &str) -> Option<Self> {
        let parameter = part.to_owned();
        match code.rsplit_once('.')?.1 {
            "missing-parameter:*" => Some(Self::MissingParameter { parameter }),
            "format-error:*" => Some(Self::FormatError { parameter }),
            "length-overlong:*" => Some(Self::LengthOverlong { parameter }),
            "data-get:no-result" => Some(Self::NoResult),
            _ => None,
        }
    }

    fn from_common(code: CommonErrorCode) -> Self {
        match code {
            CommonErrorCode::NoResult => Self::NoResult,
            code => Self::Common(code),
        }
    }

    /// The platform builds these codes alike for all methods, so that they are known without a table.
    fn other(code: String) -> Self {
        let part = |kind: &str| {
            let (_, part) = code.split_once(kind)?;
            Some(part.split('\t').next()?.trim().to_owned())
        };
        let missing = part(".missing-parameter:").map(|parameter| Self::MissingParameter { parameter });
        let format = || part(".format-error:").map(|parameter| Self::FormatError { parameter });
        let overlong = || part(".length-overlong:").map(|parameter| Self::LengthOverlong { parameter });
        missing.or_else(format).or_else(overlong).unwrap_or(Self::Other(code))
    }
}

impl MethodErrorCode for StandardErrorCode {}
