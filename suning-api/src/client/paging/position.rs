//! How far a stream has read.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, TimeDelta};
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use crate::error::PagingError;
use crate::generated::platform::Head;
use crate::time;

/// Where a stream continues, for example after a restart of the process.
///
/// It serializes as a small map of texts, without any feature of this crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    pub(super) span: Option<Span>,
    /// The next page; `None` for the first one of a result or a piece.
    pub(super) page: Option<i64>,
    pub(super) totals: Totals,
}

/// The rest of a time span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// Start of the piece that is read.
    pub(super) start: NaiveDateTime,
    /// End of this piece.
    pub(super) until: NaiveDateTime,
    /// End of the whole span.
    pub(super) end: NaiveDateTime,
}

impl Span {
    pub(super) fn new(start: NaiveDateTime, end: NaiveDateTime, longest: TimeDelta) -> Self {
        Self { start, until: start.checked_add_signed(longest).map_or(end, |until| until.min(end)), end }
    }
}

/// The numbers of pages and rows, as far as the heads of replies state them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) pages: Option<i64>,
    pub(super) rows: Option<i64>,
}

/// How the totals have changed.
pub(super) struct Moved {
    pub(super) error: PagingError,
    /// Whether the result has only become smaller.
    pub(super) is_smaller: bool,
}

impl Totals {
    /// The totals in the head of a page, given the earlier ones.
    ///
    /// First totals that are too small for the page itself are not reliable, and ignored.
    pub(super) fn reported(self, page: i64, head: &Head, rows: usize) -> Self {
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        let pages = head.page_total.filter(|total| self.pages.is_some() || rows == 0 || *total >= page);
        Self { pages, rows: head.total_size.filter(|size| self.rows.is_some() || *size >= rows) }
    }

    /// The totals that a page without rows proves: it is beyond the last page, unless it is the only one.
    pub(super) fn before(self, page: i64) -> Self {
        let last = |total: i64| if page == 1 && total == 1 { total } else { total.min(page - 1) };
        Self { pages: self.pages.map(last), rows: None }
    }

    /// What has changed from these totals to later ones, as far as both are known.
    pub(super) fn moved(self, page: i64, later: Self) -> Option<Moved> {
        let changed = |first: Option<i64>, now: Option<i64>| first.zip(now).filter(|(first, now)| first != now);
        let (pages, rows) = (changed(self.pages, later.pages), changed(self.rows, later.rows));
        let error = pages
            .map(|(first, now)| PagingError::TotalMoved { page, first, now })
            .or_else(|| rows.map(|(first, now)| PagingError::SizeMoved { page, first, now }))?;
        let is_smaller = pages.into_iter().chain(rows).all(|(first, now)| now < first);
        Some(Moved { error, is_smaller })
    }

    /// The later totals, or these where the later ones are not known.
    pub(super) fn updated(self, later: Self) -> Self {
        Self { pages: later.pages.or(self.pages), rows: later.rows.or(self.rows) }
    }
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { span, page, totals } = self;
        let times = span.iter().flat_map(|span| [("start", span.start), ("until", span.until), ("end", span.end)]);
        let numbers = [("page", *page), ("pageTotal", totals.pages), ("totalSize", totals.rows)];
        let numbers = numbers.into_iter().filter_map(|(name, number)| Some((name, number?.to_string())));
        serializer.collect_map(times.map(|(name, at)| (name, time::format(at))).chain(numbers))
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = BTreeMap::<String, String>::deserialize(deserializer)?;
        let invalid = |name: &str| D::Error::custom(format!("not a position: `{name}` is invalid"));
        let at = |name: &str| time::parse(fields.get(name)?);
        let span = match ["start", "until", "end"].map(at) {
            [Some(start), Some(until), Some(end)] => Some(Span { start, until, end }),
            _ if ["start", "until", "end"].iter().any(|name| fields.contains_key(*name)) => {
                return Err(invalid("start`, `until` or `end"));
            }
            _ => None,
        };
        let number = |name: &str| fields.get(name).map(|text| text.parse().map_err(|_| invalid(name))).transpose();
        let totals = Totals { pages: number("pageTotal")?, rows: number("totalSize")? };
        Ok(Self { span, page: number("page")?, totals })
    }
}
