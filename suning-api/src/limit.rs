//! A limit on how fast an app calls, kept by the client.
//!
//! The platform publishes no numbers, only the codes it answers when an app is too fast. So the limit is yours to set,
//! for each app key that a client calls with; and when the gateway refuses a call as too fast all the same (a code of class
//! [`SlowDown`](crate::facts::Retry::SlowDown), or HTTP 429), the client halves its pace, down to a 64th, and lets no burst
//! through. Every ten seconds without such a refusal double it again.
//!
//! A call waits for its turn, each of its attempts anew, and never longer than its timeout.
//!
//! ```
//! # #[cfg(feature = "reqwest")] {
//! use suning_api::limit::RateLimit;
//! use suning_api::{Client, Credentials};
//!
//! let client = Client::builder(Credentials::new("my-app-key", "my-app-secret"))
//!     .rate_limit(RateLimit::per_second(10).burst(20))
//!     .build()?;
//! # }
//! # Ok::<(), suning_api::BuildError>(())
//! ```

use std::collections::HashMap;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use crate::time::Monotonic;

/// The slowest pace is this part of the limit.
const SLOWEST: u32 = 64;
/// Refusals that come together count once.
const TOGETHER: Duration = Duration::from_secs(1);
/// How long all must go well before the pace is doubled.
const RECOVERY: Duration = Duration::from_secs(10);

/// How many calls an app may make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct RateLimit {
    interval: Duration,
    burst: NonZeroU32,
}

impl RateLimit {
    /// So many calls in a second on average, at least one; as many at once after a rest unless [`burst`](Self::burst) says otherwise.
    pub fn per_second(calls: u32) -> Self {
        Self::new(calls, Duration::from_secs(1))
    }

    /// So many calls in a minute on average, at least one; as many at once after a rest unless [`burst`](Self::burst) says otherwise.
    pub fn per_minute(calls: u32) -> Self {
        Self::new(calls, Duration::from_secs(60))
    }

    fn new(calls: u32, period: Duration) -> Self {
        let calls = NonZeroU32::new(calls).unwrap_or(NonZeroU32::MIN);
        Self { interval: period / calls.get(), burst: calls }
    }

    /// So many calls at once after a rest, at least one.
    pub fn burst(self, calls: u32) -> Self {
        Self { burst: NonZeroU32::new(calls).unwrap_or(NonZeroU32::MIN), ..self }
    }
}

/// The monotonic clock of the client.
#[derive(Clone)]
struct Ticks(Monotonic);

impl Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        (self.0)()
    }
}

type Governor = RateLimiter<NotKeyed, InMemoryState, Ticks, NoOpMiddleware<Duration>>;

/// Keeps a limit for each app key.
pub(crate) struct Limiter {
    limit: RateLimit,
    ticks: Ticks,
    paces: Mutex<HashMap<String, Pace>>,
}

/// How fast one app calls.
struct Pace {
    /// The limit over the pace.
    divisor: u32,
    changed: Duration,
    governor: Governor,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit, clock: Monotonic) -> Self {
        Self { limit, ticks: Ticks(clock), paces: Mutex::default() }
    }

    /// Takes a turn; how long to wait before asking again when there is none.
    pub(crate) fn take(&self, app_key: &str) -> Result<(), Duration> {
        self.of(app_key, |pace, now| {
            self.recover(pace, now);
            pace.governor.check().map_err(|refused| refused.wait_time_from(now))
        })
    }

    /// Halves the pace.
    pub(crate) fn slow_down(&self, app_key: &str) {
        self.of(app_key, |pace, now| {
            if pace.divisor > 1 && now.saturating_sub(pace.changed) < TOGETHER {
                return;
            }
            if pace.divisor < SLOWEST {
                *pace = self.changed_pace(pace.divisor * 2, now);
            }
            pace.changed = now;
        });
    }

    /// Doubles the pace for each stretch of time without a refusal.
    fn recover(&self, pace: &mut Pace, now: Duration) {
        let stretches = now.saturating_sub(pace.changed).as_secs() / RECOVERY.as_secs();
        if pace.divisor > 1 && stretches > 0 {
            let divisor = pace.divisor.checked_shr(u32::try_from(stretches).unwrap_or(u32::MAX)).unwrap_or(0).max(1);
            *pace = self.changed_pace(divisor, now);
        }
    }

    fn of<T>(&self, app_key: &str, act: impl FnOnce(&mut Pace, Duration) -> T) -> T {
        let now = self.ticks.now();
        let mut paces = self.paces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pace) = paces.get_mut(app_key) {
            return act(pace, now);
        }
        act(paces.entry(app_key.to_owned()).or_insert_with(|| self.pace(1, now)), now)
    }

    fn pace(&self, divisor: u32, now: Duration) -> Pace {
        let burst = if divisor == 1 { self.limit.burst } else { NonZeroU32::MIN };
        let interval = (self.limit.interval * divisor).max(Duration::from_nanos(1));
        let quota = Quota::with_period(interval).unwrap_or_else(|| Quota::per_second(burst)).allow_burst(burst);
        let governor = RateLimiter::direct_with_clock(quota, self.ticks.clone());
        Pace { divisor, changed: now, governor }
    }

    /// Another pace for an app that was too fast: it does not start over with a burst, nor with a turn.
    fn changed_pace(&self, divisor: u32, now: Duration) -> Pace {
        let pace = self.pace(divisor, now);
        let all = if divisor == 1 { self.limit.burst } else { NonZeroU32::MIN };
        // All the turns that a new governor has can be taken from it.
        let _ = pace.governor.check_n(all);
        pace
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.limit.fmt(f)
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
        let ticks = Arc::clone(&now);
        (Limiter::new(limit, Arc::new(move || Duration::from_millis(ticks.load(Ordering::SeqCst)))), now)
    }

    /// How many calls can be made now.
    fn turns(limiter: &Limiter) -> usize {
        (0..1000).take_while(|_| limiter.take("app").is_ok()).count()
    }

    #[test]
    fn each_app_has_its_own_turns() {
        let (limiter, now) = limiter(RateLimit::per_second(10).burst(2));
        assert_eq!(turns(&limiter), 2);
        assert_eq!(limiter.take("app"), Err(Duration::from_millis(100)));
        assert_eq!(limiter.take("other"), Ok(()));
        now.store(1000, Ordering::SeqCst);
        assert_eq!(turns(&limiter), 2);
    }

    #[test]
    fn refusals_that_come_together_halve_the_pace_once_and_give_no_turn() {
        let (limiter, now) = limiter(RateLimit::per_second(10));
        limiter.slow_down("app");
        limiter.slow_down("app");
        assert_eq!(limiter.take("app"), Err(Duration::from_millis(200)));
        now.store(1000, Ordering::SeqCst);
        limiter.slow_down("app");
        assert_eq!(limiter.take("app"), Err(Duration::from_millis(400)));
    }

    #[test]
    fn the_pace_has_a_lower_bound_where_refusals_still_give_no_turn() {
        let (limiter, now) = limiter(RateLimit::per_second(10));
        let refused_until = 20;
        for second in 0..refused_until {
            now.store(second * 1000, Ordering::SeqCst);
            limiter.slow_down("app");
        }
        // The slowest pace began with the sixth refusal, and has had two turns since.
        assert_eq!(turns(&limiter), 1);
        assert_eq!(limiter.take("app"), Err(Duration::from_millis(6400)));
    }

    #[test]
    fn the_pace_recovers_with_time_and_without_a_burst() {
        let (limiter, now) = limiter(RateLimit::per_second(10).burst(5));
        for second in 0..3 {
            now.store(second * 1000, Ordering::SeqCst);
            limiter.slow_down("app");
        }
        now.store(11_999, Ordering::SeqCst);
        assert_eq!(turns(&limiter), 1);
        assert_eq!(limiter.take("app"), Err(Duration::from_millis(800)));
        now.store(22_000, Ordering::SeqCst);
        assert_eq!(limiter.take("app"), Err(Duration::from_millis(200)), "two stretches of ten seconds");
        now.store(3_600_000, Ordering::SeqCst);
        assert_eq!(limiter.take("app"), Err(Duration::from_millis(100)), "as fast as ever, but with no burst");
        now.store(3_610_000, Ordering::SeqCst);
        assert_eq!(turns(&limiter), 5);
    }

    #[test]
    fn a_limit_of_nothing_is_a_limit_of_one() {
        assert_eq!(RateLimit::per_second(0), RateLimit::per_second(1));
        assert_eq!(RateLimit::per_minute(60).burst(0), RateLimit::per_second(1));
    }
}
