//! The JSON Schema that editors use accepts what the loader accepts, and refuses what it refuses.

use std::fs;

use codegen::files::read_spec;
use codegen::load::{ACCEPTED_FILE, PLATFORM_FILE};
use codegen::spec::TopicName;
use codegen::yaml::{parse, value};
use codegen::{Checks, schema};
use jsonschema::Validator;
use serde_json::Value;
use tests::spec::{file, platform, root, with_method};

/// A method that is right, with most of what the format has, to be broken by a test.
const RIGHT: &str = r#"method: suning.shop.thing.get
title: 事情
page: https://example.invalid/thing
source: sdk
effect: read
node: getThing
request:
  thingCode: { required: true, example: "1", description: 编码 }
  count: { type: integer, description: 数量 }
rules:
  - range: { field: count, min: 1, max: 9 }
    stated: note 1
  - max_length: { field: thingCode, max: 9 }
    stated: note 2
errors:
  biz.thing.down: { message: 停, retry: later }
quirks:
  - { kind: prose-only, field: request.other, documented: a, observed: b, evidence: c }
"#;

fn validator(name: &str) -> Validator {
    let files = schema::files();
    let (_, text) = files.iter().find(|(path, _)| path.ends_with(name)).expect("a schema");
    let schema = serde_json::from_str(text).expect("a schema is JSON");
    jsonschema::draft7::new(&schema).expect("a schema is right")
}

/// What a YAML file holds, as an editor sees it.
fn content(text: &str) -> Value {
    let source = parse("spec", text).unwrap_or_else(|problems| panic!("{problems}"));
    value(&source.root)
}

/// Where the schema finds something wrong.
fn refused(name: &str, text: &str) -> Vec<String> {
    validator(name).iter_errors(&content(text)).map(|error| error.instance_path().to_string()).collect()
}

#[test]
fn every_spec_file_is_accepted() {
    for file in read_spec(&root()).expect("the spec can be read") {
        let name = match file.path.to_str() {
            Some(PLATFORM_FILE) => "platform.json",
            Some(ACCEPTED_FILE) => "accepted-breaks.json",
            _ if file.path.starts_with(TopicName::FOLDER) => "topic.json",
            _ => "method.json",
        };
        assert_eq!(refused(name, &file.text), [""; 0], "{}", file.display);
    }
}

#[test]
fn the_schema_rejects_what_the_loader_rejects_at_the_same_position() {
    let cases = [
        ("effect: read", "efect: read", ["", ""].as_slice()),
        ("effect: read", "effect: none", &["/effect"]),
        ("effect: read", "effect:", &["/effect"]),
        ("title: 事情", "title: 7", &["/title"]),
        ("suning.shop.thing.get", "suning.thing", &["/method"]),
        ("suning.shop.thing.get", "suning.shop.1st", &["/method"]),
        ("example: \"1\"", "example: 1", &["/request/thingCode/example"]),
        ("example: \"1\"", "example:", &["/request/thingCode/example"]),
        ("required: true", "required: \"true\"", &["/request/thingCode/required"]),
        ("type: integer", "type: int", &["/request/count/type"]),
        ("max: 9 }\n    stated: note 1", "max: many }\n    stated: note 1", &["/rules/0/range/max"]),
        ("thingCode, max: 9", "thingCode, max: -9", &["/rules/1/max_length/max"]),
        ("    stated: note 1", "    note: x\n    stated: note 1", &["/rules/0"]),
        ("    stated: note 1\n", "", &["/rules/0"]),
        ("range: { field: count, min: 1, max: 9 }", "error: biz.thing.down", &["/rules/0"]),
        ("source: sdk", "source: page-excerpt", &["/source"]),
        ("retry: later", "retry: soon", &["/errors/biz.thing.down/retry"]),
        ("kind: prose-only", "kind: prose_only", &["/quirks/0/kind"]),
        ("errors:\n", "response: []\nerrors:\n", &["/response"]),
    ];
    assert_eq!(refused("method.json", RIGHT), [""; 0]);
    for (old, new, places) in cases {
        assert!(RIGHT.contains(old), "{old} does not occur");
        let text = RIGHT.replacen(old, new, 1);
        assert_eq!(refused("method.json", &text), places, "{new}");
        assert!(codegen::compile(&with_method("shop/thing.get.yaml", &text), Checks::All).is_err(), "{new}");
    }
}

#[test]
fn problems_of_the_platform_file_are_located() {
    let right = platform().text;
    let cases = [
        ("clock_tolerance_minutes: 10", "clock_tolerance_minutes: ten", "/clock_tolerance_minutes"),
        ("  production:", "  prod:", "/endpoints"),
        ("retry: slow-down", "retry: slowly", "/errors/sys.controller.api-request:limit/retry"),
    ];
    for (old, new, place) in cases {
        assert!(right.contains(old), "{old} does not occur");
        let text = right.replacen(old, new, 1);
        assert!(refused("platform.json", &text).iter().all(|found| found == place), "{new}");
        assert!(!refused("platform.json", &text).is_empty(), "{new}");
        assert!(codegen::compile(&[file(PLATFORM_FILE, &text)], Checks::All).is_err(), "{new}");
    }
}

#[test]
fn problems_of_the_accepted_breaks_are_located() {
    let right = "breaks:\n  - method: suning.shop.thing.get\n    rule: method-removed\n    place: a\n    reason: b\n";
    assert_eq!(refused("accepted-breaks.json", right), [""; 0]);
    for (old, new, place) in [
        ("method: suning.shop.thing.get", "method: suning.thing", "/breaks/0/method"),
        ("rule:", "rul:", "/breaks/0"),
        ("    reason: b\n", "", "/breaks/0"),
        ("reason: b", "reason: [b]", "/breaks/0/reason"),
    ] {
        let text = right.replacen(old, new, 1);
        let found = refused("accepted-breaks.json", &text);
        assert!(!found.is_empty() && found.iter().all(|found| found == place), "{new}: {found:?}");
        assert!(codegen::compile(&[platform(), file(ACCEPTED_FILE, &text)], Checks::All).is_err(), "{new}");
    }
}

#[test]
fn editors_are_told_which_schema_is_for_which_file() {
    let settings = fs::read_to_string(root().join(".vscode/settings.json")).expect("the settings");
    let settings: Value = serde_json::from_str(&settings).expect("the settings are JSON");
    let schemas = settings["yaml.schemas"].as_object().expect("a schema for each kind of file");
    let mut named: Vec<String> = schemas.keys().map(|path| path.trim_start_matches("./").to_owned()).collect();
    named.sort();
    let files = schema::files();
    let files = files.iter().map(|(path, _)| path.display().to_string());
    assert_eq!(named, files.filter(|path| !path.ends_with("inventory.json")).collect::<Vec<_>>());
}

#[test]
fn every_key_and_word_of_the_format_is_described() {
    for (path, text) in schema::files() {
        let schema: Value = serde_json::from_str(&text).expect("a schema is JSON");
        let types = schema["definitions"].as_object().expect("types").values().chain([&schema]);
        for kind in types {
            let keys = kind["properties"].as_object().into_iter().flat_map(|keys| keys.values());
            let words = kind["oneOf"].as_array().into_iter().flatten().filter(|word| word.get("const").is_some());
            for described in keys.chain(words).chain([kind]) {
                assert!(described["description"].is_string(), "{}: {described}", path.display());
            }
        }
    }
}
