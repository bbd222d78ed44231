//! What a builder sends its request with.

use chrono::NaiveDateTime;

use super::{Call, Client};
use crate::error::Error;
use crate::paging::{Paged, Pages, Rows, Spanning};
use crate::reply::Reply;
use crate::request::Request;

/// A client, blocking or not: how the calls of a builder are made, and what they return.
pub trait Caller: Sized {
    /// What sending a request returns.
    type Sent<R: Request>;
    /// What reading the pages of a result returns.
    type Pages<R: Paged>;
    /// What reading the rows of a result returns.
    type Rows<R: Paged>;

    /// Sends a request.
    fn send<R: Request>(self, request: R) -> Self::Sent<R>;

    /// Reads the pages of a result.
    fn pages<R: Paged>(self, request: R) -> Self::Pages<R>;

    /// Reads the rows of a result.
    fn rows<R: Paged>(self, request: R) -> Self::Rows<R>;

    /// Reads the rows of a span of any length.
    fn rows_between<R: Spanning>(self, request: R, start: NaiveDateTime, end: NaiveDateTime) -> Self::Rows<R>;
}

impl Caller for Client {
    type Sent<R: Request> = Call<Reply<R::Response>, Error<R::ErrorCode>>;
    type Pages<R: Paged> = Pages<R>;
    type Rows<R: Paged> = Rows<R>;

    fn send<R: Request>(self, request: R) -> Self::Sent<R> {
        Call::new(self, request)
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
    type Sent<R: Request> = Result<Reply<R::Response>, Error<R::ErrorCode>>;
    type Pages<R: Paged> = crate::blocking::Iter<Pages<R>>;
    type Rows<R: Paged> = crate::blocking::Iter<Rows<R>>;

    fn send<R: Request>(self, request: R) -> Self::Sent<R> {
        self.call(&request)
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
