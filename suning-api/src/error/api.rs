//! Error codes of the gateway.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::attempt::{self, Attempt};
use crate::error_code;
use crate::generated::common::CommonErrorCode;
use crate::info::{ErrorInfo, Retry};

/// The code that says that there is no result.
pub(crate) const NO_RESULT: &str = "biz.handler.data-get:no-result";

/// An error code of the gateway, with what the documents say of it.
#[non_exhaustive]
pub struct ApiError<C = CommonErrorCode> {
    /// Full name of the method that was called.
    pub method: String,
    /// The code, typed.
    pub code: C,
    /// The code as it came, with all its parts.
    pub wire_code: String,
    /// The message as it came; the gateway often sends none.
    pub message: Option<String>,
    /// HTTP status of the reply, most often 200.
    pub status: StatusCode,
    /// The reply as it came.
    pub raw: Bytes,
    /// The attempts of the call, this last one included.
    pub attempts: Vec<Attempt>,
    pub(crate) info: Option<&'static ErrorInfo>,
}

impl<C> ApiError<C> {
    /// Whether the code says that there is no result, which for a query means no rows.
    #[must_use]
    pub fn is_no_result(&self) -> bool {
        self.info.is_some_and(|info| info.code == NO_RESULT)
    }

    /// What the documents say the code means.
    #[must_use]
    pub fn meaning(&self) -> Option<&'static str> {
        self.info.map(|info| info.message)
    }

    /// What the documents say to do about it.
    #[must_use]
    pub fn remedy(&self) -> Option<&'static str> {
        self.info.and_then(|info| info.remedy)
    }

    /// Further meanings of a code that the documents list more than once, each with its remedy.
    #[must_use]
    pub fn other_meanings(&self) -> &'static [(&'static str, Option<&'static str>)] {
        self.info.map_or(&[], |info| info.also)
    }

    /// What follows the documented code in the code as it came, such as a name or free text.
    #[must_use]
    pub fn detail(&self) -> Option<String> {
        error_code::detail(self.info?, &self.wire_code)
    }

    /// Whether sending the same request again can help; codes that are not documented do not.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.info.map_or(Retry::Never, |info| info.retry)
    }

    pub(super) fn map_code<D>(self, code: impl FnOnce(&Self) -> D) -> ApiError<D> {
        ApiError {
            code: code(&self),
            method: self.method,
            wire_code: self.wire_code,
            message: self.message,
            status: self.status,
            raw: self.raw,
            attempts: self.attempts,
            info: self.info,
        }
    }
}

impl<C> fmt::Display for ApiError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed with `{}`", self.method, self.wire_code.trim())?;
        match self.meaning().or(self.message.as_deref()) {
            Some(meaning) => write!(f, ": {meaning}")?,
            None => write!(f, ", a code no document lists")?,
        }
        for (meaning, _) in self.other_meanings() {
            write!(f, "; or: {meaning}")?;
        }
        let remedies = self.remedy().into_iter().chain(self.other_meanings().iter().filter_map(|(_, remedy)| *remedy));
        let remedies: Vec<&str> = remedies.filter(|remedy| *remedy != "无").collect();
        if !remedies.is_empty() {
            write!(f, " (remedy: {})", remedies.join("; or: "))?;
        }
        attempt::write(&self.attempts, f)
    }
}

impl<C: fmt::Debug> fmt::Debug for ApiError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("method", &self.method)
            .field("code", &self.code)
            .field("wire_code", &self.wire_code)
            .field("message", &self.message)
            .field("status", &self.status)
            .field("raw", &format_args!("[{} bytes]", self.raw.len()))
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl<C: fmt::Debug> std::error::Error for ApiError<C> {}
