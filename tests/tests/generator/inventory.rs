//! Importing an inventory: what a line says, and what is wrong with it.

use std::fs;

use codegen::inventory::read;
use codegen::spec::{Effect, Evidence, Type};
use codegen::yaml::to_canonical;
use insta::assert_snapshot;
use serde_json::{Value, json};
use tests::inventory::{NAME, checked, everything, import_into, line, merge};
use tests::spec::root;

#[test]
fn a_new_method_takes_over_what_the_inventory_states() {
    let (method, findings) = merge(None, everything());
    assert_snapshot!(checked(&method), @r#"
    method: suning.depot.shelf.query
    title: 货架查询
    page: https://open.suning.com/ospos/apipage/toApiMethodDetailMenuNew.do?interCode=suning.depot.shelf.query
    source: sdk
    sources: [py, page]
    effect: read
    effect_derived: true
    node: queryShelf
    request:
      depotCode: { required: true, example: D1, description: 仓库编码 }
      state:
        example: "2"
        description: 状态
        values:
          "1": { name: Code1, description: 好 }
          "2": { name: Code2, description: 坏 }
      pageNo: { type: integer }
      boxes:
        list: true
        fields:
          boxCode: { required: true }
    response_list: true
    paging:
      page: pageNo
    response_partial: true
    response:
      count: {}
      remark: { source: page, description: 备注 }
      place:
        fields:
          row: {}
    errors:
      biz.depot.queryshelf.missing-parameter:*: {}
      biz.depot.queryshelf.shelf:unknown: {}
    "#);
    assert_eq!(findings, ["the codes of `request.state` are named by their numbers; give them names"]);
}

#[test]
fn only_true_becomes_a_requirement_and_only_of_a_request() {
    let fields = json!([{ "name": "a", "required": true }, { "name": "b", "required": false }, { "name": "c" }]);
    let (method, _) = merge(None, json!({ "request": fields, "response": { "fields": fields } }));
    checked(&method);
    let required: Vec<_> = method.request.iter().filter(|(_, field)| field.required).map(|(name, _)| name).collect();
    assert_eq!(required, ["a"]);
    assert!(method.response.values().all(|field| !field.required));
}

#[test]
fn a_container_that_is_one_object_or_several_becomes_a_list() {
    let container = json!({ "name": "boxes", "fields": [{ "name": "boxCode" }] });
    let (method, findings) = merge(None, json!({ "request": [container] }));
    assert!(method.request["boxes"].list);
    let finding = "nothing says whether `request.boxes` is one object or several; made it a list, which accepts both";
    assert_eq!(findings, [finding]);
    let decided = checked(&method).replace("    list: true\n", "");
    let (method, findings) = merge(Some(&decided), json!({ "request": [container] }));
    assert_eq!((to_canonical(&method), findings), (decided, Vec::new()));
}

#[test]
fn a_container_that_is_known_to_be_one_object_stays_one() {
    let container = json!({ "name": "boxes", "list": false, "fields": [{ "name": "boxCode" }] });
    let (method, findings) = merge(None, json!({ "request": [container] }));
    assert_eq!((method.request["boxes"].list, findings), (false, Vec::new()));
}

#[test]
fn common_codes_are_not_repeated() {
    let errors = json!(["sys.check.app-time:error", "isp.sys.service.unavailable.depot", "biz.depot.x:1"]);
    let (method, _) = merge(None, json!({ "errors": errors }));
    assert_eq!(method.errors.keys().collect::<Vec<_>>(), ["biz.depot.x:1"]);
}

#[test]
fn two_codes_with_the_same_last_words_get_different_names() {
    let errors =
        json!(["biz.depot.a.missing-parameter:x", "biz.depot.b.missing-parameter:y", "biz.a.x:1", "biz.b.x:1"]);
    let (method, _) = merge(None, json!({ "errors": errors }));
    checked(&method);
    let names: Vec<_> = method.errors.iter().map(|(code, entry)| (code.as_str(), entry.name.as_deref())).collect();
    assert_eq!(
        names,
        [
            ("biz.depot.a.missing-parameter:*", None),
            ("biz.depot.b.missing-parameter:*", Some("BizDepotBMissingParameter")),
            ("biz.a.x:1", None),
            ("biz.b.x:1", Some("BizBX1")),
        ]
    );
}

#[test]
fn only_codes_in_the_fixed_form_are_split_from_a_label() {
    let cases = [
        ("状态: 1 好, 2 坏", None, "状态", 2),
        ("状态: Y-1 好, N-2 坏", None, "状态", 2),
        ("状态: 1 好, 2 坏", Some("3"), "状态: 1 好, 2 坏", 0),
        ("状态: 1 好; 2 坏", None, "状态: 1 好; 2 坏", 0),
        ("状态: good 好, bad 坏", None, "状态: good 好, bad 坏", 0),
        ("状态(1 好, 2 坏)", None, "状态(1 好, 2 坏)", 0),
    ];
    for (label, example, description, codes) in cases {
        let (method, _) = merge(None, json!({ "request": [{ "name": "state", "label": label, "example": example }] }));
        let state = &method.request["state"];
        assert_eq!((state.description.as_deref(), state.values.len()), (Some(description), codes), "{label}");
    }
}

#[test]
fn a_parameter_with_codes_is_text_whatever_type_the_sdk_has() {
    let state = json!({ "name": "state", "type": "integer", "label": "状态: 1 好, 2 坏" });
    let (method, _) = merge(None, json!({ "request": [state, { "name": "count", "type": "integer" }] }));
    checked(&method);
    assert_eq!((method.request["state"].kind, method.request["count"].kind), (Type::Text, Type::Integer));
}

#[test]
fn a_label_with_codes_stays_whole_next_to_a_type() {
    let typed = checked(&merge(None, json!({ "request": [{ "name": "state", "type": "integer" }] })).0);
    let (method, _) = merge(Some(&typed), json!({ "request": [{ "name": "state", "label": "状态: 1 好, 2 坏" }] }));
    checked(&method);
    let state = &method.request["state"];
    assert_eq!((state.kind, state.description.as_deref()), (Type::Integer, Some("状态: 1 好, 2 坏")));
}

#[test]
fn a_method_is_only_known_from_a_page_if_no_sdk_has_it() {
    let keys = json!({ "sources": ["page"], "response": { "fields": [{ "name": "shelfName" }] } });
    let (method, _) = merge(None, keys);
    assert_eq!((method.evidence, method.response["shelfName"].evidence), (Evidence::Page, None));
    let (method, _) = merge(Some(&checked(&method)), json!({ "request": [{ "name": "zone" }] }));
    assert_eq!((method.evidence, method.request["zone"].evidence), (Evidence::Page, Some(Evidence::Sdk)));
    assert_eq!(method.sources, ["page", "py"]);
}

#[test]
fn the_effect_is_derived_from_the_last_word() {
    for (name, effect) in [("shelf.get", Effect::Read), ("shelf.query", Effect::Read), ("shelf.add", Effect::Write)] {
        let import = import_into(None, &line(json!({ "method": format!("suning.depot.{name}") })));
        assert_eq!((import.methods[0].effect, import.methods[0].effect_derived), (effect, true), "{name}");
    }
}

#[test]
fn findings_have_the_line_of_their_method() {
    let boxes = json!([{ "name": "boxes", "fields": [{ "name": "boxCode" }] }]);
    let lines = ["suning.depot.a.get", "suning.depot.b.get"].map(|method| {
        line(json!({ "method": method, "request": if method.contains(".b.") { boxes.clone() } else { json!([]) } }))
    });
    let import = import_into(None, &lines.join("\n\n"));
    let findings: Vec<_> = import.findings.iter().map(ToString::to_string).collect();
    assert_eq!(findings.len(), 1);
    assert!(findings[0].starts_with("3: suning.depot.b.get: nothing says whether"), "{findings:?}");
}

#[test]
fn every_bad_line_is_located() {
    let lines = [
        line(json!({})),
        "{ not JSON".to_owned(),
        line(json!({ "method": "suning.depot.b.get", "tilte": "货架" })),
        line(json!({ "method": "depot" })),
        line(json!({})),
        line(json!({ "method": "suning.depot.c.get", "request": [{ "name": "a", "type": "bool" }] })),
        String::new(),
        line(json!({ "method": "suning.depot.d.get" })),
    ];
    let problems = read("facts.jsonl", lines.join("\r\n").as_bytes()).expect_err("bad lines");
    assert_snapshot!(problems.to_string(), @"
    facts.jsonl:2:3: key must be a string
    facts.jsonl:3:130: unknown field `tilte`, expected one of `method`, `title`, `node`, `sources`, `paged`, `request`, `response`, `errors`
    facts.jsonl:4:17: `depot` is not a method name; write `suning.<namespace>.<name>`
    facts.jsonl:5:1: `suning.depot.shelf.query` is also on line 1; join the two
    facts.jsonl:6:118: unknown variant `bool`, expected one of `text`, `integer`, `decimal`, `datetime`
    ");
}

/// The checked-in schema of a line.
fn schema() -> Value {
    let text = fs::read_to_string(root().join("spec/schema/inventory.json")).expect("the schema");
    serde_json::from_str(&text).expect("a schema is JSON")
}

/// The JSON blocks of the documentation of the format: the example, pretty-printed and as a line.
fn documented() -> Vec<String> {
    let text = fs::read_to_string(root().join("docs/inventory.md")).expect("the documentation");
    let blocks = text.split("```json").skip(1).filter_map(|block| block.split_once('\n')?.1.split_once("```"));
    blocks.map(|(block, _)| block.to_owned()).collect()
}

#[test]
fn the_documented_example_fits_the_schema_and_is_imported() {
    let [pretty, line] = documented().try_into().expect("two blocks");
    assert_eq!(line.lines().count(), 1);
    let [pretty, value] = [pretty, line.clone()].map(|text| serde_json::from_str::<Value>(&text).expect("JSON"));
    assert_eq!(pretty, value);
    let schema = jsonschema::draft7::new(&schema()).expect("a schema is right");
    assert_eq!(schema.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>(), [""; 0]);
    let import = import_into(None, &line);
    assert_eq!(import.methods[0].method.as_str(), NAME);
    checked(&import.methods[0]);
}

#[test]
fn every_key_of_the_format_is_documented() {
    let text = fs::read_to_string(root().join("docs/inventory.md")).expect("the documentation");
    let schema = schema();
    for kind in [&schema, &schema["definitions"]["Item"], &schema["definitions"]["Reply"]] {
        for key in kind["properties"].as_object().expect("keys").keys() {
            assert!(text.contains(&format!("`{key}`")) || text.contains(&format!(".{key}`")), "{key}");
        }
    }
}
