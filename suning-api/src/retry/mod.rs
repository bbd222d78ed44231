//! When a call is sent again, and how long it waits before.
//!
//! A failed attempt is repeated only where that is safe and can help:
//!
//! | what went wrong | may the gateway have acted? | read | write |
//! |---|---|---|---|
//! | no connection | no | again | again |
//! | a limit: a code of class [`SlowDown`](crate::facts::Retry::SlowDown), HTTP 429 | no | again, slower | again, slower |
//! | the clock: a code of class [`ResyncClock`](crate::facts::Retry::ResyncClock) | no | once, with the clock set right | once, with the clock set right |
//! | the access token: a code of class [`RefreshToken`](crate::facts::Retry::RefreshToken) | no | once, with a fresh token | once, with a fresh token |
//! | broken off, out of time, HTTP 5xx, a code of class [`Later`](crate::facts::Retry::Later) | yes | again | only with [`RetryPolicy::repeat_writes`] |
//! | anything else | | not | not |
//!
//! What a method does is in its documentation, and in [`Method::effect`](crate::facts::Method::effect); a raw
//! call counts as a write unless it says otherwise.
//!
//! Waits grow exponentially and are spread over their whole length ("full jitter"). A `Retry-After` is kept to. A budget that all
//! calls of a client share keeps retries from making an outage worse: each takes a unit, and ten calls that succeed
//! bring one back. No wait begins that the [timeout](crate::ClientBuilder::timeout) of the call would cut off.
//!
//! ```
//! # #[cfg(feature = "reqwest")] {
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
use crate::error::Processed;
use crate::facts::Effect;

/// How often and how fast a call is repeated. See the [module](self) for what is repeated at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    repeats_writes: bool,
}

impl Default for RetryPolicy {
    /// Three attempts, the waits between them up to 0.2 s, 0.4 s and so on to 20 s; five times as long after a limit.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(20),
            repeats_writes: false,
        }
    }
}

/// How much longer the waits are after a limit.
const SLOWER: u32 = 5;

impl RetryPolicy {
    /// Sends each call once, whatever happens.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// How often a call is sent at most, the first time included; 3 unless set.
    pub fn max_attempts(self, attempts: u32) -> Self {
        Self { max_attempts: attempts.max(1), ..self }
    }

    /// How long the wait before the second attempt is at most; 200 milliseconds unless set. It doubles with each further one.
    pub fn base_delay(self, delay: Duration) -> Self {
        Self { base_delay: delay, ..self }
    }

    /// How long any wait is at most, unless the gateway asks for a longer one; 20 seconds unless set.
    pub fn max_delay(self, delay: Duration) -> Self {
        Self { max_delay: delay, ..self }
    }

    /// Repeats writes as if they were reads, even when the gateway may have acted: the change may then be made twice.
    ///
    /// For writes of which you know that a second time does no harm.
    pub fn repeat_writes(self) -> Self {
        Self { repeats_writes: true, ..self }
    }

    /// Whether another attempt may follow so many.
    pub(crate) fn allows_attempt_after(&self, attempts: usize) -> bool {
        attempts < self.max_attempts as usize
    }

    pub(crate) fn allows_repeating(&self, effect: Effect, processed: Processed) -> bool {
        processed == Processed::No || effect == Effect::Read || self.repeats_writes
    }

    /// The wait after so many attempts; `random` is from 0 to 1.
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
