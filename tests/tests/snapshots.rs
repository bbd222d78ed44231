//! What each construct and each method generates.

use std::path::Path;

use codegen::emit;
use codegen::files::{Output, SpecFile, read_spec};
use insta::{assert_snapshot, with_settings};
use tests::spec::{EVERY_KIND, plan, root, with_method};
use tests::surface::surface;

const MANIFEST: &str = "[features]\nnamespaces = []\n";

fn generate(spec: &[SpecFile]) -> Output {
    emit::emit(&plan(spec), MANIFEST).expect("the manifest is right")
}

fn text(output: &Output, path: &str) -> String {
    output.files.get(Path::new(path)).unwrap_or_else(|| panic!("{path} is not generated")).clone()
}

#[test]
fn a_method_with_every_kind_of_field_rule_and_error() {
    let output = generate(&with_method("shop/thing.modify.yaml", EVERY_KIND));
    assert_snapshot!(text(&output, "suning-api/src/generated/methods/shop/thing_modify.rs"));
    assert_snapshot!(text(&output, "suning-api/src/generated/catalog/shop.jsonl"));
}

#[test]
fn a_method_without_error_codes_of_its_own() {
    let method = EVERY_KIND.lines().filter(|line| !line.contains("biz.thing.invalid") && !line.contains("isp.thing"));
    let output = generate(&with_method("shop/thing.modify.yaml", &method.collect::<Vec<_>>().join("\n")));
    let file = text(&output, "suning-api/src/generated/methods/shop/thing_modify.rs");
    assert_snapshot!(file[file.find("/// Error codes").expect("the error codes")..]);
}

#[test]
fn the_names_of_required_parameters() {
    let output = generate(&with_method("shop/thing.modify.yaml", EVERY_KIND));
    assert_snapshot!(text(&output, "suning-api/src/generated/required.rs"));
}

#[test]
fn a_namespace_with_its_method_stub() {
    let output = generate(&with_method("shop/thing.modify.yaml", EVERY_KIND));
    assert_snapshot!(text(&output, "suning-api/src/generated/methods/shop/mod.rs"));
}

#[test]
fn the_roots() {
    let output = generate(&with_method("shop/thing.modify.yaml", EVERY_KIND));
    for file in ["mod.rs", "methods/mod.rs", "catalog.rs"] {
        assert_snapshot!(text(&output, &format!("suning-api/src/generated/{file}")));
    }
}

#[test]
fn the_page_of_all_methods() {
    let page = text(&generate(&with_method("shop/thing.modify.yaml", EVERY_KIND)), "docs/methods.md");
    let (method, _) = page.split_once("\n## Error codes of all methods").expect("the common table comes last");
    assert_snapshot!(method);
}

#[test]
fn the_test_of_a_method() {
    let output = generate(&with_method("shop/thing.modify.yaml", EVERY_KIND));
    assert_snapshot!(text(&output, "tests/tests/generated/shop.rs"));
}

#[test]
fn the_feature_list() {
    let output = generate(&with_method("shop/thing.modify.yaml", EVERY_KIND));
    assert_snapshot!(text(&output, emit::MANIFEST), @r#"
    [features]
    namespaces = ["shop"]
    shop = []
    "#);
}

#[test]
fn what_callers_can_name_of_each_method() {
    let output = generate(&read_spec(&root()).expect("the spec can be read"));
    let folder = Path::new("suning-api/src/generated/methods");
    let methods: Vec<_> = output
        .files
        .iter()
        .filter(|(path, _)| path.parent().is_some_and(|parent| parent != folder && parent.starts_with(folder)))
        .filter(|(path, _)| !path.ends_with("mod.rs"))
        .collect();
    assert!(methods.len() >= 5);
    for (path, text) in methods {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        with_settings!({ snapshot_suffix => name }, { assert_snapshot!("surface", surface(text)) });
    }
}

#[test]
fn what_callers_can_name_of_the_common_errors() {
    let output = generate(&read_spec(&root()).expect("the spec can be read"));
    assert_snapshot!(surface(&text(&output, "suning-api/src/generated/common.rs")));
}
