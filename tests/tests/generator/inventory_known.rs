//! Importing an inventory into methods that a page describes, or that people edited.

use codegen::spec::Method;
use codegen::yaml::to_canonical;
use serde_json::{Value, json};
use tests::inventory::{checked, everything, merge};

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
