//! Errors of calls.
//!
//! | type | when |
//! |---|---|
//! | [`Error`] | any of these, except [`DecodeError`] |
//! | [`ApiError`] | the gateway answered with an error code |
//! | [`ReplyError`] | a reply cannot be read |
//! | [`TransportError`] | there is no reply |
//! | [`RequestError`] | a request cannot be sent |
//! | [`TokenError`](crate::token::TokenError) | there is no access token |
//! | [`BuildError`] | a client cannot be built |
//! | [`PagingError`] | the pages of a result are inconsistent |
//! | [`DecodeError`] | an untyped value does not fit a type of yours |

mod advice;
mod api;
pub(crate) mod attempt;
mod build;
mod call;
mod code;
mod decode;
mod failure;
mod paging;
mod reply;
mod request;
mod transport;
mod unanswered;

pub(crate) use advice::Advice;
pub use api::{ApiError, NO_RESULT};
pub use attempt::Attempt;
pub use build::BuildError;
pub use call::{Error, Optional};
pub use code::{CommonErrorCode, ErrorCode, MethodErrorCode, StandardErrorCode};
pub use decode::DecodeError;
pub(crate) use failure::Failure;
pub use paging::PagingError;
pub use reply::ReplyError;
pub use request::RequestError;
pub use transport::{TransportError, TransportErrorKind};
pub(crate) use unanswered::Unanswered;
