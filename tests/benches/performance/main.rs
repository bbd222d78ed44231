//! All benchmarks, each next to a baseline that is measured in the same run.
//!
//! `cargo bench --package tests --bench performance` writes `docs/performance.md`. With `-- --short`, everything runs once, to
//! see that it does. With names (`-- codec call build`), only these parts run. In both cases nothing is written.

#![expect(clippy::cast_precision_loss, reason = "figures are shown with a few digits")]

mod build;
mod call;
mod codec;
mod progenitor;
mod report;
mod server;
mod usage;

use std::env;
use std::process::Command;

use tests::measure::Effort;
use tests::spec::root;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [command, rows] = &arguments[..]
        && command == server::ARGUMENT
    {
        return server::serve(rows.parse().expect("a number of rows"));
    }
    if let [command, rest @ ..] = &arguments[..]
        && command == usage::ARGUMENT
    {
        return usage::run(rest);
    }
    let effort = if arguments.iter().any(|argument| argument == "--short") { Effort::Short } else { Effort::Full };
    let mut report = report::Report::default();
    let parts: [(&str, Part); 3] = [("codec", codec::measure), ("call", call::measure), ("build", build::measure)];
    let is_named = |name: &str| arguments.iter().any(|argument| argument == name);
    let are_all = parts.iter().all(|(name, _)| !is_named(name));
    for (_, measure) in parts.iter().filter(|(name, _)| are_all || is_named(name)) {
        measure(effort, &mut report);
    }
    if effort == Effort::Full && are_all {
        report.write(&root().join("docs"), &conditions()).expect("the report can be written");
    }
}

/// Measures one part.
type Part = fn(Effort, &mut report::Report);

/// The machine and the versions.
fn conditions() -> String {
    let output = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().map(|output| output.stdout).unwrap_or_default();
        String::from_utf8_lossy(&output).trim().to_owned()
    };
    let processors = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("", |model| model.1);
    let count = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "- Machine: {count} × {model}, {}\n- Compiler: {}\n- Python: {}\n",
        output("uname", &["-sr"]),
        output("rustc", &["--version"]),
        output("python3", &["--version"]),
    )
}
