//! `cargo xtask ci`

use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, io, thread};

use codegen::git;

use crate::{Outcome, Verdict, cargo, release};

/// The first steps, fastest first.
const FIRST: &[&str] = &[
    "cargo fmt --all --check",
    "cargo xtask check",
    "cargo xtask fmt --check",
    "cargo xtask regen --check",
    "cargo clippy --workspace --all-targets --all-features -- -D warnings",
];

/// Features of the crate that are checked without others: each alone, and those of which one changes what another does.
const FEATURES: &[&str] = &[
    "",
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
    "limit,tracing",
    "mock,push",
    "mock,serde",
    "push,serde",
    "reqwest,tower",
];

/// The slowest steps.
const LAST: &[&str] = &[
    "cargo test --workspace --all-features",
    "cargo test --workspace --all-features --bench performance -- --short",
    "cargo doc --workspace --all-features --no-deps",
    "cargo xtask demo",
];

/// The version of Rust that the crate promises to build with.
const OLDEST_RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// The features of the crate that add no generated methods.
const WITHOUT_METHODS: &str = "blocking,catalog,gzip,limit,mock,oauth,push,reqwest,serde,tower,tracing";

/// A step that a bare machine cannot run.
struct Extra {
    step: String,
    is_possible: bool,
    /// What makes it possible.
    needs: String,
}

pub(crate) fn run(root: &Path) -> Outcome {
    let alone = |features: &&str| {
        let features = format!("selfmarket,{features}");
        let features = features.trim_end_matches(',');
        format!("cargo clippy --package suning-api --no-default-features --features {features} -- -D warnings")
    };
    // Compiling one crate after the other leaves a core idle, so these run at the same time, in a folder of their own.
    let separate: Vec<String> = FEATURES.iter().map(alone).collect();
    let (passed, separate) = thread::scope(|scope| {
        let separate = scope.spawn(|| run_separately(root, &separate));
        let passed = FIRST.iter().chain(LAST).try_fold(true, |passed, step| Ok(passed && passes(root, step)?));
        (passed, separate.join())
    });
    print!("{}", separate.unwrap_or_else(|_| Err(io::Error::other("the check of single features ended early")))?);
    let passed: io::Result<bool> = passed;
    if !passed? {
        return Ok(Verdict::Failed);
    }
    println!("== the package of suning-api: {}", release::package(root)?);
    for Extra { step, is_possible, needs } in extra(root) {
        if !is_possible {
            println!("== skipped: {step}: it needs {needs}");
        } else if !passes(root, &step)? {
            return Ok(Verdict::Failed);
        }
    }
    println!("== passed");
    Ok(Verdict::Passed)
}

fn extra(root: &Path) -> [Extra; 5] {
    let new =
        |step: &str, is_possible, needs: &str| Extra { step: step.to_owned(), is_possible, needs: needs.to_owned() };
    let release = git::last_release(root);
    let tag = release.as_deref().unwrap_or("<release>");
    let has_semver_checks = release.is_ok() && succeeds(root, "cargo semver-checks --version");
    let has_keys = env::var("SUNING_APP_SECRET").is_ok_and(|secret| !secret.is_empty());
    [
        new("cargo deny check bans licenses sources", succeeds(root, "cargo deny --version"), "cargo-deny"),
        new(
            "cargo deny check advisories",
            succeeds(root, "cargo deny fetch db"),
            "cargo-deny, and the advisory database from the network",
        ),
        new(
            &format!("rustup run {OLDEST_RUST} cargo check --package suning-api --all-features"),
            succeeds(root, &format!("rustup run {OLDEST_RUST} cargo --version")),
            &format!("`rustup toolchain install {OLDEST_RUST}`"),
        ),
        new(
            &format!(
                "cargo semver-checks --package suning-api --only-explicit-features --features {WITHOUT_METHODS} \
                 --baseline-rev {tag}"
            ),
            has_semver_checks,
            "cargo-semver-checks, and a release to compare with",
        ),
        new(
            "cargo run --quiet --package suning-api --example orders --features custom",
            has_keys,
            "SUNING_APP_KEY and SUNING_APP_SECRET, to read from the real gateway",
        ),
    ]
}

/// Runs steps until one fails, with a target folder of their own. Returns what they print.
fn run_separately(root: &Path, steps: &[String]) -> io::Result<String> {
    let mut shown = String::new();
    for step in steps {
        shown += &format!("== {step}\n");
        let output = command(root, step).env("CARGO_TARGET_DIR", root.join("target/features")).output()?;
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr);
            return Err(io::Error::other(format!("{shown}{why}== failed: {step}")));
        }
    }
    Ok(shown)
}

/// Runs a step, and shows its output.
fn passes(root: &Path, step: &str) -> io::Result<bool> {
    println!("== {step}");
    let status = command(root, step).env("RUSTDOCFLAGS", "-D warnings").status()?;
    if !status.success() {
        println!("== failed: {step}");
    }
    Ok(status.success())
}

fn succeeds(root: &Path, line: &str) -> bool {
    let status = command(root, line).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn command(root: &Path, line: &str) -> Command {
    let mut words = line.split(' ');
    let mut command = match words.next() {
        Some("cargo") | None => cargo(root),
        Some(program) => {
            let mut command = Command::new(program);
            command.current_dir(root);
            command
        }
    };
    command.args(words);
    command
}
