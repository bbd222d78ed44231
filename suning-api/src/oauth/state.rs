//! The state, which ties a callback to a session.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::OAuthError;

/// A random text that the platform returns in the callback. It prevents attackers from injecting a code of their own into the
/// session of a merchant.
///
/// Keep it in the session of the merchant, use it for one authorization, and delete it after the callback.
///
/// # Examples
/// ```
/// use suning_api::oauth::State;
///
/// let state = State::random()?;
/// let stored = state.as_str().to_owned();
/// assert!(State::from_stored(stored).check(state.as_str()).is_ok());
/// assert!(state.check("something else").is_err());
/// # Ok::<(), suning_api::oauth::OAuthError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct State(String);

impl State {
    /// A new state of 256 random bits, in characters that are valid in URLs and cookies.
    ///
    /// # Errors
    /// The operating system returns no random numbers.
    pub fn random() -> Result<Self, OAuthError> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits).map_err(|error| OAuthError::NoRandomness(error.to_string()))?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bits)))
    }

    /// A state from the session, stored with [`as_str`](Self::as_str).
    #[must_use]
    pub fn from_stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text to store in the session.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks the state of a callback against this one.
    ///
    /// # Errors
    /// [`OAuthError::State`] if they differ, or if the stored state is empty.
    pub fn check(&self, returned: &str) -> Result<(), OAuthError> {
        // Constant time, so that an attacker learns nothing from the duration.
        let differences = self.0.bytes().zip(returned.bytes()).fold(0, |found, (left, right)| found | (left ^ right));
        if self.0.is_empty() || self.0.len() != returned.len() || differences != 0 {
            return Err(OAuthError::State);
        }
        Ok(())
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("State([hidden])")
    }
}
