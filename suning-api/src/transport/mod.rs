//! What carries a request to the gateway.
//!
//! | to send | take |
//! |---|---|
//! | as most programs do | nothing: a client has an `HttpClient` unless it is given another transport |
//! | through a proxy, with roots of your own, with other bounds | `HttpClient::builder`, behind the feature `reqwest` |
//! | through a [`tower`](https://docs.rs/tower) service | `TowerTransport`, behind the feature `tower` |
//! | in any other way | your own [`Transport`] |
//!
//! A transport sends one HTTP request and gives one reply. When to repeat it, and when to give it up, is the client's part.

#[cfg(feature = "reqwest")]
mod http_client;
#[cfg(feature = "tower")]
mod tower;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

#[cfg(feature = "reqwest")]
pub use self::http_client::{HttpClient, HttpClientBuilder};
#[cfg(feature = "tower")]
pub use self::tower::TowerTransport;
use crate::error::{BuildError, TransportError};

/// A future of a transport.
pub type Exchange<'a> = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 'a>>;

/// Sends one HTTP request and gives the whole reply, whatever its status.
///
/// Implement it to send through an HTTP client, a proxy or a queue of your own, or to answer in a test. The kind of an error
/// decides whether a call is repeated, so say [`Connect`](crate::error::TransportErrorKind::Connect) only where nothing was sent.
///
/// # Examples
/// ```
/// use bytes::Bytes;
/// use suning_api::transport::{Exchange, Transport};
///
/// /// Answers that there is nothing, and never goes to the network.
/// #[derive(Debug)]
/// struct Nothing;
///
/// impl Transport for Nothing {
///     fn send(&self, _: http::Request<Bytes>) -> Exchange<'_> {
///         let reply = r#"{"sn_responseContent":{"sn_error":{"error_code":"biz.handler.data-get:no-result"}}}"#;
///         Box::pin(async move { Ok(http::Response::new(reply.into())) })
///     }
/// }
/// ```
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request as it is: a changed body would break its signature.
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_>;
}

/// The largest reply that is read unless a transport is told otherwise, in bytes.
#[cfg(any(feature = "reqwest", feature = "tower"))]
const MAX_REPLY: usize = 32 << 20;

/// The transport of those who set none.
#[cfg(feature = "reqwest")]
pub(crate) fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Ok(Arc::new(HttpClient::builder().build()?))
}

/// The transport of those who set none.
#[cfg(not(feature = "reqwest"))]
pub(crate) fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}
