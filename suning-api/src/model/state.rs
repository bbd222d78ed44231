//! The state of a builder.

use std::marker::PhantomData;

/// The parameter is set.
pub enum Set {}

/// A parameter that is set. One that is not stands under its name in the type of the builder.
#[diagnostic::on_unimplemented(
    message = "the required parameter `{Self}` is missing",
    label = "call `.{Self}(…)` before this"
)]
pub trait IsSet {}

impl IsSet for Set {}

/// An unfinished request, the client that will send it, and which required parameters are set.
pub struct Draft<R, C, S> {
    pub(crate) request: R,
    pub(crate) client: C,
    states: PhantomData<S>,
}

impl<R: Default, C, S> Draft<R, C, S> {
    pub(crate) fn new(client: C) -> Self {
        Self { request: R::default(), client, states: PhantomData }
    }
}

impl<R, C, S> Draft<R, C, S> {
    /// Changes the state after a required parameter is set.
    pub(crate) fn advance<T>(self) -> Draft<R, C, T> {
        Draft { request: self.request, client: self.client, states: PhantomData }
    }
}
