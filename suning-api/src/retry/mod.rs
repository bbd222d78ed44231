//! Retries: when a failed attempt is repeated, and after which wait.
//!
//! An attempt is retried only if that is safe and can help:
//!
//! | failure | can the gateway have processed it? | read | write |
//! |---|---|---|---|
//! | no connection | no | retried | retried |
//! | rate limit: a code of class [`SlowDown`](crate::facts::Retry::SlowDown), HTTP 429 | no | retried, longer wait | retried, longer wait |
//! | wrong clock: a code of class [`ResyncClock`](crate::facts::Retry::ResyncClock) | no | once, with the corrected clock | once, with the corrected clock |
//! | expired access token: a code of class [`RefreshToken`](crate::facts::Retry::RefreshToken) | no | once, with a new token | once, with a new token |
//! | broken connection, timeout, HTTP 5xx, a code of class [`Later`](crate::facts::Retry::Later) | yes | retried | only with [`RetryPolicy::repeat_writes`] |
//! | anything else | | not retried | not retried |
//!
//! The documentation of each method says whether it is a read or a write, and so does
//! [`Method::effect`](crate::facts::Method::effect). A raw call counts as a read if its name ends in `.get` or
//! `.query`, and otherwise as a write.
//!
//! Waits grow exponentially with full jitter: each is random between zero and its maximum. The client honors `Retry-After`. All
//! calls of a client share a budget of retries, which stops them from making an outage worse: each retry takes one, and ten
//! answered calls earn one back. The client does not start a wait that would exceed the
//! [timeout](crate::ClientBuilder::timeout) of the call.
//!
//! ```
//! # #[cfg(feature = "http-client")] {
//! use std::time::Duration;
//! use suning_api::{Client, Credentials, RetryPolicy};
//!
//! let client = Client::builder(Credentials::new("my-app-key", "my-app-secret"))
//!     .retry(RetryPolicy::default().max_attempts(5).max_delay(Duration::from_secs(5)))
//!     .build()?;
//! let once = client.with_retry(RetryPolicy::never());
//! # }
//! # Ok::<(), suning_api::error::BuildError>(())
//! ```

mod budget;

use std::time::Duration;

pub(crate) use self::budget::Budget;

/// How often and how fast calls are retried. The [module](self) lists which failures are retried.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    pub(crate) repeats_writes: bool,
}

impl Default for RetryPolicy {
    /// Three attempts. The maximum wait starts at 0.2 s and doubles up to 20 s. After a rate limit, it is five times as long.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(20),
            repeats_writes: false,
        }
    }
}

/// Factor for waits after a rate limit.
const SLOWER: u32 = 5;

impl RetryPolicy {
    /// No retries.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Maximum number of attempts, including the first. At least 1. Default: 3.
    pub fn max_attempts(self, attempts: u32) -> Self {
        Self { max_attempts: attempts.max(1), ..self }
    }

    /// Maximum wait before the second attempt. It doubles with each further attempt. Default: 200 ms.
    pub fn base_delay(self, delay: Duration) -> Self {
        Self { base_delay: delay, ..self }
    }

    /// Upper limit for waits, except if the gateway asks for a longer one. Default: 20 s.
    pub fn max_delay(self, delay: Duration) -> Self {
        Self { max_delay: delay, ..self }
    }

    /// Retries writes like reads, even if the gateway may have processed them. The change may then be made twice.
    ///
    /// Use it only for writes that are safe to repeat. Default: off.
    pub fn repeat_writes(self) -> Self {
        Self { repeats_writes: true, ..self }
    }

    /// Whether another attempt is allowed after this number of attempts.
    pub(crate) fn allows_attempt_after(&self, attempts: usize) -> bool {
        attempts < self.max_attempts as usize
    }

    /// The wait after a number of attempts. `random` is from 0 to 1.
    pub(crate) fn delay(&self, attempts: usize, slower: bool, random: f64) -> Duration {
        let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(u32::MAX).min(31);
        let base = if slower { self.base_delay.saturating_mul(SLOWER) } else { self.base_delay };
        base.saturating_mul(1 << doublings).min(self.max_delay).mul_f64(random.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit_and_are_spread_from_nothing() {
        let policy = RetryPolicy::default().max_delay(Duration::from_millis(700));
        let longest: Vec<_> = (1..=4).map(|attempts| policy.delay(attempts, false, 1.0).as_millis()).collect();
        assert_eq!(longest, [200, 400, 700, 700]);
        assert_eq!(policy.delay(2, false, 0.25).as_millis(), 100);
        assert_eq!(policy.delay(usize::MAX, false, 0.0), Duration::ZERO);
        assert_eq!(RetryPolicy::default().delay(1, true, 1.0).as_millis(), 1000);
        assert_eq!(RetryPolicy::default().delay(99, true, f64::INFINITY).as_secs(), 20);
    }
}
