//! What the semantic diff predicts for Rust source matches the compiler.
//!
//! Every change is made to a separate method, so that the crate is generated and compiled once before the changes and
//! once after them. Each method has one caller that uses everything it has.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use codegen::diff::{Class, Version, diff};
use codegen::files::SpecFile;
use serde_json::Value;
use tests::changes::{CALLER, CASES, METHOD, PLATFORM_CASES, SHARED_CALLER, other_platform};
use tests::spec::{file, platform};
use tests::workspace::{check_crate, generate_crate};

/// The crates share a target folder for their dependencies, where their own artifacts have the same names.
static TURN: Mutex<()> = Mutex::new(());

/// A method named `suning.shop.thing<index>.modify`.
fn method(index: usize, text: &str) -> SpecFile {
    let text = text.replace("suning.shop.thing.modify", &format!("suning.shop.thing{index}.modify"));
    // The name in Rust must be unique as well.
    let text = text.replace("name: modify_thing", &format!("name: modify_thing{index}"));
    file(&format!("shop/thing{index}.modify.yaml"), &text)
}

fn spec(text: impl Fn(usize) -> String) -> Vec<SpecFile> {
    let methods = (0..CASES.len()).map(|index| method(index, &text(index)));
    std::iter::once(platform()).chain(methods).collect()
}

/// A caller of each method.
fn callers() -> Vec<String> {
    let caller = |index: usize| {
        let names = [("thing_modify", format!("thing{index}_modify")), ("ThingModify", format!("Thing{index}Modify"))];
        names.iter().fold(CALLER.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    (0..CASES.len()).map(caller).collect()
}

/// The indices of the callers that do not compile against the crate of a spec.
fn broken(folder: &Path, spec: &[SpecFile], callers: &[String]) -> BTreeSet<usize> {
    generate_crate(folder, spec);
    let examples = folder.join("suning-api/examples");
    fs::create_dir_all(&examples).expect("a folder");
    for (index, caller) in callers.iter().enumerate() {
        fs::write(examples.join(format!("caller{index}.rs")), caller).expect("a file");
    }
    let output = check_crate(folder)
        .args(["--lib", "--examples", "--keep-going", "--message-format=json"])
        .output()
        .expect("cargo runs");
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages: Vec<Value> = messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let is_error = |message: &&Value| message["message"]["level"] == "error";
    let errors: Vec<&Value> = messages.iter().filter(is_error).collect();
    let target = |message: &&Value| message["target"]["name"].as_str().map(str::to_owned);
    let failed: BTreeSet<String> = errors.iter().filter_map(target).collect();
    let checked = messages.iter().filter(|message| message["reason"] == "compiler-artifact").count();
    assert!(checked > 0, "{}", String::from_utf8_lossy(&output.stderr));
    failed
        .iter()
        .map(|name| name.strip_prefix("caller").and_then(|index| index.parse().ok()))
        .map(|index: Option<usize>| index.unwrap_or_else(|| panic!("the crate itself is broken: {errors:?}")))
        .collect()
}

#[test]
fn a_caller_breaks_where_the_diff_says_so_and_nowhere_else() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let (old, new) = (spec(|_| METHOD.to_owned()), spec(|index| CASES[index].changed()));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    assert_eq!(broken(&folder.join("before"), &old, &callers()), BTreeSet::new(), "the caller does not fit the method");

    let version = |files: &[SpecFile]| Version::new(files).unwrap_or_else(|problems| panic!("{problems}"));
    let changes = diff(&version(&old), &version(&new));
    let is_breaking = |index: usize| {
        let name = format!("suning.shop.thing{index}.modify");
        let mut changes = changes.iter().filter(|change| change.method.as_ref() == Some(&name));
        changes.any(|change| change.rule.rust == Class::Breaking)
    };
    let predicted: BTreeSet<usize> = (0..CASES.len()).filter(|index| is_breaking(*index)).collect();
    let real = broken(&folder.join("after"), &new, &callers());
    let wrong: Vec<_> = predicted.symmetric_difference(&real).map(|index| &CASES[*index]).collect();
    assert!(wrong.is_empty(), "predicted and real differ for {wrong:#?}");
    assert!(predicted.len() > 20 && predicted.len() < CASES.len());
}

#[test]
fn a_change_of_what_all_methods_share_breaks_a_caller_where_the_diff_says_so() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("shared");
    let callers = [SHARED_CALLER.to_owned()];
    let version = |files: &[SpecFile]| Version::new(files).unwrap_or_else(|problems| panic!("{problems}"));
    let old = [platform(), method(0, METHOD)];
    assert!(broken(&folder, &old, &callers).is_empty(), "the caller does not fit the platform");
    let mut breaking = 0;
    for (rule, from, to) in PLATFORM_CASES {
        let new = [other_platform(from, to), method(0, METHOD)];
        let predicted = diff(&version(&old), &version(&new)).iter().any(|change| change.rule.rust == Class::Breaking);
        assert_eq!(!broken(&folder, &new, &callers).is_empty(), predicted, "{rule}: {to}");
        breaking += usize::from(predicted);
    }
    assert!(breaking >= 2, "only {breaking} changes break a caller");
}
