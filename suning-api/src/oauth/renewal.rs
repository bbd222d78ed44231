//! One renewal of a token, independent of who waits for it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::store::StoreError;
use super::{App, Token, TokenStore};
use crate::token::{AccessToken, TokenError, TokenErrorKind};

/// Time for another process to save its new token.
const SAVE_TIME: Duration = Duration::from_millis(500);

/// A token in use.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) token: Arc<Token>,
    /// The token in the store when it was last read or written. It differs if the token could not be saved.
    pub(super) stored: Arc<Token>,
    /// When to refresh it.
    due: Option<SystemTime>,
}

impl Held {
    fn new(token: Arc<Token>, stored: Arc<Token>, ahead: Duration, now: SystemTime) -> Self {
        let due = token.expires_at.map(|expires_at| {
            let left = expires_at.duration_since(now).unwrap_or_default();
            // Otherwise a short-lived token would be refreshed for each call.
            expires_at - ahead.min(left / 2)
        });
        Self { token, stored, due }
    }

    /// Whether calls can use it and it need not be refreshed yet.
    pub(super) fn is_usable(&self, refused: Option<&AccessToken>, now: SystemTime) -> bool {
        refused != Some(&self.token.access_token) && self.due.is_none_or(|due| now < due)
    }

    /// Whether calls can still use it, even if it should be refreshed.
    fn is_valid(&self, refused: Option<&AccessToken>, now: SystemTime) -> bool {
        refused != Some(&self.token.access_token) && self.token.expires_at.is_some_and(|expires_at| now < expires_at)
    }

    pub(super) fn is_saved(&self) -> bool {
        self.token.is_same(&self.stored)
    }
}

/// What a renewal needs. It borrows nothing, because it can outlive its callers.
pub(super) struct Renewal {
    pub(super) app: App,
    pub(super) store: Arc<dyn TokenStore>,
    pub(super) ahead: Duration,
    pub(super) held: Option<Held>,
    pub(super) refused: Option<AccessToken>,
}

/// Outcome of a renewal: a token, and why it could not be saved.
#[derive(Clone)]
pub(super) struct Renewed {
    pub(super) held: Held,
    pub(super) unsaved: Option<TokenError>,
}

impl Renewal {
    /// Renews the token. If that fails while the old token is still valid, schedules the next renewal.
    pub(super) async fn run(self) -> Result<Renewed, TokenError> {
        let outcome = self.renew().await;
        let now = self.app.now();
        match &self.held {
            Some(held) if outcome.is_err() && held.is_valid(self.refused.as_ref(), now) => {
                let held = Held::new(Arc::clone(&held.token), Arc::clone(&held.stored), self.ahead, now);
                Ok(Renewed { held, unsaved: None })
            }
            _ => outcome,
        }
    }

    /// Loads the token from the store if another process has refreshed it. Otherwise refreshes it.
    async fn renew(&self) -> Result<Renewed, TokenError> {
        let now = self.app.now();
        let stored = Arc::new(self.load().await?);
        let held = match &self.held {
            // The store is unchanged, and an unsaved token is newer.
            Some(held) if held.stored.is_same(&stored) => held.clone(),
            _ => self.loaded(stored, now),
        };
        if held.is_usable(self.refused.as_ref(), now) {
            return Ok(Renewed { held, unsaved: None });
        }
        match self.app.refresh(&held.token).await {
            Ok(token) => Ok(self.save(Arc::new(token), held.stored).await),
            Err(error) => match self.refreshed_elsewhere(&held).await {
                Some(newer) => Ok(Renewed { held: newer, unsaved: None }),
                None => Err(error.into()),
            },
        }
    }

    /// A newer token that another process has saved. It may have used the refresh token just before and not saved yet.
    async fn refreshed_elsewhere(&self, held: &Held) -> Option<Held> {
        for wait in [Duration::ZERO, SAVE_TIME] {
            self.app.0.timer.sleep(wait).await.ok()?;
            let now = self.app.now();
            let newer = self.load().await.map(|newer| self.loaded(Arc::new(newer), now)).ok()?;
            if !newer.token.is_same(&held.stored) && newer.is_usable(self.refused.as_ref(), now) {
                return Some(newer);
            }
        }
        None
    }

    /// Saves a token that could not be saved before, unless another process has saved a newer one.
    pub(super) async fn save_again(self, held: Held) -> Result<Renewed, TokenError> {
        let stored = Arc::new(self.load().await?);
        if stored.is_same(&held.stored) {
            return Ok(self.save(held.token, held.stored).await);
        }
        let now = self.app.now();
        Ok(Renewed { held: self.loaded(stored, now), unsaved: None })
    }

    async fn load(&self) -> Result<Token, TokenError> {
        let stored = self.store.load().await.map_err(|error| {
            TokenError::new(TokenErrorKind::Other, "the access token cannot be loaded from its store")
                .with_source(error)
        })?;
        stored.ok_or_else(|| {
            let message = "the store has no token; the merchant must authorize the app";
            TokenError::new(TokenErrorKind::MerchantNeeded, message)
        })
    }

    fn loaded(&self, token: Arc<Token>, now: SystemTime) -> Held {
        Held::new(Arc::clone(&token), token, self.ahead, now)
    }

    async fn save(&self, token: Arc<Token>, stored: Arc<Token>) -> Renewed {
        let saved = self.store.save(&token).await;
        let stored = if saved.is_ok() { Arc::clone(&token) } else { stored };
        let held = Held::new(token, stored, self.ahead, self.app.now());
        Renewed { held, unsaved: saved.err().map(unsaved) }
    }
}

fn unsaved(error: StoreError) -> TokenError {
    let message = "the new access token cannot be saved and is lost when the process ends; \
                   fix the store and call `MerchantToken::save`";
    TokenError::new(TokenErrorKind::NotSaved, message).with_source(error)
}
