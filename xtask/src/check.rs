//! `cargo xtask check`

use std::path::Path;

use codegen::{Checks, compile, files};

use crate::{Outcome, Verdict};

pub(crate) fn run(root: &Path) -> Outcome {
    let files = files::read_spec(root)?;
    match compile(&files, Checks::All) {
        Ok(plan) => {
            println!("{} methods in {} files, no problems found", plan.methods().count(), files.len());
            Ok(Verdict::Passed)
        }
        Err(problems) => {
            print!("{problems}");
            let noun = if problems.len() == 1 { "problem" } else { "problems" };
            println!("{} {noun} found", problems.len());
            Ok(Verdict::Failed)
        }
    }
}
