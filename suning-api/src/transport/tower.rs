//! Any tower service as transport.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use tower_service::Service;

use super::{Exchange, MAX_REPLY, Transport, read};
use crate::error::{TransportError, TransportErrorKind};

/// Sends requests through a [`tower`](https://docs.rs/tower) HTTP service, such as a hyper client with your own layers.
///
/// Do not use layers that change bodies, which breaks the signature, or layers that retry, which can repeat writes. The
/// [client](crate::retry) retries.
///
/// # Examples
/// ```
/// use std::convert::Infallible;
/// use std::future::{Ready, ready};
/// use std::sync::Arc;
/// use std::task::{Context, Poll};
///
/// use bytes::Bytes;
/// use suning_api::transport::{Full, TowerTransport};
/// use suning_api::{Client, Credentials};
///
/// #[derive(Clone)]
/// struct Nowhere;
///
/// impl tower_service::Service<http::Request<Full<Bytes>>> for Nowhere {
///     type Response = http::Response<Full<Bytes>>;
///     type Error = Infallible;
///     type Future = Ready<Result<Self::Response, Infallible>>;
///
///     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
///         Poll::Ready(Ok(()))
///     }
///
///     fn call(&mut self, _: http::Request<Full<Bytes>>) -> Self::Future {
///         ready(Ok(http::Response::default()))
///     }
/// }
///
/// let transport = Arc::new(TowerTransport::new(Nowhere));
/// let client = Client::builder(Credentials::new("my-app-key", "my-app-secret")).transport(transport).build()?;
/// # Ok::<(), suning_api::error::BuildError>(())
/// ```
pub struct TowerTransport<S: Service<http::Request<Full<Bytes>>>> {
    /// Each exchange uses a clone, as is usual with tower. The lock is for services that are not `Sync`.
    service: Mutex<S>,
    max_reply: usize,
    kind: Box<Kind<S::Error>>,
}

type Kind<E> = dyn Fn(&E) -> TransportErrorKind + Send + Sync;

impl<S: Service<http::Request<Full<Bytes>>>> TowerTransport<S> {
    /// Sends requests through this service. By default, its errors count as [`TransportErrorKind::Exchange`]: the gateway may
    /// have processed the request.
    #[must_use]
    pub fn new(service: S) -> Self {
        Self { service: Mutex::new(service), max_reply: MAX_REPLY, kind: Box::new(|_| TransportErrorKind::Exchange) }
    }

    /// Classifies the errors of the service, which decides whether a call is retried.
    ///
    /// Return [`TransportErrorKind::Connect`] only if nothing was sent.
    #[must_use]
    pub fn error_kind(self, kind: impl Fn(&S::Error) -> TransportErrorKind + Send + Sync + 'static) -> Self {
        Self { kind: Box::new(kind), ..self }
    }

    /// Maximum size of a reply, in bytes. Default: 32 MiB.
    #[must_use]
    pub fn max_reply(self, bytes: usize) -> Self {
        Self { max_reply: bytes, ..self }
    }
}

impl<S, B> TowerTransport<S>
where
    S: Service<http::Request<Full<Bytes>>, Response = http::Response<B>> + Clone,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    B: BodyExt<Error: Into<Box<dyn StdError + Send + Sync>>>,
{
    async fn exchange(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let failed = |error: S::Error| TransportError::new((self.kind)(&error), Some(error.into()));
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        poll_fn(|context| service.poll_ready(context)).await.map_err(failed)?;
        let reply = service.call(request.map(Full::new)).await.map_err(failed)?;
        read(reply, self.max_reply).await
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Full<Bytes>>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    S::Future: Send,
    B: BodyExt<Data: Send, Error: Into<Box<dyn StdError + Send + Sync>>> + Send + 'static,
{
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        Box::pin(self.exchange(request))
    }
}

impl<S: Service<http::Request<Full<Bytes>>>> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").field("max_reply", &self.max_reply).finish_non_exhaustive()
    }
}
