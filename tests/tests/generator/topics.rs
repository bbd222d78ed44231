//! Topics of pushed messages: imported from a page, checked, generated, compared.

use std::path::PathBuf;

use codegen::emit::{self, MANIFEST};
use codegen::files::SpecFile;
use codegen::page::{self, TopicImport};
use codegen::spec::{Day, Spec, TopicName};
use codegen::yaml::to_canonical;
use codegen::{Checks, compile, diff, load};
use insta::assert_snapshot;
use tests::page::layout;
use tests::spec::{platform, root};

fn day() -> Day {
    "2026-11-26".to_owned().try_into().expect("a day")
}

fn spec(files: &[SpecFile]) -> Spec {
    load::spec(files).expect("a spec")
}

fn import(page: &[u8], spec: &Spec) -> TopicImport {
    page::import_topic(page, "page.txt", None, spec, day()).unwrap_or_else(|refusal| panic!("{}", refusal.finding()))
}

fn file(name: &str, text: &str) -> SpecFile {
    let path = PathBuf::from(format!("topics/{name}.yaml"));
    SpecFile { display: format!("spec/{}", path.display()), path, text: text.to_owned() }
}

/// The spec with the topic of the fixture page, after an edit.
fn edited(edit: impl Fn(String) -> String) -> Vec<SpecFile> {
    let topic = import(&layout("topic.txt"), &spec(&[platform()])).topic;
    vec![platform(), file(topic.topic.as_str(), &edit(to_canonical(&topic)))]
}

#[test]
fn a_page_becomes_a_topic() {
    let TopicImport { topic, report } = import(&layout("topic.txt"), &spec(&[platform()]));
    assert_snapshot!(to_canonical(&topic));
    assert_snapshot!(page::text(&[report]));
    assert_eq!(page::topic_problems(&topic, &[platform()]).to_string(), "");
}

#[test]
fn the_same_page_is_no_drift_and_keeps_what_people_added() {
    let files = edited(|text| text.replace("Code1", "Moved").replace("CRATE_NO: {", "CRATE_NO: { personal: true,"));
    let TopicImport { topic, report } = import(&layout("topic.txt"), &spec(&files));
    assert!(!report.is_drift(), "{}", page::text(&[report]));
    assert_eq!(to_canonical(&topic), files[1].text);
}

#[test]
fn a_change_of_a_page_whose_spec_people_edited_shows_alone() {
    let files = edited(|text| text.replace("description: 移动时间", "description: 时间"));
    let page = String::from_utf8(layout("topic.txt")).expect("UTF-8").replace("箱号", "箱子编号");
    let TopicImport { topic, report } = import(page.as_bytes(), &spec(&files));
    assert_snapshot!(page::text(&[report]), @"
    suning_depot_crate_moved: 1 change in the documentation (verified 2026-11-26)
      text     fields.CRATE_NO.description: 箱号 → 箱子编号
      page.txt:9: the examples show `fields.depotCode`, which the table does not list
    ");
    assert!(to_canonical(&topic).contains("description: 时间"), "{}", to_canonical(&topic));
}

#[test]
fn a_changed_page_is_drift() {
    let page = String::from_utf8(layout("topic.txt")).expect("UTF-8").replace("箱号", "箱子编号");
    let TopicImport { report, .. } = import(page.as_bytes(), &spec(&edited(|text| text)));
    assert_snapshot!(page::text(&[report]), @"
    suning_depot_crate_moved: 1 change in the documentation (verified 2026-11-26)
      text     fields.CRATE_NO.description: 箱号 → 箱子编号
      page.txt:9: the examples show `fields.depotCode`, which the table does not list
    ");
}

#[test]
fn a_page_must_name_one_topic() {
    let page = String::from_utf8(layout("topic.txt")).expect("UTF-8").replace("suning_depot_crate_moved ", "");
    let spec = spec(&[platform()]);
    let named = |file: &str, given: Option<&str>| {
        let given = given.map(|name| TopicName::try_from(name.to_owned()).expect("a topic"));
        page::import_topic(page.as_bytes(), file, given.as_ref(), &spec, day())
            .map(|import| import.topic.topic.to_string())
            .map_err(|refusal| refusal.finding().to_string())
    };
    assert_eq!(named("suning_a.txt", None).as_deref(), Ok("suning_a"));
    assert_eq!(named("suning_a.txt", Some("suning_b")).as_deref(), Ok("suning_b"));
    let refused = named("-", None).expect_err("no name");
    assert!(refused.starts_with("1: the page does not name exactly one topic;"), "{refused}");
}

#[test]
fn problems_are_located() {
    let bad = "topic: suning_a\nfields:\n  b: { required: true }\n  c: { type: integer, example: x }\nexample: |\n  {\"b\": \
               \"1\",\n   \"d\": 1}\n";
    let broken = "topic: suning_c\nfields:\n  b: {}\nexample: '{'\n";
    let files =
        [platform(), file("suning_a", bad), file("other", "topic: suning_b\nfields: {}\n"), file("suning_c", broken)];
    assert_snapshot!(compile(&files, Checks::All).expect_err("problems").to_string(), @"
    spec/topics/other.yaml:1:1: `suning_b` belongs in spec/topics/suning_b.yaml; move the file or fix the name
    spec/topics/other.yaml:2:1: the topic has no fields; add them, or remove the file
    spec/topics/suning_a.yaml:3:8: only requests have required fields; remove it
    spec/topics/suning_a.yaml:4:23: `x` is not an integer; fix it or remove the type
    spec/topics/suning_a.yaml:7:4: `fields.d` is not in the table; add it, did you mean `b`?
    spec/topics/suning_c.yaml:1:1: the type `C` would have the name of one in the library; add a `name`
    spec/topics/suning_c.yaml:4:11: invalid JSON: EOF while parsing an object; fix the example
    ");
}

#[test]
fn names_in_rust_are_distinct() {
    let topic = |name: &str| file(name, &format!("topic: {name}\nfields:\n  a: {{}}\n"));
    let files = [platform(), topic("suning_depot_full"), topic("depot_full"), topic("suning_other")];
    assert_snapshot!(compile(&files, Checks::All).expect_err("problems").to_string(), @"
    spec/topics/suning_depot_full.yaml:1:1: `suning_depot_full` and `depot_full` have the same name in Rust; add a `name`
    spec/topics/suning_other.yaml:1:1: `suning_other` and `any other topic` have the same name in Rust; add a `name`
    ");
}

#[test]
fn a_topic_is_generated() {
    let plan = compile(&edited(|text| text), Checks::All).expect("a plan");
    let manifest = std::fs::read_to_string(root().join(MANIFEST)).expect("the manifest");
    let output = emit::emit(&plan, &manifest).expect("code");
    let text = |path: &str| output.files[&PathBuf::from(path)].clone();
    let generated = |name: &str| text(&format!("suning-api/src/generated/topics/{name}.rs"));
    assert_snapshot!([generated("mod"), generated("depot_crate_moved"), text("docs/topics.md")].join("\n"));
}

#[test]
fn changes_are_compared() {
    let plan = |files: &[SpecFile]| compile(files, Checks::All).expect("a plan");
    let without = plan(&[platform()]);
    let with = plan(&edited(|text| text));
    let renamed = plan(&edited(|text| {
        let text =
            text.replace("topic: suning_depot_crate_moved\n", "topic: suning_depot_crate_moved\nname: crate_moved\n");
        text.replace("moveTime: { type: datetime,", "moveTime: {").replace("title: 货箱移动消息", "title: 货箱移动")
    }));
    let rules = |old, new| {
        let changes = diff::diff(old, new);
        changes.iter().map(|change| format!("{} {}", change.rule.id, change.subject)).collect::<Vec<_>>()
    };
    assert_eq!(rules(&without, &with), ["topic-added suning_depot_crate_moved"]);
    assert_eq!(rules(&with, &without), ["topic-removed suning_depot_crate_moved"]);
    assert_eq!(rules(&with, &with), Vec::<String>::new());
    assert_snapshot!(rules(&with, &renamed).join("\n"), @"
    topic-renamed-in-rust suning_depot_crate_moved
    topic-documentation-changed suning_depot_crate_moved
    response-field-type-changed fields.moveTime
    ");
}
