//! Spec files: loaded, written, and loaded again.

use codegen::Diagnostics;
use codegen::files::SpecFile;
use codegen::load::{self, canonical};
use codegen::spec::Method;
use codegen::yaml::to_canonical;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::cases;

/// A text that people might write, or that means something to YAML.
fn text() -> BoxedStrategy<String> {
    let odd = [
        "",
        " ",
        "null",
        "~",
        "true",
        "no",
        "1e3",
        "0x1F",
        "1_000",
        ".5",
        "- a",
        "a: b",
        "a #b",
        "? a",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "|",
        ">-",
        "{a}",
        "[a]",
        "\"a\"",
        "'a'",
        "a\n",
        "\na",
        "a\n\nb\n",
        "  a\n b",
        "a\n  b",
        "a \nb",
        "a\tb",
        "\ta",
        "a\u{a0}b",
        "\u{85}a\n",
        "a\u{2028}b",
        "---",
        "...",
        "a\n---\nb",
        "a: b\nc: d",
        "，：“”",
        "a：b",
        "isp.a：1",
        "é\u{301}",
        "\u{feff}a",
        "=",
        "<<",
        "2026-01-02",
    ];
    prop_oneof![
        3 => "[ -~中-龥]{0,20}",
        2 => "([ -~]{0,8}\n){0,3}[ -~]{0,8}",
        // A file that is not UTF-8 has this character, and is refused.
        2 => "\\PC{0,8}".prop_map(|text| text.replace(char::REPLACEMENT_CHARACTER, "")),
        // YAML has a limit for keys.
        1 => (900..1100_usize, any::<char>()).prop_map(|(length, last)| format!("{}{last}", "k".repeat(length)))
            .prop_filter("UTF-8", |text| !text.contains(char::REPLACEMENT_CHARACTER)),
        2 => select(odd.to_vec()).prop_map(str::to_owned),
    ]
    .boxed()
}

fn field() -> BoxedStrategy<Value> {
    let flags = any::<[bool; 4]>();
    let kind = select(vec!["text", "integer", "decimal", "datetime"]);
    let texts = (option::of(text()), option::of(text()), option::of(text()));
    let values = btree_map(text(), (text(), text()), 0..3);
    let leaf = (flags, kind, texts, values).prop_map(|([required, list, secret, personal], kind, texts, values)| {
        let values: serde_json::Map<_, _> = values
            .into_iter()
            .map(|(code, (name, description))| (code, json!({ "name": name, "description": description })))
            .collect();
        let (name, example, description) = texts;
        let mut field = json!({
            "required": required, "list": list, "type": kind, "secret": secret, "personal": personal, "values": values,
        });
        for (key, text) in [("name", name), ("example", example), ("description", description)] {
            if let Some(text) = text {
                field[key] = text.into();
            }
        }
        field
    });
    leaf.prop_recursive(3, 8, 3, |inner| {
        (btree_map(text(), inner.clone(), 1..4), inner).prop_map(|(fields, mut field)| {
            field["fields"] = json!(fields);
            field
        })
    })
    .boxed()
}

fn error() -> impl Strategy<Value = Value> {
    let retry = select(vec!["never", "later", "slow-down", "resync-clock", "refresh-token"]);
    (text(), text(), vec(text(), 0..3), retry).prop_map(|(message, remedy, also, retry)| {
        let also: Vec<_> = also.into_iter().map(|message| json!({ "message": message })).collect();
        json!({ "message": message, "remedy": remedy, "also": also, "retry": retry })
    })
}

fn rule() -> impl Strategy<Value = Value> {
    let kind = prop_oneof![
        vec(text(), 0..4).prop_map(|fields| json!({ "any_of": fields })),
        (text(), any::<(i64, i64)>())
            .prop_map(|(field, (min, max))| json!({ "range": { "field": field, "min": min, "max": max } })),
        (text(), text(), any::<u32>())
            .prop_map(|(from, to, days)| json!({ "max_span": { "from": from, "to": to, "days": days } })),
        text().prop_map(|note| json!({ "note": note })),
    ];
    (kind, text(), option::of(text())).prop_map(|(mut rule, stated, error)| {
        rule["stated"] = stated.into();
        if let Some(error) = error {
            rule["error"] = error.into();
        }
        rule
    })
}

fn method() -> impl Strategy<Value = Method> {
    let head = (option::of(text()), text(), text(), vec(text(), 0..3));
    let tables = (btree_map(text(), field(), 0..4), btree_map(text(), field(), 0..3));
    let rest = (btree_map(text(), error(), 0..3), vec(rule(), 0..3), option::of(text()), option::of(text()));
    (head, tables, rest).prop_map(|((title, page, node, sources), (request, response), (errors, rules, json, xml))| {
        let quirk = |field: &str| {
            json!({ "kind": "alias", "field": field, "documented": node, "observed": page, "evidence": "example" })
        };
        let quirks: Vec<_> = sources.iter().map(|source| quirk(source)).collect();
        let mut method = json!({
            "method": "suning.shop.thing.get", "page": page, "effect": "read", "node": node, "sources": sources, "request": request,
            "response": response, "errors": errors, "rules": rules, "quirks": quirks, "success": { &*node: page },
            "examples": { "request": {}, "response": {} },
        });
        if let Some(title) = title {
            method["title"] = title.into();
        }
        for (part, format, text) in [("request", "json", json), ("response", "xml", xml)] {
            if let Some(text) = text {
                method["examples"][part][format] = text.into();
            }
        }
        serde_json::from_value(method).expect("a method")
    })
}

fn written(method: &Method) -> SpecFile {
    tests::spec::file("shop/thing.get.yaml", &to_canonical(method))
}

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn what_is_written_is_loaded(method in method()) {
        let file = written(&method);
        let mut problems = Diagnostics::default();
        let loaded = load::load(std::slice::from_ref(&file), &mut problems);
        let loaded: Vec<_> = loaded.methods.into_iter().map(|document| document.spec).collect();
        prop_assert_eq!(&loaded, &[method], "{}{}", problems, file.text);
        // The form is that of the formatter.
        prop_assert_eq!(canonical(&file).unwrap_or_else(|problems| panic!("{problems}")), file.text);
    }

    #[test]
    fn no_text_is_a_reason_to_panic(text in "([ -~：“中]{0,12}\n){0,6}") {
        let file = tests::spec::file("shop/thing.get.yaml", &text);
        let mut problems = Diagnostics::default();
        let loaded = load::load(&[file], &mut problems);
        prop_assert!(loaded.methods.is_empty() && !problems.is_empty());
    }
}
