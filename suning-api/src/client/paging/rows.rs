//! The rows of all pages.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::hash::Hash;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use chrono::TimeDelta;
use futures_core::Stream;

use super::{Paged, Pages, Position, Spanning};
use crate::error::Error;
use crate::generated::platform::Head;

/// The rows of a result, across its pages, as a stream.
#[must_use = "streams do nothing unless polled"]
pub struct Rows<R: Paged> {
    pages: Pages<R>,
    head: Head,
    rows: VecDeque<R::Row>,
}

impl<R: Paged> Rows<R> {
    pub(super) fn new(pages: Pages<R>) -> Self {
        Self { pages, head: Head::default(), rows: VecDeque::new() }
    }

    /// Like [`Pages::last_page_first`].
    pub fn last_page_first(self) -> Self {
        self.with(Pages::last_page_first)
    }

    /// Like [`Pages::rereads`].
    pub fn rereads(self, times: u32) -> Self {
        self.with(|pages| pages.rereads(times))
    }

    /// Like [`Pages::distinct_by`].
    pub fn distinct_by<K: Hash>(self, key: impl Fn(&R::Row) -> K + Send + Sync + 'static) -> Self {
        self.with(|pages| pages.distinct_by(key))
    }

    /// Like [`Pages::in_pieces_of`].
    pub fn in_pieces_of(self, longest: TimeDelta) -> Self
    where
        R: Spanning,
    {
        self.with(|pages| pages.in_pieces_of(longest))
    }

    /// Like [`Pages::continue_from`].
    pub fn continue_from(self, position: Position) -> Self {
        self.with(|pages| pages.continue_from(position))
    }

    fn with(self, set: impl FnOnce(Pages<R>) -> Pages<R>) -> Self {
        Self { pages: set(self.pages), ..self }
    }

    /// Where to [continue](Self::continue_from) if the process ends now; `None` once all rows were returned.
    ///
    /// It is the page of the latest row until all rows of that page were returned. So no row is missed, but rows around the position
    /// may be returned again.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        if self.rows.is_empty() { self.pages.position() } else { Some(self.pages.latest().clone()) }
    }

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
