//! Times of the platform: date-times in China Standard Time, whatever the time zone of the host.

use std::iter;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};

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
    let Ok(year @ ..=9999) = u32::try_from(time.year()) else {
        return time.with_nanosecond(0).unwrap_or(time).to_string();
    };
    // By position: every request has a time or two, and a general formatter takes several times as long.
    let mut text = *b"0000-00-00 00:00:00";
    let parts = [
        (0..4, year),
        (5..7, time.month()),
        (8..10, time.day()),
        (11..13, time.hour()),
        (14..16, time.minute()),
        (17..19, time.second()),
    ];
    for (place, mut number) in parts {
        for digit in text[place].iter_mut().rev() {
            *digit = b"0123456789"[number as usize % 10];
            number /= 10;
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Parses `yyyy-MM-dd HH:mm:ss`, with or without a fraction of a second.
#[must_use]
pub fn parse(text: &str) -> Option<NaiveDateTime> {
    let mut rest = text.as_bytes();
    let mut number = |max_digits: usize, end: &[u8]| {
        let digits = rest.iter().take(max_digits).take_while(|byte| byte.is_ascii_digit()).count();
        let (number, after) = rest.split_at(digits);
        rest = after.strip_prefix(end)?;
        (digits > 0).then(|| number.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    };
    let year = i32::try_from(number(4, b"-")?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(2, b"-")?, number(2, b" ")?)?;
    let (hour, minute, second) = (number(2, b":")?, number(2, b":")?, number(2, b"")?);
    let nanosecond = match rest {
        [] => 0,
        [b'.', fraction @ ..] if !fraction.is_empty() && fraction.iter().all(u8::is_ascii_digit) => {
            let digits = fraction.iter().chain(iter::repeat(&b'0')).take(9);
            digits.fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
        }
        _ => return None,
    };
    date.and_hms_nano_opt(hour, minute, second, nanosecond)
}
