//! Transports: how requests get to the gateway.
//!
//! | to send requests | use |
//! |---|---|
//! | directly | nothing: `HttpClient` is the default |
//! | through a proxy, with your own root certificates, with other limits | `HttpClient::builder` (feature `http-client`) |
//! | through a `reqwest::Client` | `ReqwestTransport` (feature `reqwest`) |
//! | through a [`tower`](https://docs.rs/tower) service | `TowerTransport` (feature `tower`) |
//! | in any other way | your own [`Transport`] |
//!
//! A transport sends one HTTP request and returns one reply. Retries and timeouts are up to the client.

#[cfg(feature = "http-client")]
mod connect;
#[cfg(feature = "http-client")]
mod http_client;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "tower")]
mod tower;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

#[cfg(feature = "http-client")]
pub use self::http_client::{HttpClient, HttpClientBuilder};
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
#[cfg(feature = "tower")]
pub use self::tower::TowerTransport;
use crate::error::{BuildError, TransportError};
/// The body of the requests that a [`TowerTransport`] sends.
#[cfg(feature = "tower")]
pub use http_body_util::Full;

/// A future of a transport.
pub type Exchange<'a> = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 'a>>;

/// Sends one HTTP request and returns the whole reply, whatever its status.
///
/// Implement it to use your own HTTP client, proxy or queue, or to answer in a test. The kind of an error decides whether a
/// call is retried. Return [`Connect`](crate::error::TransportErrorKind::Connect) only if nothing was sent.
///
/// # Examples
/// ```
/// use bytes::Bytes;
/// use suning_api::transport::{Exchange, Transport};
///
/// /// Answers "no result" without any network access.
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
    /// Sends the request unchanged. A changed body would break its signature.
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_>;
}

/// Default maximum size of a reply, in bytes.
#[cfg(any(feature = "http-client", feature = "reqwest", feature = "tower"))]
const MAX_REPLY: usize = 32 << 20;

/// Reads a whole reply, up to a limit.
#[cfg(any(feature = "http-client", feature = "reqwest", feature = "tower"))]
async fn read<B>(reply: http::Response<B>, max_reply: usize) -> Result<http::Response<Bytes>, TransportError>
where
    B: http_body_util::BodyExt<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
{
    use http_body_util::{BodyExt, LengthLimitError, Limited};

    use crate::error::TransportErrorKind;

    let (head, body) = reply.into_parts();
    match Limited::new(body, max_reply).collect().await {
        Ok(body) => Ok(http::Response::from_parts(head, body.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => Err(TransportErrorKind::TooLarge.into()),
        Err(error) => Err(TransportError::new(TransportErrorKind::Exchange, Some(error))),
    }
}

/// The transport of a client without an explicit one.
#[cfg(feature = "http-client")]
pub(crate) fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Ok(Arc::new(HttpClient::builder().build()?))
}

/// The transport of a client without an explicit one.
#[cfg(not(feature = "http-client"))]
pub(crate) fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}
