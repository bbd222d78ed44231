//! Wire names become Rust names, whatever they are.

use std::collections::HashSet;

use codegen::plan::{FieldType, MethodPlan, ObjectPlan};
use codegen::spec::Method;
use codegen::yaml::to_canonical;
use codegen::{Checks, compile, emit};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use tests::spec::with_method;

use crate::cases;

const ODD: &[&str] = &[
    "self",
    "Self",
    "super",
    "crate",
    "type",
    "async",
    "try",
    "gen",
    "union",
    "_",
    "__",
    "a_",
    "_a",
    "IDs",
    "orderIDs",
    "orderIds",
    "ids",
    "s",
    "ss",
    "List",
    "List_",
    "extra",
    "build",
    "send",
    "new",
    "String",
    "Vec",
    "Option",
    "Some",
    "S",
    "S1",
    "C",
    "é",
    "ß",
    "İ",
    "ŉ",
    "中文",
    "名称s",
    "a-b",
    "a.b",
    "aB",
    "AB",
    "Ab",
    "ab",
    "a_b",
    "A_B",
    "a1b",
    "a_1_b",
    "thingModify",
    "ThingModifyRequest",
    "row",
    "rows",
    "item",
    "error",
    "other",
    "common",
    "a\u{301}",
    "ａ",
    "_1",
    "_-",
    "Ünïcode",
    "thingRequest",
    "clone",
    "default",
    "page_no",
];

/// Names that no element of XML can have.
const IMPOSSIBLE: &[&str] = &["3d", "1", "中 文", "a b", "a$", "$", "$a", "", " ", "🦀", "ª", "²", "〇"];

/// A name on the wire.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        16 => select(ODD.to_vec()).prop_map(str::to_owned),
        8 => "[a-zA-Z][a-zA-Z0-9_]{0,8}",
        1 => select(IMPOSSIBLE.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{1,4}",
    ]
}

/// A name that people give to a code.
fn variant() -> impl Strategy<Value = String> {
    let given = ["Good", "Bad", "Other", "Code1", "Absent", "Self", "String", "None"];
    prop_oneof![32 => select(given.to_vec()).prop_map(str::to_owned), 8 => "[A-Z][a-z0-9]{2,6}", 1 => name()]
}

/// A field, with values or fields if there are names for them.
fn field() -> impl Strategy<Value = (String, Value)> {
    (name(), any::<bool>(), vec((prop_oneof!["[0-9]{1,2}", name()], variant()), 0..3), vec(name(), 0..3)).prop_map(
        |(name, list, values, inner)| {
            let mut field = json!({ "list": list });
            if inner.is_empty() {
                let values = values.into_iter().map(|(code, name)| (code, json!({ "name": name, "description": "x" })));
                field["values"] = values.collect::<Map<_, _>>().into();
            } else {
                field["fields"] = inner.into_iter().map(|name| (name, json!({}))).collect::<Map<_, _>>().into();
            }
            (name, field)
        },
    )
}

fn identifiers(method: &MethodPlan) {
    fn object(plan: &ObjectPlan, types: &mut HashSet<String>) {
        let mut fields = HashSet::new();
        assert!(types.insert(plan.name.to_string()), "two types are named {}", plan.name);
        for field in &plan.fields {
            assert!(fields.insert(field.name.to_string()), "two fields are named {}", field.name);
            if let FieldType::Object(inner) = &field.kind {
                object(inner, types);
            }
        }
    }
    let mut types = HashSet::new();
    object(&method.request, &mut types);
    object(&method.response, &mut types);
    for code in method.codes() {
        assert!(types.insert(code.name.to_string()), "two types are named {}", code.name);
        let mut variants: HashSet<_> = code.variants.iter().map(|variant| variant.name.to_string()).collect();
        assert_eq!(variants.len(), code.variants.len());
        assert!(variants.insert("Other".to_owned()), "`Other` is not a code");
    }
}

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn a_name_is_settled_or_reported(
        fields in vec(field(), 0..4),
        reply in vec(field(), 0..4),
        codes in vec(prop_oneof![4 => "biz\\.[a-z]{3,6}:[0-9a-z-]{1,4}", 1 => name()], 0..4),
        (namespace, rest) in ("[a-zA-Z][a-zA-Z0-9_-]{0,6}", "[a-zA-Z][a-zA-Z0-9_-]{0,6}(\\.[a-zA-Z][a-zA-Z0-9_-]{0,6}){0,2}"),
    ) {
        let errors: Map<_, _> = codes.into_iter().map(|code| (code, json!({ "message": "x" }))).collect();
        let method = json!({
            "method": format!("suning.{namespace}.{rest}"), "title": "x", "page": "https://example.invalid/", "effect": "read",
            "node": "node", "request": fields.into_iter().collect::<Map<_, _>>(), "response": reply.into_iter().collect::<Map<_, _>>(),
            "errors": errors,
        });
        let method: Method = serde_json::from_value(method).expect("a method");
        let path = format!("{namespace}/{rest}.yaml");
        match compile(&with_method(&path, &to_canonical(&method)), Checks::All) {
            Ok(plan) => {
                plan.methods().for_each(|(_, method)| identifiers(method));
                // Tokens of a name that is no identifier panic, and so does code that does not parse.
                emit::emit(&plan, "[features]\nfull = []\n").map_err(|error| TestCaseError::fail(error.to_string()))?;
            }
            Err(problems) => prop_assert!(!problems.to_string().contains(":0:"), "{}", problems),
        }
    }
}
