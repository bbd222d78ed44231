//! A call in progress.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::Client;
use crate::error::{Error, ErrorCode};
use crate::reply::Reply;
use crate::request::Request;

/// A call. The request is sent when it is awaited.
///
/// The output is a `Result<T, E>`. Dropping it cancels the call and closes its connection. The gateway may have processed the
/// request anyway.
#[must_use = "a call is not made until it is awaited"]
pub struct Call<T, E>(Pin<Box<dyn Future<Output = Result<T, E>> + Send>>);

impl<T, C: ErrorCode> Call<Reply<T>, Error<C>> {
    pub(crate) fn new<R: Request<Response = T, ErrorCode = C>>(client: Client, request: R) -> Self {
        Self::from_future(async move { client.call(&request).await })
    }

    pub(crate) fn from_future(future: impl Future<Output = Result<Reply<T>, Error<C>>> + Send + 'static) -> Self {
        Self(Box::pin(future))
    }
}

impl<T, E> Future for Call<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T, E>> {
        self.0.as_mut().poll(context)
    }
}

impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
