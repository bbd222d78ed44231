//! `cargo xtask fmt`

use std::path::{Path, PathBuf};

use clap::Args;
use codegen::files::{self, Output};
use codegen::{Diagnostics, load};

use crate::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Write nothing; show what would change, and fail if anything would.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    let mut output = Output::default();
    let mut problems = Diagnostics::default();
    for file in files::read_readable_spec(root, &mut problems) {
        match load::canonical(&file) {
            Ok(text) => drop(output.files.insert(PathBuf::from(&file.display), text)),
            Err(found) => problems.extend(found),
        }
    }
    let is_readable = problems.is_empty();
    if !is_readable {
        eprintln!("{}files with problems were not changed", problems.sorted());
    }
    let changes = files::compare(root, &output)?;
    if arguments.check {
        changes.iter().for_each(|change| println!("{change}"));
        println!("{} of {} files are not in canonical form", changes.len(), output.files.len());
        return Ok(if changes.is_empty() && is_readable { Verdict::Passed } else { Verdict::Failed });
    }
    files::apply(root, &changes)?;
    println!("{}", files::summary(&output, &changes));
    Ok(if is_readable { Verdict::Passed } else { Verdict::Failed })
}
