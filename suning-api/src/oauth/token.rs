//! Tokens of the platform.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, SystemTime};

use crate::model::Shown;
use crate::token::AccessToken;
use crate::value::Value;
use crate::wire::json;

/// An access token and everything known about it. `Debug` shows no secrets.
///
/// # Examples
/// A token from elsewhere, such as the store of an older program:
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
    /// The token that calls are made with.
    pub access_token: AccessToken,
    /// The token to refresh it with. Not all apps get one.
    pub refresh_token: Option<String>,
    /// The type of token, usually `bearer`.
    pub token_type: Option<String>,
    /// When the access token expires, if known.
    pub expires_at: Option<SystemTime>,
    /// Other fields of the reply, such as the merchant's name. Objects and lists are JSON text.
    pub extra: BTreeMap<String, String>,
}

impl Token {
    /// A token without a refresh token, which cannot be refreshed.
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

    /// Parses a reply. `None` if it has no access token.
    ///
    /// A lifetime that cannot be parsed is kept in `extra`.
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

    /// Copies what a refreshed token lacks from the older one: above all, the refresh token.
    pub(super) fn succeeding(mut self, older: &Self) -> Self {
        self.refresh_token = self.refresh_token.or_else(|| older.refresh_token.clone());
        for (name, text) in &older.extra {
            self.extra.entry(name.clone()).or_insert_with(|| text.clone());
        }
        self
    }

    /// Whether both have the same secrets. A store may change the rest.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.access_token == other.access_token && self.refresh_token == other.refresh_token
    }
}

/// Adds seconds, which may have a fraction.
///
/// Zero is not a lifetime: some platforms send it if they do not know.
fn after(now: SystemTime, seconds: &str) -> Option<SystemTime> {
    let seconds: u64 = seconds.trim().split('.').next()?.parse().ok().filter(|seconds| *seconds > 0)?;
    now.checked_add(Duration::from_secs(seconds))
}

fn to_json(value: &Value) -> String {
    let mut text = Vec::new();
    json::write(&mut text, &Shown::Value(value));
    String::from_utf8_lossy(&text).into_owned()
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
