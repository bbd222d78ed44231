//! What the crate costs to generate and to compile, and how large a program becomes.

use std::collections::BTreeSet;
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use codegen::emit::{self, MANIFEST};
use codegen::files::{SpecFile, read_spec};
use codegen::load::PLATFORM_FILE;
use codegen::plan::Plan;
use tests::measure::{Effort, Sample, processor_time};
use tests::spec::{plan, root};
use tests::workspace::{check_crate, generate_crate};

use crate::progenitor::{self, Usage};
use crate::report::{Baseline, Curve, Figure, Report, Unit};
use crate::usage::usage;

pub(crate) fn measure(effort: Effort, report: &mut Report) {
    let mut spec = read_spec(&root()).expect("the spec");
    // A part of the spec must have what all methods share, and should have methods of all namespaces.
    spec.sort_by_key(|file| (file.path != Path::new(PLATFORM_FILE), file.path.file_name().map(ToOwned::to_owned)));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("performance");
    let theirs = match effort {
        Effort::Full => progenitor::measure(&plan(&spec), &folder.join("progenitor")),
        Effort::Short => None,
    };
    generation(effort, &spec, theirs.map(|[generation, _]| generation), report);
    compilation(effort, &spec, theirs.map(|[_, check]| check), &folder, report);
    if effort == Effort::Full {
        programs(&folder, report);
    }
}

fn generation(effort: Effort, spec: &[SpecFile], theirs: Option<Usage>, report: &mut Report) {
    let manifest = fs::read_to_string(root().join(MANIFEST)).expect("the manifest");
    let generate = || drop(emit::emit(&plan(spec), &manifest).expect("the manifest is right"));
    let rounds = (0..effort.rounds(5)).map(|_| processor_time(generate));
    let name = "progenitor, equivalent OpenAPI document";
    let baseline = theirs.map_or(Baseline::Missing(name), |(time, _)| measured(name, time.as_secs_f64()));
    let figure = Figure::new("generate all methods, processor time", Unit::Seconds, Sample::new(rounds.collect()));
    report.figure(figure.against(baseline, 0.1));
}

/// A baseline that was measured once, because it takes long.
fn measured(name: &'static str, value: f64) -> Baseline {
    Baseline::Measured(name, Sample::new(vec![value]))
}

/// Processor time and memory of `cargo check`, for ever more methods and for the same models with serde derives.
fn compilation(effort: Effort, spec: &[SpecFile], theirs: Option<Usage>, folder: &Path, report: &mut Report) {
    let all = spec.len() - 1;
    let steps = if effort == Effort::Full { vec![10, 100, 400, all] } else { vec![10] };
    let check = |spec: &[SpecFile]| {
        generate_crate(&folder.join("ours"), spec);
        usage(check_crate(&folder.join("ours")).env("CARGO_INCREMENTAL", "0"))
    };
    let mut points = Vec::new();
    for count in steps {
        let some = &spec[..=count];
        let rounds: Vec<_> = (0..effort.rounds(3))
            .map(|_| {
                check(&spec[..2]); // its dependencies, which are not what is measured
                check(some)
            })
            .collect();
        let time = Sample::new(rounds.iter().map(|(time, _)| time.as_secs_f64()).collect());
        points.push((count as f64, time.median()));
        let memory = Sample::new(rounds.iter().map(|(_, bytes)| *bytes as f64).collect());
        if count == all {
            let name = "progenitor's crate";
            let (their_time, their_memory) = match theirs {
                Some((time, bytes)) => (measured(name, time.as_secs_f64()), measured(name, bytes as f64)),
                None => (Baseline::Earlier(name, 182.0), Baseline::Earlier(name, 10.2e9)),
            };
            let figure = Figure::new("`cargo check` of all methods, processor time", Unit::Seconds, time.clone());
            report.figure(figure.against(their_time, 0.1));
            let figure = Figure::new("`cargo check` of all methods, peak memory", Unit::Bytes, memory.clone());
            report.figure(figure.against(their_memory, 0.15));
        }
        if count == 100 || count == all {
            let (derived_time, derived_memory) = derived(some, &folder.join("derived"));
            let name = "the same models, derived, all text, nothing else";
            let baseline = measured(name, derived_time.as_secs_f64());
            let what = format!("`cargo check` of {count} methods, processor time");
            report.figure(Figure::new(what, Unit::Seconds, time).against(baseline, 1.0));
            let what = format!("`cargo check` of {count} methods, peak memory");
            let figure = Figure::new(what, Unit::Bytes, memory);
            report.figure(figure.against(measured(name, derived_memory as f64), 1.0));
        }
    }
    report.curve(Curve { name: "methods", title: "Processor time of `cargo check`", x: "methods", y: "s", points });
}

/// `cargo check` of the models alone, with serde derives.
fn derived(spec: &[SpecFile], folder: &Path) -> (Duration, u64) {
    let check = |code: &str| {
        write_program(folder, "serde = { version = \"1\", features = [\"derive\"] }\n", "lib.rs", code);
        usage(&mut cargo(folder, &["check"]))
    };
    check("");
    // One round: for all methods, it takes minutes.
    check(&models(&plan(spec)))
}

fn models(plan: &Plan) -> String {
    let mut code = String::from("#![allow(dead_code)]\n");
    let parts = plan.methods().flat_map(|(_, method)| [&method.request, &method.response]);
    let objects = parts.flat_map(|part| part.objects().into_iter().chain([part]));
    for (index, object) in objects.enumerate() {
        code += "#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]\n";
        let _ = writeln!(code, "pub struct Model{index} {{");
        for field in 0..object.fields.len() {
            let _ = writeln!(code, "    pub field{field}: Option<String>,");
        }
        code += "}\n";
    }
    code
}

/// A program with five calls, and the same by hand.
fn programs(folder: &Path, report: &mut Report) {
    let ours = format!(
        "suning-api = {{ path = \"{}\", features = [\"custom\", \"selfmarket\"] }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n",
        root().join("suning-api").display()
    );
    let by_hand = "base64 = \"0.23\"\nchrono = { version = \"0.4\", default-features = false, features = [\"std\"] }\nmd-5 = \"0.11\"\nreqwest = { version = \"0.13\", default-features = false, features = [\"rustls-no-provider\"] }\nrustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }\nserde_json = \"1\"\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n";
    let size = |name: &str, dependencies: &str, code: &str| {
        let folder = folder.join(name);
        write_program(&folder, dependencies, "main.rs", code);
        usage(&mut cargo(&folder, &["build", "--release"]));
        let size = fs::metadata(folder.with_file_name("target").join("release").join("program")).expect("the program");
        Sample::new(vec![size.len() as f64])
    };
    let (ours, by_hand) = (
        size("five-calls", &ours, include_str!("programs/ours.rs")),
        size("by-hand", by_hand, include_str!("programs/by_hand.rs")),
    );
    let baseline = Baseline::Measured("the same by hand, with reqwest and serde_json", by_hand);
    report.figure(Figure::new("release program with five calls, stripped", Unit::Bytes, ours).against(baseline, 1.15));
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "suning-api", "--edges", "normal", "--prefix", "none"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    let names: BTreeSet<_> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    let count = Sample::new(vec![names.len() as f64]);
    report.figure(Figure::new("crates in the default dependency tree, with its own", Unit::Count, count));
}

/// Writes a program of its own, with the versions of this workspace.
fn write_program(folder: &Path, dependencies: &str, file: &str, code: &str) {
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let manifest = format!(
        "[package]\nname = \"program\"\nedition = \"2024\"\n\n[workspace]\n\n[profile.release]\nstrip = true\n\n[dependencies]\n{dependencies}"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest");
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
    fs::write(folder.join("src").join(file), code).expect("the code");
}

fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(folder);
    command.env("CARGO_TARGET_DIR", folder.with_file_name("target")).env("CARGO_INCREMENTAL", "0");
    command
}
