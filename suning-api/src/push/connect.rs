//! How a subscriber gets a connection.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use http::{HeaderValue, Request, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::handshake::{client::generate_key, derive_accept_key};

use super::{Error, handshake};
use crate::error::{TransportError, TransportErrorKind};
use crate::transport::HttpClient;

/// A byte stream to a server.
pub trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// A future of a [`Connect`].
pub type Connecting<'a> = Pin<Box<dyn Future<Output = Result<Box<dyn Io>, Error>> + Send + 'a>>;

/// Connects a [`Subscriber`](super::Subscriber). [`HttpClient`] does, with its proxy and its certificates.
pub trait Connect: fmt::Debug + Send + Sync {
    /// Requests the upgrade to a WebSocket, and returns the byte stream that carries its frames.
    ///
    /// The URL authenticates the app. Do not show it, not even in an error.
    fn connect(&self, url: Uri) -> Connecting<'_>;
}

impl Connect for HttpClient {
    fn connect(&self, url: Uri) -> Connecting<'_> {
        Box::pin(async move {
            let key = generate_key();
            let request = Request::get(handshake::to_http(url))
                .header(CONNECTION, "Upgrade")
                .header(UPGRADE, "websocket")
                .header(SEC_WEBSOCKET_VERSION, "13")
                .header(SEC_WEBSOCKET_KEY, &key)
                .body(Bytes::new())
                .map_err(|error| TransportError::new(TransportErrorKind::Unusable, Some(error.into())))?;
            let reply = self.request(request).await?;
            if reply.status() != StatusCode::SWITCHING_PROTOCOLS {
                return Err(Error::Status(reply.status()));
            }
            let expected = derive_accept_key(key.as_bytes());
            if reply.headers().get(SEC_WEBSOCKET_ACCEPT).map(HeaderValue::as_bytes) != Some(expected.as_bytes()) {
                return Err(Error::lost("the server does not speak WebSocket"));
            }
            let stream = hyper::upgrade::on(reply).await.map_err(Error::lost)?;
            Ok(Box::new(TokioIo::new(stream)) as Box<dyn Io>)
        })
    }
}
