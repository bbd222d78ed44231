//! What the semantic diff predicts for Rust source matches the compiler.
//!
//! Every change is made to a separate method, so that the crate is generated and compiled once before the changes and
//! once after them. Each method has one caller that uses everything it has.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use codegen::diff::{Class, diff};
use codegen::files::SpecFile;
use tests::changes::{CALLER, CASES, METHOD, PLATFORM_CASES, SHARED_CALLER, other_platform};
use tests::spec::{file, plan, platform};
use tests::workspace::check_callers;

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
    let callers = callers.iter().enumerate().map(|(index, caller)| (format!("caller{index}"), caller.clone()));
    let broken = check_callers(folder, spec, &callers.collect());
    broken.keys().map(|name| name["caller".len()..].parse().expect("an index")).collect()
}

#[test]
fn a_caller_breaks_where_the_diff_says_so_and_nowhere_else() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let (old, new) = (spec(|_| METHOD.to_owned()), spec(|index| CASES[index].changed()));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    assert_eq!(broken(&folder.join("before"), &old, &callers()), BTreeSet::new(), "the caller does not fit the method");

    let changes = diff(&plan(&old), &plan(&new));
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
    let old = [platform(), method(0, METHOD)];
    assert!(broken(&folder, &old, &callers).is_empty(), "the caller does not fit the platform");
    let mut breaking = 0;
    for (rule, from, to) in PLATFORM_CASES {
        let new = [other_platform(from, to), method(0, METHOD)];
        let predicted = diff(&plan(&old), &plan(&new)).iter().any(|change| change.rule.rust == Class::Breaking);
        assert_eq!(!broken(&folder, &new, &callers).is_empty(), predicted, "{rule}: {to}");
        breaking += usize::from(predicted);
    }
    assert!(breaking >= 2, "only {breaking} changes break a caller");
}
