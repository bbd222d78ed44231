//! A limit on how fast an app calls the gateway, kept by the client.
//!
//! The platform publishes no numbers, only the codes it sends when an app calls too fast. So you choose the limit. It
//! applies to each app key that a client calls with. When the gateway still refuses a call as too fast (a code of class
//! [`SlowDown`](crate::facts::Retry::SlowDown), or HTTP 429), the client halves its rate, down to a 64th, and allows no
//! bursts. It doubles the rate again after every ten seconds without such a refusal.
//!
//! Each attempt of a call waits until the limit allows it, but never longer than the timeout of the call.
//!
//! ```
//! # #[cfg(feature = "http-client")] {
//! use suning_api::limit::RateLimit;
//! use suning_api::{Client, Credentials};
//!
//! let client = Client::builder(Credentials::new("my-app-key", "my-app-secret"))
//!     .rate_limit(RateLimit::per_second(10).burst(20))
//!     .build()?;
//! # }
//! # Ok::<(), suning_api::error::BuildError>(())
//! ```

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::time::Monotonic;

/// How often the rate can be halved: down to a 64th.
const MAX_HALVINGS: u32 = 6;
/// Concurrent calls are refused together: further refusals within this time change nothing.
const REFUSAL_WINDOW: Duration = Duration::from_secs(1);
/// Time without a refusal after which the rate doubles.
const RECOVERY: Duration = Duration::from_secs(10);

/// How many calls an app may make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct RateLimit {
    interval: Duration,
    burst: u32,
}

impl RateLimit {
    /// Average number of calls per second, at least 1. Default [`burst`](Self::burst): the same number.
    pub fn per_second(calls: u32) -> Self {
        Self::new(calls, Duration::from_secs(1))
    }

    /// Average number of calls per minute, at least 1. Default [`burst`](Self::burst): the same number.
    pub fn per_minute(calls: u32) -> Self {
        Self::new(calls, Duration::from_secs(60))
    }

    fn new(calls: u32, period: Duration) -> Self {
        let burst = calls.max(1);
        // An interval of zero could not be slowed down.
        Self { interval: (period / burst).max(Duration::from_nanos(1)), burst }
    }

    /// Number of calls that may be made at once after a pause, at least 1.
    pub fn burst(self, calls: u32) -> Self {
        Self { burst: calls.max(1), ..self }
    }
}

/// Enforces a limit for each app key.
pub(crate) struct Limiter {
    limit: RateLimit,
    clock: Monotonic,
    buckets: Mutex<HashMap<String, Bucket>>,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit, clock: Monotonic) -> Self {
        Self { limit, clock, buckets: Mutex::default() }
    }

    /// Allows one call, or returns how long to wait before asking again.
    pub(crate) fn acquire(&self, app_key: &str) -> Result<(), Duration> {
        self.with_bucket(app_key, Bucket::acquire)
    }

    /// Halves the rate.
    pub(crate) fn slow_down(&self, app_key: &str) {
        self.with_bucket(app_key, Bucket::slow_down);
    }

    fn with_bucket<T>(&self, app_key: &str, act: impl FnOnce(&mut Bucket, Duration) -> T) -> T {
        let now = (self.clock)();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Bucket { limit: self.limit, halvings: 0, changed_at: now, full_at: now };
        act(buckets.entry(app_key.to_owned()).or_insert_with(new), now)
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.limit.fmt(f)
    }
}

/// The token bucket of one app: it holds as many tokens as a burst has calls, and regains one in each interval.
struct Bucket {
    limit: RateLimit,
    /// How often the rate was halved and not doubled again.
    halvings: u32,
    /// When the rate was last changed, or refused at its lowest.
    changed_at: Duration,
    /// When the bucket holds all its tokens again. This one time says how many it holds now.
    full_at: Duration,
}

impl Bucket {
    fn acquire(&mut self, now: Duration) -> Result<(), Duration> {
        self.recover(now);
        let RateLimit { interval, burst } = self.current_limit();
        let until_full = self.full_at.saturating_sub(now) + interval;
        let wait = until_full.saturating_sub(interval * burst);
        if wait.is_zero() {
            self.full_at = now + until_full;
            return Ok(());
        }
        Err(wait)
    }

    fn slow_down(&mut self, now: Duration) {
        if self.halvings == 0 || now.saturating_sub(self.changed_at) >= REFUSAL_WINDOW {
            self.set_halvings((self.halvings + 1).min(MAX_HALVINGS), now);
        }
    }

    /// Doubles the rate for each recovery time without a refusal.
    fn recover(&mut self, now: Duration) {
        let doublings = now.saturating_sub(self.changed_at).as_secs() / RECOVERY.as_secs();
        if self.halvings > 0 && doublings > 0 {
            let doublings = u32::try_from(doublings).unwrap_or(u32::MAX);
            self.set_halvings(self.halvings.saturating_sub(doublings), now);
        }
    }

    /// Empties the bucket if the rate changes: an app that was too fast does not start over with a burst.
    fn set_halvings(&mut self, halvings: u32, now: Duration) {
        self.changed_at = now;
        if self.halvings != halvings {
            self.halvings = halvings;
            let RateLimit { interval, burst } = self.current_limit();
            self.full_at = now + interval * burst;
        }
    }

    fn current_limit(&self) -> RateLimit {
        match self.halvings {
            0 => self.limit,
            halvings => RateLimit { interval: self.limit.interval * (1 << halvings), burst: 1 },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// A limiter, and its clock in milliseconds.
    fn limiter(limit: RateLimit) -> (Limiter, Arc<AtomicU64>) {
        let now = Arc::new(AtomicU64::new(0));
        let clock = Arc::clone(&now);
        (Limiter::new(limit, Arc::new(move || Duration::from_millis(clock.load(Ordering::SeqCst)))), now)
    }

    /// How many calls can be made now.
    fn available(limiter: &Limiter) -> usize {
        (0..1000).take_while(|_| limiter.acquire("app").is_ok()).count()
    }

    #[test]
    fn each_app_key_has_a_limit_of_its_own() {
        let (limiter, now) = limiter(RateLimit::per_second(10).burst(2));
        assert_eq!(available(&limiter), 2);
        assert_eq!(limiter.acquire("app"), Err(Duration::from_millis(100)));
        assert_eq!(limiter.acquire("other"), Ok(()));
        now.store(1000, Ordering::SeqCst);
        assert_eq!(available(&limiter), 2);
    }

    #[test]
    fn refusals_at_the_same_time_halve_the_rate_once_and_allow_no_call() {
        let (limiter, now) = limiter(RateLimit::per_second(10));
        limiter.slow_down("app");
        limiter.slow_down("app");
        assert_eq!(limiter.acquire("app"), Err(Duration::from_millis(200)));
        now.store(1000, Ordering::SeqCst);
        limiter.slow_down("app");
        assert_eq!(limiter.acquire("app"), Err(Duration::from_millis(400)));
    }

    #[test]
    fn the_rate_has_a_lower_bound_that_further_refusals_do_not_reset() {
        let (limiter, now) = limiter(RateLimit::per_second(10));
        let refused_until = 20;
        for second in 0..refused_until {
            now.store(second * 1000, Ordering::SeqCst);
            limiter.slow_down("app");
        }
        // The lowest rate began with the sixth refusal. A token has come back since.
        assert_eq!(available(&limiter), 1);
        assert_eq!(limiter.acquire("app"), Err(Duration::from_millis(6400)));
    }

    #[test]
    fn the_rate_recovers_over_time_and_without_a_burst() {
        let (limiter, now) = limiter(RateLimit::per_second(10).burst(5));
        for second in 0..3 {
            now.store(second * 1000, Ordering::SeqCst);
            limiter.slow_down("app");
        }
        now.store(11_999, Ordering::SeqCst);
        assert_eq!(available(&limiter), 1);
        assert_eq!(limiter.acquire("app"), Err(Duration::from_millis(800)));
        now.store(22_000, Ordering::SeqCst);
        assert_eq!(limiter.acquire("app"), Err(Duration::from_millis(200)), "two recovery times");
        now.store(3_600_000, Ordering::SeqCst);
        assert_eq!(limiter.acquire("app"), Err(Duration::from_millis(100)), "the full rate, but no burst");
        now.store(3_610_000, Ordering::SeqCst);
        assert_eq!(available(&limiter), 5);
    }

    #[test]
    fn a_limit_of_zero_is_a_limit_of_one() {
        assert_eq!(RateLimit::per_second(0), RateLimit::per_second(1));
        assert_eq!(RateLimit::per_minute(60).burst(0), RateLimit::per_second(1));
    }
}
