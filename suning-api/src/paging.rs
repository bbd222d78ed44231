//! All pages of a query, and the rows in them, as streams.
//!
//! A query answers its rows in pages. [`Pages`] asks for one after the other until the last, which
//! the head of each reply names; [`Rows`] goes through the rows in them. "No result" is a result
//! without rows. Where the pages do not fit together, because the result has changed meanwhile, the
//! stream ends with an error, never in silence: what was read so far may then lack rows.
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

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::client::{Call, Client};
use crate::error::{Error, Optional, PagingError};
use crate::reply::Reply;
use crate::request::Request;

/// A request for one page of a result.
pub trait Paged: Request<Response = Vec<<Self as Request>::Row>> + Clone + 'static {
    /// The number of the page, counted from 1.
    fn page_mut(&mut self) -> &mut Option<i64>;
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
    /// The rows of the page before, to see a page that repeats.
    previous: Vec<R::Row>,
    call: Option<PageCall<R>>,
    failed: Option<i64>,
}

impl<R: Paged> Pages<R>
where
    R::Row: Clone + PartialEq,
{
    /// The pages of a request value, from the page it asks for or the first.
    pub fn new(client: Client, mut request: R) -> Self {
        let first = request.page_mut().unwrap_or(1);
        Self { client, request, next: Some(first), total: None, previous: Vec::new(), call: None, failed: None }
    }

    /// The rows in the pages, one after the other.
    pub fn rows(self) -> Rows<R> {
        Rows { pages: self, rows: VecDeque::new() }
    }

    /// The page whose call failed, from which another stream can go on.
    #[must_use]
    pub fn failed_page(&self) -> Option<i64> {
        self.failed
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
        let told = reply.as_ref().and_then(|reply| reply.head().page_total);
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
        if *reply == self.previous {
            return Some(Err(Error::Paging(PagingError::PageRepeated { page })));
        }
        // Without a total, the end is the first page without rows.
        if self.total.is_none_or(|total| page < total) {
            self.next = page.checked_add(1);
            self.previous.clone_from(&reply);
        }
        Some(Ok(reply))
    }
}

impl<R: Paged> Unpin for Pages<R> {}

impl<R: Paged> Stream for Pages<R>
where
    R::Row: Clone + PartialEq,
{
    type Item = PageResult<R>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(page) = self.next else { return Poll::Ready(None) };
        let this = &mut *self;
        let call = this.call.get_or_insert_with(|| {
            *this.request.page_mut() = Some(page);
            Call::new(this.client.clone(), this.request.clone())
        });
        let reply = ready!(Pin::new(call).poll(context));
        this.call = None;
        Poll::Ready(this.accept(page, reply))
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
    rows: VecDeque<R::Row>,
}

impl<R: Paged> Rows<R>
where
    R::Row: Clone + PartialEq,
{
    /// The page whose call failed, from which another stream can go on.
    #[must_use]
    pub fn failed_page(&self) -> Option<i64> {
        self.pages.failed_page()
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

impl<R: Paged> Stream for Rows<R>
where
    R::Row: Clone + PartialEq,
{
    type Item = Result<R::Row, Error<R::ErrorCode>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(row) = self.rows.pop_front() {
                return Poll::Ready(Some(Ok(row)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.rows = page.into_body().into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R: Paged> fmt::Debug for Rows<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("pages", &self.pages).field("ready", &self.rows.len()).finish()
    }
}
