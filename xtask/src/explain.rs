//! `cargo xtask explain`

use std::path::Path;

use clap::Args;
use codegen::{Checks, compile, explain, files};

use crate::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// An error code, as sent by the gateway or as in a table.
    code: String,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    let plan = compile(&files::read_spec(root)?, Checks::All)?;
    let explanation = explain::explain(&plan, &arguments.code);
    print!("{explanation}");
    Ok(if explanation.answers.is_empty() { Verdict::NotInOrder } else { Verdict::InOrder })
}
