//! Changes of a spec, forwards and backwards.

use codegen::diff::{SpecChange, diff};
use codegen::plan::Plan;
use codegen::spec::Method;
use codegen::yaml::to_canonical;
use codegen::{Checks, compile};
use proptest::collection::btree_map;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use tests::spec::with_method;

use crate::cases;

/// What is reported of one direction, and of the other.
const OPPOSITES: &[(&str, &str)] = &[
    ("-added", "-removed"),
    ("-became-list", "-became-single"),
    ("-became-secret", "-no-longer-secret"),
    ("-became-personal", "-no-longer-personal"),
    ("-became-required", "-became-optional"),
    ("-became-open", "-became-typed"),
    ("-became-write", "-became-read"),
    ("-became-paged", "-no-longer-paged"),
    ("-became-own", "-became-standard"),
    ("-became-retryable", "-no-longer-retryable"),
    ("-tightened", "-loosened"),
    ("-got-longest-span", "-lost-longest-span"),
];

/// A rule without what only one direction can tell: whether what is added is required, or has been part of something else.
fn rule(change: &SpecChange) -> String {
    change.rule.id.replace("-added-required", "-added").replace("error-split-off", "error-added")
}

fn opposite(rule: &str) -> String {
    let swap = |from: &str, to: &str| rule.strip_suffix(from).map(|stem| format!("{stem}{to}"));
    let swapped = OPPOSITES.iter().find_map(|(one, other)| swap(one, other).or_else(|| swap(other, one)));
    swapped.unwrap_or_else(|| rule.to_owned())
}

/// A parameter. A reply has no required fields.
fn parameter() -> impl Strategy<Value = Value> {
    (field(), any::<bool>()).prop_map(|(mut field, required)| {
        field["required"] = required.into();
        field
    })
}

fn field() -> BoxedStrategy<Value> {
    let values = btree_map(select(vec!["1", "2", "3"]), select(vec!["Good", "Bad", "Odd"]), 0..3);
    let leaf = (any::<[bool; 3]>(), select(vec!["text", "text", "decimal"]), select(vec!["一", "二"]), values);
    let leaf = leaf.prop_map(|([list, secret, personal], kind, description, values)| {
        let mut field = json!({
            "list": list, "secret": secret, "personal": personal, "description": description,
        });
        if values.is_empty() {
            field["type"] = kind.into();
        } else {
            let values =
                values.into_iter().map(|(code, name)| (code.to_owned(), json!({ "name": name, "description": name })));
            field["values"] = values.collect::<serde_json::Map<_, _>>().into();
        }
        field
    });
    let inner = leaf.clone();
    let nested = (btree_map(select(vec!["a", "b", "c"]), inner, 1..3), any::<bool>());
    prop_oneof![3 => leaf, 1 => nested.prop_map(|(fields, list)| json!({ "list": list, "fields": fields }))].boxed()
}

fn method() -> impl Strategy<Value = Method> {
    let names = || select(vec!["code", "state", "amount", "lines", "name"]);
    let tables = (btree_map(names(), parameter(), 0..4), btree_map(names(), field(), 0..4));
    let error = (select(vec!["甲", "乙"]), select(vec!["never", "later", "slow-down"]));
    let codes = vec!["biz.thing.invalid:1", "biz.thing.invalid:2", "biz.thing.missing-parameter:*", "isp.thing.down"];
    let errors = btree_map(select(codes), error, 0..4);
    let head = (select(vec!["read", "write"]), any::<bool>(), select(vec!["getThing", "thing"]));
    (head, tables, errors, proptest::option::of(1..4_usize)).prop_map(|((effect, list, node), tables, errors, limit)| {
        let errors: serde_json::Map<_, _> = errors
            .into_iter()
            .map(|(code, (message, retry))| (code.to_owned(), json!({ "message": message, "retry": retry })))
            .collect();
        let rules = limit.filter(|_| tables.0.contains_key("name")).map(|max| {
            json!({ "max_length": { "field": "name", "max": max }, "stated": "note 1" })
        });
        let (request, response) = tables;
        let method = json!({
            "method": "suning.shop.thing.get", "title": "x", "page": "https://example.invalid/", "effect": effect, "node": node,
            "response_list": list, "request": request, "response": response, "errors": errors,
            "rules": rules.into_iter().collect::<Vec<_>>(),
        });
        serde_json::from_value(method).expect("a method")
    })
}

/// The plan of a method. A method that cannot be lowered is not compared.
fn plan(method: &Method) -> Option<Plan> {
    compile(&with_method("shop/thing.get.yaml", &to_canonical(method)), Checks::Shape).ok()
}

/// What changed, in the order of names.
fn changes(old: &Plan, new: &Plan, change: fn(&SpecChange) -> String) -> Vec<String> {
    let mut changes: Vec<_> = diff(old, new).iter().map(change).collect();
    changes.sort();
    changes
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn nothing_changes_without_a_change(method in method()) {
        let Some((one, other)) = plan(&method).zip(plan(&method)) else { return Ok(()) };
        prop_assert_eq!(diff(&one, &other), []);
    }

    #[test]
    fn a_change_back_is_the_opposite(before in method(), after in method()) {
        let Some((old, new)) = plan(&before).zip(plan(&after)) else { return Ok(()) };
        let forwards = changes(&old, &new, |change| opposite(&rule(change)));
        prop_assert_eq!(forwards, changes(&new, &old, rule));
    }
}
