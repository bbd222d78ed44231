//! `cargo xtask undocumented`

use clap::Args;
use codegen::{files, undocumented};

use crate::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// File with reports, as JSON lines or a JSON array. `-` reads standard input.
    file: String,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let text = String::from_utf8(files::read_input(&arguments.file)?)
        .map_err(|_| format!("{} is not UTF-8; convert it and try again", arguments.file))?;
    let reports = undocumented::read(&arguments.file, &text)?;
    if reports.is_empty() {
        eprintln!("no reports in {}", arguments.file);
    }
    let additions = undocumented::additions(&reports);
    for (path, yaml) in &additions.files {
        println!("# {path}\n{yaml}");
    }
    additions.notes.iter().for_each(|note| eprintln!("{note}"));
    if !additions.files.is_empty() {
        eprintln!("merge these keys into the files, replace each `unknown`, then run `cargo xtask check`");
    }
    Ok(Verdict::Passed)
}
