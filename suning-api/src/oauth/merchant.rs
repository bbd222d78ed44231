//! The token of one merchant, refreshed in time.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};

use super::renewal::{Held, Renewal, Renewed};
use super::{App, TokenStore};
use crate::token::{AccessToken, TokenError, TokenErrorKind, TokenFuture, TokenSource};

/// The access token of one merchant: loaded from a store, refreshed in time, and saved.
///
/// It is refreshed 10 minutes before it expires, or when the gateway refuses it. All callers share one refresh, which
/// continues if some of them are dropped. If all are dropped, the next caller resumes it. The store is read before each
/// refresh, because another process may have refreshed the token already.
///
/// If a refresh fails, all waiting callers get the error, and the next caller tries again. But while the old token is still
/// valid, callers get the old token, and the refresh is retried after half of the remaining time.
///
/// # If a token cannot be saved
/// A new token that cannot be saved is used, but it is lost when the process ends, and the merchant must authorize the app
/// again. So the callers that wait for this refresh get an error of the kind [`TokenErrorKind::NotSaved`], once. Later callers
/// get the token. [`save`](Self::save) tries again to save it.
///
/// A refresh only progresses while a caller waits for it, and a call waits no longer than its timeout. Before a program ends,
/// it should await `save`. Otherwise the token of an interrupted refresh is lost.
///
/// # Examples
/// ```
/// # #[cfg(feature = "http-client")]
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use std::sync::Arc;
///
/// use suning_api::oauth::{App, MemoryStore, MerchantToken, Token};
/// use suning_api::token::TokenSource;
/// use suning_api::Credentials;
///
/// let app = App::builder(Credentials::new("my-app-key", "my-app-secret"), "https://shop.example.com/").build()?;
/// let store = Arc::new(MemoryStore::new(Token::new("an access token")));
/// let merchant = MerchantToken::new(app, store);
/// assert_eq!(merchant.token().await?.expose(), "an access token");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
pub struct MerchantToken {
    app: App,
    store: Arc<dyn TokenStore>,
    ahead: Duration,
    progress: Mutex<Progress>,
}

#[derive(Default)]
struct Progress {
    held: Option<Held>,
    in_progress: Option<Flight>,
}

/// A renewal that any number of callers wait for.
#[derive(Clone)]
struct Flight {
    /// The refused token that it replaces, if any.
    refused: Option<AccessToken>,
    outcome: Shared<BoxFuture<'static, Result<Renewed, TokenError>>>,
}

impl MerchantToken {
    /// The token of the merchant that the store belongs to.
    #[must_use]
    pub fn new(app: App, store: Arc<dyn TokenStore>) -> Self {
        Self { app, store, ahead: Duration::from_secs(600), progress: Mutex::default() }
    }

    /// How long before its expiry a token is refreshed. Default: 10 minutes.
    ///
    /// This is limited to half of the lifetime of a token, so that a short-lived token is not refreshed for each call.
    #[must_use]
    pub fn refresh_ahead(self, ahead: Duration) -> Self {
        Self { ahead, ..self }
    }

    /// Waits for a refresh in progress, and tries again to save a token that could not be saved. Does nothing if there is
    /// neither.
    ///
    /// # Errors
    /// The store fails again.
    pub async fn save(&self) -> Result<(), TokenError> {
        loop {
            let flight = {
                let mut progress = self.progress();
                match (&progress.in_progress, &progress.held) {
                    // It most likely saves the token as well.
                    (Some(flight), _) => flight.clone(),
                    (None, Some(held)) if !held.is_saved() => {
                        let (renewal, held) = (self.renewal(&progress, None), held.clone());
                        let flight = Flight::new(None, renewal.save_again(held));
                        progress.in_progress.insert(flight).clone()
                    }
                    _ => return Ok(()),
                }
            };
            self.finish(flight).await?;
        }
    }

    /// A usable token other than the refused one.
    async fn usable_token(&self, refused: Option<&AccessToken>) -> Result<AccessToken, TokenError> {
        loop {
            let flight = {
                let mut progress = self.progress();
                match (&progress.in_progress, &progress.held) {
                    (Some(flight), _) => flight.clone(),
                    (None, Some(held)) if held.is_usable(refused, self.app.now()) => {
                        return Ok(held.token.access_token.clone());
                    }
                    _ => {
                        let flight = Flight::new(refused.cloned(), self.renewal(&progress, refused).run());
                        progress.in_progress.insert(flight).clone()
                    }
                }
            };
            let is_same_reason = flight.refused.as_ref() == refused;
            let token = self.finish(flight).await?;
            // A renewal that began for another reason may return the refused token.
            if is_same_reason || refused != Some(&token) {
                return Ok(token);
            }
        }
    }

    fn renewal(&self, progress: &Progress, refused: Option<&AccessToken>) -> Renewal {
        Renewal {
            app: self.app.clone(),
            store: Arc::clone(&self.store),
            ahead: self.ahead,
            held: progress.held.clone(),
            refused: refused.cloned(),
        }
    }

    /// Waits for a renewal. The first caller to see its end records the outcome.
    async fn finish(&self, flight: Flight) -> Result<AccessToken, TokenError> {
        let outcome = flight.outcome.clone().await;
        let mut progress = self.progress();
        if progress.in_progress.take_if(|current| current.outcome.ptr_eq(&flight.outcome)).is_some()
            && let Ok(renewed) = &outcome
        {
            progress.held = Some(renewed.held.clone());
        }
        let Renewed { held, unsaved } = outcome?;
        unsaved.map_or_else(|| Ok(held.token.access_token.clone()), Err)
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Flight {
    fn new(
        refused: Option<AccessToken>,
        renewal: impl Future<Output = Result<Renewed, TokenError>> + Send + 'static,
    ) -> Self {
        // Without this, a panic would stay in the shared future and hit every later caller.
        let outcome = AssertUnwindSafe(renewal).catch_unwind().map(|outcome| {
            outcome.unwrap_or_else(|_| {
                Err(TokenError::new(TokenErrorKind::Other, "the token store or the transport panicked"))
            })
        });
        Self { refused, outcome: outcome.boxed().shared() }
    }
}

impl TokenSource for MerchantToken {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(self.usable_token(None))
    }

    fn refresh<'a>(&'a self, refused: &'a AccessToken) -> TokenFuture<'a> {
        Box::pin(self.usable_token(Some(refused)))
    }
}

impl fmt::Debug for MerchantToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MerchantToken").field("app", &self.app).field("store", &self.store).finish_non_exhaustive()
    }
}
