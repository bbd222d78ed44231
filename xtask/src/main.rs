//! Commands of this workspace. They parse arguments and print output; `codegen` does the work.

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
mod release;
mod undocumented;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The result of a command.
type Outcome = Result<Verdict, Box<dyn Error>>;

/// Whether a command found problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed,
    Failed,
}

/// Commands of this workspace.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", version, max_term_width = 100)]
struct Arguments {
    /// Project folder. Default: the workspace that this command was built in.
    #[arg(long, global = true, value_name = "FOLDER")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate everything that is derived from the spec: code, features, tests, schema, docs.
    Regen(regen::Arguments),
    /// Report all problems of the spec, with their positions.
    Check,
    /// Format the spec in its canonical form.
    Fmt(format::Arguments),
    /// Print all methods with parameters, types, flags and errors.
    Catalog(catalog::Arguments),
    /// Report what changed in the spec since a revision, and what that means for callers.
    Diff(diff::Arguments),
    /// Explain an error code: meaning, remedy, retry, methods. Fails for an undocumented code.
    Explain(explain::Arguments),
    /// Import a documentation page into the spec, and list what people have to check.
    Import(import::Arguments),
    /// Report what changed in documentation pages since they were transcribed. Fails on any change.
    Drift(drift::Arguments),
    /// Turn the client's reports of undocumented fields and codes into YAML for the spec.
    Undocumented(undocumented::Arguments),
    /// Run an end-to-end demo against the embedded mock gateway.
    Demo,
    /// Run what CI runs.
    Ci,
    /// Check that a release can be made, and list what is left to people.
    Release,
}

fn main() -> ExitCode {
    let Arguments { root, command } = Arguments::parse();
    let root = root.unwrap_or_else(workspace);
    let outcome = match command {
        Command::Regen(arguments) => regen::run(&root, &arguments),
        Command::Check => Ok(check::run(&root)),
        Command::Fmt(arguments) => format::run(&root, &arguments),
        Command::Catalog(arguments) => catalog::run(&root, &arguments),
        Command::Diff(arguments) => diff::run(&root, &arguments),
        Command::Explain(arguments) => explain::run(&root, &arguments),
        Command::Import(arguments) => import::run(&root, &arguments),
        Command::Drift(arguments) => drift::run(&root, &arguments),
        Command::Undocumented(arguments) => undocumented::run(&arguments),
        Command::Demo => demo::run(&root),
        Command::Ci => ci::run(&root),
        Command::Release => Ok(release::run(&root)),
    };
    match outcome {
        Ok(Verdict::Passed) => ExitCode::SUCCESS,
        Ok(Verdict::Failed) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{}", error.to_string().trim_end());
            ExitCode::FAILURE
        }
    }
}

/// The cargo that runs this program, for a command in the project folder.
fn cargo(root: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// The parent folder of this package, which cargo passes in the environment, or else the current folder.
fn workspace() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR")
        .and_then(|package| PathBuf::from(package).parent().map(PathBuf::from))
        .unwrap_or_else(|| PathBuf::from("."))
}
