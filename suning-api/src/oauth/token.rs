//! What the platform gives.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, SystemTime};

use crate::token::AccessToken;
use crate::value::Value;
use crate::wire::json;

/// An access token, and what is known of it. `Debug` shows no secret.
///
/// # Examples
/// Tokens that come from elsewhere, such as the store of an older program:
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use suning_api::oauth::Token;
///
/// let mut token = Token::new("an access token");
/// token.refresh_token = Some("a refresh token".into());
/// token.expires_at = Some(SystemTime::now() + Duration::from_secs(86_400));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token {
    /// What calls are made with.
    pub access_token: AccessToken,
    /// What a new token can be asked for with; not all apps get one.
    pub refresh_token: Option<String>,
    /// The kind of token, most often `bearer`.
    pub token_type: Option<String>,
    /// When the access token stops working, as far as the platform told.
    pub expires_at: Option<SystemTime>,
    /// What else came, such as the merchant's name; objects and lists as JSON.
    pub extra: BTreeMap<String, String>,
}

impl Token {
    /// A token of which nothing else is known, so that it can not be refreshed.
    #[must_use]
    pub fn new(access_token: impl Into<String>) -> Self {
        Self {
            access_token: AccessToken::new(access_token.into()),
            refresh_token: None,
            token_type: None,
            expires_at: None,
            extra: BTreeMap::new(),
        }
    }

    /// Reads a reply, unless it lacks the access token.
    ///
    /// A time to live that can not be read is kept with what else came.
    pub(super) fn from_reply(reply: &Value, now: SystemTime) -> Option<Self> {
        let Value::Object(entries) = reply else { return None };
        let access_token = reply.get("access_token")?.as_text().filter(|text| !text.is_empty())?;
        let mut token = Self::new(access_token);
        for (name, value) in entries.iter().filter(|(_, value)| !value.is_empty()) {
            let text = value.as_text().map_or_else(|| to_json(value), str::to_owned);
            match (name.as_str(), value.as_text().and_then(|seconds| after(now, seconds))) {
                ("access_token", _) => {}
                ("refresh_token", _) => token.refresh_token = Some(text),
                ("token_type", _) => token.token_type = Some(text),
                ("expires_in", Some(at)) => token.expires_at = Some(at),
                _ => drop(token.extra.insert(name.clone(), text)),
            }
        }
        Some(token)
    }

    /// Keeps what a refreshed token does not bring anew: above all, the refresh token.
    pub(super) fn succeeding(mut self, older: &Self) -> Self {
        self.refresh_token = self.refresh_token.or_else(|| older.refresh_token.clone());
        for (name, text) in &older.extra {
            self.extra.entry(name.clone()).or_insert_with(|| text.clone());
        }
        self
    }

    /// Whether both are one token, whatever a store made of the rest.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.access_token == other.access_token && self.refresh_token == other.refresh_token
    }
}

/// Adds seconds, which come as a number or as text, with or without a fraction.
///
/// Zero is not a time to live: it is how some platforms say that they do not know.
fn after(now: SystemTime, seconds: &str) -> Option<SystemTime> {
    let seconds: u64 = seconds.trim().split('.').next()?.parse().ok().filter(|seconds| *seconds > 0)?;
    now.checked_add(Duration::from_secs(seconds))
}

fn to_json(value: &Value) -> String {
    let mut text = String::new();
    json::write_value(&mut text, value);
    text
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("access_token", &self.access_token)
            .field("refresh_token", &self.refresh_token.as_ref().map(|_| format_args!("[hidden]")))
            .field("token_type", &self.token_type)
            .field("expires_at", &self.expires_at)
            .field("extra", &self.extra.keys())
            .finish()
    }
}
