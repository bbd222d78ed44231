//! Inventories: importing the result again changes nothing.

use codegen::inventory::{import, read};
use codegen::load::{self, canonical};
use codegen::spec::Spec;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use tests::inventory::{PATH, line};
use tests::spec::{file, platform};

use crate::cases;

/// A method that was transcribed from its page.
const TRANSCRIBED: &str = r#"method: suning.depot.shelf.query
title: 货架
page: https://example.invalid/
effect: read
node: queryShelf
verified: "2026-01-02"
request:
  code: { required: true, description: 编码 }
  state: { description: 状态, values: { "1": { name: Good, description: 好 } } }
response:
  code: { example: "1", description: 编码 }
errors:
  biz.depot.missing-parameter:*: { message: 必填 }
quirks:
  - { kind: alias, field: request.code, documented: code, observed: Code, evidence: example }
"#;

fn item() -> BoxedStrategy<Value> {
    let labels = ["状态: 1 好, 2 坏", "编码", "", "a: b", "1：是 2：否", "备注: x y z", "时间 yyyy-MM-dd"];
    let flags = (any::<Option<bool>>(), any::<Option<bool>>());
    let texts = (option::of(select(labels.to_vec())), option::of(select(vec!["1", "", "x", "2.50"])));
    let kind =
        (option::of(select(vec!["text", "integer", "decimal", "datetime"])), option::of(select(vec!["page", "sdk"])));
    let name = select(vec!["code", "Code", "state", "pageNo", "rows", "remark", "a.b"]);
    let leaf = (name, flags, texts, kind).prop_map(|(name, (required, list), (label, example), (kind, source))| {
        json!({
            "name": name, "required": required, "list": list, "label": label, "example": example, "type": kind, "source": source,
        })
    });
    leaf.prop_recursive(3, 8, 3, |inner| {
        (inner.clone(), vec(inner, 0..3)).prop_map(|(mut item, fields)| {
            item["fields"] = fields.into();
            item
        })
    })
    .boxed()
}

fn entry() -> impl Strategy<Value = String> {
    let codes = [
        "biz.depot.missing-parameter:code",
        "biz.depot.missing-parameter:state",
        "biz.depot.shelf:unknown",
        "isp.down",
        "a:*",
    ];
    let reply =
        (vec(item(), 0..4), any::<Option<bool>>(), any::<bool>(), option::of(select(vec!["queryShelf", "other"])));
    let head = (select(vec!["queryShelf", "shelf"]), any::<bool>(), vec(select(vec!["py", "java", "page"]), 0..3));
    (head, vec(item(), 0..5), option::of(reply), vec(select(codes.to_vec()), 0..4)).prop_map(
        |((node, paged, sources), request, reply, errors)| {
            let response = reply.map(|(fields, list, partial, node)| {
                json!({ "fields": fields, "list": list, "partial": partial, "node": node })
            });
            line(json!({
                "node": node, "paged": paged, "sources": sources, "request": request, "response": response, "errors": errors,
            }))
        },
    )
}

/// The spec with the method that an import has made, as it is written.
fn after(entry: &str, spec: &Spec) -> (Spec, String) {
    let entries = read("facts.jsonl", entry.as_bytes()).unwrap_or_else(|problems| panic!("{problems}"));
    let import = import(&entries, spec);
    let output = import.output();
    let text = output.files.values().next().expect("a method").clone();
    // It is loaded as it was written.
    let written = canonical(&file(PATH, &text)).unwrap_or_else(|problems| panic!("{problems}{text}"));
    assert_eq!(written, text);
    let spec = load::spec(&[platform(), file(PATH, &text)]).unwrap_or_else(|problems| panic!("{problems}{text}"));
    (spec, text)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn importing_the_result_again_changes_nothing(entry in entry(), is_transcribed in any::<bool>()) {
        let known = is_transcribed.then(|| file(PATH, TRANSCRIBED));
        let files: Vec<_> = [platform()].into_iter().chain(known).collect();
        let spec = load::spec(&files).unwrap_or_else(|problems| panic!("{problems}"));
        let (spec, first) = after(&entry, &spec);
        let (_, second) = after(&entry, &spec);
        prop_assert_eq!(first, second);
    }

    #[test]
    fn an_import_deletes_nothing_that_a_page_states(entry in entry()) {
        let files = [platform(), file(PATH, TRANSCRIBED)];
        let before = load::spec(&files).unwrap_or_else(|problems| panic!("{problems}"));
        let (after, _) = after(&entry, &before);
        let (before, after) = (before.methods.values().next().expect("a method"), after.methods.values().next().expect("a method"));
        for (name, field) in &before.request {
            let now = &after.request[name];
            prop_assert_eq!((now.required, now.list, &now.description, &now.values), (field.required, field.list, &field.description, &field.values));
        }
        prop_assert_eq!(&after.response["code"].example, &before.response["code"].example);
        prop_assert_eq!((&after.title, &after.node), (&before.title, &before.node));
    }
}
