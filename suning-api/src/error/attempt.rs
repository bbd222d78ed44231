//! The failed attempts of a call.

use std::fmt;
use std::time::Duration;

/// A failed attempt of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// When it began, counted from the start of the call.
    pub began: Duration,
    /// How long it took.
    pub duration: Duration,
    /// How it failed, in a few words.
    pub failure: String,
    /// Whether the gateway may have processed the request all the same.
    pub may_have_been_processed: bool,
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} after {:.1} s", self.failure, (self.began + self.duration).as_secs_f64())
    }
}

/// Writes the number of attempts, if more than one, and the failures before the last.
pub(crate) fn write(attempts: &[Attempt], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((_, before @ [_, ..])) = attempts.split_last() else { return Ok(()) };
    write!(f, " (after {} attempts: ", attempts.len())?;
    for (index, attempt) in before.iter().enumerate() {
        write!(f, "{}{attempt}", if index == 0 { "" } else { ", " })?;
    }
    f.write_str(")")
}
