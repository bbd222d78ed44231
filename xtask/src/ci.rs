//! `cargo xtask ci`

use std::path::Path;
use std::process::Command;

use crate::{Outcome, Verdict};

/// What CI runs after this program was built, in order of how soon a step can fail.
const STEPS: &[&[&str]] = &[
    &["fmt", "--all", "--check"],
    &["xtask", "check"],
    &["xtask", "fmt", "--check"],
    &["xtask", "regen", "--check"],
    &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
    &["test", "--workspace", "--all-features"],
    &["clippy", "--package", "suning-api", "--no-default-features", "--features", "custom", "--", "-D", "warnings"],
    &["doc", "--workspace", "--all-features", "--no-deps"],
    &["xtask", "demo"],
];

pub(crate) fn run(root: &Path) -> Outcome {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    for step in STEPS {
        println!("== cargo {}", step.join(" "));
        let status = Command::new(&cargo).args(*step).current_dir(root).env("RUSTDOCFLAGS", "-D warnings").status()?;
        if !status.success() {
            println!("== failed: cargo {}", step.join(" "));
            return Ok(Verdict::NotInOrder);
        }
    }
    println!("== all {} steps passed", STEPS.len());
    Ok(Verdict::InOrder)
}
