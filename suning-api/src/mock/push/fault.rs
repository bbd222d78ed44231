//! Something other than a working push connection.

use http::StatusCode;

/// A failure of one push connection.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PushFault {
    /// An HTTP status in place of the WebSocket.
    Status(StatusCode),
    /// The handshake is refused for this reason.
    Refused(String),
    /// There is a WebSocket, but nothing comes through it and nothing is read.
    Stalled,
    /// The connection is cut after this many frames. The first one answers the handshake.
    CutAfter(usize),
}
