//! Arguments of setters.

/// The argument of a setter for an optional parameter: a value or an `Option`. Texts may be borrowed.
///
/// ```
/// # #[cfg(feature = "selfmarket")] {
/// use suning_api::methods::selfmarket::leaguerstatus_add::Card;
///
/// let password: Option<String> = None;
/// let card = Card::default().card_code("1234567899").card_sec(password);
/// assert_eq!(card.card_sec, None);
/// # }
/// ```
#[diagnostic::on_unimplemented(message = "`{Self}` is not a value for an optional parameter of type `{T}`")]
pub trait IntoOptional<T> {
    /// The value to send, if any.
    fn into_optional(self) -> Option<T>;
}

impl<T> IntoOptional<T> for T {
    fn into_optional(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoOptional<T> for Option<T> {
    fn into_optional(self) -> Self {
        self
    }
}

impl IntoOptional<String> for &str {
    fn into_optional(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl IntoOptional<String> for &String {
    fn into_optional(self) -> Option<String> {
        Some(self.clone())
    }
}

impl IntoOptional<String> for Option<&str> {
    fn into_optional(self) -> Option<String> {
        self.map(str::to_owned)
    }
}
