//! Something other than a reply of the gateway.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};

use crate::error::TransportErrorKind;

/// A failure in place of a reply.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is refused. Over a socket, it closes at once.
    Refused,
    /// The connection breaks while the client waits for the reply.
    Broken,
    /// There is no reply. In the same process, the client gets a timeout error at once.
    TimedOut,
    /// Another HTTP reply, for example from a server in front of the gateway.
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
