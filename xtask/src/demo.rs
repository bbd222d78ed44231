//! `cargo xtask demo`

use std::path::Path;

use crate::{Outcome, Verdict, cargo, check, regen};

/// Checks and regenerates the crate, then runs the calls in a separate program, because this one must work even if the
/// generated code does not compile.
pub(crate) fn run(root: &Path) -> Outcome {
    if check::run(root) == Verdict::Failed {
        return Ok(Verdict::Failed);
    }
    regen::run(root, &regen::Arguments::default())?;
    let status = cargo(root).args(["run", "--quiet", "--package", "tests", "--example", "demo"]).status()?;
    Ok(if status.success() { Verdict::Passed } else { Verdict::Failed })
}
