//! Each kind of spec change is reported under the name of its rule, with its position and what it affects.

use std::collections::BTreeSet;

use codegen::Checks;
use codegen::diff::{
    Axis, Report, Severity, SpecChange, Step, UNMIRRORED, accept, diff, rules, to_annotations, to_changelog, to_json,
    to_markdown, to_text,
};
use codegen::files::SpecFile;
use codegen::load::{self, ACCEPTED_FILE};
use codegen::plan::Plan;
use codegen::yaml::{Content, Node, Position, parse};
use insta::assert_snapshot;
use tests::changes::{CASES, METHOD, PLATFORM_CASES, other_platform};
use tests::spec::{file, plan, platform, with_method};

const PATH: &str = "shop/thing.modify.yaml";

fn version(files: &[SpecFile]) -> Plan {
    plan(files)
}

fn changes(old: &[SpecFile], new: &[SpecFile]) -> Vec<SpecChange> {
    diff(&version(old), &version(new))
}

fn ids(changes: &[SpecChange]) -> Vec<&'static str> {
    changes.iter().map(|change| change.rule.id).collect()
}

#[test]
fn every_change_of_a_method_has_its_rules() {
    let old = with_method(PATH, METHOD);
    let mut wrong = String::new();
    for case in CASES {
        let mut found = ids(&changes(&old, &with_method(PATH, &case.changed())));
        found.sort_unstable();
        let mut expected = case.rules.to_vec();
        expected.sort_unstable();
        if found != expected {
            wrong += &format!("{:?}\n    gives {found:?}\n", case.edits);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_change_of_the_platform_has_its_rule() {
    let method = file(PATH, METHOD);
    for (rule, old, new) in PLATFORM_CASES {
        let found = changes(&[platform(), method.clone()], &[other_platform(old, new), method.clone()]);
        assert_eq!(ids(&found), [*rule], "{new}");
    }
}

#[test]
fn a_change_and_its_reversal_have_opposite_rules() {
    let (with, without) = (with_method(PATH, METHOD), vec![platform()]);
    assert_eq!(ids(&changes(&without, &with)), ["method-added"]);
    assert_eq!(ids(&changes(&with, &without)), ["method-removed"]);
    let write = with_method(PATH, &METHOD.replace("effect: read", "effect: write"));
    assert_eq!(ids(&changes(&write, &with)), ["method-became-read"]);
    let list = with_method(PATH, &METHOD.replace("response:\n  thing", "response_list: true\nresponse:\n  thing"));
    assert_eq!(ids(&changes(&list, &with)), ["response-became-single"]);
    // The check knows which parameters the client sends, so only an older spec can have others.
    let other = codegen::compile(&[other_platform("  format:", "  formats:")], Checks::Shape)
        .unwrap_or_else(|problems| panic!("{problems}"));
    let mut found = ids(&diff(&other, &version(&[platform()])));
    found.sort_unstable();
    assert_eq!(found, ["common-parameter-added", "common-parameter-removed"]);
    let rows = METHOD.replace("response:\n  thing", "response_list: true\nresponse:\n  thing");
    let times = "  page: { type: integer }\n  from: { type: datetime }\n  to: { type: datetime }\n";
    let rows = rows.replace("  names: {", &format!("{times}  names: {{"));
    let paged =
        with_method(PATH, &rows.replace("response_list: true\n", "response_list: true\npaging:\n  page: page\n"));
    let bound = "rules:\n  - max_span: { from: from, to: to, days: 30 }\n    stated: note 2\n";
    let bounded = with_method(PATH, &paged[1].text.replace("rules:\n", bound));
    let otherwise = paged[1]
        .text
        .replace("  page: page\n", "  page: rank\n")
        .replace("  page: {", "  rank: { type: integer }\n  page: {");
    let more = paged[1].text.replace("  page: {", "  rank: { type: integer }\n  page: {");
    let found = changes(&with_method(PATH, &more), &with_method(PATH, &otherwise));
    assert_eq!(ids(&found), ["method-paging-changed"]);
    let later = bounded[1].text.replace("  from: {", "  since: { type: datetime }\n  from: {");
    let other = later.replace("from: from, to", "from: since, to");
    let found = ids(&changes(&with_method(PATH, &later), &with_method(PATH, &other)));
    assert_eq!(found, ["method-longest-span-changed", "rule-removed", "rule-added"]);
    let rows = with_method(PATH, &rows);
    assert_eq!(ids(&changes(&rows, &paged)), ["method-became-paged"]);
    assert_eq!(ids(&changes(&paged, &rows)), ["method-no-longer-paged"]);
    assert_eq!(ids(&changes(&paged, &bounded)), ["method-got-longest-span", "rule-added"]);
    assert_eq!(ids(&changes(&bounded, &paged)), ["method-lost-longest-span", "rule-removed"]);
}

#[test]
fn every_rule_has_a_test() {
    let methods = CASES.iter().flat_map(|case| case.rules.iter().copied());
    let platform = PLATFORM_CASES.iter().map(|(rule, ..)| *rule);
    let both_ways = [
        "method-added",
        "method-removed",
        "method-became-read",
        "response-became-single",
        "common-parameter-added",
        "common-parameter-removed",
        "method-became-paged",
        "method-no-longer-paged",
        "method-got-longest-span",
        "method-lost-longest-span",
        "method-longest-span-changed",
        "method-paging-changed",
        "response-became-typed",
        "errors-became-own",
        // in `topics.rs`
        "topic-added",
        "topic-removed",
        "topic-renamed-in-rust",
        "topic-documentation-changed",
    ];
    let tested: BTreeSet<&str> = methods.chain(platform).chain(both_ways).collect();
    let known: BTreeSet<&str> = rules().iter().map(|rule| rule.id).collect();
    assert_eq!(known.len(), rules().len(), "two rules have the same name");
    assert_eq!(tested, known);
}

#[test]
fn every_rule_has_a_mirror_or_a_reason_for_having_none() {
    let known: BTreeSet<&str> = rules().iter().map(|rule| rule.id).collect();
    let mirror = |id: &str| match (id.strip_prefix("request-parameter-"), id.strip_prefix("response-")) {
        (Some(what), _) => Some(format!("response-field-{what}")),
        (_, Some(what)) => Some(format!("request-{}", what.replacen("field-", "parameter-", 1))),
        _ => None,
    };
    for id in &known {
        let waived = UNMIRRORED.iter().find(|(waived, _)| waived == id);
        let is_mirrored = mirror(id).is_none_or(|mirror| known.contains(mirror.as_str()));
        assert!(is_mirrored != waived.is_some(), "{id}: mirrored {is_mirrored}, waived {waived:?}");
        assert!(waived.is_none_or(|(_, reason)| !reason.is_empty()));
    }
    assert!(UNMIRRORED.iter().all(|(id, _)| known.contains(id)));
}

#[test]
fn formatting_and_key_order_change_nothing() {
    let lines = |text: &str, first: &str, second: &str| {
        text.replacen(&format!("{first}{second}"), &format!("{second}{first}"), 1)
    };
    let text = METHOD.replace(
        "{ required: true, example: \"1\", description: 编码 }",
        "\n    description: '编码'\n    example: '1'\n    required: true",
    );
    let text = lines(&text, "effect: read\n", "node: modifyThing\n");
    let text = lines(
        &text,
        "  total: { type: decimal, description: 总数 }\n",
        "  token: { secret: true, description: 令牌 }\n",
    );
    let text =
        lines(&text, "      \"1\": { name: Good, description: 好 }\n", "      \"2\": { name: Bad, description: 坏 }\n");
    assert_ne!(text, METHOD);
    assert_eq!(changes(&with_method(PATH, METHOD), &with_method(PATH, &text)), []);
    let canonical = load::canonical(&file(PATH, METHOD)).expect("the method is right");
    assert_eq!(changes(&with_method(PATH, METHOD), &with_method(PATH, &canonical)), []);
}

#[test]
fn a_description_is_never_breaking() {
    for rule in rules().iter().filter(|rule| rule.id.contains("documentation") || rule.id == "examples-changed") {
        assert_eq!(rule.severity(), Severity::Documentation, "{}", rule.id);
    }
}

#[test]
fn an_old_spec_need_not_pass_todays_checks() {
    let old = METHOD.replace("\"thingCode\": \"1\"", "\"unlisted\": \"1\"");
    assert!(codegen::compile(&with_method(PATH, &old), Checks::All).is_err());
    let old = codegen::compile(&with_method(PATH, &old), Checks::Shape).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(ids(&diff(&old, &version(&with_method(PATH, METHOD)))), ["examples-changed"]);
}

/// The positions of all texts, numbers and flags below a node.
fn leaves(node: &Node, found: &mut Vec<Position>) {
    match &node.content {
        Content::List(items) => items.iter().for_each(|item| leaves(item, found)),
        Content::Map(entries) => entries.iter().for_each(|entry| leaves(&entry.value, found)),
        _ => found.push(node.position),
    }
}

/// A line with one more character in the value at a column.
fn longer(line: &str, column: usize) -> String {
    let at = line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
    let quote = usize::from(line[at..].starts_with(['"', '\'']));
    format!("{}1{}", &line[..at + quote], &line[at + quote..])
}

#[test]
fn every_change_of_the_spec_is_detected() {
    let spec = with_method(PATH, METHOD);
    let old = version(&spec);
    let mut seen = 0;
    for (index, file) in spec.iter().enumerate() {
        let source = parse(&file.display, &file.text).expect("the spec is right");
        let mut places = Vec::new();
        leaves(&source.root, &mut places);
        for Position { line, column } in places {
            let mut lines: Vec<String> = file.text.lines().map(str::to_owned).collect();
            lines[line - 1] = longer(&lines[line - 1], column);
            let mut spec = spec.clone();
            spec[index].text = lines.join("\n") + "\n";
            if let Ok(new) = codegen::compile(&spec, Checks::Shape) {
                seen += 1;
                assert_ne!(diff(&old, &new), [], "{}:{line}:{column} can change unseen", file.display);
            }
        }
    }
    assert!(seen > 150, "{seen}");
}

#[test]
fn an_uncertain_rename_is_not_a_rename() {
    // Two new fields match the old one equally well.
    let text = METHOD.replace(
        "  passphrase: { secret: true, description: 密码 }\n",
        "  pass: { secret: true, description: 密码 }\n  word: { secret: true, description: 密码 }\n",
    );
    let found = changes(&with_method(PATH, METHOD), &with_method(PATH, &text));
    let expected = ["request-parameter-removed", "request-parameter-added", "request-parameter-added"];
    assert_eq!(ids(&found), expected);
}

#[test]
fn a_wire_rename_is_one_line_of_the_changelog() {
    for (edits, expected) in [
        (
            &[("  passphrase: {", "  passPhrases: {")][..],
            "- **Breaking:** `suning.shop.thing.modify`: `request.passPhrases` was `passphrase`, now `passPhrases`; \
             was `passphrase`, now `pass_phrases` (`suning_api::methods::shop::thing_modify::ThingModifyBuilder::passphrase`)\n",
        ),
        (
            &[("  passphrase: {", "  pass: { name: passphrase,")],
            "- **Update required:** `suning.shop.thing.modify`: `request.pass` was `passphrase`, now `pass`\n",
        ),
        (
            // The rule about the field is still the same.
            &[("  names: {", "  labels: { name: names,"), ("field: names", "field: labels")],
            "- **Update required:** `suning.shop.thing.modify`: `request.labels` was `names`, now `labels`\n",
        ),
    ] {
        let text = edits.iter().fold(METHOD.to_owned(), |text, (old, new)| text.replacen(old, new, 1));
        let changes = changes(&with_method(PATH, METHOD), &with_method(PATH, &text));
        let changelog = to_changelog(&Report { base: "main".to_owned(), changes });
        assert_eq!(changelog.split_once("\n\n").map(|(_, lines)| lines), Some(expected));
    }
}

/// A paged method whose rows are of a span of some days.
fn paged(days: &str) -> String {
    METHOD
        .replace("response:\n  thing", "response_list: true\npaging:\n  page: page\nresponse:\n  thing")
        .replace(
            "  names: {",
            "  page: { type: integer }\n  from: { type: datetime }\n  to: { type: datetime }\n  names: {",
        )
        .replace(
            "rules:\n",
            &format!("rules:\n  - max_span: {{ from: from, to: to, days: {days} }}\n    stated: note 2\n"),
        )
}

#[test]
fn what_callers_lose_or_get_is_said_in_their_terms() {
    let text = |old: &str, new: &str| {
        let changes = changes(&with_method(PATH, old), &with_method(PATH, new));
        to_text(&Report { base: "main".to_owned(), changes })
    };
    assert_snapshot!(text(&paged("30"), &paged("30").replace("paging:\n  page: page\n", "")));
    assert_snapshot!(text(&paged("30"), &paged("7")));
    assert_snapshot!(text(&METHOD.replace("effect: read", "effect: write"), METHOD));
    assert_snapshot!(text(METHOD, &METHOD.replace("total: { type: decimal", "total: { type: integer")));
}

#[test]
fn an_accepted_break_is_shown_and_does_not_count() {
    let mut report = report();
    let breaks = |report: &Report, axis| report.unaccepted(axis).map(|change| change.rule.id).collect::<Vec<_>>();
    let all = ["request-parameter-became-required", "response-field-value-renamed", "method-removed"];
    assert_eq!(breaks(&report, None), all);
    assert_eq!(breaks(&report, Some(Axis::Wire)), [all[0], all[2]]);
    assert_eq!(breaks(&report, Some(Axis::Source)), all);
    assert_eq!(breaks(&report, Some(Axis::Behaviour)), [""; 0]);
    let text = "breaks:
  - method: suning.shop.thing.modify
    rule: request-parameter-became-required
    place: request.names
    reason: The gateway has always required it.
  - rule: request-parameter-became-required
    place: request.names
    reason: No method.
  - method: suning.shop.thing.modify
    rule: response-field-value-renamed
    place: response.result
    reason: Another place.
  - method: suning.shop.thing.modify
    rule: response-field-added
    place: response.more
    reason: Breaks nothing.
";
    let accepted = load::accepted(&[file(ACCEPTED_FILE, text)]).expect("the file is right").expect("there is a file");
    assert_snapshot!(accept(&mut report.changes, &accepted), @"
    spec/accepted-breaks.yaml:6:5: accepts nothing: no change at `request.names` is `request-parameter-became-required`; remove or correct the entry
    spec/accepted-breaks.yaml:9:5: accepts nothing: no change at `response.result` is `response-field-value-renamed`; remove or correct the entry
    spec/accepted-breaks.yaml:13:5: accepts nothing: no change at `response.more` is `response-field-added`; remove or correct the entry
    ");
    assert_eq!(breaks(&report, None), all[1..]);
    assert_eq!(report.step(), Some(Step::Major), "an accepted break is still a break");
    let shown = to_text(&report);
    assert!(shown.contains("    accepted: The gateway has always required it.\n"), "{shown}");
    assert!(shown.contains("\n1 of the breaking changes is accepted\n"), "{shown}");
    assert!(to_markdown(&report).contains("; accepted: The gateway has always required it. |"));
    assert!(to_annotations(&report).contains("; accepted: The gateway"));
    assert_eq!(to_annotations(&report).matches("::warning ").count(), 2);
}

#[test]
fn entries_that_could_never_accept_anything_are_refused() {
    let text = "breaks:
  - { rule: method-remved, place: a, reason: b }
  - { rule: response-field-added, place: a, reason: \" \" }
  - { rule: method-removed, place: a, reason: b }
  - { rule: method-removed, place: a, reason: c }
";
    let problems = codegen::compile(&[platform(), file(ACCEPTED_FILE, text)], Checks::All).expect_err("problems");
    assert_snapshot!(problems, @"
    spec/accepted-breaks.yaml:2:7: `method-remved` is not a rule for breaking changes: `cargo xtask diff --rules` lists the rules, did you mean `method-removed`?
    spec/accepted-breaks.yaml:3:7: `response-field-added` is not a rule for breaking changes: `cargo xtask diff --rules` lists the rules, did you mean `response-field-removed`?
    spec/accepted-breaks.yaml:3:45: the reason is empty; say why the change is right
    spec/accepted-breaks.yaml:5:5: duplicate entry; keep one of them
    ");
}

/// Several changes at once.
fn report() -> Report {
    let text = METHOD
        .replace("  names: { list: true,", "  names: { list: true, required: true,")
        .replace("\"thingCode\": \"1\"", "\"thingCode\": \"1\", \"names\": [\"a\"]")
        .replace("name: Failure", "name: Failed")
        .replace("  total: {", "  more: { description: a | b }\n  total: {")
        .replace("description: 行号", "description: 行的号");
    let new = [other_platform("clock_tolerance_minutes: 10", "clock_tolerance_minutes: 15"), file(PATH, &text)];
    let gone = METHOD.replace("suning.shop.thing", "suning.zoo.thing");
    let old = [platform(), file(PATH, METHOD), file("zoo/thing.modify.yaml", &gone)];
    Report { base: "main".to_owned(), changes: changes(&old, &new) }
}

#[test]
fn a_terminal_shows_breaking_changes_first() {
    assert_snapshot!(to_text(&report()));
}

#[test]
fn a_pull_request_shows_a_summary_then_the_changes_of_each_method() {
    assert_snapshot!(to_markdown(&report()));
}

#[test]
fn a_change_that_breaks_only_the_wire_requires_an_update() {
    let new = [other_platform("version: v1.2\n", "version: v1.3\n")];
    let report = Report { base: "main".to_owned(), changes: changes(&[platform()], &new) };
    assert_eq!(to_changelog(&report), "### Fixed\n\n- **Update required:** `version` was `v1.2`, now `v1.3`\n");
}

#[test]
fn a_changelog_is_drafted_without_documentation_changes() {
    assert_snapshot!(to_changelog(&report()));
}

#[test]
fn a_workflow_shows_changes_at_their_lines() {
    assert_snapshot!(to_annotations(&report()));
}

#[test]
fn a_text_of_the_spec_cannot_become_a_workflow_command() {
    let mut changes = report().changes;
    changes.truncate(1);
    changes[0].subject = "a\n::error::100 %".to_owned();
    let shown = to_annotations(&Report { base: "main".to_owned(), changes });
    assert_eq!(shown.lines().count(), 1);
    assert!(shown.contains("a%0A::error::100 %25"), "{shown}");
}

#[test]
fn json_contains_every_fact_of_a_change() {
    let json = to_json(&report());
    assert_eq!(json["step"], "major");
    assert_eq!(json["counts"]["breaking"], 3);
    let changes = json["changes"].as_array().expect("a list");
    let change = changes.iter().find(|change| change["rule"] == "response-field-value-renamed").expect("a change");
    assert_snapshot!(format!("{change:#}"));
}

#[test]
fn every_format_reports_that_nothing_changed() {
    let report = Report { base: "main".to_owned(), changes: Vec::new() };
    assert_snapshot!(to_text(&report), @"0 breaking, 0 compatible, 0 documentation since main");
    assert!(to_markdown(&report).contains("No changes since main."));
    assert!(to_json(&report)["step"].is_null());
}
