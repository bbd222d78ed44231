//! Sending the request of a builder, with either client.

use chrono::NaiveDateTime;

use super::{Call, Callable, Client};
use crate::error::Error;
use crate::paging::{Paged, Pages, Rows, Spanning};
use crate::reply::Reply;

/// A client, asynchronous or blocking, that a builder sends its request with.
#[diagnostic::on_unimplemented(
    message = "this builder has no client to send the request with",
    note = "start it with a method of the client, or `build()` the request and pass it to `Client::call`"
)]
pub trait Caller: Sized {
    /// Result of sending a request.
    type Sent<R: Callable>;
    /// Stream or iterator over pages.
    type Pages<R: Paged>;
    /// Stream or iterator over rows.
    type Rows<R: Paged>;

    /// Sends a request.
    fn send<R: Callable>(self, request: R) -> Self::Sent<R>;

    /// Reads the pages of a result.
    fn pages<R: Paged>(self, request: R) -> Self::Pages<R>;

    /// Reads the rows of a result.
    fn rows<R: Paged>(self, request: R) -> Self::Rows<R>;

    /// Reads the rows of a time span of any length.
    fn rows_between<R: Spanning>(self, request: R, start: NaiveDateTime, end: NaiveDateTime) -> Self::Rows<R>;
}

impl Caller for Client {
    type Sent<R: Callable> = Call<Reply<R::Response>, Error<R::ErrorCode>>;
    type Pages<R: Paged> = Pages<R>;
    type Rows<R: Paged> = Rows<R>;

    fn send<R: Callable>(self, request: R) -> Self::Sent<R> {
        request.call(self)
    }

    fn pages<R: Paged>(self, request: R) -> Pages<R> {
        Pages::new(self, request)
    }

    fn rows<R: Paged>(self, request: R) -> Rows<R> {
        Pages::new(self, request).rows()
    }

    fn rows_between<R: Spanning>(self, request: R, start: NaiveDateTime, end: NaiveDateTime) -> Rows<R> {
        Pages::between(self, request, start, end).rows()
    }
}

#[cfg(feature = "blocking")]
impl Caller for crate::blocking::Client {
    type Sent<R: Callable> = Result<Reply<R::Response>, Error<R::ErrorCode>>;
    type Pages<R: Paged> = crate::blocking::Iter<Pages<R>>;
    type Rows<R: Paged> = crate::blocking::Iter<Rows<R>>;

    fn send<R: Callable>(self, request: R) -> Self::Sent<R> {
        self.wait(request.call(self.as_async().clone()))
    }

    fn pages<R: Paged>(self, request: R) -> Self::Pages<R> {
        self.iterate(|client| client.pages(request))
    }

    fn rows<R: Paged>(self, request: R) -> Self::Rows<R> {
        self.iterate(|client| client.rows(request))
    }

    fn rows_between<R: Spanning>(self, request: R, start: NaiveDateTime, end: NaiveDateTime) -> Self::Rows<R> {
        self.iterate(|client| client.rows_between(request, start, end))
    }
}
