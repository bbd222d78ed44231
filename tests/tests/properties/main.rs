//! Properties: statements about all inputs, tried with made-up ones.
//!
//! The inputs are the same in each run. `PROPTEST_CASES` sets their number, `PROPTEST_RNG_SEED` makes others. An input that breaks
//! a property is printed in its smallest form; write a test with it.

mod codec;
mod decode;
mod diff;
mod inventory;
mod make;
mod names;
mod page;
mod rules;
mod spec;
mod stored;

use std::env;
use std::future::Future;

use proptest::test_runner::{Config, RngSeed};

/// A configuration with this number of cases.
fn cases(number: u32) -> Config {
    let default = Config { failure_persistence: None, ..Config::default() };
    let cases = if env::var_os("PROPTEST_CASES").is_some() { default.cases } else { number };
    let rng_seed = if default.rng_seed == RngSeed::Random { RngSeed::Fixed(1) } else { default.rng_seed };
    Config { cases, rng_seed, ..default }
}

/// Runs a future to its end.
fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime").block_on(future)
}
