//! The state of a builder.

use std::marker::PhantomData;

/// The parameter is set.
#[derive(Debug, Clone, Copy)]
pub struct Set;

/// The parameter is not set, so the request cannot be built or sent.
#[derive(Debug, Clone, Copy)]
pub struct Unset;

/// An unfinished request, the client that will send it, and which required parameters are set.
#[derive(Debug, Clone)]
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
