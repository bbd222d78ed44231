//! `cargo xtask import`

use std::path::Path;
use std::time::SystemTime;

use clap::Args;
use codegen::files::{self, FileChange, Output, SpecFile};
use codegen::page::{self, Hints, Import, Refusal, Report, TopicImport};
use codegen::spec::{Day, MethodName, Spec, TopicName};
use codegen::{Checks, compile, inventory, load, yaml};

use crate::{Outcome, Verdict};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Saved documentation page, or an SDK inventory (`.jsonl`). `-` reads a page from standard input.
    page: String,
    /// Name of the method, if the page does not show it.
    #[arg(long, value_name = "NAME", value_parser = |name: &str| MethodName::try_from(name.to_owned()))]
    method: Option<MethodName>,
    /// Name of the topic, if the page does not show it.
    #[arg(long, value_name = "NAME", value_parser = |name: &str| TopicName::try_from(name.to_owned()))]
    topic: Option<TopicName>,
    /// Read the page as if `spec/` did not have the method: prints all proposals and findings again.
    #[arg(long, conflicts_with = "write")]
    anew: bool,
    /// Write the spec file instead of printing it.
    #[arg(long)]
    write: bool,
    /// Write even if the result has problems.
    #[arg(long, requires = "write")]
    force: bool,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Outcome {
    let files = files::read_spec(root)?;
    let mut spec = load::spec(&files)?;
    let bytes = files::read_input(&arguments.page)?;
    if inventory::is_inventory(&arguments.page) {
        if arguments.anew {
            return Err(format!("{}: `--anew` is for pages; leave it out", arguments.page).into());
        }
        return run_inventory(root, arguments, &files, &spec, &bytes);
    }
    if arguments.anew {
        spec.methods.clear();
        spec.topics.clear();
    }
    let is_of_topic = page::is_of_topic(&bytes);
    match (is_of_topic, &arguments.method, &arguments.topic) {
        (true, Some(_), _) => {
            return Err(format!("{}: the page of a topic; name it by `--topic`", arguments.page).into());
        }
        (false, _, Some(_)) => {
            return Err(format!("{}: not the page of a topic; name the method by `--method`", arguments.page).into());
        }
        _ => {}
    }
    let refused = |refusal: Refusal| format!("{}:{}", arguments.page, refusal.finding());
    let today = Day::from_time(SystemTime::now());
    let (path, text, report, problems) = if is_of_topic {
        let import = page::import_topic(&bytes, &arguments.page, arguments.topic.as_ref(), &spec, today);
        let TopicImport { topic, report } = import.map_err(refused)?;
        (topic.topic.spec_path(), yaml::to_canonical(&topic), report, page::topic_problems(&topic, &files))
    } else {
        let hints = Hints { given: arguments.method.clone(), ..Hints::from_file(&arguments.page) };
        let Import { reading, method, before } = page::import(&bytes, &hints, &spec, today).map_err(refused)?;
        let report = Report::new(&arguments.page, &reading, before.as_ref());
        (method.method.spec_path(), yaml::to_canonical(&method), report, page::problems(&method, &files))
    };
    let path = Path::new("spec").join(path);
    eprint!("{}", page::text(&[report]));
    eprint!("{problems}");
    if !arguments.write {
        print!("{text}");
        return Ok(Verdict::Passed);
    }
    if !problems.is_empty() && !arguments.force {
        let path = path.display();
        return Err(
            format!("{path} was not changed: the result has problems; pass `--force` to write it anyway").into()
        );
    }
    let output = Output { files: [(path.clone(), text)].into(), folders: Vec::new() };
    let changes = files::compare(root, &output)?;
    files::apply(root, &changes)?;
    match changes.as_slice() {
        [FileChange::Missing { .. }] => println!("created {}", path.display()),
        [] => println!("unchanged {}", path.display()),
        _ => println!("updated {}", path.display()),
    }
    Ok(Verdict::Passed)
}

fn run_inventory(root: &Path, arguments: &Arguments, files: &[SpecFile], spec: &Spec, bytes: &[u8]) -> Outcome {
    let import = inventory::import(&inventory::read(&arguments.page, bytes)?, spec);
    import.findings.iter().for_each(|finding| eprintln!("{}:{finding}", arguments.page));
    let output = import.output();
    let changes = files::compare(root, &output)?;
    if !arguments.write {
        changes.iter().for_each(|change| println!("{change}"));
        println!("{} of {} methods would change; pass `--write` to write them", changes.len(), output.files.len());
        return Ok(Verdict::Passed);
    }
    if let Err(problems) = compile(&import.merged_into(files), Checks::All)
        && !arguments.force
    {
        eprint!("{problems}");
        return Err("nothing was changed: the result has problems; pass `--force` to write it anyway".into());
    }
    files::apply(root, &changes)?;
    println!("{}", files::summary(&output, &changes));
    Ok(Verdict::Passed)
}
