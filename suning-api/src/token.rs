//! Access tokens, and the sources a client gets them from.
//!
//! A client with a [`TokenSource`] asks it for a token before each attempt, and for another one when the gateway refuses
//! a token as expired. The module `oauth` (feature `oauth`) has a source that refreshes tokens automatically. To get
//! tokens from a service of your own, implement the trait.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::error::{Attempt, attempt};

/// A future of a [`TokenSource`].
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<AccessToken, TokenError>> + Send + 'a>>;

/// A source for the access token of one merchant.
///
/// # Examples
/// ```
/// use suning_api::token::{AccessToken, TokenError, TokenErrorKind, TokenFuture, TokenSource};
///
/// /// Reads the token that another program keeps in the environment.
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
///             Err(TokenError::new(TokenErrorKind::MerchantNeeded, "`SHOP_TOKEN` has expired"))
///         })
///     }
/// }
/// ```
pub trait TokenSource: fmt::Debug + Send + Sync {
    /// Returns the token to send with a call.
    fn token(&self) -> TokenFuture<'_>;

    /// Returns another token for one that the gateway refused as expired.
    ///
    /// If another caller has refreshed the token meanwhile, that is the current one.
    fn refresh<'a>(&'a self, refused: &'a AccessToken) -> TokenFuture<'a>;
}

/// The secret text that lets an app act for a merchant. `Debug` never shows it.
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
    /// A token from the platform.
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

/// What to do when there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenErrorKind {
    /// The merchant must authorize the app, again or for the first time.
    MerchantNeeded,
    /// A temporary failure: try again later.
    Unavailable,
    /// There is a new token, which the next call uses, but it cannot be saved. When the process ends, it is lost, and
    /// the merchant must authorize the app again.
    NotSaved,
    /// Another problem that must be fixed first.
    Other,
}

/// Why a [`TokenSource`] returns no token. Cloning it is cheap: all callers that wait for one refresh get the same error.
#[derive(Debug, Clone)]
pub struct TokenError {
    kind: TokenErrorKind,
    message: Arc<str>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    pub(crate) attempts: Vec<Attempt>,
}

impl TokenError {
    /// An error of a source of your own. The message appears in logs, so it must not contain a secret.
    #[must_use]
    pub fn new(kind: TokenErrorKind, message: impl Into<Arc<str>>) -> Self {
        Self { kind, message: message.into(), source: None, attempts: Vec::new() }
    }

    /// Adds the cause. It appears in logs as well.
    #[must_use]
    pub fn with_source(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { source: Some(source.into().into()), ..self }
    }

    /// The source took longer than the timeout of the call.
    pub(crate) fn timeout() -> Self {
        Self::new(TokenErrorKind::Unavailable, "timeout while waiting for an access token; nothing was sent")
    }

    /// What to do about it.
    #[must_use]
    pub fn kind(&self) -> TokenErrorKind {
        self.kind
    }

    /// The failed attempts of the call that needed the token, including the last one.
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
