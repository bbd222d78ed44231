//! The apps and the access tokens that a gateway accepts.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{NaiveDateTime, TimeDelta};

use super::refusal::{Refusal, code};
use crate::credentials::Credentials;
use crate::generated::platform;

/// The apps, and what merchants have granted them.
pub(super) struct Accounts {
    apps: Vec<Credentials>,
    grants: Mutex<Vec<Grant>>,
    pub(super) lifetime: TimeDelta,
}

/// What a merchant has granted to an app.
struct Grant {
    app_key: String,
    /// What the token endpoint exchanges for the next token: a code or a refresh token.
    next: Option<(GrantType, String)>,
    access_token: Option<String>,
    expires: Option<NaiveDateTime>,
}

/// What an app sends to the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GrantType {
    Code,
    Refresh,
}

/// A token that the token endpoint has issued.
pub(super) struct Issued {
    pub(super) access_token: String,
    pub(super) refresh_token: String,
}

impl Accounts {
    pub(super) fn new(credentials: Credentials) -> Self {
        let mut accounts = Self { apps: Vec::new(), grants: Mutex::default(), lifetime: TimeDelta::days(1) };
        accounts.add(credentials, None);
        accounts
    }

    /// Adds an app, or another token of an app.
    pub(super) fn add(&mut self, credentials: Credentials, expires: Option<NaiveDateTime>) {
        if let Some(token) = credentials.access_token() {
            let (app_key, access_token) = (credentials.app_key().to_owned(), Some(token.to_owned()));
            self.grants().push(Grant { app_key, next: None, access_token, expires });
        }
        if self.app(credentials.app_key()).is_none() {
            self.apps.push(credentials);
        }
    }

    /// The first app.
    pub(super) fn first(&self) -> &Credentials {
        &self.apps[0]
    }

    pub(super) fn app(&self, app_key: &str) -> Option<&Credentials> {
        self.apps.iter().find(|app| app.app_key() == app_key)
    }

    /// Checks the token of a request. An app without any tokens needs none.
    pub(super) fn check_token(&self, app_key: &str, token: Option<&str>, now: NaiveDateTime) -> Result<(), Refusal> {
        let grants = self.grants();
        let mut of_app = grants.iter().filter(|grant| grant.app_key == app_key).peekable();
        if of_app.peek().is_none() {
            return Ok(());
        }
        let unknown = |reason| Err(Refusal::new(code::ACCESS_TOKEN_UNKNOWN, reason));
        let Some(token) = token else {
            return unknown(format!("the header {} is missing or empty", platform::ACCESS_TOKEN));
        };
        match of_app.find(|grant| grant.access_token.as_deref() == Some(token)) {
            None => unknown("unknown access token: the gateway has not issued it to this app".to_owned()),
            Some(grant) if grant.expires.is_some_and(|expires| expires <= now) => {
                Err(Refusal::new(code::ACCESS_TOKEN_EXPIRED, "the access token has expired"))
            }
            Some(_) => Ok(()),
        }
    }

    /// Lets a merchant authorize an app. Returns the code for it.
    pub(super) fn authorize(&self, app_key: &str) -> String {
        let mut grants = self.grants();
        let code = format!("mock-code-{}", grants.len() + 1);
        let next = Some((GrantType::Code, code.clone()));
        grants.push(Grant { app_key: app_key.to_owned(), next, access_token: None, expires: None });
        code
    }

    /// Lets a token expire.
    pub(super) fn expire(&self, access_token: &str, now: NaiveDateTime) {
        let mut grants = self.grants();
        let of_token = grants.iter_mut().filter(|grant| grant.access_token.as_deref() == Some(access_token));
        of_token.for_each(|grant| grant.expires = Some(now));
    }

    /// Exchanges a code or a refresh token, which work once. The earlier token expires.
    pub(super) fn issue(&self, app_key: &str, by: (GrantType, &str), now: NaiveDateTime) -> Option<Issued> {
        let mut grants = self.grants();
        let number = grants.len() + 1;
        let is_it = |grant: &&mut Grant| {
            grant.app_key == app_key && grant.next.as_ref().is_some_and(|(kind, text)| (*kind, text.as_str()) == by)
        };
        let used = grants.iter_mut().find(is_it)?;
        (used.next, used.expires) = (None, Some(now));
        let (access_token, refresh_token) =
            (format!("mock-access-token-{number}"), format!("mock-refresh-token-{number}"));
        grants.push(Grant {
            app_key: app_key.to_owned(),
            next: Some((GrantType::Refresh, refresh_token.clone())),
            access_token: Some(access_token.clone()),
            expires: now.checked_add_signed(self.lifetime),
        });
        Some(Issued { access_token, refresh_token })
    }

    fn grants(&self) -> MutexGuard<'_, Vec<Grant>> {
        self.grants.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
