//! All pages of a query, and the rows in them, as streams.
//!
//! A query returns its rows in pages. [`Pages`] reads one page after the other, up to the number of pages in the head of the
//! replies. [`Rows`] returns the rows of all pages. "No result" counts as a result without rows.
//!
//! If the number of pages or rows changes while reading, or if a page repeats, the stream ends with an error, because rows
//! may be missing. One change cannot be detected: a row leaves the result while another one joins it.
//!
//! ```no_run
//! # #[cfg(all(feature = "custom", feature = "http-client"))]
//! # async fn run(client: suning_api::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use suning_api::time::parse;
//!
//! let start = parse("2013-10-20 00:00:00").ok_or("no time")?;
//! let end = parse("2013-10-26 00:00:00").ok_or("no time")?;
//! let query = client.custom().batchrejected_query().start_time(start).end_time(end);
//! let mut returns = query.page_size(50).rows();
//! while let Some(row) = returns.try_next().await? {
//!     println!("{:?} {:?}", row.order_code, row.return_money);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! If the documents limit the time span of a query, `rows_between` splits a longer span into several queries:
//!
//! ```no_run
//! # #[cfg(all(feature = "custom", feature = "http-client"))]
//! # async fn run(client: suning_api::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::SystemTime;
//!
//! use chrono::TimeDelta;
//! use suning_api::time::china_time;
//!
//! let now = china_time(SystemTime::now());
//! let query = client.custom().batchrejected_query().page_size(50);
//! let mut returns = query.rows_between(now - TimeDelta::days(88), now);
//! # Ok(())
//! # }
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use chrono::{NaiveDateTime, TimeDelta, Timelike};
use futures_core::Stream;

use crate::client::{Call, Client};
use crate::error::{Error, Optional, PagingError};
use crate::generated::platform::Head;
use crate::model::Response;
use crate::reply::Reply;
use crate::request::Request;

/// A request for one page of a result.
pub trait Paged: Request {
    /// The number of the page, counted from 1.
    fn page_mut(&mut self) -> &mut Option<i64>;
}

/// A request for the rows of a time span of limited length.
pub trait Spanning: Paged {
    /// Maximum length of the span, in days.
    const DAYS: u32;

    /// Sets the time span.
    fn set_span(&mut self, start: NaiveDateTime, end: NaiveDateTime);
}

type PageResult<R> = Result<Reply<Vec<<R as Request>::Row>>, Error<<R as Request>::ErrorCode>>;

type PageCall<R> = Call<Reply<<R as Request>::Response>, Error<<R as Request>::ErrorCode>>;

/// The pages of a result, each with its head and rows, as a stream. A page that is one object counts as one row.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<R: Paged> {
    client: Client,
    request: R,
    /// The next page. `None` after the last one and after an error.
    next: Option<i64>,
    /// Number of pages in the first reply.
    total: Option<i64>,
    /// Number of rows in the first reply.
    size: Option<i64>,
    /// The rows of the previous page, to detect a repeated page.
    previous: Vec<R::Row>,
    call: Option<PageCall<R>>,
    failed: Option<i64>,
    /// The rest of a span that is split into pieces.
    rest: Option<Rest<R>>,
    /// The last rows of the previous piece, which the current piece may repeat.
    boundary: Vec<R::Row>,
}

/// The part of a span that is not requested yet.
struct Rest<R> {
    start: NaiveDateTime,
    end: NaiveDateTime,
    longest: TimeDelta,
    set_span: fn(&mut R, NaiveDateTime, NaiveDateTime),
}

impl<R> Rest<R> {
    /// Sets the span of a request to the next piece and returns the rest.
    fn split(self, request: &mut R) -> Option<Self> {
        let cut = self.start.checked_add_signed(self.longest).filter(|cut| *cut < self.end);
        (self.set_span)(request, self.start, cut.unwrap_or(self.end));
        cut.map(|start| Self { start, ..self })
    }
}

impl<R: Paged> Pages<R> {
    /// The pages of a request, from the page it asks for. Default: the first.
    pub fn new(client: Client, mut request: R) -> Self {
        let first = request.page_mut().unwrap_or(1);
        Self {
            client,
            request,
            next: Some(first),
            total: None,
            size: None,
            previous: Vec::new(),
            call: None,
            failed: None,
            rest: None,
            boundary: Vec::new(),
        }
    }

    /// The pages of a time span of any length, split into pieces of the documented maximum length. Each piece starts at its
    /// first page.
    ///
    /// Adjacent pieces share one second, so that no row is missed. If a piece begins with rows from the last page of the piece
    /// before, they are returned only once.
    pub fn between(client: Client, mut request: R, start: NaiveDateTime, end: NaiveDateTime) -> Self
    where
        R: Spanning,
    {
        // Requests have no fractions of a second. With fractions, the last piece could be empty.
        let [start, end] = [start, end].map(|time| time.with_nanosecond(0).unwrap_or(time));
        let rest = Rest { start, end, longest: TimeDelta::days(R::DAYS.into()), set_span: R::set_span };
        let rest = rest.split(&mut request);
        *request.page_mut() = None;
        Self { rest, ..Self::new(client, request) }
    }

    /// The rows of all pages.
    pub fn rows(self) -> Rows<R> {
        Rows { pages: self, head: Head::default(), rows: VecDeque::new() }
    }

    /// The page whose call failed. For a span that is split into pieces, it counts within the current piece.
    ///
    /// [`resume`](Self::resume) continues there.
    #[must_use]
    pub fn failed_page(&self) -> Option<i64> {
        self.failed
    }

    /// Continues after an error: the next item is the page whose call failed.
    ///
    /// Returns `false` if no call has failed: the stream is at its end, or its pages are inconsistent.
    pub fn resume(&mut self) -> bool {
        let failed = self.failed.take();
        self.next = self.next.or(failed);
        failed.is_some()
    }

    /// The next page. `None` after the last.
    ///
    /// # Errors
    /// Those of a call, and [`Error::Paging`]. After an error, the stream has ended.
    pub async fn try_next(&mut self) -> Result<Option<Reply<Vec<R::Row>>>, Error<R::ErrorCode>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// Decides what a reply means for the stream: a page, its end, or an error.
    fn accept(&mut self, page: i64, reply: PageResult<R>) -> Option<PageResult<R>> {
        self.next = None;
        let reply = match reply.optional() {
            Err(error) => {
                self.failed = Some(page);
                return Some(Err(error));
            }
            Ok(reply) => reply,
        };
        let reported = reply.as_ref().and_then(|reply| reply.envelope().head.page_total);
        let reply = reply.filter(|reply| !reply.is_empty());
        // A first total that is too small for this page is not reliable.
        let reported = reported.filter(|total| self.total.is_some() || reply.is_none() || *total >= page);
        self.total = self.total.or(reported);
        let now = match reply {
            Some(_) => reported,
            None => self.total.map(|total| if page == 1 && total == 1 { total } else { total.min(page - 1) }),
        };
        if let (Some(first), Some(now)) = (self.total, now)
            && first != now
        {
            return Some(Err(Error::Paging(PagingError::TotalMoved { page, first, now })));
        }
        let reply = reply?;
        // A first size that is smaller than this page is not reliable either.
        let rows = i64::try_from(reply.len()).unwrap_or(i64::MAX);
        let size = reply.envelope().head.total_size.filter(|size| self.size.is_some() || *size >= rows);
        if let (Some(first), Some(now)) = (self.size, size)
            && first != now
        {
            return Some(Err(Error::Paging(PagingError::SizeMoved { page, first, now })));
        }
        self.size = self.size.or(size);
        if page > 1 && *reply == self.previous {
            return Some(Err(Error::Paging(PagingError::PageRepeated { page })));
        }
        // Without a total, the end is the first page without rows. An object in place of rows is never absent.
        if self.total.map_or(R::Response::IS_LIST, |total| page < total) {
            self.next = page.checked_add(1);
        }
        if self.next.is_some() || self.rest.is_some() {
            self.previous.clone_from(&reply);
        }
        Some(Ok(self.without_boundary(reply)))
    }

    /// Removes rows at the start of a piece that the previous piece ended with.
    fn without_boundary(&mut self, reply: Reply<Vec<R::Row>>) -> Reply<Vec<R::Row>> {
        let boundary = std::mem::take(&mut self.boundary);
        reply.map(|mut rows| {
            let known = rows.iter().take_while(|row| boundary.contains(row)).count();
            rows.drain(..known);
            rows
        })
    }

    /// Moves to the next piece of a span. Returns `false` after the last.
    fn next_piece(&mut self) -> bool {
        let Some(rest) = self.rest.take() else { return false };
        self.rest = rest.split(&mut self.request);
        self.boundary = std::mem::take(&mut self.previous);
        (self.next, self.total, self.size) = (Some(1), None, None);
        true
    }
}

impl<R: Paged> Unpin for Pages<R> {}

impl<R: Paged> Stream for Pages<R> {
    type Item = PageResult<R>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        while let Some(page) = this.next {
            let call = this.call.get_or_insert_with(|| {
                *this.request.page_mut() = Some(page);
                Call::new(this.client.clone(), this.request.clone())
            });
            let reply = ready!(Pin::new(call).poll(context));
            this.call = None;
            let accepted = this.accept(page, reply.map(|reply| reply.map(Response::into_rows)));
            let is_failed = matches!(accepted, Some(Err(_)));
            let continues = this.next.is_none() && !is_failed && this.next_piece();
            if accepted.is_some() || !continues {
                return Poll::Ready(accepted);
            }
        }
        Poll::Ready(None)
    }
}

impl<R: Paged> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("request", &self.request).field("next", &self.next).finish_non_exhaustive()
    }
}

/// The rows of a result, across its pages, as a stream.
#[must_use = "streams do nothing unless polled"]
pub struct Rows<R: Paged> {
    pages: Pages<R>,
    head: Head,
    rows: VecDeque<R::Row>,
}

impl<R: Paged> Rows<R> {
    /// The page whose call failed. For a span that is split into pieces, it counts within the current piece.
    ///
    /// [`resume`](Self::resume) continues there.
    #[must_use]
    pub fn failed_page(&self) -> Option<i64> {
        self.pages.failed_page()
    }

    /// Continues after an error: the next item is the first row of the page whose call failed.
    ///
    /// Returns `false` if no call has failed: the stream is at its end, or its pages are inconsistent.
    pub fn resume(&mut self) -> bool {
        self.pages.resume()
    }

    /// Page number and totals of the page that contains the latest row. Empty before the first row.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The next row. `None` after the last.
    ///
    /// # Errors
    /// Those of a call, and [`Error::Paging`]. After an error, the stream has ended.
    pub async fn try_next(&mut self) -> Result<Option<R::Row>, Error<R::ErrorCode>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<R: Paged> Unpin for Rows<R> {}

impl<R: Paged> Stream for Rows<R> {
    type Item = Result<R::Row, Error<R::ErrorCode>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(row) = self.rows.pop_front() {
                return Poll::Ready(Some(Ok(row)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    self.head = page.envelope().head.clone();
                    self.rows = page.into_inner().into();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R: Paged> fmt::Debug for Rows<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("pages", &self.pages).field("ready", &self.rows.len()).finish_non_exhaustive()
    }
}
