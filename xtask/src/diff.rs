//! `cargo xtask diff`

use std::path::Path;

use clap::{Args, ValueEnum};
use codegen::diff::{Axis, Report, accept, diff, rules, to_annotations, to_changelog, to_json, to_markdown, to_text};
use codegen::{Checks, compile, files, git, load};

use crate::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Revision to compare with. Default: where this branch forked from the main branch.
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with status 1 if there are changes of these kinds that `spec/accepted-breaks.yaml` does not accept.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND")]
    fail_on: Vec<FailOn>,
    /// List all rules and what changes of each kind break, and do nothing else.
    #[arg(long, exclusive = true)]
    rules: bool,
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
    /// Changes that may break callers in any way.
    Breaking,
    /// Changes that may break deployed programs that talk to the gateway.
    Wire,
    /// Changes that may break callers' source code when it is compiled again.
    Source,
    /// Changes that may break what compiled callers rely on: retries, checks, decoded values, log output.
    Behaviour,
}

impl FailOn {
    fn axis(self) -> Option<Axis> {
        match self {
            Self::Breaking => None,
            Self::Wire => Some(Axis::Wire),
            Self::Source => Some(Axis::Source),
            Self::Behaviour => Some(Axis::Behaviour),
        }
    }
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    if arguments.rules {
        print!("{}", list());
        return Ok(Verdict::Passed);
    }
    let base = match &arguments.base {
        Some(name) => git::revision(root, name)?,
        None => git::merge_base(root)?,
    };
    let old = compile(&git::read_spec(root, &base)?, Checks::Shape)
        .map_err(|problems| format!("cannot compare with the spec at {base}:\n{problems}"))?;
    let files = files::read_spec(root)?;
    let new = compile(&files, Checks::All)?;
    let mut report = Report { base: base.to_string(), changes: diff(&old, &new) };
    if let Some(accepted) = load::accepted(&files)? {
        eprint!("{}", accept(&mut report.changes, &accepted));
    }
    match arguments.format {
        Format::Text => print!("{}", to_text(&report)),
        Format::Markdown => print!("{}", to_markdown(&report)),
        Format::Json => println!("{:#}", to_json(&report)),
        Format::Changelog => print!("{}", to_changelog(&report)),
        Format::Annotations => print!("{}", to_annotations(&report)),
    }
    let breaks = |kind: &FailOn| report.unaccepted(kind.axis()).next().is_some();
    Ok(if arguments.fail_on.iter().any(breaks) { Verdict::Failed } else { Verdict::Passed })
}

/// All rules with their classes, one on each line.
fn list() -> String {
    let [wire, source, behaviour] = Axis::ALL;
    let mut lines = format!("{:<44}{wire:<13}{source:<13}{behaviour}\n", "rule");
    for rule in rules() {
        let [wire, source, behaviour] = Axis::ALL.map(|axis| rule.class(axis));
        lines += &format!("{:<44}{wire:<13}{source:<13}{behaviour}\n", rule.id);
    }
    lines
}
