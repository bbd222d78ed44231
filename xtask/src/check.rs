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
        let (methods, topics) = (plan.methods().count(), plan.topics.len());
        println!("no problems in {} files: methods {methods}, topics {topics}", files.len());
        return Verdict::Passed;
    }
    print!("{problems}");
    let noun = if problems.len() == 1 { "problem" } else { "problems" };
    println!("{} {noun} found", problems.len());
    Verdict::Failed
}
