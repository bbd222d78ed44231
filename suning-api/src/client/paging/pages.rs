//! The pages of a result, one after the other.

use std::fmt;
use std::future::{Future, poll_fn};
use std::hash::Hash;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use chrono::{NaiveDateTime, TimeDelta, Timelike};
use futures_core::Stream;

use super::distinct::Distinct;
use super::position::{Span, Totals};
use super::{Callable, Paged, Position, Rows, Spanning};
use crate::client::{Call, Client};
use crate::error::{Error, Optional, PagingError};
use crate::model::Response;
use crate::reply::Reply;

/// How often a piece of a span is read again, unless the caller sets another number.
const REREADS: u32 = 5;

type PageResult<R> = Result<Reply<Vec<<R as Callable>::Row>>, Error<<R as Callable>::ErrorCode>>;

type PageCall<R> = Call<Reply<<R as Callable>::Response>, Error<<R as Callable>::ErrorCode>>;

/// The pages of a result, each with its head and rows, as a stream. A page that is one object counts as one row.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<R: Paged> {
    client: Client,
    request: R,
    /// The page that a result or a piece begins with.
    first: i64,
    is_last_page_first: bool,
    rereads: u32,
    distinct: Option<Distinct<R::Row>>,
    split: Option<Split<R>>,
    state: State,
    next: Position,
    /// The position of the page that was returned last.
    latest: Position,
    /// The rows of the previous page, to detect a repeated page.
    previous: Vec<R::Row>,
    /// How often the current piece was read again.
    reread: u32,
    /// Whether rows may have left the result since its first page was read.
    is_shrinking: bool,
    call: Option<PageCall<R>>,
}

/// How a span is split into pieces.
struct Split<R> {
    longest: TimeDelta,
    set_span: fn(&mut R, Span),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Reading,
    /// A call failed.
    Failed,
    /// The pages are inconsistent.
    Inconsistent,
    Finished,
}

impl<R: Paged> Pages<R> {
    /// The pages of a request, from the page it asks for. Default: the first.
    pub fn new(client: Client, mut request: R) -> Self {
        let first = request.page_mut().unwrap_or(1);
        Self {
            client,
            request,
            first,
            is_last_page_first: false,
            rereads: 0,
            distinct: None,
            split: None,
            state: State::Reading,
            next: Position::default(),
            latest: Position::default(),
            previous: Vec::new(),
            reread: 0,
            is_shrinking: false,
            call: None,
        }
    }

    /// The pages of a time span of any length, in [pieces](Self::in_pieces_of) of a day. Each piece starts at its first page.
    ///
    /// The [last page is read first](Self::last_page_first), a piece is [read again](Self::rereads) up to five times, and rows
    /// that are equal in every field are [returned once](Self::distinct_by). Adjacent pieces share one second, so that no row is
    /// missed.
    ///
    /// Let the span end in the past or present. A row that joins a piece while another one leaves it can be missed.
    pub fn between(client: Client, mut request: R, start: NaiveDateTime, end: NaiveDateTime) -> Self
    where
        R: Spanning,
    {
        // Requests have no fractions of a second. With fractions, the last piece could be empty.
        let [start, end] = [start, end].map(|time| time.with_nanosecond(0).unwrap_or(time));
        let set_span = |request: &mut R, span: Span| {
            let [start, until] = request.span_mut();
            (*start, *until) = (Some(span.start), Some(span.until));
        };
        *request.page_mut() = None;
        let mut pages = Self::new(client, request).last_page_first().rereads(REREADS);
        pages.next.span = Some(Span { start, until: end, end });
        pages.split = Some(Split { longest: TimeDelta::days(1), set_span });
        pages.in_pieces_of(TimeDelta::days(1))
    }

    /// Splits a time span into pieces of this length: from a second to the documented maximum. Default: a day.
    ///
    /// Longer pieces need fewer calls. Shorter ones are read faster, so that less changes meanwhile.
    pub fn in_pieces_of(mut self, longest: TimeDelta) -> Self
    where
        R: Spanning,
    {
        let longest = longest.min(TimeDelta::days(R::DAYS.into())).max(TimeDelta::seconds(1));
        if let (Some(split), Some(span)) = (&mut self.split, &mut self.next.span) {
            split.longest = longest;
            if self.next.page.is_none() {
                *span = Span::new(span.start, span.end, longest);
            }
        }
        self
    }

    /// Reads the first page, to learn the number of pages, and then the others from the last to the second. Default for time
    /// spans.
    ///
    /// So no row is missed when others leave the result: what moves up is still to be read. If rows may have left the result
    /// meanwhile, the first page is read once more. Rows are returned once, as with [`distinct_by`](Self::distinct_by).
    ///
    /// If the replies do not state the number of pages, the pages are read in their order.
    pub fn last_page_first(mut self) -> Self {
        self.is_last_page_first = true;
        self.with_distinct_rows()
    }

    /// Reads the result again, up to this many times, if it changes in a way that can hide rows. Default: 0, and 5 for each piece
    /// of a time span.
    ///
    /// Rows are returned once, as with [`distinct_by`](Self::distinct_by).
    pub fn rereads(mut self, times: u32) -> Self {
        self.rereads = times;
        self.with_distinct_rows()
    }

    /// Returns a row only if no row with the same key was returned before. By default, rows are the same if all their fields are.
    ///
    /// To also get the newer version of a row that changes meanwhile, put what changes into the key, such as the status.
    pub fn distinct_by<K: Hash>(mut self, key: impl Fn(&R::Row) -> K + Send + Sync + 'static) -> Self {
        self.distinct = Some(Distinct::by(key));
        self
    }

    fn with_distinct_rows(mut self) -> Self {
        self.distinct.get_or_insert_with(Distinct::by_content);
        self
    }

    /// Where to [continue](Self::continue_from) if the process ends now; `None` once all pages were returned.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        (self.state != State::Finished).then(|| self.next.clone())
    }

    /// Where the page that was returned last began.
    pub(super) fn latest(&self) -> &Position {
        &self.latest
    }

    /// Continues where another stream of the same query ended, for example in an earlier process. A time span is that of the
    /// position.
    ///
    /// Rows of the pages around the position may be returned again, so let a stored row replace its older version.
    pub fn continue_from(mut self, position: Position) -> Self {
        self.is_shrinking = position.page.is_some();
        self.next = position;
        self
    }

    /// The rows of all pages.
    pub fn rows(self) -> Rows<R> {
        Rows::new(self)
    }

    /// The page whose call failed. For a span that is split into pieces, it counts within the current piece.
    ///
    /// [`resume`](Self::resume) continues there.
    #[must_use]
    pub fn failed_page(&self) -> Option<i64> {
        (self.state == State::Failed).then(|| self.page())
    }

    /// Continues after an error: the next item is the page whose call failed.
    ///
    /// Returns `false` if no call has failed: the stream is at its end, or its pages are inconsistent.
    pub fn resume(&mut self) -> bool {
        let has_failed = self.state == State::Failed;
        if has_failed {
            self.state = State::Reading;
        }
        has_failed
    }

    /// The next page. `None` after the last.
    ///
    /// # Errors
    /// Those of a call, and [`Error::Paging`]. After an error, the stream has ended.
    pub async fn try_next(&mut self) -> Result<Option<Reply<Vec<R::Row>>>, Error<R::ErrorCode>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// The number of the next page.
    fn page(&self) -> i64 {
        self.next.page.unwrap_or(self.first)
    }

    fn call(&self) -> PageCall<R> {
        let mut request = self.request.clone();
        *request.page_mut() = Some(self.page());
        if let (Some(split), Some(span)) = (&self.split, self.next.span) {
            (split.set_span)(&mut request, span);
        }
        request.call(self.client.clone())
    }

    /// Decides what a reply means for the stream: a page, an error, or nothing to return.
    fn accept(&mut self, reply: PageResult<R>) -> Option<PageResult<R>> {
        let (page, known) = (self.page(), self.next.totals);
        let reply = match reply.optional() {
            Err(error) => {
                self.state = State::Failed;
                return Some(Err(error));
            }
            Ok(reply) => reply.unwrap_or_default(),
        };
        let mut reported = known.reported(page, &reply.envelope().head, reply.len());
        if self.is_last_page_first && self.next.page.is_some() && known.pages.is_none() {
            // The order of reading is settled.
            reported.pages = None;
        }
        let known = reported.updated(known);
        let now = if reply.is_empty() { known.before(page) } else { reported };
        if let Some(moved) = known.moved(page, now) {
            if !(moved.is_smaller && self.is_last_page_first && self.next.page.is_some()) {
                return self.read_again(moved.error);
            }
            self.is_shrinking = true;
        } else if page > 1 && !reply.is_empty() && *reply == self.previous {
            self.state = State::Inconsistent;
            return Some(Err(Error::Paging(PagingError::PageRepeated { page })));
        }
        let returned = self.next.clone();
        self.next.totals = known.updated(now);
        self.previous.clone_from(&reply);
        self.advance(page, reply.is_empty());
        if reply.is_empty() {
            return None;
        }
        self.latest = returned;
        Some(Ok(reply.map(|mut rows| {
            if let Some(distinct) = &mut self.distinct {
                distinct.retain_new(&mut rows);
            }
            rows
        })))
    }

    /// Returns to the start of the result or piece after a change that can hide rows, or ends the stream.
    fn read_again(&mut self, error: PagingError) -> Option<PageResult<R>> {
        self.restart(self.next.span);
        if self.reread < self.rereads {
            self.reread += 1;
            return None;
        }
        self.state = State::Inconsistent;
        Some(Err(Error::Paging(error)))
    }

    fn restart(&mut self, span: Option<Span>) {
        self.next = Position { span, ..Position::default() };
        self.is_shrinking = false;
        self.previous.clear();
    }

    /// Moves to the next page, the next piece, or the end.
    fn advance(&mut self, page: i64, is_empty: bool) {
        if let Some(next) = self.next_page(page, is_empty) {
            self.next.page = Some(next);
            return;
        }
        match (&self.split, self.next.span) {
            (Some(split), Some(span)) if span.until < span.end => {
                let piece = Span::new(span.until, span.end, split.longest);
                self.reread = 0;
                self.restart(Some(piece));
            }
            _ => self.state = State::Finished,
        }
    }

    /// The page after this one, in the order of reading. `None` after the last.
    fn next_page(&self, page: i64, is_empty: bool) -> Option<i64> {
        let Totals { pages, rows } = self.next.totals;
        let Some(total) = pages.filter(|_| self.is_last_page_first) else {
            // Without a total, the end is the first page without rows. An object in place of rows is never absent.
            let continues = !is_empty && pages.map_or(R::Response::IS_LIST, |total| page < total);
            return if continues { page.checked_add(1) } else { None };
        };
        if self.next.page.is_none() {
            return (total > self.first).then_some(total);
        }
        let next = (page - 1).min(total).max(self.first);
        // Without the number of rows, nothing shows whether one has left.
        let ends = next == self.first && !self.is_shrinking && rows.is_some();
        (page > self.first && !ends).then_some(next)
    }
}

impl<R: Paged> Unpin for Pages<R> {}

impl<R: Paged> Stream for Pages<R> {
    type Item = PageResult<R>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        while this.state == State::Reading {
            let call = match &mut this.call {
                Some(call) => call,
                None => this.call.insert(this.call()),
            };
            let reply = ready!(Pin::new(call).poll(context));
            this.call = None;
            if let Some(item) = this.accept(reply.map(|reply| reply.map(Response::into_rows))) {
                return Poll::Ready(Some(item));
            }
        }
        Poll::Ready(None)
    }
}

impl<R: Paged> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("request", &self.request)
            .field("state", &self.state)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}
