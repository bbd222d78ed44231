//! What carries a request to the gateway.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;

use crate::error::TransportError;

/// A future of a transport.
pub type Exchange<'a> = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 'a>>;

/// Sends one HTTP request and gives the whole reply, whatever its status.
///
/// Implement it to send through an HTTP client, a proxy or a queue of your own, or to answer in a test.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request as it is: a changed body would break its signature.
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_>;
}

/// Bounds of an exchange.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(feature = "reqwest"), expect(dead_code, reason = "for the default transport alone"))]
pub(crate) struct Limits {
    /// For the connection.
    pub(crate) connect: Duration,
    /// For everything, connection included.
    pub(crate) total: Duration,
    /// Largest reply, in bytes.
    pub(crate) max_reply: usize,
}

#[cfg(feature = "reqwest")]
pub(crate) use self::http_client::HttpClient;

#[cfg(feature = "reqwest")]
mod http_client {
    use std::error::Error as StdError;
    use std::sync::Once;

    use bytes::{Bytes, BytesMut};
    use rustls::crypto::{CryptoProvider, ring};

    use super::{Exchange, Limits, Transport};
    use crate::error::{TransportError, TransportErrorKind};

    /// The default transport: reqwest over rustls.
    #[derive(Debug)]
    pub(crate) struct HttpClient {
        client: reqwest::Client,
        max_reply: usize,
    }

    impl HttpClient {
        pub(crate) fn new(limits: Limits) -> Result<Self, Box<dyn StdError + Send + Sync>> {
            install_tls();
            let client = reqwest::Client::builder()
                .user_agent(concat!("suning-api/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(limits.connect)
                .timeout(limits.total)
                // A redirected POST would carry signature and token to another place.
                .redirect(reqwest::redirect::Policy::none())
                .build()?;
            Ok(Self { client, max_reply: limits.max_reply })
        }

        async fn exchange(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
            let request = reqwest::Request::try_from(request).map_err(transport_error)?;
            let mut reply = self.client.execute(request).await.map_err(transport_error)?;
            let mut body = BytesMut::new();
            while let Some(chunk) = reply.chunk().await.map_err(transport_error)? {
                if body.len() + chunk.len() > self.max_reply {
                    return Err(TransportError::new(TransportErrorKind::TooLarge, None));
                }
                body.extend_from_slice(&chunk);
            }
            let mut whole = http::Response::new(body.freeze());
            *whole.status_mut() = reply.status();
            *whole.headers_mut() = std::mem::take(reply.headers_mut());
            Ok(whole)
        }
    }

    impl Transport for HttpClient {
        fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
            Box::pin(self.exchange(request))
        }
    }

    /// Chooses the cryptography of TLS for the process, unless the program has chosen already.
    fn install_tls() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            if CryptoProvider::get_default().is_none() {
                // Fails only when another thread has just chosen, which is as good.
                let _ = ring::default_provider().install_default();
            }
        });
    }

    fn transport_error(error: reqwest::Error) -> TransportError {
        let kind = if error.is_connect() {
            TransportErrorKind::Connect
        } else if error.is_timeout() {
            TransportErrorKind::Timeout
        } else {
            TransportErrorKind::Exchange
        };
        TransportError::new(kind, Some(error.without_url().into()))
    }
}
