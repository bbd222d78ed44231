//! Runs a target on mutated inputs, in a sequence that its seed decides.

use std::collections::HashSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use fastrand::Rng;

use super::{Target, mutate::mutate};
use crate::spec::root;

/// Largest number of inputs that are kept for further mutation.
const MAX_KEPT: usize = 10_000;

/// Longest time for one input. Inputs are short, so this is far more than any of them needs.
const MAX_TIME: Duration = Duration::from_secs(5);

/// How long a run takes.
#[derive(Debug, Clone, Copy)]
pub enum Budget {
    /// This many executions.
    Executions(u64),
    /// This much time.
    Time(Duration),
}

/// What a run did.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Number of inputs that were run.
    pub executions: u64,
    /// Number of inputs that were kept because their outcome was new.
    pub kept: usize,
    /// The longest time for one input.
    pub slowest: Duration,
    /// The input that was wrong, which ends the run.
    pub found: Option<Found>,
}

/// An input that was wrong.
#[derive(Debug, Clone)]
pub struct Found {
    /// The input.
    pub input: Vec<u8>,
    /// What was wrong with it.
    pub reason: &'static str,
}

/// Runs a target on its seeds and the checked-in inputs, and then on mutations of all inputs with new outcomes.
///
/// `before` is called with each input, so that it can be stored in case that it ends the process.
pub fn run(target: &Target, seed: u64, budget: Budget, mut before: impl FnMut(&[u8])) -> Summary {
    let (mut random, began) = (Rng::with_seed(seed), Instant::now());
    let (mut kept, mut outcomes) = (Vec::new(), HashSet::new());
    let mut summary = Summary { executions: 0, kept: 0, slowest: Duration::ZERO, found: None };
    let mut first = (target.seeds)().into_iter().chain(checked_in(target));
    loop {
        let is_over = match budget {
            Budget::Executions(executions) => summary.executions >= executions,
            Budget::Time(time) => began.elapsed() >= time,
        };
        let first = first.next();
        if first.is_none() && is_over {
            break;
        }
        let input = first.unwrap_or_else(|| {
            let mut input: Vec<u8> = random.choice(&kept).cloned().unwrap_or_default();
            mutate(&mut input, &kept, target.words, &mut random);
            input
        });
        before(&input);
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        let taken = started.elapsed();
        summary.executions += 1;
        summary.slowest = summary.slowest.max(taken);
        let reason = match &outcome {
            Err(_) => "it panicked",
            Ok(_) if taken > MAX_TIME => "it took too long",
            Ok(outcome) => {
                if kept.len() < MAX_KEPT && outcomes.insert(*outcome) {
                    kept.push(input);
                }
                continue;
            }
        };
        summary.found = Some(Found { input, reason });
        break;
    }
    Summary { kept: kept.len(), ..summary }
}

/// The checked-in inputs of a target: those that found something, or take a path that the seeds do not take.
///
/// # Panics
/// If one cannot be read.
#[must_use]
pub fn checked_in(target: &Target) -> Vec<Vec<u8>> {
    let folder = root().join("tests/fuzz/corpus").join(target.name);
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("an input")).collect()
}
