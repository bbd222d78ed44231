//! A call in progress.

use std::fmt;
use std::future::{self, Future};
use std::pin::Pin;
use std::task::{Context, Poll};

use super::Client;
use crate::error::{Error, ErrorCode};
use crate::model::{Element, Model, Response};
use crate::reply::Reply;
use crate::request::Request;
use crate::value::Value;

/// What a client can call: a [`Request`] of any method, or a [raw one](crate::raw::RawRequest).
pub trait Callable: fmt::Debug + Clone + Send + Sync + 'static {
    /// One object of the reply.
    type Row: Model + Element + Default + fmt::Debug + Send + Sync;
    /// The reply.
    type Response: Response<Row = Self::Row> + Send + Sync + 'static;
    /// The error codes.
    type ErrorCode: ErrorCode;

    /// Sends the request when awaited.
    fn call(self, client: Client) -> Call<Reply<Self::Response>, Error<Self::ErrorCode>>;
}

impl<R: Request> Callable for R {
    type Row = R::Row;
    type Response = R::Response;
    type ErrorCode = R::ErrorCode;

    fn call(self, client: Client) -> Call<Reply<R::Response>, Error<R::ErrorCode>> {
        Call::new(client, |client| Box::pin(async move { client.call(&self).await }))
    }
}

/// A call. The request is sent when it is awaited.
///
/// The output is a `Result<T, E>`. Dropping it cancels the call and closes its connection. The gateway may have processed the
/// request anyway.
#[must_use = "a call is not made until it is awaited"]
pub struct Call<T, E> {
    client: Client,
    /// `None` once the call is polled.
    unsent: Option<Start<T, E>>,
    pending: Pending<T, E>,
}

type Start<T, E> = Box<dyn FnOnce(Client) -> Pending<T, E> + Send>;

type Pending<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

impl<T: 'static, E: 'static> Call<T, E> {
    pub(crate) fn new(client: Client, send: impl FnOnce(Client) -> Pending<T, E> + Send + 'static) -> Self {
        Self { client, unsent: Some(Box::new(send)), pending: Box::pin(future::pending()) }
    }

    /// Adds a parameter that the documents do not describe, before the call is awaited. `None` is left out.
    ///
    /// To add it to several calls, to all pages of a query, or to blocking calls, see
    /// [`Client::with_parameter`](crate::Client::with_parameter).
    ///
    /// ```no_run
    /// # #[cfg(feature = "custom")]
    /// # async fn run(client: suning_api::Client) -> Result<(), suning_api::Error> {
    /// let call = client.custom().virtual_get().order_item_code("101254223501").send();
    /// let order = call.parameter("supplierCode", "0010012345").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn parameter(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.client = self.client.with_parameter(name, value);
        self
    }
}

impl<T, E> Future for Call<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T, E>> {
        let Self { client, unsent, pending } = &mut *self;
        if let Some(send) = unsent.take() {
            *pending = send(client.clone());
        }
        pending.as_mut().poll(context)
    }
}

impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
