//! Times of the platform: date-times in China Standard Time, whatever the time zone of the host.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDateTime, TimeDelta};

/// Returns the time since a fixed start. It never goes back.
pub(crate) type Monotonic = Arc<dyn Fn() -> Duration + Send + Sync>;

/// China Standard Time is eight hours ahead of UTC and has no daylight saving.
pub(crate) const AHEAD_OF_UTC: TimeDelta = TimeDelta::hours(8);

/// Converts an instant to China Standard Time. Instants before 1970 count as 1970.
#[must_use]
pub fn china_time(instant: SystemTime) -> NaiveDateTime {
    let seconds = instant.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let utc = i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    utc.unwrap_or_default().naive_utc() + AHEAD_OF_UTC
}

/// Writes `yyyy-MM-dd HH:mm:ss`, the only form that the gateway accepts.
#[must_use]
pub fn format(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Parses `yyyy-MM-dd HH:mm:ss`, with or without a fraction of a second.
#[must_use]
pub fn parse(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok()
}
