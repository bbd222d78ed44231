//! Fuzz targets, and a driver that runs them on stable Rust.
//!
//! ```text
//! cargo run --release --package tests --example fuzz -- json_reply --seconds 60
//! ```
//!
//! `tests/fuzz` has the same targets for cargo-fuzz.
//!
//! | module | subject |
//! |---|---|
//! | `reply` | decoding replies, error codes, and values to types of the caller |
//! | `spec` | spec files, documentation pages, SDK inventories |
//! | `client` | whole calls, with any answer of the server |
//! | `gateway` | requests to the mock gateway |
//! | `frames` | what a push server sends |
//! | `mutate` | new inputs from known ones |
//! | `driver` | runs, reports and replays |

#![expect(clippy::missing_panics_doc, reason = "a target panics if something is wrong")]

pub mod client;
mod driver;
pub mod frames;
pub mod gateway;
mod mutate;
pub mod reply;
pub mod spec;

use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};

use tokio::runtime::{Builder, Runtime};

pub use self::driver::{Budget, Found, Summary, checked_in, run};

/// A function that must accept any input.
#[derive(Debug)]
pub struct Target {
    /// Its name, which is that of its file in `tests/fuzz`.
    pub name: &'static str,
    /// Runs it. It panics if something is wrong, and otherwise says what became of the input.
    pub run: fn(&[u8]) -> Outcome,
    /// Valid inputs, made from the spec and from the fixtures.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Words of its language.
    pub words: &'static [&'static str],
    /// Number of executions in about a second, without optimization.
    pub short: u64,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "json_reply", run: reply::json, seeds: reply::json_seeds, words: reply::JSON_WORDS, short: 2000 },
    Target { name: "xml_reply", run: reply::xml, seeds: reply::xml_seeds, words: reply::XML_WORDS, short: 2000 },
    Target { name: "value", run: reply::value, seeds: reply::value_seeds, words: reply::JSON_WORDS, short: 3000 },
    Target {
        name: "error_code",
        run: reply::error_code,
        seeds: reply::error_code_seeds,
        words: reply::CODE_WORDS,
        short: 1500,
    },
    Target { name: "client", run: client::call, seeds: client::seeds, words: reply::JSON_WORDS, short: 500 },
    Target { name: "spec_file", run: spec::file, seeds: spec::file_seeds, words: spec::FILE_WORDS, short: 60 },
    Target { name: "page", run: spec::page, seeds: spec::page_seeds, words: spec::PAGE_WORDS, short: 150 },
    Target {
        name: "inventory",
        run: spec::inventory,
        seeds: spec::inventory_seeds,
        words: spec::INVENTORY_WORDS,
        short: 1500,
    },
    Target { name: "mock_request", run: gateway::request, seeds: gateway::seeds, words: gateway::WORDS, short: 600 },
    Target { name: "push_frames", run: frames::server, seeds: frames::seeds, words: frames::WORDS, short: 500 },
];

/// The target of this name.
///
/// # Panics
/// If no target has it.
#[must_use]
pub fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).expect("a target")
}

/// What became of an input. An input with a new outcome is kept, to be mutated further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outcome(u64);

impl Outcome {
    /// Outcomes are the same if these are.
    pub fn of(parts: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        parts.hash(&mut hasher);
        Self(hasher.finish())
    }

    /// The outcome that a message describes. Numbers and quoted parts of the input do not matter.
    #[must_use]
    pub fn message(text: &str) -> Self {
        let mut is_quoted = false;
        let kept = text.bytes().filter(|byte| {
            is_quoted ^= *byte == b'`';
            !is_quoted && !byte.is_ascii_digit()
        });
        Self::of(kept.collect::<Vec<_>>())
    }
}

/// Runs a future to its end, with the runtime of the thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: Runtime = Builder::new_current_thread().build().expect("a runtime");
    }
    RUNTIME.with(|runtime| runtime.block_on(future))
}
