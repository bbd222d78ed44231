//! The answers of the gateway, with their reasons.

use std::fmt;

use bytes::Bytes;
use chrono::{NaiveDateTime, TimeDelta};
use http::header::{ALLOW, CONNECTION, CONTENT_TYPE, DATE};
use http::{HeaderValue, StatusCode};

use super::fault::Fault;
use crate::error::TransportErrorKind;
use crate::wire::Format;

/// An HTTP reply of the mock gateway, with the reason for it.
///
/// `Display` writes one line for a log. Neither `Display` nor `Debug` shows a secret, a token, a signature or any
/// content of a body.
#[derive(Clone)]
pub struct Answer {
    response: http::Response<Bytes>,
    method: Option<String>,
    error_code: Option<String>,
    reason: String,
    fault: Option<Fault>,
}

impl Answer {
    /// A reply in the envelope. Its HTTP status is 200, for errors as well.
    pub(super) fn enveloped(format: Format, body: Bytes, error_code: Option<String>, reason: String) -> Self {
        Self { error_code, ..Self::new(StatusCode::OK, format.content_type(), body, reason) }
    }

    /// Something other than a reply. Where the fault has no HTTP status, the log shows 503.
    pub(super) fn fault(fault: Fault) -> Self {
        let response = match &fault {
            Fault::Http(reply) => reply.clone(),
            Fault::Refused | Fault::Broken | Fault::TimedOut => {
                let mut nothing = http::Response::default();
                *nothing.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                nothing
            }
        };
        let reason = "fault set up by the test".to_owned();
        Self { response, method: None, error_code: None, reason, fault: Some(fault) }
    }

    /// A refusal of the HTTP verb, by HTTP status.
    pub(super) fn wrong_verb(verb: &http::Method) -> Self {
        let mut answer = Self::plain(StatusCode::METHOD_NOT_ALLOWED, format!("the HTTP verb is {verb}; send a POST"));
        answer.response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        answer
    }

    /// A refusal of a body that is larger than the server accepts.
    pub(super) fn too_large(limit: usize) -> Self {
        let reason = format!("the body is larger than {limit} bytes; send less in one request");
        let mut answer = Self::plain(StatusCode::PAYLOAD_TOO_LARGE, reason);
        // The rest of the body is never read, so the connection cannot be used again.
        answer.response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        answer
    }

    /// A reply of the token endpoint.
    pub(super) fn json(status: StatusCode, body: &serde_json::Value, reason: String) -> Self {
        Self::new(status, "application/json", body.to_string().into(), reason)
    }

    fn plain(status: StatusCode, reason: String) -> Self {
        Self::new(status, "text/plain; charset=UTF-8", format!("{reason}\n").into(), reason)
    }

    fn new(status: StatusCode, content_type: &'static str, body: Bytes, reason: String) -> Self {
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        Self { response, method: None, error_code: None, reason, fault: None }
    }

    /// Adds the name of the method.
    pub(super) fn with_method(mut self, method: Option<&str>) -> Self {
        self.method = method.map(str::to_owned);
        self
    }

    /// Sets the header `Date` from the gateway's clock; clients correct theirs by it.
    pub(super) fn with_date(mut self, now: NaiveDateTime) -> Self {
        let utc = now.checked_sub_signed(TimeDelta::hours(8)).unwrap_or(now);
        if let Ok(date) = HeaderValue::from_str(&utc.format("%a, %d %b %Y %H:%M:%S GMT").to_string()) {
            self.response.headers_mut().insert(DATE, date);
        }
        self
    }

    /// The HTTP reply.
    #[must_use]
    pub fn response(&self) -> &http::Response<Bytes> {
        &self.response
    }

    /// Converts into the HTTP reply.
    #[must_use]
    pub fn into_response(self) -> http::Response<Bytes> {
        self.response
    }

    /// The fault that a test set up in place of a reply.
    #[must_use]
    pub fn as_fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// The result that a client in the same process gets.
    pub(super) fn into_outcome(self) -> Result<http::Response<Bytes>, TransportErrorKind> {
        match self.fault {
            Some(fault) => fault.outcome(),
            None => Ok(self.response),
        }
    }

    /// Full name of the method, from the request header.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        self.method.as_deref()
    }

    /// The error code in the reply; `None` for a result, and for a refusal by HTTP status.
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        self.error_code.as_deref()
    }

    /// The reason for this answer.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_deref().unwrap_or("-"), self.response.status().as_u16())?;
        if let Some(code) = &self.error_code {
            write!(f, " {code}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.response.status())
            .field("body", &format_args!("[{} bytes]", self.response.body().len()))
            .field("method", &self.method)
            .field("error_code", &self.error_code)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}
