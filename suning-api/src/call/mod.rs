//! One call without the sending: from a request to bytes, and from bytes to a reply. Pure: no I/O and no clock.

mod charset;
mod open;
pub mod reply;
pub mod request;
