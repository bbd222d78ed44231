//! The crate generated from another spec, to be compiled.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use codegen::emit::{self, MANIFEST};
use codegen::files::{SpecFile, apply, compare};
use serde_json::Value;

use crate::spec::{plan, root};

/// Writes the crate, generated from this spec, in a separate workspace.
///
/// # Panics
/// When the spec is invalid or a file cannot be written.
pub fn generate_crate(folder: &Path, spec: &[SpecFile]) {
    let _ = fs::remove_dir_all(folder);
    copy(&root().join("suning-api/src"), &folder.join("suning-api/src"));
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    let is_member_list = |line: &&str| line.starts_with("members") || line.starts_with("default-members");
    let rest: Vec<&str> = manifest.lines().filter(|line| !is_member_list(line) && *line != "[workspace]").collect();
    let manifest = format!("[workspace]\nmembers = [\"suning-api\"]\n{}\n", rest.join("\n"));
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    let manifest = fs::read_to_string(root().join(MANIFEST)).expect("a manifest");
    // Its examples call methods that this spec may not have.
    let (before, after) = manifest.split_once("[[example]]").expect("an example");
    let manifest = format!("{before}{}", &after[after.find("[package.metadata").expect("a table")..]);

    let output = emit::emit(&plan(spec), &manifest).expect("the manifest is right");
    apply(folder, &compare(folder, &output).expect("the files can be read")).expect("the files can be written");
}

/// The command that checks such a crate. Crates in sibling folders share their compiled dependencies.
#[must_use]
pub fn check_crate(folder: &Path) -> Command {
    cargo(folder, &["check"])
}

/// Generates the crate, compiles callers of it, and gives the compiler errors of each caller that does not compile.
///
/// # Panics
/// When the crate itself does not compile.
#[must_use]
pub fn check_callers(folder: &Path, spec: &[SpecFile], callers: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    generate_crate(folder, spec);
    let examples = folder.join("suning-api/examples");
    fs::create_dir_all(&examples).expect("a folder");
    for (name, caller) in callers {
        fs::write(examples.join(format!("{name}.rs")), caller).expect("a file");
    }
    let output = check_crate(folder)
        .args(["--lib", "--examples", "--keep-going", "--message-format=json"])
        .output()
        .expect("cargo runs");
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages: Vec<Value> = messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let checked = messages.iter().filter(|message| message["reason"] == "compiler-artifact").count();
    assert!(checked > 0, "{}", String::from_utf8_lossy(&output.stderr));
    let mut errors: BTreeMap<String, String> = BTreeMap::new();
    for message in messages.iter().filter(|message| message["message"]["level"] == "error") {
        let target = message["target"]["name"].as_str().unwrap_or_default();
        let rendered = &message["message"]["rendered"];
        assert!(callers.contains_key(target), "the crate itself does not compile: {rendered}");
        *errors.entry(target.to_owned()).or_default() += &summary(&message["message"]);
    }
    errors
}

/// A compiler error without excerpts of the generated code: what is wrong, where, and what else the compiler says.
fn summary(error: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines = vec![text(&error["message"])];
    for span in error["spans"].as_array().into_iter().flatten().filter(|span| span["is_primary"] == true) {
        let (line, columns) = (text(&span["text"][0]["text"]), [&span["column_start"], &span["column_end"]]);
        let [start, end] = columns.map(|column| usize::try_from(column.as_u64().unwrap_or(1)).unwrap_or(1) - 1);
        let place: String = line.chars().skip(start).take(end - start).collect();
        lines.push(format!("  at `{place}`: {}", text(&span["label"])));
    }
    let children = error["children"].as_array().into_iter().flatten();
    lines.extend(children.map(|child| format!("  {}: {}", text(&child["level"]), text(&child["message"]))));
    lines.join("\n") + "\n"
}

/// The command that documents such a crate.
#[must_use]
pub fn document_crate(folder: &Path) -> Command {
    cargo(folder, &["doc", "--no-deps"])
}

fn cargo(folder: &Path, what: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(what)
        .args(["--offline", "--package", "suning-api", "--no-default-features", "--features", "full,mock"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.with_file_name("target"));
    command
}

/// Copies a folder recursively.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target);
        } else {
            fs::copy(&source, &target).expect("a copy");
        }
    }
}
