//! `cargo xtask diff`

use std::path::Path;

use clap::{Args, ValueEnum};
use codegen::diff::{Report, Severity, diff, to_annotations, to_changelog, to_json, to_markdown, to_text};
use codegen::{Checks, compile, files, git};

use crate::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Revision to compare with. Default: where this branch forked from the main branch.
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with status 1 if there are changes of this kind.
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Text for a terminal.
    Text,
    /// A summary and tables, for a pull request.
    Markdown,
    /// One JSON object.
    Json,
    /// A draft of the entry for CHANGELOG.md.
    Changelog,
    /// GitHub workflow commands, which GitHub shows at the changed lines.
    Annotations,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    /// Changes that may break callers.
    Breaking,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    let base = match &arguments.base {
        Some(name) => git::revision(root, name)?,
        None => git::merge_base(root)?,
    };
    let old = compile(&git::read_spec(root, &base)?, Checks::Shape)
        .map_err(|problems| format!("cannot compare with the spec at {base}:\n{problems}"))?;
    let new = compile(&files::read_spec(root)?, Checks::All)?;
    let report = Report { base: base.to_string(), changes: diff(&old, &new) };
    match arguments.format {
        Format::Text => print!("{}", to_text(&report)),
        Format::Markdown => print!("{}", to_markdown(&report)),
        Format::Json => println!("{:#}", to_json(&report)),
        Format::Changelog => print!("{}", to_changelog(&report)),
        Format::Annotations => print!("{}", to_annotations(&report)),
    }
    let is_breaking = report.with_severity(Severity::Breaking).next().is_some();
    Ok(match arguments.fail_on {
        Some(FailOn::Breaking) if is_breaking => Verdict::Failed,
        _ => Verdict::Passed,
    })
}
