//! Runs fuzz targets.
//!
//! ```text
//! cargo run --release --package tests --example fuzz -- TARGET [--seconds N | --executions N] [--seed N] [--trace]
//! ```
//!
//! `TARGET` may be `all`. The same seed leads to the same inputs. An input that is wrong goes to `target/fuzz`; one that ends the
//! process does with `--trace`.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs};

use tests::fuzz::{Budget, Summary, TARGETS, run};
use tests::spec::root;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse::<u64>().ok()
    };
    let name = arguments.first().map_or("", String::as_str);
    let targets: Vec<_> = TARGETS.iter().filter(|target| name == "all" || name == target.name).collect();
    if targets.is_empty() {
        let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!("no target `{name}`; there are {}", names.join(", "));
        return ExitCode::FAILURE;
    }
    let budget = number("--executions")
        .map_or_else(|| Budget::Time(Duration::from_secs(number("--seconds").unwrap_or(60))), Budget::Executions);
    let seed = number("--seed").unwrap_or(1);
    let folder = root().join("target/fuzz");
    fs::create_dir_all(&folder).expect("a folder");
    let mut exit = ExitCode::SUCCESS;
    for target in targets {
        let current = folder.join(target.name);
        let is_traced = arguments.iter().any(|argument| argument == "--trace");
        let before = |input: &[u8]| {
            if is_traced {
                write(&current, input);
            }
        };
        let Summary { executions, kept, slowest, found } = run(target, seed, budget, before);
        println!("{}: {executions} executions, {kept} kept, slowest {slowest:?}", target.name);
        if let Some(found) = found {
            write(&current, &found.input);
            println!("{}: {}: {}", target.name, found.reason, current.display());
            exit = ExitCode::FAILURE;
        }
    }
    exit
}

fn write(path: &Path, input: &[u8]) {
    fs::write(path, input).expect("a file");
}
