//! `cargo xtask import`

use std::path::Path;
use std::time::SystemTime;

use clap::Args;
use codegen::files::{self, Change, Output};
use codegen::page::{self, Hints, Report};
use codegen::spec::{Day, MethodName};
use codegen::{load, yaml};

use crate::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A saved documentation page, or `-` for text on standard input.
    page: String,
    /// Name of the method, where the page does not show it.
    #[arg(long, value_name = "NAME", value_parser = |name: &str| MethodName::try_from(name.to_owned()))]
    method: Option<MethodName>,
    /// Write the spec file instead of printing it.
    #[arg(long)]
    write: bool,
    /// Write even what states less than the file there, or is not right yet.
    #[arg(long, requires = "write")]
    force: bool,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    let files = files::read_spec(root)?;
    let spec = load::spec(&files)?;
    let bytes = files::read_input(&arguments.page)?;
    let hints = Hints { given: arguments.method.clone(), ..Hints::from_file(&arguments.page) };
    let import = match page::import(&bytes, &hints, &spec, Day::of(SystemTime::now())) {
        Ok(import) => import,
        Err(refusal) => return Err(format!("{}:{}", arguments.page, refusal.finding()).into()),
    };
    let text = yaml::to_canonical(&import.method);
    let path = Path::new("spec").join(import.method.method.spec_path());
    eprint!("{}", page::text(&[Report::new(&arguments.page, &import.reading, import.before.as_ref())]));
    let problems = page::problems(&import.method, &files);
    eprint!("{problems}");
    if !arguments.write {
        print!("{text}");
        return Ok(Verdict::InOrder);
    }
    let reason = match (import.is_less(), problems.is_empty()) {
        (true, _) => Some("the page states less than the file"),
        (false, false) => Some("the spec would be wrong"),
        (false, true) => None,
    };
    if let Some(reason) = reason.filter(|_| !arguments.force) {
        return Err(format!("{} is left as it is: {reason}; `--force` writes it all the same", path.display()).into());
    }
    let output = Output { files: [(path.clone(), text)].into(), folders: Vec::new() };
    let changes = files::compare(root, &output)?;
    files::apply(root, &changes)?;
    match changes.as_slice() {
        [Change::Missing { .. }] => println!("created {}", path.display()),
        [] => println!("unchanged {}", path.display()),
        _ => println!("updated {}", path.display()),
    }
    Ok(Verdict::InOrder)
}
