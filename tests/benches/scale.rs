//! Whether the design scales to the whole platform: generating and compiling many methods, compared with the same
//! models with serde derives.
//!
//! `cargo bench --package tests --bench scale` takes 1,300 methods in 56 namespaces;
//! `cargo bench --package tests --bench scale -- 100` takes 100.

#![expect(clippy::cast_precision_loss, reason = "figures are shown with a few digits")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use codegen::emit;
use codegen::files::SpecFile;
use tests::spec::{file, platform};
use tests::workspace::{check_crate, generate_crate};

const NAMESPACES: usize = 56;
const REQUEST_FIELDS: usize = 8;
const RESPONSE_FIELDS: usize = 15;

fn main() {
    let count = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1300);
    println!(
        "{count} methods in {NAMESPACES} namespaces, {REQUEST_FIELDS} request and {RESPONSE_FIELDS} reply fields each\n"
    );
    let spec = spec(count);

    let start = Instant::now();
    let compiled = tests::spec::plan(&spec);
    report("load, check and lower the spec", start.elapsed());
    let start = Instant::now();
    let output = emit::emit(&compiled, "[features]\nfull = []\n").expect("the manifest is right");
    report("emit and format the code", start.elapsed());
    let bytes: usize = output.files.values().map(String::len).sum();
    println!("{:<44} {:>8.1} MB in {} files", "generated", bytes as f64 / 1e6, output.files.len());

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("scale");
    generate_crate(&folder, &spec[..1]);
    check(&mut check_crate(&folder)); // what the crate depends on is not what is measured
    generate_crate(&folder, &spec);
    report("cargo check of ours", check(&mut check_crate(&folder)));

    let baseline = folder.with_file_name("scale-baseline");
    write_baseline(&baseline, 1);
    check(&mut check_baseline(&baseline));
    write_baseline(&baseline, count);
    report("cargo check of the baseline, serde derive", check(&mut check_baseline(&baseline)));
}

fn report(what: &str, time: Duration) {
    println!("{what:<44} {:>8.2} s", time.as_secs_f64());
}

fn check(command: &mut Command) -> Duration {
    let start = Instant::now();
    let output = command.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    start.elapsed()
}

fn spec(count: usize) -> Vec<SpecFile> {
    let mut files = vec![platform()];
    for index in 0..count {
        let (namespace, rest) = (format!("ns{}", index % NAMESPACES), format!("thing{index}.get"));
        let mut text = format!(
            "method: suning.{namespace}.{rest}\ntitle: 事情\npage: https://example.invalid\neffect: read\nnode: getThing\nrequest:\n"
        );
        for field in 0..REQUEST_FIELDS {
            let required = if field < 2 { "required: true, " } else { "" };
            let _ = writeln!(text, "  requestField{field}: {{ {required}description: 字段 }}");
        }
        text += "response:\n";
        for field in 0..RESPONSE_FIELDS {
            let kind = ["", "type: decimal, ", "type: datetime, "][field % 3];
            let _ = writeln!(text, "  replyField{field}: {{ {kind}description: 字段 }}");
        }
        text +=
            "errors:\n  biz.thing.missing-parameter:*: { message: 必填 }\n  biz.thing.invalid:1: { message: 不对 }\n";
        files.push(file(&format!("{namespace}/{rest}.yaml"), &text));
    }
    files
}

/// Only the models, with serde derives.
fn write_baseline(folder: &Path, count: usize) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let manifest = "[package]\nname = \"baseline\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n";
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    let mut code = String::from("#![allow(dead_code)]\n");
    for index in 0..count {
        for (name, fields) in [("Request", REQUEST_FIELDS), ("Response", RESPONSE_FIELDS)] {
            let _ = writeln!(code, "#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]");
            let _ = writeln!(code, "#[serde(rename_all = \"camelCase\")]\npub struct Thing{index}{name} {{");
            for field in 0..fields {
                let _ = writeln!(code, "    pub field{field}: Option<String>,");
            }
            code += "}\n";
        }
    }
    fs::write(folder.join("src/lib.rs"), code).expect("a file");
}

fn check_baseline(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["check", "--offline"]).current_dir(folder).env("CARGO_TARGET_DIR", folder.with_file_name("target"));
    command
}
