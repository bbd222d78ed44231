//! `cargo xtask ci`

use std::path::Path;
use std::process::Command;

use crate::{Outcome, Verdict};

/// The first steps, fastest first.
const FIRST: &[&str] = &[
    "fmt --all --check",
    "xtask check",
    "xtask fmt --check",
    "xtask regen --check",
    "clippy --workspace --all-targets --all-features -- -D warnings",
];

/// Features of the crate, each checked without the others.
const FEATURES: &[&str] = &[
    "blocking",
    "catalog",
    "gzip",
    "http-client",
    "limit",
    "mock",
    "oauth",
    "push",
    "reqwest",
    "serde",
    "tower",
    "tracing",
];

/// The slowest steps.
const LAST: &[&str] = &[
    "test --workspace --all-features",
    "test --workspace --all-features --bench performance -- --short",
    "doc --workspace --all-features --no-deps",
    "xtask demo",
];

/// The steps that CI runs after building this program.
fn steps() -> Vec<String> {
    let alone = |features: &str| {
        format!("clippy --package suning-api --no-default-features --features selfmarket{features} -- -D warnings")
    };
    let features = FEATURES.iter().map(|feature| alone(&format!(",{feature}")));
    let first = FIRST.iter().map(ToString::to_string).chain([alone(""), alone(",full")]);
    first.chain(features).chain(LAST.iter().map(ToString::to_string)).collect()
}

pub(crate) fn run(root: &Path) -> Outcome {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let steps = steps();
    for step in &steps {
        println!("== cargo {step}");
        let status =
            Command::new(&cargo).args(step.split(' ')).current_dir(root).env("RUSTDOCFLAGS", "-D warnings").status()?;
        if !status.success() {
            println!("== failed: cargo {step}");
            return Ok(Verdict::Failed);
        }
    }
    println!("== all {} steps passed", steps.len());
    Ok(Verdict::Passed)
}
