//! App key, app secret and access token.

use std::env::{self, VarError};
use std::fmt;

use http::HeaderValue;

/// The key and secret of an app, and with OAuth the access token of a merchant.
///
/// `Debug` never shows the secret or the token.
///
/// # Examples
/// ```
/// let credentials = suning_api::Credentials::new("my-app-key", "my-app-secret");
/// assert!(!format!("{credentials:?}").contains("my-app-secret"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    app_key: String,
    app_secret: String,
    access_token: Option<String>,
}

impl Credentials {
    /// The environment variable that [`from_env`](Self::from_env) reads the app key from.
    pub const APP_KEY_VARIABLE: &str = "SUNING_APP_KEY";
    /// The environment variable that [`from_env`](Self::from_env) reads the app secret from.
    pub const APP_SECRET_VARIABLE: &str = "SUNING_APP_SECRET";
    /// The environment variable that [`from_env`](Self::from_env) reads the access token from.
    pub const ACCESS_TOKEN_VARIABLE: &str = "SUNING_ACCESS_TOKEN";

    /// Credentials of an app, from the console of the platform.
    #[must_use]
    pub fn new(app_key: impl Into<String>, app_secret: impl Into<String>) -> Self {
        Self { app_key: app_key.into(), app_secret: app_secret.into(), access_token: None }
    }

    /// Acts for the merchant who granted this OAuth access token.
    #[must_use]
    pub fn with_access_token(mut self, access_token: impl Into<String>) -> Self {
        self.access_token = Some(access_token.into());
        self
    }

    /// Reads `SUNING_APP_KEY`, `SUNING_APP_SECRET` and, if set, `SUNING_ACCESS_TOKEN`.
    ///
    /// # Errors
    /// A variable is missing, empty or not UTF-8; the error names it.
    pub fn from_env() -> Result<Self, InvalidCredentials> {
        let required = |name| {
            variable(name)?
                .ok_or_else(|| InvalidCredentials(format!("the environment variable `{name}` is not set; export it")))
        };
        Ok(Self {
            app_key: required(Self::APP_KEY_VARIABLE)?,
            app_secret: required(Self::APP_SECRET_VARIABLE)?,
            access_token: variable(Self::ACCESS_TOKEN_VARIABLE)?,
        })
    }

    /// The app key.
    #[must_use]
    pub fn app_key(&self) -> &str {
        &self.app_key
    }

    pub(crate) fn app_secret(&self) -> &str {
        &self.app_secret
    }

    pub(crate) fn access_token(&self) -> Option<&str> {
        self.access_token.as_deref()
    }

    /// Checks that each part can be sent in an HTTP header.
    pub(crate) fn check(&self) -> Result<(), InvalidCredentials> {
        let parts = [
            ("app key", Some(&self.app_key)),
            ("app secret", Some(&self.app_secret)),
            ("access token", self.access_token.as_ref()),
        ];
        for (name, part) in parts {
            let Some(part) = part else { continue };
            // Spaces around a header value get lost in transit, but the signature would cover them.
            if part.is_empty() || part.trim() != part || HeaderValue::from_str(part).is_err() {
                return Err(InvalidCredentials(format!(
                    "invalid {name}: it is empty, has spaces around it, or has characters that HTTP headers do not allow"
                )));
            }
        }
        Ok(())
    }
}

fn variable(name: &str) -> Result<Option<String>, InvalidCredentials> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Err(InvalidCredentials(format!("the environment variable `{name}` is empty"))),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => {
            Err(InvalidCredentials(format!("the environment variable `{name}` is not UTF-8")))
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = format_args!("[hidden]");
        f.debug_struct("Credentials")
            .field("app_key", &self.app_key)
            .field("app_secret", &hidden)
            .field("access_token", &self.access_token.as_ref().map(|_| hidden))
            .finish()
    }
}

/// Invalid credentials. Names the part and the problem, never the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCredentials(String);

impl fmt::Display for InvalidCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidCredentials {}
