//! Times of the platform: date-times in China Standard Time, whatever the time zone of the host.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

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

/// Converts UTC to China Standard Time.
#[must_use]
pub fn from_utc(time: DateTime<Utc>) -> NaiveDateTime {
    let utc = time.naive_utc();
    utc.checked_add_signed(AHEAD_OF_UTC).unwrap_or(utc)
}

/// Converts China Standard Time to UTC.
///
/// # Examples
/// ```
/// use suning_api::time;
///
/// let time = time::parse("2026-01-02 03:04:05").unwrap();
/// assert_eq!(time::to_utc(time).to_string(), "2026-01-01 19:04:05 UTC");
/// assert_eq!(time::from_utc(time::to_utc(time)), time);
/// assert_eq!(time::china_time(time::to_system_time(time)), time);
/// ```
#[must_use]
pub fn to_utc(time: NaiveDateTime) -> DateTime<Utc> {
    time.checked_sub_signed(AHEAD_OF_UTC).unwrap_or(time).and_utc()
}

/// Converts China Standard Time to an instant. Times before 1970 count as 1970.
#[must_use]
pub fn to_system_time(time: NaiveDateTime) -> SystemTime {
    let since = (to_utc(time) - DateTime::UNIX_EPOCH).to_std().unwrap_or_default();
    UNIX_EPOCH.checked_add(since).unwrap_or(UNIX_EPOCH)
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
