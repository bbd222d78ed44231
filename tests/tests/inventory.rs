//! Importing an inventory: new methods, methods that a page describes, methods that people edited, and faulty lines.

use std::fs;

use codegen::files::SpecFile;
use codegen::inventory::{self, Import, read};
use codegen::spec::{Effect, Evidence, Method, Type};
use codegen::yaml::to_canonical;
use codegen::{Checks, compile, load};
use insta::assert_snapshot;
use serde_json::{Value, json};
use tests::spec::{file, platform, root, with_method};

const NAME: &str = "suning.depot.shelf.query";
const PATH: &str = "depot/shelf.query.yaml";

/// A line of the inventory that states little, with these keys added or replaced.
fn line(keys: Value) -> String {
    let mut entry = json!({
        "method": NAME,
        "node": "queryShelf",
        "sources": ["py"],
        "paged": false,
        "request": [],
        "response": null,
        "errors": [],
    });
    let (Value::Object(all), Value::Object(keys)) = (&mut entry, keys) else { panic!("keys of an entry") };
    all.extend(keys);
    entry.to_string()
}

/// Imports a line into a spec that has this method, if any.
fn import_into(method: Option<&str>, line: &str) -> Import {
    let files: Vec<SpecFile> = std::iter::once(platform()).chain(method.map(|text| file(PATH, text))).collect();
    let spec = load::spec(&files).unwrap_or_else(|problems| panic!("{problems}"));
    let entries = read("facts.jsonl", line.as_bytes()).unwrap_or_else(|problems| panic!("{problems}"));
    inventory::import(&entries, &spec)
}

/// The method that a line makes of another, and the findings.
fn merge(method: Option<&str>, keys: Value) -> (Method, Vec<String>) {
    let Import { mut methods, findings } = import_into(method, &line(keys));
    let findings = findings.iter().map(|finding| finding.message.replacen(&format!("{NAME}: "), "", 1));
    (methods.remove(0), findings.collect())
}

/// The method in its canonical form, which must pass the checks.
fn checked(method: &Method) -> String {
    let text = to_canonical(method);
    if let Err(problems) = compile(&with_method(PATH, &text), Checks::All) {
        panic!("{problems}{text}");
    }
    text
}

/// Everything that an inventory can state.
fn everything() -> Value {
    json!({
        "title": "货架查询",
        "sources": ["py", "page"],
        "paged": true,
        "request": [
            { "name": "depotCode", "required": true, "type": "text", "example": "D1", "label": "仓库编码" },
            { "name": "state", "required": false, "label": "状态: 1 好, 2 坏", "example": "2" },
            { "name": "pageNo", "type": "integer" },
            { "name": "boxes", "list": true, "fields": [{ "name": "boxCode", "required": true }] },
        ],
        "response": {
            "list": true,
            "partial": true,
            "fields": [
                { "name": "count", "type": "integer" },
                { "name": "remark", "source": "page", "label": "备注" },
                { "name": "place", "list": false, "fields": [{ "name": "row" }] },
            ],
        },
        "errors": [
            "biz.depot.queryshelf.missing-parameter:depotCode",
            "biz.depot.queryshelf.missing-parameter:state",
            "biz.depot.queryshelf.shelf:unknown",
        ],
    })
}

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

/// Lines of one method that say more, less, or something else than each other.
fn lines() -> Vec<Value> {
    vec![
        json!({}),
        everything(),
        json!({ "sources": ["page"], "request": [{ "name": "state", "label": "状态" }] }),
        json!({ "node": "getShelf", "sources": ["php", "py"], "request": [{ "name": "state", "required": true }] }),
        json!({
            "request": [
                { "name": "state", "type": "integer", "label": "状态: 1 好, 2 坏" },
                { "name": "boxes", "type": "decimal", "fields": [{ "name": "a" }, { "name": "a" }] },
            ],
            "response": { "fields": [{ "name": "place", "required": true, "fields": [{ "name": "rowCode" }] }] },
            "errors": ["biz.depot.x:1", "biz.other.x:1", "biz.depot.other.missing-parameter:*"],
        }),
        json!({
            "request": [{ "name": "boxes", "list": false, "label": "箱" }],
            "response": {
                "node": "shelfRow",
                "list": false,
                "fields": [{ "name": "shelfname" }, { "name": "state", "label": "a: b: c, d" }],
            },
        }),
    ]
}

#[test]
fn importing_the_result_again_changes_nothing() {
    for base in [None, Some(TRANSCRIBED), Some(EDITED)] {
        for older in lines() {
            let older = checked(&merge(base, older).0);
            for newer in lines() {
                let once = checked(&merge(Some(&older), newer.clone()).0);
                let (twice, _) = merge(Some(&once), newer);
                assert_eq!(to_canonical(&twice), once);
            }
        }
    }
}

/// A method whose whole page was transcribed.
const TRANSCRIBED: &str = r#"method: suning.depot.shelf.query
title: 货架
page: https://example.invalid/shelf
effect: read
node: queryShelf
verified: "2031-05-06"
request:
  depotCode: { required: true, description: 仓库编码 }
  state: { description: 状态 }
  boxes:
    list: true
    fields:
      boxCode: { description: 箱号 }
response:
  shelfName: { description: 货架名称 }
  places:
    list: true
    fields:
      rowCode: { description: 行号 }
errors:
  biz.depot.queryshelf.missing-parameter:*: { message: 必填 }
quirks:
  - kind: alias
    field: response.shelfName
    documented: shelfName
    observed: shelfname
    evidence: response example
  - kind: alias
    field: response.places
    documented: places
    observed: place
    evidence: response example
  - kind: alias
    field: request.boxes.boxCode
    documented: boxCode
    observed: boxNo
    evidence: request example
examples:
  request:
    json: |
      {"sn_request": {"sn_body": {"queryShelf": {"depotCode": "D1", "boxes": [{"boxNo": "7"}]}}}}
  response:
    json: |
      {"sn_responseContent": {"sn_body": {"queryShelf": {"shelfname": "a", "place": [{"rowCode": "1"}]}}}}
"#;

#[test]
fn a_page_outranks_an_inventory_that_contradicts_it() {
    let (method, findings) = merge(
        Some(TRANSCRIBED),
        json!({
            "title": "另一个标题",
            "node": "getShelf",
            "request": [
                { "name": "depotCode", "required": false, "fields": [{ "name": "inner" }] },
                { "name": "state", "required": true, "list": true, "type": "integer" },
                { "name": "boxes", "list": false },
            ],
            "response": { "list": true, "partial": true, "fields": [] },
            "errors": ["biz.depot.queryshelf.missing-parameter:state"],
        }),
    );
    let unchanged = Method { sources: vec!["py".to_owned()], ..merge(Some(TRANSCRIBED), json!({})).0 };
    assert_eq!(method, unchanged);
    assert_eq!(
        findings,
        [
            "the business node is `queryShelf` on the page and `getShelf` in the inventory; kept the page",
            "`request.depotCode` is a value in the spec and an object in the inventory; kept the value",
            "`request.state` is optional on the page and required in the inventory; kept the page",
            "`request.state` is a single value on the page and a list in the inventory; kept the page",
            "`request.boxes` is a list on the page and a single value in the inventory; kept the page",
            "the reply is a single value on the page and a list in the inventory; kept the page",
        ]
    );
}

#[test]
fn a_field_that_the_page_does_not_list_is_added_with_its_source() {
    let keys = json!({
        "request": [{ "name": "zone" }],
        "response": { "fields": [{ "name": "places", "fields": [{ "name": "depth" }] }] },
        "errors": ["biz.depot.queryshelf.shelf:unknown"],
    });
    let (method, findings) = merge(Some(TRANSCRIBED), keys);
    assert_eq!(findings, [""; 0]);
    let expected = TRANSCRIBED
        .replace("effect:", "sources: [py]\neffect:")
        .replace("response:\n  shelf", "  zone: { source: sdk }\nresponse:\n  shelf")
        .replace("行号 }\n", "行号 }\n      depth: { source: sdk }\n")
        .replace("必填 }\n", "必填 }\n  biz.depot.queryshelf.shelf:unknown: {}\n");
    assert_eq!(checked(&method), expected);
}

#[test]
fn another_spelling_is_recognized_as_the_documented_field() {
    let keys = json!({
        "request": [{ "name": "boxes", "fields": [{ "name": "boxNo" }] }],
        "response": { "fields": [{ "name": "shelfname" }, { "name": "place", "fields": [{ "name": "rowCode" }] }] },
    });
    let (method, findings) = merge(Some(TRANSCRIBED), keys);
    assert_eq!(findings, [""; 0]);
    assert_eq!(checked(&method), TRANSCRIBED.replacen("effect:", "sources: [py]\neffect:", 1));
}

#[test]
fn the_beginning_of_a_page_is_no_source_next_to_the_whole_page() {
    assert_eq!(merge(Some(TRANSCRIBED), json!({ "sources": ["page"] })).0.sources, [""; 0]);
    assert_eq!(merge(Some(TRANSCRIBED), json!({ "sources": ["page", "php"] })).0.sources, ["php"]);
}

/// A method from SDKs, after people have edited it.
const EDITED: &str = r#"method: suning.depot.shelf.query
name: shelves
title: 所有货架
page: https://open.suning.com/ospos/apipage/toApiMethodDetailMenuNew.do?interCode=suning.depot.shelf.query
source: sdk
sources: [py]
effect: write
node: queryShelf
request:
  depotCode: { name: depot, type: integer, secret: true, example: "7", description: 仓库 }
  state:
    description: 货架状态
    values:
      "1": { name: Good, description: 良好 }
      "2": { name: Bad, description: 损坏 }
  boxes:
    list: true
    fields:
      boxCode: { personal: true, description: 箱子的编号 }
rules:
  - note: Only at night.
    stated: title
errors:
  biz.depot.queryshelf.missing-parameter:*: { name: Missing, message: 必填, retry: later }
"#;

#[test]
fn what_people_added_is_kept() {
    let (method, findings) = merge(
        Some(EDITED),
        json!({
            "title": "货架查询",
            "request": [
                { "name": "depotCode", "type": "decimal", "label": "仓库编码", "example": "D1" },
                { "name": "state", "label": "状态: 1 好, 2 坏, 3 空" },
                { "name": "boxes", "fields": [{ "name": "boxCode", "label": "箱号" }] },
            ],
            "errors": ["biz.depot.queryshelf.missing-parameter:state"],
        }),
    );
    assert_eq!(findings, [""; 0]);
    assert_eq!(checked(&method), EDITED);
}

#[test]
fn a_newer_inventory_adds_and_deletes_nothing() {
    let older = json!({
        "sources": ["py", "php"],
        "request": [{ "name": "depotCode", "required": true }, { "name": "state" }],
        "response": { "fields": [{ "name": "shelfName" }] },
        "errors": ["biz.depot.queryshelf.shelf:unknown"],
    });
    let newer = json!({
        "sources": ["java"],
        "paged": true,
        "request": [{ "name": "state", "required": true }, { "name": "pageNo", "type": "integer" }],
        "response": { "fields": [{ "name": "place" }] },
        "errors": ["biz.depot.queryshelf.shelf:locked"],
    });
    let older = checked(&merge(None, older).0);
    let (method, findings) = merge(Some(&older), newer);
    assert_eq!(findings, [""; 0]);
    let expected = older
        .replace("php]", "php, java]")
        .replace("state: {}\n", "state: { required: true }\n  pageNo: { type: integer }\npaging:\n  page: pageNo\n")
        .replace("shelfName: {}\n", "shelfName: {}\n  place: {}\n")
        .replace("unknown: {}\n", "unknown: {}\n  biz.depot.queryshelf.shelf:locked: {}\n");
    assert_eq!(checked(&method), expected);
}

#[test]
fn an_older_inventory_takes_no_requirement_away() {
    let required = checked(&merge(None, json!({ "request": [{ "name": "depotCode", "required": true }] })).0);
    for value in [json!(false), json!(null)] {
        let (method, findings) =
            merge(Some(&required), json!({ "request": [{ "name": "depotCode", "required": value }] }));
        assert_eq!((to_canonical(&method), findings), (required.clone(), Vec::new()));
    }
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
