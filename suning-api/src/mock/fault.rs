//! Something other than a reply of the gateway.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};

use crate::error::TransportErrorKind;

/// Something other than a reply of the gateway.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Fault {
    /// No connection comes about; over a socket, it closes at once.
    Refused,
    /// The connection breaks while a reply is awaited.
    Broken,
    /// No reply comes for as long as the client waits; in the same process, its time is over at once.
    TimedOut,
    /// Another HTTP reply, such as one of a server in front of the gateway.
    Http(http::Response<Bytes>),
}

impl Fault {
    /// An HTML page with this status, as a server in front of the gateway sends it.
    #[must_use]
    pub fn status(status: StatusCode) -> Self {
        let mut reply = http::Response::new(Bytes::from(format!("<html><h1>{status}</h1></html>")));
        *reply.status_mut() = status;
        reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
        Self::Http(reply)
    }

    /// What a client in the same process gets.
    pub(super) fn outcome(self) -> Result<http::Response<Bytes>, TransportErrorKind> {
        match self {
            Self::Refused => Err(TransportErrorKind::Connect),
            Self::Broken => Err(TransportErrorKind::Exchange),
            Self::TimedOut => Err(TransportErrorKind::Timeout),
            Self::Http(reply) => Ok(reply),
        }
    }
}
