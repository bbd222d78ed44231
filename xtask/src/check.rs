//! `cargo xtask check`

use std::path::Path;

use codegen::{Checks, Diagnostics, compile, files};

use crate::Verdict;

pub(crate) fn run(root: &Path) -> Verdict {
    let mut problems = Diagnostics::default();
    let files = files::read_readable_spec(root, &mut problems);
    let plan = compile(&files, Checks::All).map_err(|found| problems.extend(found)).ok();
    let problems = problems.sorted();
    if let Some(plan) = plan.filter(|_| problems.is_empty()) {
        println!("{} methods in {} files, no problems found", plan.methods().count(), files.len());
        return Verdict::Passed;
    }
    print!("{problems}");
    let noun = if problems.len() == 1 { "problem" } else { "problems" };
    println!("{} {noun} found", problems.len());
    Verdict::Failed
}
