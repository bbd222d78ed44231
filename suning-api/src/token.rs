//! Access tokens, and where a client gets them from.
//!
//! A client that has a [`TokenSource`] asks it before each call, and again when the gateway refuses
//! a token as overdue. The module `oauth`, behind the feature of that name, has a source that
//! refreshes tokens by itself; implement the trait to take them from a service of your own.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::error::{Attempt, attempt};

/// A future of a [`TokenSource`].
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<AccessToken, TokenError>> + Send + 'a>>;

/// Gives the access token of one merchant.
///
/// # Examples
/// ```
/// use suning_api::token::{AccessToken, TokenError, TokenErrorKind, TokenFuture, TokenSource};
///
/// /// Takes the token that another program keeps in the environment.
/// #[derive(Debug)]
/// struct FromEnvironment;
///
/// impl TokenSource for FromEnvironment {
///     fn token(&self) -> TokenFuture<'_> {
///         Box::pin(async {
///             std::env::var("SHOP_TOKEN").map(AccessToken::new).map_err(|error| {
///                 TokenError::new(TokenErrorKind::Other, "set `SHOP_TOKEN` to a token").with_source(error)
///             })
///         })
///     }
///
///     fn refresh<'a>(&'a self, refused: &'a AccessToken) -> TokenFuture<'a> {
///         Box::pin(async move {
///             let token = self.token().await?;
///             if token != *refused {
///                 return Ok(token);
///             }
///             Err(TokenError::new(TokenErrorKind::MerchantNeeded, "`SHOP_TOKEN` is overdue"))
///         })
///     }
/// }
/// ```
pub trait TokenSource: fmt::Debug + Send + Sync {
    /// The token to send with a call.
    fn token(&self) -> TokenFuture<'_>;

    /// A token in place of one the gateway has refused as overdue.
    ///
    /// Where another caller has refreshed meanwhile, that is the current one.
    fn refresh<'a>(&'a self, refused: &'a AccessToken) -> TokenFuture<'a>;
}

/// The text that lets an app act for a merchant. `Debug` never shows it.
///
/// # Examples
/// ```
/// use suning_api::token::AccessToken;
///
/// let token = AccessToken::new("a token of the merchant");
/// assert_eq!(token.expose(), "a token of the merchant");
/// assert_eq!(format!("{token:?}"), "AccessToken([hidden])");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(Arc<str>);

impl AccessToken {
    /// A token as the platform gave it.
    #[must_use]
    pub fn new(token: impl Into<Arc<str>>) -> Self {
        Self(token.into())
    }

    /// The secret text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken([hidden])")
    }
}

/// What helps when there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenErrorKind {
    /// The merchant has to authorise the app, again or for the first time.
    MerchantNeeded,
    /// Asking again later can help, with nothing done but waiting.
    Unavailable,
    /// There is a new token, and the next call uses it, but it could not be saved: when the
    /// process ends, it is lost, and the merchant has to authorise the app again.
    NotSaved,
    /// Something else is wrong, and asking again does not help until it is mended.
    Other,
}

/// Why a [`TokenSource`] gives no token. Cloning it is cheap: all callers that wait for one
/// refresh get the same error.
#[derive(Debug, Clone)]
pub struct TokenError {
    kind: TokenErrorKind,
    message: Arc<str>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    pub(crate) attempts: Vec<Attempt>,
}

impl TokenError {
    /// An error of a source of your own. The message shows in logs, so it must hold no secret.
    #[must_use]
    pub fn new(kind: TokenErrorKind, message: impl Into<Arc<str>>) -> Self {
        Self { kind, message: message.into(), source: None, attempts: Vec::new() }
    }

    /// The same with what caused it. That shows in logs as well.
    #[must_use]
    pub fn with_source(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { source: Some(source.into().into()), ..self }
    }

    /// A source that took longer than the call may.
    pub(crate) fn late() -> Self {
        Self::new(TokenErrorKind::Unavailable, "no access token came in time, so nothing was sent")
    }

    /// What helps.
    #[must_use]
    pub fn kind(&self) -> TokenErrorKind {
        self.kind
    }

    /// The attempts of the call that needed the token, the last one included.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        attempt::write(&self.attempts, f)
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
