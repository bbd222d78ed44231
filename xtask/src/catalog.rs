//! `cargo xtask catalog`

use std::io::{self, Write};
use std::path::Path;

use clap::{Args, ValueEnum};
use codegen::{catalog, emit, files};

use crate::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object.
    Json,
    /// The page that `regen` writes as docs/methods.md.
    Markdown,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    let compiled = codegen::compile(&files::read_spec(root)?)?;
    match arguments.format {
        // Ignore a closed pipe: a reader such as `head` may stop early.
        Format::Json => drop(writeln!(io::stdout(), "{:#}", catalog::to_json(&compiled.spec))),
        Format::Markdown => drop(write!(io::stdout(), "{}", emit::reference(&compiled.plan))),
    }
    Ok(Verdict::Passed)
}
