//! `cargo xtask demo`

use std::path::Path;
use std::process::Command;

use crate::{Outcome, Verdict, check, regen};

/// Checks and regenerates the crate, then runs the calls in a separate program, because this one must work even if the
/// generated code does not compile.
pub(crate) fn run(root: &Path) -> Outcome {
    if check::run(root) == Verdict::Failed {
        return Ok(Verdict::Failed);
    }
    regen::run(root, &regen::Arguments::default())?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", "tests", "--example", "demo"])
        .current_dir(root)
        .status()?;
    Ok(if status.success() { Verdict::Passed } else { Verdict::Failed })
}
