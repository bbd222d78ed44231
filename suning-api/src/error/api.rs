//! Error codes of the gateway.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::attempt::{self, Attempt};
use super::{CommonErrorCode, ErrorCode, StandardErrorCode};
use crate::facts::{ErrorInfo, Retry, codes};
use crate::request::Request;

/// The code for "no result", of all methods.
pub const NO_RESULT: &str = "biz.handler.data-get:no-result";

/// An error code of the gateway, with what the documents say about it.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError<C = CommonErrorCode> {
    /// Full name of the method that was called.
    pub method: String,
    /// The code, typed.
    pub code: C,
    /// The code, verbatim and with all its parts.
    pub wire_code: String,
    /// The gateway's message. Often missing.
    pub message: Option<String>,
    /// HTTP status of the reply, usually 200.
    pub status: StatusCode,
    /// HTTP headers of the reply, such as `Date` and request ids.
    pub headers: HeaderMap,
    /// The reply, verbatim.
    pub raw: Bytes,
    /// The failed attempts of the call, including this one.
    pub attempts: Vec<Attempt>,
    pub(crate) info: Option<ErrorInfo>,
}

impl<C: ErrorCode> ApiError<C> {
    /// An error code of a method as if the gateway had returned it, for tests.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "custom")] {
    /// use suning_api::methods::custom::virtual_get::{VirtualGetErrorCode, VirtualGetRequest};
    /// use suning_api::{ApiError, Error};
    ///
    /// let error = ApiError::new::<VirtualGetRequest>("biz.handler.data-get:no-result");
    /// assert_eq!(error.code, VirtualGetErrorCode::NoResult);
    /// assert!(Error::from(error).attempts().is_empty());
    /// # }
    /// ```
    #[must_use]
    pub fn new<R: Request<ErrorCode = C>>(wire_code: impl Into<String>) -> Self {
        let wire_code = wire_code.into();
        let (code, info) = codes::parse(R::METHOD.errors, &wire_code);
        Self {
            method: R::METHOD.name.to_owned(),
            code,
            wire_code,
            message: None,
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            raw: Bytes::new(),
            attempts: Vec::new(),
            info,
        }
    }
}

impl<C> ApiError<C> {
    /// Whether the code means "no result". For a query, that means no rows.
    #[must_use]
    pub fn is_no_result(&self) -> bool {
        self.info.is_some_and(|info| info.code == NO_RESULT)
    }

    /// What the documents say the code means.
    #[must_use]
    pub fn meaning(&self) -> Option<&'static str> {
        self.info.and_then(|info| info.message)
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

    /// What follows the documented code in the wire code, such as a name or free text.
    #[must_use]
    pub fn detail(&self) -> Option<String> {
        let ErrorInfo { code, .. } = self.info?;
        codes::detail(code, &self.wire_code)
    }

    /// Whether a retry can help. [`Retry::Never`] for an undocumented code.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.info.map_or(Retry::Never, |info| info.retry)
    }

    /// Whether the code says that the gateway has refused the request, and so changed nothing.
    pub(super) fn is_refusal(&self) -> bool {
        match self.info {
            Some(info) => info.retry != Retry::Later,
            // The codes that are built alike for all methods name a parameter that is wrong.
            None => !matches!(StandardErrorCode::other(self.wire_code.clone()), StandardErrorCode::Other(_)),
        }
    }

    pub(super) fn map_code<D>(self, code: impl FnOnce(&Self) -> D) -> ApiError<D> {
        ApiError {
            code: code(&self),
            method: self.method,
            wire_code: self.wire_code,
            message: self.message,
            status: self.status,
            headers: self.headers,
            raw: self.raw,
            attempts: self.attempts,
            info: self.info,
        }
    }
}

impl<C> fmt::Display for ApiError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed with `{}`", self.method, self.wire_code.trim())?;
        let Some(info) = self.info else {
            match &self.message {
                Some(message) => write!(f, ": {message}")?,
                None => f.write_str(", an undocumented code")?,
            }
            return attempt::write(&self.attempts, f);
        };
        let own = info.message.map(|message| (message, info.remedy));
        for (index, (meaning, remedy)) in own.iter().chain(info.also).enumerate() {
            write!(f, "{} {meaning}", if index == 0 { ":" } else { "; or:" })?;
            // Many tables repeat the meaning as the remedy, or have a placeholder in its place.
            if let Some(remedy) = remedy.filter(|remedy| remedy != meaning && *remedy != "无") {
                write!(f, " (remedy: {remedy})")?;
            }
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
