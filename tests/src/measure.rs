//! Repeated measurements.

use std::time::{Duration, Instant};

use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// How thoroughly to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Long enough for figures that can be repeated.
    Full,
    /// Once, to see that everything runs.
    Short,
}

impl Effort {
    /// The number of rounds.
    #[must_use]
    pub fn rounds(self, full: usize) -> usize {
        if self == Self::Full { full } else { 1 }
    }

    /// The number of repetitions in a round, at least a handful.
    #[must_use]
    pub fn times(self, full: usize) -> usize {
        if self == Self::Full { full } else { full.min(32) }
    }
}

/// The results of several rounds.
#[derive(Debug, Clone)]
pub struct Sample(Vec<f64>);

impl Sample {
    /// The results, in any order.
    ///
    /// # Panics
    /// Without any result.
    #[must_use]
    pub fn new(mut results: Vec<f64>) -> Self {
        assert!(!results.is_empty(), "at least one round");
        results.sort_by(f64::total_cmp);
        Self(results)
    }

    /// The time of one run in seconds, in rounds of at least 20 ms each.
    pub fn of(effort: Effort, mut run: impl FnMut()) -> Self {
        const ROUND: Duration = Duration::from_millis(20);
        let mut round = |runs: u32| {
            let began = Instant::now();
            (0..runs).for_each(|_| run());
            began.elapsed()
        };
        let mut runs = 1;
        while effort == Effort::Full && round(runs) < ROUND {
            runs *= 2;
        }
        Self::new((0..effort.rounds(31)).map(|_| round(runs).as_secs_f64() / f64::from(runs)).collect())
    }

    /// The result in the middle.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.0[self.0.len() / 2]
    }

    /// The results between which half of all are.
    #[must_use]
    pub fn quartiles(&self) -> (f64, f64) {
        (self.0[self.0.len() / 4], self.0[self.0.len() * 3 / 4])
    }
}

/// The processor time, in seconds, that this process uses for something.
///
/// # Panics
/// If the system does not say.
pub fn processor_time(run: impl FnOnce()) -> f64 {
    let used = || used(&getrusage(UsageWho::RUSAGE_SELF).expect("the usage of this process"));
    let before = used();
    run();
    used().saturating_sub(before).as_secs_f64()
}

/// The processor time and the peak memory, in bytes, of the commands that this process has run.
///
/// # Panics
/// If the system does not say.
#[must_use]
pub fn children() -> (Duration, u64) {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the usage of its children");
    (used(&usage), u64::try_from(usage.max_rss()).unwrap_or_default() * 1024)
}

fn used(usage: &Usage) -> Duration {
    [usage.user_time(), usage.system_time()]
        .map(|time| {
            let micros = TimeValLike::num_microseconds(&time);
            Duration::from_micros(u64::try_from(micros).unwrap_or_default())
        })
        .iter()
        .sum()
}
