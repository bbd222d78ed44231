//! What must compile and what must not, with the compiler message.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use tests::spec::{EVERY_KIND, file, platform};
use tests::workspace::check_callers;

#[path = "pass/codes_and_errors.rs"]
mod codes_and_errors;
#[path = "pass/full_builder.rs"]
mod full_builder;

#[test]
fn correct_use_compiles() {
    codes_and_errors::main();
    full_builder::main();
}

/// The programs that must not compile, by name.
fn misuse() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/builds/fail");
    let files = fs::read_dir(folder).expect("the programs").flatten();
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    files.map(|file| (name(&file.path()), fs::read_to_string(file.path()).expect("a program"))).collect()
}

/// rustc shows a type by its path where several have its name.
fn without_paths(message: &str) -> String {
    let mut words = message.split("suning_api::methods::");
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, path| text + &path[path.find(|c: char| c.is_uppercase()).unwrap_or(0)..])
}

/// The messages depend neither on other methods nor on the documented ones, whose number grows.
#[test]
fn misuse_does_not_compile_and_says_why_whichever_other_methods_there_are() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compile");
    let mut spec = vec![platform(), file("shop/thing.modify.yaml", EVERY_KIND)];
    let alone = check_callers(&folder, &spec, &misuse());
    for (namespace, name) in [("shop", "thing.remove"), ("depot", "thing.modify")] {
        let text = EVERY_KIND.replace("suning.shop.thing.modify", &format!("suning.{namespace}.{name}"));
        spec.push(file(&format!("{namespace}/{name}.yaml"), &text));
    }
    let among_others = check_callers(&folder, &spec, &misuse());
    for (name, program) in misuse() {
        let message = alone.get(&name).unwrap_or_else(|| panic!("{name} compiles:\n{program}"));
        let other = among_others.get(&name).map(|message| without_paths(message));
        assert_eq!(Some(without_paths(message)), other, "{name}");
        insta::with_settings!({ snapshot_suffix => name }, { assert_snapshot!("misuse", message) });
    }
}
