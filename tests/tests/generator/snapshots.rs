//! What each construct and each method generates.

use std::fs;
use std::path::Path;

use codegen::emit;
use codegen::files::{Output, SpecFile, read_spec};
use insta::{assert_snapshot, with_settings};
use tests::spec::{EVERY_KIND, plan, root, with_method};
use tests::surface::surface;

const MANIFEST: &str = "[features]\nfull = []\n";

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
fn the_page_of_a_namespace() {
    let page = text(&generate(&with_method("shop/thing.modify.yaml", EVERY_KIND)), "docs/methods/shop.md");
    assert_snapshot!(page);
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
    full = ["shop"]
    shop = []
    "#);
}

#[test]
fn what_callers_can_name_of_each_documented_method() {
    let plan = plan(&read_spec(&root()).expect("the spec can be read"));
    let documented: Vec<_> = plan.methods().filter(|(_, method)| method.examples.is_documented()).collect();
    assert!(documented.len() >= 5);
    for (namespace, method) in documented {
        let (namespace, name) = (namespace.module.as_str(), method.module.as_str());
        let text = fs::read_to_string(root().join(format!("suning-api/src/generated/methods/{namespace}/{name}.rs")));
        let text = text.expect("the file was generated");
        with_settings!({ snapshot_suffix => name }, { assert_snapshot!("surface", surface(&text)) });
    }
}

#[test]
fn what_callers_can_name_of_the_common_errors() {
    let text = fs::read_to_string(root().join("suning-api/src/generated/common.rs")).expect("the file was generated");
    assert_snapshot!(surface(&text));
}
