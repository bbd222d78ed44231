//! What can go wrong with a call.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::credentials::InvalidCredentials;
use crate::error_code::ErrorCode;
use crate::generated::common::CommonErrorCode;
use crate::info::{ErrorInfo, Retry};
use crate::paging::PagingError;
use crate::rules::Violation;

/// Why a call failed.
///
/// `C` is the enum of error codes of the method. An error of any method converts into the plain
/// `Error`, which knows the common codes and keeps the others as text, so that one function can
/// call several methods with `?`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<C = CommonErrorCode> {
    /// The gateway answered with an error code.
    Api(Box<ApiError<C>>),
    /// The reply is not one the documents or practice know.
    Reply(Box<ReplyError>),
    /// No reply came.
    Transport(TransportError),
    /// The request can not be sent as it is.
    Request(RequestError),
    /// The pages of a result do not fit together.
    Paging(PagingError),
}

impl<C: ErrorCode> Error<C> {
    /// Whether sending the same request again can help.
    ///
    /// That says nothing about harm: look at [`Effect`](crate::info::Effect) before you repeat a write.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => error.retry().can_help(),
            Self::Reply(error) => error.status.is_server_error() || error.status == StatusCode::TOO_MANY_REQUESTS,
            Self::Transport(_) => true,
            Self::Request(_) | Self::Paging(_) => false,
        }
    }

    fn map_code<D>(self, code: impl FnOnce(&ApiError<C>) -> D) -> Error<D> {
        match self {
            Self::Api(error) => Error::Api(Box::new(error.map_code(code))),
            Self::Reply(error) => Error::Reply(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Request(error) => Error::Request(error),
            Self::Paging(error) => Error::Paging(error),
        }
    }
}

/// Marks the error codes of one method, as opposed to those all methods share.
pub trait MethodErrorCode: ErrorCode {}

impl<C: MethodErrorCode> From<Error<C>> for Error {
    fn from(error: Error<C>) -> Self {
        error.map_code(|api| CommonErrorCode::from_wire(&api.wire_code))
    }
}

impl<C: ErrorCode> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Reply(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Paging(error) => error.fmt(f),
        }
    }
}

impl<C: ErrorCode> StdError for Error<C> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Api(_) | Self::Reply(_) | Self::Request(_) | Self::Paging(_) => None,
            Self::Transport(error) => error.source(),
        }
    }
}

/// Takes "no result" for what it means to a query: nothing, and no failure.
///
/// # Examples
/// ```no_run
/// # #[cfg(all(feature = "custom", feature = "reqwest"))]
/// # async fn run(client: suning_api::Client) -> Result<(), suning_api::Error> {
/// use suning_api::error::Optional;
///
/// match client.custom().virtual_get().order_item_code("101254223501").send().await.optional()? {
///     Some(order) => println!("{:?}", order.order_code),
///     None => println!("there is no such order"),
/// }
/// # Ok(())
/// # }
/// ```
pub trait Optional<T, C> {
    /// `None` where the gateway answered that there is no result.
    ///
    /// # Errors
    /// Every other error.
    fn optional(self) -> Result<Option<T>, Error<C>>;
}

impl<T, C> Optional<T, C> for Result<T, Error<C>> {
    fn optional(self) -> Result<Option<T>, Error<C>> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(Error::Api(error)) if error.is_no_result() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// The code that says that there is no result.
const NO_RESULT: &str = "biz.handler.data-get:no-result";

/// An error code of the gateway, with what the documents say of it.
#[non_exhaustive]
pub struct ApiError<C = CommonErrorCode> {
    /// Full name of the method that was called.
    pub method: &'static str,
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
        crate::error_code::detail(self.info?, &self.wire_code)
    }

    /// Whether sending the same request again can help; codes that are not documented do not.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.info.map_or(Retry::Never, |info| info.retry)
    }

    fn map_code<D>(self, code: impl FnOnce(&Self) -> D) -> ApiError<D> {
        ApiError {
            code: code(&self),
            method: self.method,
            wire_code: self.wire_code,
            message: self.message,
            status: self.status,
            raw: self.raw,
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
        for (index, remedy) in remedies.filter(|remedy| *remedy != "无").enumerate() {
            write!(f, "{}{remedy}", if index == 0 { " (remedy: " } else { "; or: " })?;
        }
        if self.info.is_some_and(|info| info.remedy.is_some_and(|remedy| remedy != "无")) {
            f.write_str(")")?;
        }
        Ok(())
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
            .finish_non_exhaustive()
    }
}

/// A reply that can not be read, kept as it came.
#[non_exhaustive]
pub struct ReplyError {
    /// Full name of the method that was called.
    pub method: &'static str,
    /// HTTP status of the reply.
    pub status: StatusCode,
    /// Dotted path to the place in the reply; empty for its very beginning.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
    /// The reply as it came.
    pub raw: Bytes,
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
        )
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
            .finish()
    }
}

/// How a call failed before a whole reply was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: the gateway can not have seen the request.
    Connect,
    /// Time ran out; whether the gateway acted is not known.
    Timeout,
    /// The reply is larger than the client allows; whether the gateway acted is not known.
    TooLarge,
    /// Anything else that broke off the exchange; whether the gateway acted is not known.
    Exchange,
}

/// Why no reply came.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// An error of a transport of your own.
    #[must_use]
    pub fn new(kind: TransportErrorKind, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source }
    }

    /// How it failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection to the gateway",
            TransportErrorKind::Timeout => "the gateway did not answer in time",
            TransportErrorKind::TooLarge => "the reply is larger than the client allows",
            TransportErrorKind::Exchange => "the exchange with the gateway broke off",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// Why a request can not be sent.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum RequestError {
    /// The request breaks rules of the documents, so the gateway would refuse it; holds all of them.
    Invalid(Vec<Violation>),
    /// A parameter can not be written in the format of the client.
    Unwritable {
        /// Dotted path to the parameter.
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
            Self::Unwritable { path, reason } => write!(f, "the parameter {path} can not be sent: {reason}"),
            Self::Credentials(error) => error.fmt(f),
            Self::Address(address) => {
                write!(f, "`{address}` is not the address of a gateway; write `https://host/path`")
            }
        }
    }
}

impl StdError for RequestError {}
