//! `cargo xtask regen`

use std::path::Path;

use clap::Args;
use codegen::emit::Cache;
use codegen::files::{self, FileChange, Output, SpecFile};
use codegen::{Checks, compile, emit};

use crate::{Outcome, Verdict};

#[derive(Debug, Default, Args)]
pub(crate) struct Arguments {
    /// Write nothing; list stale, missing and orphaned files, and fail if there are any.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    let spec = files::read_spec(root)?;
    let cache = Cache::read(root, &spec);
    let output = generate(root, &spec, &cache)?;
    let changes = files::compare(root, &output)?;
    if arguments.check {
        changes.iter().for_each(|change| println!("{change}"));
        if changes.is_empty() {
            cache.write()?;
            println!("{} generated files are up to date", output.files.len());
            return Ok(Verdict::Passed);
        }
        println!("{} files differ; run `cargo xtask regen` and commit the result", changes.len());
        return Ok(Verdict::Failed);
    }
    files::apply(root, &changes)?;
    cache.write()?;
    for change in &changes {
        match change {
            FileChange::Stale { path, .. } => println!("updated {}", path.display()),
            FileChange::Missing { path, .. } => println!("created {}", path.display()),
            FileChange::Orphaned { path } => println!("removed {}", path.display()),
        }
    }
    println!("{}", files::summary(&output, &changes));
    Ok(Verdict::Passed)
}

fn generate(root: &Path, spec: &[SpecFile], cache: &Cache) -> Result<Output, Box<dyn std::error::Error>> {
    let plan = compile(spec, Checks::All)?;
    let manifest = files::read(&root.join(emit::MANIFEST))?;
    let manifest = manifest.ok_or_else(|| format!("{} is missing in {}", emit::MANIFEST, root.display()))?;
    Ok(emit::emit_with(&plan, &manifest, cache)?)
}
