//! Token stores.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use super::Token;

/// Why a store fails.
#[derive(Debug)]
pub struct StoreError(Box<dyn StdError + Send + Sync>);

impl StoreError {
    /// An error of a store of your own. It appears in logs, so it must not contain a secret.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

/// A future of a store.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Stores the token of one merchant.
///
/// Implement it on top of the database of your program. If several processes share a store, each must see what the others
/// save. Let only one of them refresh if you can: two that refresh at the same time may both get a token, and the last one to
/// save wins.
///
/// # Examples
/// ```
/// use suning_api::oauth::{MemoryStore, Token, TokenStore};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let store = MemoryStore::default();
/// assert!(store.load().await?.is_none());
/// store.save(&Token::new("an access token")).await?;
/// assert_eq!(store.load().await?, Some(Token::new("an access token")));
/// # Ok::<(), suning_api::oauth::StoreError>(())
/// # }).unwrap();
/// ```
pub trait TokenStore: fmt::Debug + Send + Sync {
    /// Loads the latest token. `None` if none was saved.
    fn load(&self) -> StoreFuture<'_, Option<Token>>;

    /// Replaces the token. Once this returns, the token should survive a crash.
    fn save<'a>(&'a self, token: &'a Token) -> StoreFuture<'a, ()>;
}

/// Stores a token in memory: for tests, and for programs that get a token at each start.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Option<Token>>);

impl MemoryStore {
    /// A store with a token.
    #[must_use]
    pub fn new(token: Token) -> Self {
        Self(Mutex::new(Some(token)))
    }
}

impl TokenStore for MemoryStore {
    fn load(&self) -> StoreFuture<'_, Option<Token>> {
        let token = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(ready(Ok(token)))
    }

    fn save<'a>(&'a self, token: &'a Token) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
            Ok(())
        })
    }
}
