//! `cargo xtask explain`

use std::path::Path;

use clap::Args;
use codegen::{Checks, compile, explain, files};

use crate::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Error code, as the gateway sent it or as a table lists it.
    code: String,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    let plan = compile(&files::read_spec(root)?, Checks::All)?;
    let explanation = explain::explain(&plan, &arguments.code);
    print!("{explanation}");
    Ok(if explanation.answers.is_empty() { Verdict::Failed } else { Verdict::Passed })
}
