//! `cargo xtask check`

use std::path::Path;

use codegen::files;

use crate::{Outcome, Verdict};

pub(crate) fn run(root: &Path) -> Outcome {
    let files = files::read_spec(root)?;
    match codegen::compile(&files) {
        Ok(compiled) => {
            println!("{} methods in {} files, no problems found", compiled.spec.methods.len(), files.len());
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
