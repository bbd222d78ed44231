//! The error of a call.

use std::error::Error as StdError;
use std::fmt;

use super::{
    Advice, ApiError, Attempt, CommonErrorCode, ErrorCode, MethodErrorCode, PagingError, ReplyError, RequestError,
    TransportError, TransportErrorKind,
};
use crate::facts::{Violation, codes};
use crate::token::{TokenError, TokenErrorKind};

/// Why a call failed.
///
/// `C` is the error code enum of the method. Errors of all methods convert into the plain `Error`, which keeps codes that are
/// not common as text. So one function can call several methods with `?`. For an error type of your own, convert all of them alike:
///
/// ```
/// enum JobError {
///     Suning(suning_api::Error),
///     Storage(std::io::Error),
/// }
///
/// impl<C> From<suning_api::Error<C>> for JobError
/// where
///     suning_api::Error<C>: Into<suning_api::Error>,
/// {
///     fn from(error: suning_api::Error<C>) -> Self {
///         Self::Suning(error.into())
///     }
/// }
/// ```
///
/// With `thiserror`, leave out `#[from]` on that variant, and write this implementation next to the derived ones.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Error<C = CommonErrorCode> {
    /// The gateway answered with an error code.
    Api(Box<ApiError<C>>),
    /// The reply cannot be read.
    Reply(Box<ReplyError>),
    /// There is no reply.
    Transport(TransportError),
    /// There is no access token to send.
    Token(TokenError),
    /// The request cannot be sent; nothing was sent.
    Request(RequestError),
    /// The pages of a result are inconsistent.
    Paging(PagingError),
}

impl<C: ErrorCode> Error<C> {
    /// Whether the same request can succeed later without any change.
    ///
    /// That does not make a retry safe: before you repeat a write, ask whether it
    /// [may have been processed](Self::may_have_been_processed).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            // This call has used up its time. The next one has its own.
            Self::Transport(error) if error.kind() == TransportErrorKind::Limited => true,
            Self::Token(error) if error.kind() == TokenErrorKind::NotSaved => true,
            _ => matches!(Advice::for_error(self), Advice::Wait { .. }),
        }
    }

    /// Whether the gateway may have processed the request, in the last attempt or in an earlier one.
    ///
    /// If not, the method has changed nothing, and the call can be repeated. Otherwise look up what it should have changed,
    /// for example the order, and then decide. An undocumented error code counts as "may have".
    ///
    /// | error | may have been processed |
    /// |---|---|
    /// | no connection, invalid certificate, no token, invalid request | no |
    /// | timeout, broken connection, reply too large | yes |
    /// | HTTP status 4xx | no |
    /// | any other reply that cannot be read | yes |
    /// | error code for a temporary failure ([`Retry::Later`](crate::facts::Retry::Later)), undocumented error code | yes |
    /// | any other error code | no |
    #[must_use]
    pub fn may_have_been_processed(&self) -> bool {
        self.may_be_processed() || self.attempts().iter().any(|attempt| attempt.may_have_been_processed)
    }

    /// Whether the gateway may have processed the request in the last attempt.
    pub(super) fn may_be_processed(&self) -> bool {
        match self {
            Self::Api(error) => !error.is_refusal(),
            Self::Reply(error) => !error.status.is_client_error(),
            Self::Transport(error) => matches!(
                error.kind(),
                TransportErrorKind::Timeout | TransportErrorKind::TooLarge | TransportErrorKind::Exchange
            ),
            Self::Token(_) | Self::Request(_) | Self::Paging(_) => false,
        }
    }

    /// The error code, whether the gateway returned it, or the client found before sending that it would.
    ///
    /// The client checks required parameters and documented rules. Of several [violations](RequestError::Invalid), this is the
    /// first with a documented code.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(all(feature = "mock", feature = "selfmarket"))] {
    /// use suning_api::methods::selfmarket::leaguerstatus_add::{Card, IqStatus, LeaguerstatusAddErrorCode};
    ///
    /// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    /// # runtime.block_on(async {
    /// let (client, gateway) = suning_api::mock::in_process();
    /// let call = client.selfmarket().leaguerstatus_add().iq_status(IqStatus::SmsSent).order_id("1").order_item_id("2");
    /// let error = call.card_list([Card::default()]).send().await.unwrap_err();
    /// assert_eq!(error.code(), Some(LeaguerstatusAddErrorCode::CardIncomplete));
    /// assert!(gateway.received().is_empty(), "nothing was sent");
    /// # });
    /// # }
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<C> {
        match self {
            Self::Api(error) => Some(error.code.clone()),
            Self::Request(RequestError::Invalid(violations)) => violations.iter().find_map(Violation::code),
            _ => None,
        }
    }

    /// Whether the gateway answered that there is no result, whatever the method calls the code. To treat that as an empty result,
    /// see [`Optional`].
    #[must_use]
    pub fn is_no_result(&self) -> bool {
        matches!(self, Self::Api(error) if error.is_no_result())
    }

    /// The method that was called, such as `suning.custom.virtual.get`. `None` if there was nothing to send: without a token, for an
    /// invalid request, and for inconsistent pages.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        match self {
            Self::Api(error) => Some(&error.method),
            Self::Reply(error) => Some(&error.method),
            Self::Transport(error) => error.method.as_deref(),
            Self::Token(_) | Self::Request(_) | Self::Paging(_) => None,
        }
    }

    /// The failed attempts of the call, including the last one. Empty if the request was not sent.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        match self {
            Self::Api(error) => &error.attempts,
            Self::Reply(error) => &error.attempts,
            Self::Transport(error) => error.attempts(),
            Self::Token(error) => error.attempts(),
            Self::Request(_) | Self::Paging(_) => &[],
        }
    }

    /// Adds what a call knows of itself.
    pub(crate) fn of_call(mut self, method: &str, attempts: Vec<Attempt>) -> Self {
        match &mut self {
            Self::Api(error) => error.attempts = attempts,
            Self::Reply(error) => error.attempts = attempts,
            Self::Transport(error) => {
                error.method = Some(method.into());
                error.attempts = attempts;
            }
            Self::Token(error) => error.attempts = attempts,
            Self::Request(_) | Self::Paging(_) => {}
        }
        self
    }

    fn map_code<D>(self, code: impl FnOnce(&ApiError<C>) -> D) -> Error<D> {
        match self {
            Self::Api(error) => Error::Api(Box::new(error.map_code(code))),
            Self::Reply(error) => Error::Reply(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Token(error) => Error::Token(error),
            Self::Request(error) => Error::Request(error),
            Self::Paging(error) => Error::Paging(error),
        }
    }
}

impl<C: MethodErrorCode> From<Error<C>> for Error {
    fn from(error: Error<C>) -> Self {
        error.map_code(|api| codes::parse(&[], &api.wire_code).0)
    }
}

impl<C> From<ApiError<C>> for Error<C> {
    fn from(error: ApiError<C>) -> Self {
        Self::Api(Box::new(error))
    }
}

impl<C: ErrorCode> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Reply(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Paging(error) => error.fmt(f),
        }
    }
}

impl<C: ErrorCode> StdError for Error<C> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Token(error) => error.source(),
            _ => None,
        }
    }
}

/// Treats "no result" as an empty result instead of a failure.
///
/// # Examples
/// ```no_run
/// # #[cfg(all(feature = "custom", feature = "http-client"))]
/// # async fn run(client: suning_api::Client) -> Result<(), suning_api::Error> {
/// use suning_api::error::Optional;
///
/// match client.custom().virtual_get().order_item_code("101254223501").send().await.optional()? {
///     Some(order) => println!("{:?}", order.order_code),
///     None => println!("no such order"),
/// }
/// # Ok(())
/// # }
/// ```
pub trait Optional<T, C> {
    /// `None` if the gateway returned "no result".
    ///
    /// # Errors
    /// Every other error.
    fn optional(self) -> Result<Option<T>, Error<C>>;
}

impl<T, C: ErrorCode> Optional<T, C> for Result<T, Error<C>> {
    fn optional(self) -> Result<Option<T>, Error<C>> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_no_result() => Ok(None),
            Err(error) => Err(error),
        }
    }
}
