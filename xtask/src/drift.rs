//! `cargo xtask drift`

use std::path::Path;
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use codegen::page::{self, Hints, Report};
use codegen::spec::Day;
use codegen::{files, inventory, load};

use crate::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Saved documentation pages, or SDK inventories (`.jsonl`). `-` reads a page from standard input.
    #[arg(required = true)]
    pages: Vec<String>,
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Text for a terminal.
    Text,
    /// Tables for an issue or a pull request.
    Markdown,
    /// One JSON object.
    Json,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    let spec = load::spec(&files::read_spec(root)?)?;
    let mut reports = Vec::new();
    let mut refused = false;
    let mut has_drift = false;
    for page in &arguments.pages {
        if inventory::is_inventory(page) {
            if !matches!(arguments.format, Format::Text) {
                return Err(format!("{page}: an inventory is compared as text; leave out `--format`").into());
            }
            let import = inventory::import(&inventory::read(page, &files::read_input(page)?)?, &spec);
            import.findings.iter().for_each(|finding| eprintln!("{page}:{finding}"));
            let changes = files::compare(root, &import.output())?;
            changes.iter().for_each(|change| println!("{change}"));
            println!("{page}: {} of {} methods differ", changes.len(), import.methods.len());
            has_drift |= !changes.is_empty();
            continue;
        }
        let bytes = files::read_input(page)?;
        let report = if page::is_of_topic(&bytes) {
            page::import_topic(&bytes, page, None, &spec, Day::from_time(SystemTime::now())).map(|import| import.report)
        } else {
            page::compare(&bytes, &Hints::from_file(page), &spec)
                .map(|reading| Report::new(page, &reading, spec.methods.get(&reading.name)))
        };
        match report {
            Ok(report) => reports.push(report),
            Err(refusal) => {
                refused = true;
                eprintln!("{page}:{}", refusal.finding());
            }
        }
    }
    match arguments.format {
        Format::Text => print!("{}", page::text(&reports)),
        Format::Markdown => print!("{}", page::markdown(&reports)),
        Format::Json => println!("{:#}", page::json(&reports)),
    }
    let passed = !refused && !has_drift && reports.iter().all(|report| !report.is_drift());
    Ok(if passed { Verdict::Passed } else { Verdict::Failed })
}
