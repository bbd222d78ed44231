//! Time measurement.

use std::time::{Duration, Instant};

/// The median of the runs that fit into two seconds after a warm-up, and their number.
pub fn median(mut run: impl FnMut()) -> (Duration, usize) {
    let mut runs: Vec<Duration> = Vec::new();
    let end = Instant::now() + Duration::from_secs(2);
    while Instant::now() < end {
        let start = Instant::now();
        run();
        runs.push(start.elapsed());
    }
    runs.drain(..runs.len() / 10);
    runs.sort();
    (runs[runs.len() / 2], runs.len())
}
