//! `cargo xtask catalog`

use std::io::{self, Write};
use std::path::Path;

use clap::{Args, ValueEnum};
use codegen::{Checks, catalog, compile, emit, files};

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
    /// The pages that `regen` writes to docs/methods.
    Markdown,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    let plan = compile(&files::read_spec(root)?, Checks::All)?;
    match arguments.format {
        // A reader that has seen enough, such as `head`, is no failure.
        Format::Json => drop(writeln!(io::stdout(), "{:#}", catalog::to_json(&plan))),
        Format::Markdown => drop(write!(io::stdout(), "{}", emit::reference(&plan))),
    }
    Ok(Verdict::Passed)
}
