//! A reqwest client as transport.

use std::fmt;

use bytes::Bytes;

use super::{Exchange, MAX_REPLY, Transport, read};
use crate::error::{TransportError, TransportErrorKind};

/// Sends requests through a [`reqwest::Client`] that the program has already, with its TLS, proxies and DNS.
///
/// It is that of reqwest 0.13. Build it without redirects, which would send the signature and the access token elsewhere. An invalid
/// server certificate counts as [`TransportErrorKind::Connect`].
///
/// # Examples
/// ```
/// use std::sync::Arc;
///
/// use suning_api::transport::ReqwestTransport;
/// use suning_api::{Client, Credentials};
///
/// # fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
/// let transport = Arc::new(ReqwestTransport::new(client));
/// let client = Client::builder(Credentials::new("my-app-key", "my-app-secret")).transport(transport).build()?;
/// # Ok(())
/// # }
/// # run().unwrap();
/// ```
pub struct ReqwestTransport {
    client: reqwest::Client,
    max_reply: usize,
}

impl ReqwestTransport {
    /// Sends requests through this client.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self { client, max_reply: MAX_REPLY }
    }

    /// Maximum size of a reply, in bytes. Default: 32 MiB.
    #[must_use]
    pub fn max_reply(self, bytes: usize) -> Self {
        Self { max_reply: bytes, ..self }
    }

    async fn exchange(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(transport_error)?;
        let reply = self.client.execute(request).await.map_err(transport_error)?;
        read(http::Response::<reqwest::Body>::from(reply), self.max_reply).await
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        Box::pin(self.exchange(request))
    }
}

/// Does not show the client, because its proxy may have a password.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").field("max_reply", &self.max_reply).finish_non_exhaustive()
    }
}

fn transport_error(error: reqwest::Error) -> TransportError {
    let kind = match &error {
        error if error.is_connect() => TransportErrorKind::Connect,
        error if error.is_timeout() => TransportErrorKind::Timeout,
        _ => TransportErrorKind::Exchange,
    };
    TransportError::new(kind, Some(error.without_url().into()))
}
