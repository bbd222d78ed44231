//! The clock for request times, corrected by replies of the gateway.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDateTime, TimeDelta};
use http::{HeaderMap, HeaderName, header};

use crate::time::AHEAD_OF_UTC;

/// Smaller corrections make no difference: the gateway tolerates 10 minutes.
const SMALLEST: TimeDelta = TimeDelta::minutes(1);

/// Returns the current China Standard Time.
pub(super) type Source = Box<dyn Fn() -> NaiveDateTime + Send + Sync>;

/// A clock that learns its offset from the gateway's clock.
pub(super) struct Clock {
    source: Source,
    /// Offset of the gateway's clock from the source, in milliseconds.
    offset: AtomicI64,
}

/// A time read from the clock, and the offset known at that moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    source: NaiveDateTime,
    offset: TimeDelta,
}

impl Reading {
    /// The estimated time on the gateway's clock.
    pub(super) fn time(self) -> NaiveDateTime {
        self.source.checked_add_signed(self.offset).unwrap_or(self.source)
    }
}

impl Clock {
    pub(super) fn new(source: Source) -> Self {
        Self { source, offset: AtomicI64::new(0) }
    }

    pub(super) fn read(&self) -> Reading {
        Reading { source: (self.source)(), offset: TimeDelta::milliseconds(self.offset.load(Ordering::Relaxed)) }
    }

    /// Corrects the clock by the `Date` of a reply to a request that was sent at `sent` and refused for its time.
    ///
    /// The gateway wrote the date about halfway between sending and receiving. Returns `false` if the clock was right, or if
    /// there is no date.
    pub(super) fn learn(&self, sent: Reading, headers: &HeaderMap) -> bool {
        let halfway = sent.source + ((self.source)() - sent.source) / 2;
        let Some(offset) = date(headers, &header::DATE).map(|gateway| gateway - halfway) else { return false };
        let is_significant = (offset - sent.offset).abs() >= SMALLEST;
        if is_significant {
            self.offset.store(offset.num_milliseconds(), Ordering::Relaxed);
        }
        is_significant
    }
}

/// The date in a header, in China Standard Time.
pub(super) fn date(headers: &HeaderMap, name: &HeaderName) -> Option<NaiveDateTime> {
    let date = DateTime::parse_from_rfc2822(headers.get(name)?.to_str().ok()?).ok()?;
    date.naive_utc().checked_add_signed(AHEAD_OF_UTC)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::time::parse;

    fn headers(date: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::DATE, date.parse().unwrap())])
    }

    #[test]
    fn the_offset_is_taken_halfway_between_sending_and_receiving() {
        let times = Mutex::new(["2026-01-02 03:00:00", "2026-01-02 03:00:10", "2026-01-02 03:00:20"].into_iter());
        let clock = Clock::new(Box::new(move || parse(times.lock().unwrap().next().unwrap()).unwrap()));
        let sent = clock.read();
        // 04:00:05 in China is an hour after the moment halfway.
        assert!(clock.learn(sent, &headers("Thu, 01 Jan 2026 20:00:05 GMT")));
        assert_eq!(clock.read().time(), parse("2026-01-02 04:00:20").unwrap());
    }

    #[test]
    fn a_clock_that_was_right_and_a_reply_without_date_teach_nothing() {
        let clock = Clock::new(Box::new(|| parse("2026-01-02 03:00:00").unwrap()));
        assert!(!clock.learn(clock.read(), &headers("Thu, 01 Jan 2026 19:00:30 GMT")));
        assert!(!clock.learn(clock.read(), &HeaderMap::new()));
        assert!(!clock.learn(clock.read(), &headers("yesterday")));
        assert_eq!(clock.read().time(), parse("2026-01-02 03:00:00").unwrap());
    }
}
