//! Commands of this workspace. Arguments in, output out; the work is done by `codegen`.

mod catalog;
mod check;
mod ci;
mod demo;
mod diff;
mod drift;
mod explain;
mod format;
mod import;
mod regen;
mod undocumented;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a command ends with: whether it found everything in order.
type Outcome = Result<Verdict, Box<dyn Error>>;

/// Whether a command found everything in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    InOrder,
    NotInOrder,
}

/// Commands of this workspace.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", version, max_term_width = 100)]
struct Arguments {
    /// Folder of the project; the workspace this command was built in unless given.
    #[arg(long, global = true, value_name = "FOLDER")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate the crate, its feature list and its tests from the spec.
    Regen(regen::Arguments),
    /// Report everything that is wrong with the spec, each problem at its place.
    Check,
    /// Write the spec in its canonical form.
    Fmt(format::Arguments),
    /// Print every method with parameters, types, flags and errors.
    Catalog(catalog::Arguments),
    /// Say what changed in the spec since a revision, and what that means for callers.
    Diff(diff::Arguments),
    /// Say what an error code means, which methods give it, and what to do; fail when no document lists it.
    Explain(explain::Arguments),
    /// Read a documentation page into the spec, with a list of what it leaves open.
    Import(import::Arguments),
    /// Say what changed in documentation pages since they were transcribed; fail when anything did.
    Drift(drift::Arguments),
    /// Turn the client's reports of undocumented fields and codes into YAML for the spec.
    Undocumented(undocumented::Arguments),
    /// Show the whole thing end to end on the embedded mock gateway.
    Demo,
    /// Run what CI runs.
    Ci,
}

fn main() -> ExitCode {
    let Arguments { root, command } = Arguments::parse();
    let root = root.unwrap_or_else(workspace);
    let outcome = match command {
        Command::Regen(arguments) => regen::run(&root, &arguments),
        Command::Check => check::run(&root),
        Command::Fmt(arguments) => format::run(&root, &arguments),
        Command::Catalog(arguments) => catalog::run(&root, &arguments),
        Command::Diff(arguments) => diff::run(&root, &arguments),
        Command::Explain(arguments) => explain::run(&root, &arguments),
        Command::Import(arguments) => import::run(&root, &arguments),
        Command::Drift(arguments) => drift::run(&root, &arguments),
        Command::Undocumented(arguments) => undocumented::run(&arguments),
        Command::Demo => demo::run(&root),
        Command::Ci => ci::run(&root),
    };
    match outcome {
        Ok(Verdict::InOrder) => ExitCode::SUCCESS,
        Ok(Verdict::NotInOrder) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{}", error.to_string().trim_end());
            ExitCode::FAILURE
        }
    }
}

/// The folder above this package, as cargo names it when it runs us, else where we stand.
fn workspace() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR")
        .and_then(|package| PathBuf::from(package).parent().map(PathBuf::from))
        .unwrap_or_else(|| PathBuf::from("."))
}
