//! All pages of a query, and the rows in them, as streams.
//!
//! A query answers its rows in pages. [`Pages`] asks for one after the other until the last, which
//! the head of each reply names; [`Rows`] goes through the rows in them. "No result" is a result
//! without rows. Where the number of pages or rows changes on the way, or a page repeats, the stream ends with an error,
//! because what was read so far may lack rows. What no head tells can not be seen: a row that leaves the result while
//! another one joins it.
//!
//! ```no_run
//! # #[cfg(all(feature = "custom", feature = "reqwest"))]
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
//! Where the documents bound the span of time that one query may ask for, `rows_between` asks for any span in pieces:
//!
//! ```no_run
//! # #[cfg(all(feature = "custom", feature = "reqwest"))]
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
use crate::reply::Reply;
use crate::request::Request;

/// A request for one page of a result.
pub trait Paged: Request<Response = Vec<<Self as Request>::Row>> {
    /// The number of the page, counted from 1.
    fn page_mut(&mut self) -> &mut Option<i64>;
}

/// A request for the rows of a span of time, which may not be longer than the documents say.
pub trait Spanning: Paged {
    /// How many days the span may have.
    const DAYS: u32;

    /// Asks for the rows of another span.
    fn set_span(&mut self, start: NaiveDateTime, end: NaiveDateTime);
}

type PageResult<R> = Result<Reply<Vec<<R as Request>::Row>>, Error<<R as Request>::ErrorCode>>;

type PageCall<R> = Call<Reply<Vec<<R as Request>::Row>>, Error<<R as Request>::ErrorCode>>;

/// The pages of a result, each with its head and rows, as a stream.
#[must_use = "no page is read until one is asked for"]
pub struct Pages<R: Paged> {
    client: Client,
    request: R,
    /// The page to ask for next; `None` after the last and after an error.
    next: Option<i64>,
    /// How many pages the first reply told.
    total: Option<i64>,
    /// How many rows it told.
    size: Option<i64>,
    /// The rows of the page before, to see a page that repeats.
    previous: Vec<R::Row>,
    call: Option<PageCall<R>>,
    failed: Option<i64>,
    /// What is left of a span that is read in pieces.
    rest: Option<Rest<R>>,
    /// The last rows of the piece before, which this piece may begin with as well.
    boundary: Vec<R::Row>,
}

/// The part of a span that was not asked for yet.
struct Rest<R> {
    start: NaiveDateTime,
    end: NaiveDateTime,
    longest: TimeDelta,
    set_span: fn(&mut R, NaiveDateTime, NaiveDateTime),
}

impl<R> Rest<R> {
    /// Makes a request ask for the next piece; what is left after that.
    fn cut(self, request: &mut R) -> Option<Self> {
        let cut = self.start.checked_add_signed(self.longest).filter(|cut| *cut < self.end);
        (self.set_span)(request, self.start, cut.unwrap_or(self.end));
        cut.map(|start| Self { start, ..self })
    }
}

impl<R: Paged> Pages<R> {
    /// The pages of a request value, from the page it asks for or the first.
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

    /// The pages of a span of any length, which is asked for in pieces no longer than the documents allow, one after the
    /// other and each from its first page.
    ///
    /// Two pieces meet in one second, so that no row between them is missed; rows of the last page of a piece that the next
    /// piece begins with come once.
    pub fn between(client: Client, mut request: R, start: NaiveDateTime, end: NaiveDateTime) -> Self
    where
        R: Spanning,
    {
        // The wire has no fractions, with which the last piece could be one of no length.
        let [start, end] = [start, end].map(|time| time.with_nanosecond(0).unwrap_or(time));
        let rest = Rest { start, end, longest: TimeDelta::days(R::DAYS.into()), set_span: R::set_span };
        let rest = rest.cut(&mut request);
        *request.page_mut() = None;
        Self { rest, ..Self::new(client, request) }
    }

    /// The rows in the pages, one after the other.
    pub fn rows(self) -> Rows<R> {
        Rows { pages: self, head: Head::default(), rows: VecDeque::new() }
    }

    /// The page whose call failed, from which another stream can go on; of the piece that is read, where a span is read
    /// in pieces: [`resume`](Self::resume) goes on there.
    #[must_use]
    pub fn failed_page(&self) -> Option<i64> {
        self.failed
    }

    /// Asks for the page whose call failed when the next one is asked for, and goes on from there.
    ///
    /// `false` when no call has failed: then the stream is at its end, or its pages do not fit together.
    pub fn resume(&mut self) -> bool {
        let failed = self.failed.take();
        self.next = self.next.or(failed);
        failed.is_some()
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// Those of a call, and [`Error::Paging`]. The stream has ended then.
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
        let told = reply.as_ref().and_then(|reply| reply.envelope().head.page_total);
        let reply = reply.filter(|reply| !reply.is_empty());
        // A first total that does not count the rows beside it tells nothing.
        let told = told.filter(|total| self.total.is_some() || reply.is_none() || *total >= page);
        self.total = self.total.or(told);
        let now = match reply {
            Some(_) => told,
            None => self.total.map(|total| if page == 1 && total == 1 { total } else { total.min(page - 1) }),
        };
        if let (Some(first), Some(now)) = (self.total, now)
            && first != now
        {
            return Some(Err(Error::Paging(PagingError::TotalMoved { page, first, now })));
        }
        let reply = reply?;
        // A first size that does not count the rows beside it tells nothing either.
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
        // Without a total, the end is the first page without rows.
        if self.total.is_none_or(|total| page < total) {
            self.next = page.checked_add(1);
        }
        if self.next.is_some() || self.rest.is_some() {
            self.previous.clone_from(&reply);
        }
        Some(Ok(self.without_boundary(reply)))
    }

    /// Leaves out the rows at the beginning of a piece that the piece before has ended with.
    fn without_boundary(&mut self, reply: Reply<Vec<R::Row>>) -> Reply<Vec<R::Row>> {
        let boundary = std::mem::take(&mut self.boundary);
        reply.map(|mut rows| {
            let known = rows.iter().take_while(|row| boundary.contains(row)).count();
            rows.drain(..known);
            rows
        })
    }

    /// Goes on to the next piece of a span; `false` after the last.
    fn next_piece(&mut self) -> bool {
        let Some(rest) = self.rest.take() else { return false };
        self.rest = rest.cut(&mut self.request);
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
            let accepted = this.accept(page, reply);
            let is_failed = matches!(accepted, Some(Err(_)));
            let goes_on = this.next.is_none() && !is_failed && this.next_piece();
            if accepted.is_some() || !goes_on {
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
#[must_use = "no row is read until one is asked for"]
pub struct Rows<R: Paged> {
    pages: Pages<R>,
    head: Head,
    rows: VecDeque<R::Row>,
}

impl<R: Paged> Rows<R> {
    /// The page whose call failed, from which another stream can go on; of the piece that is read, where a span is read
    /// in pieces: [`resume`](Self::resume) goes on there.
    #[must_use]
    pub fn failed_page(&self) -> Option<i64> {
        self.pages.failed_page()
    }

    /// Asks for the page whose call failed when the next row is asked for, and goes on from there.
    ///
    /// `false` when no call has failed: then the stream is at its end, or its pages do not fit together.
    pub fn resume(&mut self) -> bool {
        self.pages.resume()
    }

    /// Where the page of the row that was read last stands in the result; empty before the first row.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The next row; `None` after the last.
    ///
    /// # Errors
    /// Those of a call, and [`Error::Paging`]. The stream has ended then.
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
