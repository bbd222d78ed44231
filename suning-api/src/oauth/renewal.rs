//! One renewal of a token, apart from who waits for it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures_timer::Delay;

use super::store::StoreError;
use super::{App, Token, TokenStore};
use crate::token::{AccessToken, TokenError, TokenErrorKind};

/// How long another process may take to save what it has got.
const TO_SAVE: Duration = Duration::from_millis(500);

/// A token in use.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) token: Arc<Token>,
    /// What the store had when it was last read or written: another one if the token could not be saved.
    pub(super) stored: Arc<Token>,
    /// When to refresh it.
    due: Option<SystemTime>,
}

impl Held {
    fn new(token: Arc<Token>, stored: Arc<Token>, ahead: Duration, now: SystemTime) -> Self {
        let due = token.expires_at.map(|expires_at| {
            let left = expires_at.duration_since(now).unwrap_or_default();
            // A token that lives shorter than that would be refreshed for each call.
            expires_at - ahead.min(left / 2)
        });
        Self { token, stored, due }
    }

    /// Whether it is good for a call, as far as is known.
    pub(super) fn serves(&self, refused: Option<&AccessToken>, now: SystemTime) -> bool {
        refused != Some(&self.token.access_token) && self.due.is_none_or(|due| now < due)
    }

    /// Whether a call can still be made with it, though it is time to refresh it.
    fn lasts(&self, refused: Option<&AccessToken>, now: SystemTime) -> bool {
        refused != Some(&self.token.access_token) && self.token.expires_at.is_some_and(|expires_at| now < expires_at)
    }

    pub(super) fn is_saved(&self) -> bool {
        self.token.is(&self.stored)
    }
}

/// What a renewal needs; nothing of who asked, because it outlives any caller.
pub(super) struct Renewal {
    pub(super) app: App,
    pub(super) store: Arc<dyn TokenStore>,
    pub(super) ahead: Duration,
    pub(super) held: Option<Held>,
    pub(super) refused: Option<AccessToken>,
}

/// What came of a renewal: a token, and why it could not be saved.
#[derive(Clone)]
pub(super) struct Renewed {
    pub(super) held: Held,
    pub(super) unsaved: Option<TokenError>,
}

impl Renewal {
    /// Renews the token; where that fails ahead of its end, gives it some more of the time left.
    pub(super) async fn run(self) -> Result<Renewed, TokenError> {
        let outcome = self.renew().await;
        let now = self.app.now();
        match &self.held {
            Some(held) if outcome.is_err() && held.lasts(self.refused.as_ref(), now) => {
                let held = Held::new(Arc::clone(&held.token), Arc::clone(&held.stored), self.ahead, now);
                Ok(Renewed { held, unsaved: None })
            }
            _ => outcome,
        }
    }

    /// Takes the token from the store if another process has refreshed it, and refreshes it otherwise.
    async fn renew(&self) -> Result<Renewed, TokenError> {
        let now = self.app.now();
        let stored = Arc::new(self.load().await?);
        let held = match &self.held {
            // The store says nothing new, and what could not be saved is newer.
            Some(held) if held.stored.is(&stored) => held.clone(),
            _ => self.loaded(stored, now),
        };
        if held.serves(self.refused.as_ref(), now) {
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

    /// What another process has saved, which may have used the refresh token just before and be about to save.
    async fn refreshed_elsewhere(&self, held: &Held) -> Option<Held> {
        for wait in [Duration::ZERO, TO_SAVE] {
            Delay::new(wait).await;
            let now = self.app.now();
            let newer = self.load().await.map(|newer| self.loaded(Arc::new(newer), now)).ok()?;
            if !newer.token.is(&held.stored) && newer.serves(self.refused.as_ref(), now) {
                return Some(newer);
            }
        }
        None
    }

    /// Saves what could not be saved before, unless another process has saved something newer.
    pub(super) async fn save_again(self, held: Held) -> Result<Renewed, TokenError> {
        let stored = Arc::new(self.load().await?);
        if stored.is(&held.stored) {
            return Ok(self.save(held.token, held.stored).await);
        }
        let now = self.app.now();
        Ok(Renewed { held: self.loaded(stored, now), unsaved: None })
    }

    async fn load(&self) -> Result<Token, TokenError> {
        let stored = self.store.load().await.map_err(|error| {
            TokenError::new(TokenErrorKind::Other, "the access token can not be loaded from its store")
                .with_source(error)
        })?;
        stored.ok_or_else(|| {
            let message = "the store has no token; the merchant has to authorise the app";
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
    let message = "the access token was refreshed, but can not be saved, and is lost when the process ends; \
                   mend the store and call `MerchantToken::save`";
    TokenError::new(TokenErrorKind::NotSaved, message).with_source(error)
}
