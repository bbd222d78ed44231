//! What can go wrong with a call.
//!
//! | type | when |
//! |---|---|
//! | [`Error`] | any of these |
//! | [`ApiError`] | the gateway answered with an error code |
//! | [`ReplyError`] | a reply can not be read |
//! | [`TransportError`] | no reply came |
//! | [`RequestError`] | a request can not be sent |
//! | [`TokenError`](crate::TokenError) | there is no access token |
//! | [`BuildError`] | a client can not be made |
//! | [`PagingError`] | the pages of a result do not fit together |

mod advice;
mod api;
mod build;
mod call;
mod failure;
mod paging;
mod reply;
mod request;
mod transport;
mod unanswered;

pub use crate::attempt::Attempt;
pub(crate) use advice::{Acted, Advice};
pub use api::ApiError;
#[cfg(feature = "mock")]
pub(crate) use api::NO_RESULT;
pub use build::BuildError;
pub use call::{Error, MethodErrorCode, Optional};
pub(crate) use failure::Failure;
pub use paging::PagingError;
pub use reply::ReplyError;
pub use request::RequestError;
pub use transport::{TransportError, TransportErrorKind};
pub(crate) use unanswered::Unanswered;
