//! Importing a page: for the first time, and as an update that keeps what people added.

use codegen::page::{self, Hints, Import};
use codegen::spec::{Day, Effect, Evidence, MethodName, Spec, Type};
use codegen::yaml::to_canonical;
use codegen::{files::SpecFile, load};
use insta::assert_snapshot;
use tests::page::{LAYOUTS, layout};
use tests::spec::{file, platform};

const NAME: &str = "suning.depot.ParcelTrace.night.query";
const PATH: &str = "depot/ParcelTrace.night.query.yaml";

fn name(text: &str) -> MethodName {
    MethodName::try_from(text.to_owned()).expect("a method name")
}

fn spec(files: &[SpecFile]) -> Spec {
    load::spec(files).unwrap_or_else(|problems| panic!("{problems}"))
}

fn day() -> Day {
    Day::try_from("2031-05-06".to_owned()).expect("a day")
}

fn import(bytes: &[u8], spec: &Spec) -> Result<Import, String> {
    let hints = Hints { given: Some(name(NAME)), file: None };
    page::import(bytes, &hints, spec, day()).map_err(|refusal| refusal.finding().to_string())
}

/// The invented method as it is imported first.
fn first() -> String {
    let import = import(&layout("inner-text.txt"), &spec(&[platform()])).expect("a page");
    to_canonical(&import.method)
}

/// The same after people have edited it.
fn edited() -> String {
    let edits = [
        ("effect: read", "effect: write"),
        ("weight: { example", "weight: { name: gross_weight, type: decimal, secret: true, example"),
        ("name: Code1, description: 已入库", "name: Stored, description: 已入库"),
        (
            "  biz.depot.parceltrace.invalid-biz:7: { message: 包裹不存在, remedy: 请核对包裹号 }\n",
            "  biz.depot.parceltrace.invalid-biz:7:\n    name: ParcelUnknown\n    message: 包裹不存在\n    \
             remedy: 请核对包裹号\n    retry: later\n",
        ),
        ("\nresponse:\n", "\nrules:\n  - note: Only at night.\n    stated: title\nresponse:\n"),
    ];
    edits.into_iter().fold(first(), |text, (old, new)| {
        assert!(text.contains(old), "{old} does not occur in {text}");
        text.replacen(old, new, 1)
    })
}

#[test]
fn a_first_import_passes_the_checks_and_lists_what_people_decide() {
    let files = [platform()];
    let import = import(&layout("inner-text.txt"), &spec(&files)).expect("a page");
    assert_eq!(page::problems(&import.method, &files).to_string(), "");
    let findings: Vec<_> = import.reading.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        findings.first().map(String::as_str),
        Some("1: pages do not state the effect; derived `read` from the name, confirm it and remove `effect_derived`")
    );
    assert_eq!(import.method.effect, Effect::Read);
    let head: Vec<_> = to_canonical(&import.method).lines().take(7).map(str::to_owned).collect();
    assert_snapshot!(head.join("\n"), @r#"
    method: suning.depot.ParcelTrace.night.query
    title: 夜间包裹追踪查询
    page: https://open.suning.com/ospos/apipage/toApiMethodDetailMenuNew.do?interCode=suning.depot.ParcelTrace.night.query
    effect: read
    effect_derived: true
    node: queryParcelTrace
    verified: "2031-05-06"
    "#);
}

#[test]
fn every_layout_imports_without_a_change_over_every_other() {
    let files = [platform(), file(PATH, &first())];
    for name in LAYOUTS {
        let import = import(&layout(name), &spec(&files)).expect("a page");
        assert_eq!(import.reading.changes, [], "{name}");
        assert_eq!(to_canonical(&import.method), first(), "{name}");
    }
}

#[test]
fn a_page_upgrades_a_method_known_from_sdks_and_keeps_what_only_they_know() {
    let known = format!(
        "method: {NAME}\npage: https://example.invalid/page\nsource: sdk\nsources: [net, page]\neffect: read\n\
         effect_derived: true\nnode: queryParcelTrace\nrequest:\n  depotCode: {{ required: true }}\n  zone: {{}}\n\
         response_partial: true\nresponse:\n  depotCode: {{}}\n  crew:\n    list: true\n    fields:\n      name: {{}}\n\
         errors:\n  biz.depot.crew.missing-parameter:*: {{}}\n"
    );
    let import = import(&layout("tabs.txt"), &spec(&[platform(), file(PATH, &known)])).expect("a page");
    let method = &import.method;
    assert_eq!((method.evidence, method.sources.as_slice()), (Evidence::Page, ["net".to_owned()].as_slice()));
    assert!(method.effect_derived && !method.response_partial);
    let sources = [&method.request["zone"], &method.response["crew"], &method.response["crew"].fields["name"]];
    assert_eq!(sources.map(|field| field.evidence), [Some(Evidence::Sdk); 3]);
    assert_eq!(method.request["depotCode"].evidence, None);
    assert!(method.errors.contains_key("biz.depot.crew.missing-parameter:*"));

    let files = [platform(), file(PATH, &to_canonical(method))];
    assert_eq!(page::problems(method, &files).to_string(), "");
    let again = self::import(&layout("markdown.md"), &spec(&files)).expect("a page");
    assert_eq!(again.reading.changes, []);
    assert_eq!(to_canonical(&again.method), to_canonical(method));
}

#[test]
fn what_people_added_is_kept() {
    let spec = spec(&[platform(), file(PATH, &edited())]);
    let import = import(&layout("saved.html"), &spec).expect("a page");
    assert_eq!(import.reading.changes, []);
    assert_eq!(import.method, spec.methods[&name(NAME)]);
    let weight = &import.method.request["parcelList"].fields["weight"];
    assert_eq!((weight.kind, weight.secret, weight.name.as_deref()), (Type::Decimal, true, Some("gross_weight")));
}

#[test]
fn documented_facts_are_updated_next_to_what_people_added() {
    let files = [platform(), file(PATH, &edited())];
    let page = String::from_utf8(layout("markdown.md")).expect("a page").replace("2.50 | 重量", "3.00 | 毛重");
    let import = import(page.as_bytes(), &spec(&files)).expect("a page");
    let weight = &import.method.request["parcelList"].fields["weight"];
    assert_eq!((weight.example.as_deref(), weight.description.as_deref()), (Some("3.00"), Some("毛重")));
    assert_eq!((weight.kind, weight.name.as_deref()), (Type::Decimal, Some("gross_weight")));
}

#[test]
fn a_renamed_field_keeps_what_people_added() {
    let files = [platform(), file(PATH, &edited())];
    let page = String::from_utf8(layout("markdown.md")).expect("a page").replace("weight", "grossWeight");
    let import = import(page.as_bytes(), &spec(&files)).expect("a page");
    let weight = &import.method.request["parcelList"].fields["grossWeight"];
    assert_eq!((weight.kind, weight.secret), (Type::Decimal, true));
}

#[test]
fn a_page_cut_anywhere_updates_what_it_shows_and_keeps_the_rest() {
    let spec = spec(&[platform(), file(PATH, &first())]);
    let whole = &spec.methods[&name(NAME)];
    for name in ["inner-text.txt", "markdown.md"] {
        let text = String::from_utf8(layout(name)).expect("the fixtures are UTF-8");
        for (end, _) in text.char_indices().step_by(5) {
            let Ok(import) = import(&text.as_bytes()[..end], &spec) else { continue };
            assert_eq!(import.reading.changes, [], "{name} cut at {end}");
            assert_eq!(to_canonical(&import.method), to_canonical(whole), "{name} cut at {end}");
        }
    }
}

#[test]
fn the_name_is_given_or_on_the_page_or_the_file_name() {
    let spec = spec(&[platform()]);
    let named = |bytes: &[u8], hints: &Hints| {
        let reading = page::compare(bytes, hints, &spec);
        reading.map_or_else(|refusal| refusal.finding().to_string(), |reading| reading.name.to_string())
    };
    let untitled = layout("markdown.md");
    let none =
        "1: the page does not name its method; name the file after the method, or import it with `--method suning.…`";
    assert_eq!(named(&untitled, &Hints::from_file("page.md")), none);
    assert_eq!(named(&untitled, &Hints::from_file("pages/suning.depot.trace.get.md")), "suning.depot.trace.get");
    assert_eq!(named(&layout("tabs.txt"), &Hints::from_file("pages/suning.depot.trace.get.md")), NAME);
    let given = Hints { given: Some(name("suning.depot.given.get")), file: None };
    assert_eq!(named(&layout("tabs.txt"), &given), "suning.depot.given.get");
}
