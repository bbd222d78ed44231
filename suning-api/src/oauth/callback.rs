//! The callback: what a merchant comes back with.

use std::collections::HashMap;
use std::fmt;

use super::{OAuthError, Refusal, State};

/// An authorization code, which can be exchanged for a token once and within a short time.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A code from a callback that you parsed and checked without [`callback`].
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code([hidden])")
    }
}

/// Parses the query of the callback, with or without its `?`, and checks the state.
///
/// # Errors
/// The state is missing or different (checked first), the merchant or the platform refused, or there is no code.
///
/// # Examples
/// ```
/// use suning_api::oauth::{OAuthError, State, callback};
///
/// let state = State::from_stored("the state in the session");
/// assert!(callback("code=c0de&state=the+state+in+the+session", &state).is_ok());
/// assert!(matches!(callback("code=c0de&state=another", &state), Err(OAuthError::State)));
/// ```
pub fn callback(query: &str, state: &State) -> Result<Code, OAuthError> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut parameters: HashMap<_, _> =
        form_urlencoded::parse(query.as_bytes()).into_owned().filter(|(_, value)| !value.is_empty()).collect();
    state.check(parameters.get("state").map_or("", String::as_str))?;
    if let Some(error) = parameters.remove("error") {
        let description = parameters.remove("error_description");
        return Err(OAuthError::Refused(Refusal { error, description, status: None }));
    }
    parameters.remove("code").map(Code).ok_or(OAuthError::NoCode)
}
