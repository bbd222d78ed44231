//! What each construct and each method generates.

use std::path::Path;

use codegen::emit;
use codegen::files::{Output, SpecFile, read_spec};
use insta::{assert_snapshot, with_settings};
use tests::spec::{root, with_method};
use tests::surface::{items, surface};

const MANIFEST: &str = "[features]\nnamespaces = []\n";

/// One field of every kind, one rule of every kind, errors with and without a part.
const METHOD: &str = r#"method: suning.shop.thing.modify
title: 事情 <b>
page: https://example.invalid/thing
effect: write
node: modifyThing
request:
  thingCode: { required: true, example: "1", description: 编码*必填* }
  state:
    description: 状态
    values:
      "1": { name: Good, description: 好 }
      "2": { name: Bad, description: 坏 }
      "": { name: Unknown, description: 未知 }
  amount: { type: decimal, example: "1.50", description: 金额 }
  count: { type: integer, description: 数量 }
  time: { type: datetime, example: "2020-01-01 00:00:00", description: 时间 }
  names: { list: true, description: 名称 }
  lines:
    list: true
    fields:
      lineCode: { required: true, description: 行号 }
      password: { secret: true, description: 密码 }
rules:
  - any_of: [state, amount]
    error: biz.thing.invalid:1
    stated: note 1
  - range: { field: count, min: 1, max: 9 }
    stated: note 2
  - note: Things are slow.
    stated: note 3
response:
  thingName: { description: 名称 }
errors:
  biz.thing.missing-parameter:*: { message: 必填, remedy: 检查 }
  biz.thing.invalid:1: { name: Invalid, message: 不对 }
  isp.thing.down: { name: Down, message: 服务不可用, remedy: 稍后, retry: later }
quirks:
  - { kind: alias, field: response.thingName, documented: thingName, observed: thingname, evidence: example }
examples:
  request:
    json: |
      {"sn_request": {"sn_body": {"modifyThing": {"thingCode": "1", "state": "2", "amount": "1.50",
      "time": "2020-01-01 00:00:00", "names": ["a"], "lines": [{"lineCode": "3", "password": "x"}]}}}}
  response:
    json: |
      {"sn_responseContent": {"sn_body": {"modifyThing": {"thingname": "x"}}}}
"#;

fn generate(spec: &[SpecFile]) -> Output {
    let compiled = codegen::compile(spec).unwrap_or_else(|problems| panic!("{problems}"));
    emit::emit(&compiled.plan, MANIFEST).expect("the manifest is right")
}

fn text(output: &Output, path: &str) -> String {
    output.files.get(Path::new(path)).unwrap_or_else(|| panic!("{path} is not generated")).clone()
}

/// The generated items of the method that contain a name.
fn construct(name: &str) -> String {
    let output = generate(&with_method("shop/thing.modify.yaml", METHOD));
    items(&text(&output, "suning-api/src/generated/shop/thing_modify.rs"), name)
}

#[test]
fn an_enum_of_codes() {
    assert_snapshot!(construct(" State {"));
}

#[test]
fn an_enum_of_error_codes_and_its_table() {
    assert_snapshot!(construct("ErrorCode {"));
    assert_snapshot!(construct("static ERRORS"));
}

#[test]
fn a_request_with_its_field_table() {
    assert_snapshot!(construct("ThingModifyRequest {"));
}

#[test]
fn a_builder_with_required_parameters() {
    assert_snapshot!(construct("ThingModifyBuilder<"));
    assert_snapshot!(construct("mod required"));
}

#[test]
fn an_object_inside_a_request() {
    assert_snapshot!(construct("LineBuilder"));
}

#[test]
fn a_reply_with_an_alias() {
    assert_snapshot!(construct("ThingModifyResponse {"));
}

#[test]
fn the_static_description() {
    assert_snapshot!(construct("static METHOD"));
}

#[test]
fn a_namespace_with_its_method_stub() {
    let output = generate(&with_method("shop/thing.modify.yaml", METHOD));
    assert_snapshot!(text(&output, "suning-api/src/generated/shop/mod.rs"));
}

#[test]
fn the_root_and_the_examples() {
    let output = generate(&with_method("shop/thing.modify.yaml", METHOD));
    assert_snapshot!(text(&output, "suning-api/src/generated/mod.rs"));
    assert_snapshot!(text(&output, "suning-api/src/generated/examples.rs"));
}

#[test]
fn the_page_of_all_methods() {
    let page = text(&generate(&with_method("shop/thing.modify.yaml", METHOD)), "docs/methods.md");
    let (method, _) = page.split_once("\n## Error codes of all methods").expect("the common table comes last");
    assert_snapshot!(method);
}

#[test]
fn the_test_of_a_method() {
    let output = generate(&with_method("shop/thing.modify.yaml", METHOD));
    assert_snapshot!(text(&output, "tests/tests/generated/shop.rs"));
}

#[test]
fn the_feature_list() {
    let output = generate(&with_method("shop/thing.modify.yaml", METHOD));
    assert_snapshot!(text(&output, emit::MANIFEST), @r#"
    [features]
    namespaces = ["shop"]
    shop = []
    "#);
}

#[test]
fn what_callers_can_name_of_each_method() {
    let output = generate(&read_spec(&root()).expect("the spec can be read"));
    let folder = Path::new("suning-api/src/generated");
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
