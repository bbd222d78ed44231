//! The token of one merchant, refreshed when it is time.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};

use super::renewal::{Held, Renewal, Renewed};
use super::{App, TokenStore};
use crate::token::{AccessToken, TokenError, TokenErrorKind, TokenFuture, TokenSource};

/// The access token of one merchant: loaded from a store, refreshed when it is time, and saved.
///
/// It is refreshed ten minutes ahead of its end, or when the gateway refuses it. However many
/// callers wait, there is one refresh; it goes on for the others when one of them is dropped, and
/// where all are dropped the next caller takes it up. Before the platform is asked, the store is read
/// again, because another process may have refreshed already.
///
/// When a refresh fails, all who wait are told, and the next caller tries again. But as long as the old
/// token lasts and the gateway takes it, callers get the old one, and the refresh is tried again when
/// half of the time left is over.
///
/// # A token that can not be saved
/// A refreshed token that can not be saved is used all the same, but it is lost when the process
/// ends, and the merchant would have to authorise the app again. So the callers that wait for this
/// refresh get an error of the kind [`TokenErrorKind::NotSaved`], once; later callers get the token.
/// [`save`](Self::save) tries again.
///
/// A refresh goes on only while somebody waits for it, and a call waits no longer than its timeout. So a program
/// that is about to end should await `save`, or the token of a refresh that was cut off is lost.
///
/// # Examples
/// ```
/// # #[cfg(feature = "reqwest")]
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
    under_way: Option<Flight>,
}

/// A renewal that any number of callers wait for.
#[derive(Clone)]
struct Flight {
    /// The token it is to replace, if it is there because one was refused.
    refused: Option<AccessToken>,
    outcome: Shared<BoxFuture<'static, Result<Renewed, TokenError>>>,
}

impl MerchantToken {
    /// The token of the merchant whose store this is.
    #[must_use]
    pub fn new(app: App, store: Arc<dyn TokenStore>) -> Self {
        Self { app, store, ahead: Duration::from_secs(600), progress: Mutex::default() }
    }

    /// How long before its end a token is refreshed, ten minutes unless set.
    ///
    /// At most half of the time that is left when a token comes counts, so a token that lives
    /// shorter than that is not refreshed for each call.
    #[must_use]
    pub fn refresh_ahead(self, ahead: Duration) -> Self {
        Self { ahead, ..self }
    }

    /// Tries again to save a token that could not be saved, and waits for a refresh that is under way; does nothing
    /// when there is neither.
    ///
    /// # Errors
    /// The store fails again.
    pub async fn save(&self) -> Result<(), TokenError> {
        loop {
            let flight = {
                let mut progress = self.progress();
                match (&progress.under_way, &progress.held) {
                    // Most likely it saves as well.
                    (Some(flight), _) => flight.clone(),
                    (None, Some(held)) if !held.is_saved() => {
                        let (renewal, held) = (self.renewal(&progress, None), held.clone());
                        let flight = Flight::new(None, renewal.save_again(held));
                        progress.under_way.insert(flight).clone()
                    }
                    _ => return Ok(()),
                }
            };
            self.land(flight).await?;
        }
    }

    /// A token that serves, and is not the refused one.
    async fn renewed(&self, refused: Option<&AccessToken>) -> Result<AccessToken, TokenError> {
        loop {
            let flight = {
                let mut progress = self.progress();
                match (&progress.under_way, &progress.held) {
                    (Some(flight), _) => flight.clone(),
                    (None, Some(held)) if held.serves(refused, self.app.now()) => {
                        return Ok(held.token.access_token.clone());
                    }
                    _ => {
                        let flight = Flight::new(refused.cloned(), self.renewal(&progress, refused).run());
                        progress.under_way.insert(flight).clone()
                    }
                }
            };
            let for_this = flight.refused.as_ref() == refused;
            let token = self.land(flight).await?;
            // A flight that began for another reason may bring the refused one.
            if for_this || refused != Some(&token) {
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

    /// Waits for a renewal. The first to see its end puts down what came of it.
    async fn land(&self, flight: Flight) -> Result<AccessToken, TokenError> {
        let outcome = flight.outcome.clone().await;
        let mut progress = self.progress();
        if progress.under_way.take_if(|current| current.outcome.ptr_eq(&flight.outcome)).is_some()
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
        // A panic would stay in the shared future, and meet every caller from then on.
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
        Box::pin(self.renewed(None))
    }

    fn refresh<'a>(&'a self, refused: &'a AccessToken) -> TokenFuture<'a> {
        Box::pin(self.renewed(Some(refused)))
    }
}

impl fmt::Debug for MerchantToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MerchantToken").field("app", &self.app).field("store", &self.store).finish_non_exhaustive()
    }
}
