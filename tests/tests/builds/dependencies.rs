//! What the crate depends on: `docs/dependencies.md`, and the version of Rust that all of it needs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::Value;
use tests::accepted::assert_accepted;
use tests::spec::root;

/// The features of the crate that bring dependencies, as users turn them on.
const FEATURES: &[&str] = &[
    "",
    "http-client",
    "blocking",
    "catalog",
    "gzip",
    "limit",
    "mock",
    "oauth",
    "push",
    "reqwest",
    "serde",
    "tower",
    "tracing",
];

/// The crates that this one needs with some features, on Linux: depth and name, in the order of the tree.
fn tree(features: &str) -> Vec<(usize, String)> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "suning-api",
            "--edges",
            "normal",
            "--target",
            "x86_64-unknown-linux-gnu",
            "--locked",
        ])
        .args(["--no-default-features", "--features", features, "--no-dedupe", "--prefix", "depth"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let line = |line: &str| {
        let name = line.trim_start_matches(|c: char| c.is_ascii_digit());
        (
            line[..line.len() - name.len()].parse().expect("a depth"),
            name.split(' ').next().unwrap_or_default().to_owned(),
        )
    };
    text.lines().map(line).collect()
}

fn names(tree: &[(usize, String)]) -> BTreeSet<&str> {
    tree.iter().filter(|(depth, _)| *depth > 0).map(|(_, name)| name.as_str()).collect()
}

/// What each direct dependency brings, itself included.
fn brought(tree: &[(usize, String)]) -> BTreeMap<&str, BTreeSet<&str>> {
    let starts: Vec<usize> = (0..tree.len()).filter(|index| tree[*index].0 == 1).collect();
    let end = |at: usize| starts.get(at + 1).copied().unwrap_or(tree.len());
    starts.iter().enumerate().map(|(at, start)| (tree[*start].1.as_str(), names(&tree[*start..end(at)]))).collect()
}

/// The reason for each dependency, which stands beside it in the manifest.
fn reasons(manifest: &str) -> BTreeMap<&str, &str> {
    let lines = manifest.lines().filter_map(|line| line.split_once(" = "));
    lines.filter_map(|(name, rest)| Some((name, rest.rsplit_once(" # ")?.1))).collect()
}

/// The features that need a dependency. None for one that is always there.
fn needed_by(manifest: &str, name: &str) -> Vec<String> {
    let features = manifest.lines().filter(|line| line.contains(&format!("\"dep:{name}\"")));
    features.filter_map(|line| line.split_once(" = ")).map(|(feature, _)| format!("`{feature}`")).collect()
}

fn metadata() -> Value {
    let arguments = ["metadata", "--format-version=1", "--locked", "--filter-platform=x86_64-unknown-linux-gnu"];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().expect("cargo runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn every_dependency_is_listed_with_its_weight_and_its_reason() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("a manifest");
    let (workspace, own, metadata) = (read("Cargo.toml"), read("suning-api/Cargo.toml"), metadata());
    let licences: BTreeMap<&str, &str> = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .filter_map(|package| Some((package["name"].as_str()?, package["license"].as_str()?)))
        .collect();
    let (all, reasons) = (tree(&FEATURES.join(",")), reasons(&workspace));
    let brought = brought(&all);
    let mut text = String::from(
        "# Dependencies of suning-api\n\n\
         Counted on Linux, without the crate itself. *Alone* is the number of crates that would be gone without the dependency, if all\n\
         features are on. `cargo test --package tests --test builds dependencies` compares this page with the manifests.\n\n\
         | feature | crates | more than without features |\n|---|---|---|\n",
    );
    let bare = tree("");
    for feature in FEATURES {
        let tree = tree(feature);
        let (label, more) = match *feature {
            "" => ("none".to_owned(), 0),
            "http-client" => ("`http-client` (default)".to_owned(), names(&tree).difference(&names(&bare)).count()),
            feature => (format!("`{feature}`"), names(&tree).difference(&names(&bare)).count()),
        };
        text += &format!("| {label} | {} | {more} |\n", names(&tree).len());
    }
    text += "\n| dependency | for | alone | licence | reason |\n|---|---|---|---|---|\n";
    for (name, crates) in &brought {
        let others: BTreeSet<&str> =
            brought.iter().filter(|(other, _)| *other != name).flat_map(|(_, crates)| crates).copied().collect();
        let features = needed_by(&own, name);
        let features = if features.is_empty() { "always".to_owned() } else { features.join(", ") };
        let reason = reasons.get(name).unwrap_or_else(|| panic!("Cargo.toml gives no reason for {name}"));
        text += &format!(
            "| {name} | {features} | {} | {} | {reason} |\n",
            crates.difference(&others).count(),
            licences[name]
        );
    }
    assert_accepted("docs/dependencies.md", &text);
}

#[test]
fn no_dependency_needs_a_newer_rust_than_the_crate_says() {
    let metadata = metadata();
    let version =
        |text: &str| -> Vec<u32> { text.split('.').take(2).filter_map(|number| number.parse().ok()).collect() };
    let packages = metadata["packages"].as_array().expect("packages");
    let own = packages.iter().find(|package| package["name"] == "suning-api").expect("the crate");
    let declared = version(own["rust_version"].as_str().expect("a version"));
    let newer: Vec<&str> = packages
        .iter()
        .filter(|package| package["rust_version"].as_str().is_some_and(|needed| version(needed) > declared))
        .filter_map(|package| package["name"].as_str())
        .collect();
    assert_eq!(newer, [""; 0]);
}
