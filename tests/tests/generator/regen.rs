//! Generated files follow the spec, and no file is lost.

use std::fs;
use std::path::Path;

use codegen::emit::{self, MANIFEST};
use codegen::files::{self, FileChange, Output, SpecFile};
use tests::spec::{file, platform, root, with_method};

const METHOD: &str = r#"method: suning.shop.thing.get
title: 事情
page: https://example.invalid/thing
effect: read
node: getThing
request:
  thingCode: { required: true, example: "1", description: 编码 }
response:
  thingName: { description: 名称 }
"#;

const GENERATED: &str = "suning-api/src/generated/methods/shop/thing_get.rs";

fn generate(spec: &[SpecFile], manifest: &str) -> Output {
    let compiled = tests::spec::plan(spec);
    emit::emit(&compiled, manifest).expect("the manifest is right")
}

/// A project with the platform, one method, and the files generated from them.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = "[package]\nname = \"x\"\n\n[features]\ndefault = [\"full\"] # kept\nfull = []\n";
    fs::create_dir_all(folder.path().join("suning-api")).expect("a folder");
    fs::write(folder.path().join(MANIFEST), manifest).expect("a manifest");
    update(folder.path(), &with_method("shop/thing.get.yaml", METHOD));
    folder
}

fn changes(root: &Path, spec: &[SpecFile]) -> Vec<FileChange> {
    files::compare(root, &output(root, spec)).expect("the files can be read")
}

fn output(root: &Path, spec: &[SpecFile]) -> Output {
    generate(spec, &fs::read_to_string(root.join(MANIFEST)).expect("a manifest"))
}

fn update(root: &Path, spec: &[SpecFile]) {
    files::apply(root, &changes(root, spec)).expect("the files can be written");
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_default()
}

#[test]
fn the_checked_in_code_is_up_to_date() {
    let spec = files::read_spec(&root()).expect("the spec can be read");
    let changes: Vec<_> = changes(&root(), &spec).iter().map(ToString::to_string).collect();
    assert!(changes.is_empty(), "run `cargo xtask regen`:\n{}", changes.join("\n"));
}

#[test]
fn two_runs_give_the_same_bytes() {
    let spec = files::read_spec(&root()).expect("the spec can be read");
    let manifest = read(&root(), MANIFEST);
    let (first, second) = (generate(&spec, &manifest), generate(&spec, &manifest));
    assert!(first.files.len() > 10);
    assert_eq!(first.files, second.files);
    let again = generate(&spec, &first.files[Path::new(MANIFEST)]);
    assert_eq!(first.files, again.files);
}

#[test]
fn a_second_run_touches_nothing() {
    let folder = project();
    let before = fs::metadata(folder.path().join(GENERATED)).and_then(|file| file.modified()).expect("a time");
    let spec = with_method("shop/thing.get.yaml", METHOD);
    assert_eq!(changes(folder.path(), &spec), []);
    update(folder.path(), &spec);
    let after = fs::metadata(folder.path().join(GENERATED)).and_then(|file| file.modified()).expect("a time");
    assert_eq!(before, after);
}

#[test]
fn a_stale_file_is_named_with_its_difference() {
    let folder = project();
    let text = read(folder.path(), GENERATED).replace("名称", "别名");
    fs::write(folder.path().join(GENERATED), text).expect("a file");
    let changes = changes(folder.path(), &with_method("shop/thing.get.yaml", METHOD));
    let [change @ FileChange::Stale { .. }] = changes.as_slice() else { panic!("{changes:?}") };
    let shown = change.to_string();
    assert!(shown.starts_with(&format!("stale    {GENERATED}\n")), "{shown}");
    assert!(shown.contains("-    /// 别名 (`thingName`).\n+    /// 名称 (`thingName`)."), "{shown}");
}

#[test]
fn a_missing_file_is_named_and_written() {
    let folder = project();
    fs::remove_file(folder.path().join(GENERATED)).expect("a file");
    let spec = with_method("shop/thing.get.yaml", METHOD);
    let found: Vec<_> = changes(folder.path(), &spec).iter().map(ToString::to_string).collect();
    assert_eq!(found, [format!("missing  {GENERATED}")]);
    update(folder.path(), &spec);
    assert!(read(folder.path(), GENERATED).contains("ThingGetRequest"));
}

#[test]
fn what_did_not_change_is_taken_from_disk_unless_it_was_edited_by_hand() {
    let folder = project();
    let spec = with_method("shop/thing.get.yaml", METHOD);
    let generate = || {
        let cache = emit::Cache::read(folder.path(), &spec);
        let output = emit::emit_with(&tests::spec::plan(&spec), &read(folder.path(), MANIFEST), &cache)
            .expect("the manifest is right");
        files::apply(folder.path(), &files::compare(folder.path(), &output).expect("files")).expect("files");
        cache.write().expect("a cache");
        output.files[Path::new(GENERATED)].clone()
    };
    let right = generate();
    let other = right.replace("ThingGetRequest", "OtherRequest");
    fs::write(folder.path().join(GENERATED), &other).expect("a file");
    assert_eq!(generate(), right, "an edit by hand is overwritten");
    assert_eq!(read(folder.path(), GENERATED), right);
    assert_eq!(generate(), right);
    let state = folder.path().join("target/regen.json");
    let known = fs::read_to_string(&state).expect("a cache");
    fs::write(&state, known.replacen("\"generator\":", "\"generator\":1", 1)).expect("a cache");
    assert_eq!(generate(), right, "the cache of another program is not used");
}

#[test]
fn files_without_a_source_are_orphans_and_removed_with_their_feature() {
    let folder = project();
    assert!(
        read(folder.path(), MANIFEST).contains("full = [\"shop\"]\nshop = []\n"),
        "{}",
        read(folder.path(), MANIFEST)
    );
    let spec = [platform(), file("other/thing.get.yaml", &METHOD.replace("suning.shop", "suning.other"))];
    let orphans: Vec<_> = changes(folder.path(), &spec)
        .iter()
        .map(ToString::to_string)
        .filter(|line| line.starts_with("orphaned"))
        .collect();
    assert_eq!(
        orphans,
        [
            "orphaned suning-api/src/generated/catalog/shop.jsonl",
            "orphaned suning-api/src/generated/methods/shop/mod.rs",
            "orphaned suning-api/src/generated/methods/shop/thing_get.rs",
            "orphaned docs/methods/shop.md",
        ]
    );
    update(folder.path(), &spec);
    assert!(!folder.path().join("suning-api/src/generated/methods/shop").exists());
    let manifest = read(folder.path(), MANIFEST);
    assert!(manifest.contains("full = [\"other\"]\nother = []\n") && !manifest.contains("shop"), "{manifest}");
    assert!(manifest.contains("default = [\"full\"] # kept"), "{manifest}");
}

#[test]
fn a_failure_half_way_leaves_the_old_files_whole() {
    let folder = project();
    let old = read(folder.path(), "suning-api/src/generated/mod.rs");
    // A folder is in the place of the last file, so it cannot be written.
    let blocked = folder.path().join("tests/tests/generated/zoo.rs");
    fs::create_dir_all(&blocked).expect("a folder");
    let mut spec = with_method("shop/thing.get.yaml", &METHOD.replace("名称", "别名"));
    spec.push(file("zoo/thing.get.yaml", &METHOD.replace("suning.shop", "suning.zoo")));
    let output = output(folder.path(), &spec);
    let missing = FileChange::Missing { path: "tests/tests/generated/zoo.rs".into(), new: "x".into() };
    let mut changes: Vec<_> = output
        .files
        .iter()
        .filter(|(path, _)| !path.ends_with("zoo.rs"))
        .map(|(path, new)| FileChange::Missing { path: path.clone(), new: new.clone() })
        .collect();
    changes.push(missing);
    let error = files::apply(folder.path(), &changes).expect_err("a folder is in the way");
    assert!(error.to_string().contains("zoo.rs"), "{error}");
    assert_eq!(read(folder.path(), "suning-api/src/generated/mod.rs"), old);
    assert!(read(folder.path(), GENERATED).contains("名称"));
    let files = fs::read_dir(folder.path().join("suning-api/src/generated")).expect("a folder").flatten();
    let names: Vec<_> = files.filter(|file| file.path().is_file()).map(|file| file.file_name()).collect();
    assert_eq!(names.len(), 5, "no file of the attempt is left among {names:?}");
}

#[test]
fn a_namespace_that_is_named_like_another_feature_is_an_error() {
    let spec = with_method("shop/thing.get.yaml", METHOD);
    let compiled = tests::spec::plan(&spec);
    let error = emit::emit(&compiled, "[features]\nfull = []\nshop = []\n").expect_err("the name is taken");
    assert!(error.to_string().starts_with("suning-api/Cargo.toml: the namespace `shop`"), "{error}");
    let error = emit::emit(&compiled, "[package]\n").expect_err("there is no feature list");
    assert!(error.to_string().contains("[features]"), "{error}");
}
