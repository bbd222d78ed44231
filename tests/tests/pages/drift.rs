//! What changed in the documentation since a method was transcribed.

use codegen::load;
use codegen::page::{self, Hints, PageChangeKind, Report};
use codegen::spec::{Day, MethodName, Spec};
use codegen::yaml::to_canonical;
use insta::assert_snapshot;
use tests::page::{LAYOUTS, layout};
use tests::spec::{file, platform};

const NAME: &str = "suning.depot.ParcelTrace.night.query";

fn hints() -> Hints {
    Hints { given: MethodName::try_from(NAME.to_owned()).ok(), file: None }
}

/// The spec with the invented method as it was imported, after some replacements.
fn spec(replacements: &[(&str, &str)]) -> Spec {
    let platform = platform();
    let known = load::spec(std::slice::from_ref(&platform)).expect("the platform is right");
    let day = Day::try_from("2031-05-06".to_owned()).expect("a day");
    let import = page::import(&layout("inner-text.txt"), &hints(), &known, day).expect("a page");
    let text = replace(to_canonical(&import.method), replacements);
    load::spec(&[platform, file("depot/ParcelTrace.night.query.yaml", &text)]).expect("the method is right")
}

fn replace(text: String, replacements: &[(&str, &str)]) -> String {
    replacements.iter().fold(text, |text, (old, new)| {
        assert!(text.contains(old), "{old} does not occur");
        text.replace(old, new)
    })
}

fn report(page: &[u8], spec: &Spec) -> Report {
    let reading = page::compare(page, &hints(), spec).unwrap_or_else(|refusal| panic!("{}", refusal.finding()));
    Report::new("page.md", &reading, spec.methods.get(&reading.name))
}

/// The changes that a page with these replacements shows, in one layout.
fn changes(layout_name: &str, replacements: &[(&str, &str)]) -> Vec<(PageChangeKind, String)> {
    let text = replace(String::from_utf8(layout(layout_name)).expect("a page"), replacements);
    let reading = page::compare(text.as_bytes(), &hints(), &spec(&[])).expect("a page");
    reading.changes.into_iter().map(|change| (change.kind, change.path)).collect()
}

#[test]
fn another_layout_is_not_drift() {
    let spec = spec(&[]);
    for name in LAYOUTS {
        let report = report(&layout(name), &spec);
        assert!(!report.is_drift(), "{}", page::text(&[report]));
    }
}

#[test]
fn menus_and_prose_are_not_drift() {
    for replacements in [
        &[("仓储API\n夜间API\n", "仓储API\n夜间API\n退货API(新)\n")][..],
        &[("¥免费", "¥基础")],
        &[("通过此接口可查询夜间仓库的包裹轨迹。", "此接口查询包裹轨迹。")],
        &[("API接口目录\n\n平台业务\n\n仓储API\n夜间API\n异常码自查工具\n", "")],
    ] {
        assert_eq!(changes("inner-text.txt", replacements), []);
    }
}

#[test]
fn a_note_is_reported_if_its_text_changes_but_not_if_its_number_does() {
    let first = "1、仓库编码可通过接口“suning.depot.list.query”获取;\n";
    for (replacement, reported) in [
        ("1、仓库编码必须填写;\n", &["notes.1"][..]),
        ("1、仓库编码可通过接口 “suning.depot.list.query” 获取;\n", &[]),
        ("1、每次最多查询十个包裹;\n", &["notes.1"]),
        ("", &["notes.1"]),
        (&format!("3、每次最多查询十个包裹;\n{first}"), &["notes.3"]),
        (&first.replace('1', "4"), &[]),
    ] {
        let expected: Vec<_> = reported.iter().map(|path| (PageChangeKind::Notes, (*path).to_owned())).collect();
        assert_eq!(changes("inner-text.txt", &[(first, replacement)]), expected, "{replacement}");
    }
}

#[test]
fn every_kind_of_change_is_reported_at_its_path() {
    for (replacements, kind, path) in [
        (
            &[
                ("weight | String | N | 2.50 | 重量 |\n", ""),
                (", \"weight\": \"2.50\"", ""),
                ("<weight>2.50</weight> ", ""),
            ][..],
            PageChangeKind::Removed,
            "request.parcelList.weight",
        ),
        (
            &[(
                "weight | String | N | 2.50 | 重量 |",
                "size | String | N | 9 | 尺寸 |\nweight | String | N | 2.50 | 重量 |",
            )],
            PageChangeKind::Added,
            "request.parcelList.size",
        ),
        (&[("weight", "grossWeight")], PageChangeKind::Renamed, "request.parcelList.weight"),
        (&[("weight | String | N |", "weight | String | Y |")], PageChangeKind::Flag, "request.parcelList.weight"),
        (&[("weight | String |", "weight | BigDecimal |")], PageChangeKind::Type, "request.parcelList.weight"),
        (&[("2-已出库;", "2-已出库;4-已丢失;")], PageChangeKind::Values, "response.traces.stage.values.4"),
        (&[("2-已出库", "2-离库")], PageChangeKind::Values, "response.traces.stage.values.2"),
        (&[("| 重量 |", "| 毛重 |")], PageChangeKind::Text, "request.parcelList.weight.description"),
        (&[("包裹不存在", "包裹已删除")], PageChangeKind::Errors, "errors.biz.depot.parceltrace.invalid-biz:7"),
        (&[("签名信息错误", "签名不对")], PageChangeKind::Errors, "platform.errors.sys.check.app-sign:error"),
        (&[("\"weight\": \"2.50\"", "\"weight\": \"2.60\"")], PageChangeKind::Examples, "examples.request.json"),
    ] {
        let found = changes("markdown.md", replacements);
        assert!(found.contains(&(kind, path.to_owned())), "{path}: {found:?}");
        let others = found.iter().filter(|(kind, _)| *kind != PageChangeKind::Examples).count();
        assert!(others <= 1, "{path}: {found:?}");
    }
}

#[test]
fn an_edited_spec_is_distinguished_from_a_changed_page() {
    let edited = spec(&[("description: 重量", "description: 净重")]);
    let shown = page::text(&[report(&layout("markdown.md"), &edited)]);
    assert!(shown.contains("1 change: the spec was edited, the page has not changed (verified 2031-05-06)"), "{shown}");
    let text = replace(String::from_utf8(layout("markdown.md")).expect("a page"), &[("| 重量 |", "| 毛重 |")]);
    let shown = page::text(&[report(text.as_bytes(), &spec(&[]))]);
    assert!(shown.contains("1 change in the documentation (verified 2031-05-06)"), "{shown}");
}

#[test]
fn a_change_does_not_touch_another_row_with_the_same_name() {
    let edited = spec(&[("description: 单件备注", "description: 单件")]);
    let text = replace(String::from_utf8(layout("tabs.txt")).expect("a page"), &[("整批备注", "全批备注")]);
    let reading = page::compare(text.as_bytes(), &hints(), &edited).expect("a page");
    let paths: Vec<_> = reading.changes.iter().map(|change| change.path.as_str()).collect();
    assert_eq!(paths, ["response.note.description"]);
}

#[test]
fn reports_are_written_as_text_markdown_and_json() {
    let replacements = [
        ("weight | String | N |", "weight | String | Y |"),
        ("2-已出库;", ""),
        ("| 包裹不存在 |", "| 包裹 \\| 箱不存在 |"),
    ];
    let text = replace(String::from_utf8(layout("markdown.md")).expect("a page"), &replacements);
    let reports = [report(text.as_bytes(), &spec(&[]))];
    assert_snapshot!(page::text(&reports), @"
    suning.depot.ParcelTrace.night.query: 3 changes in the documentation (verified 2031-05-06)
      flag     request.parcelList.weight: optional → required
      values   response.traces.stage.values.2: removed: 已出库
      errors   errors.biz.depot.parceltrace.invalid-biz:7: 包裹不存在 (请核对包裹号) → 包裹 | 箱不存在 (请核对包裹号)
      page.md:18: took the codes of `shift` from the note at line 3
      page.md:23: the examples show `2`, which is not a documented code of `stage`
    ");
    assert_snapshot!(page::markdown(&reports), @r"
    ### `suning.depot.ParcelTrace.night.query`

    3 changes in the documentation (verified 2031-05-06)

    | change | where | spec | page |
    |---|---|---|---|
    | flag | `request.parcelList.weight` | optional | required |
    | values | `response.traces.stage.values.2` | 已出库 |  |
    | errors | `errors.biz.depot.parceltrace.invalid-biz:7` | 包裹不存在 (请核对包裹号) | 包裹 \| 箱不存在 (请核对包裹号) |

    - line 18: took the codes of `shift` from the note at line 3
    - line 23: the examples show `2`, which is not a documented code of `stage`
    ");
    let json = page::json(&reports);
    assert_eq!(json["reports"][0]["drift"], true);
    assert_eq!(json["reports"][0]["verified"], "2031-05-06");
    assert_eq!(
        json["reports"][0]["changes"][0],
        serde_json::json!({ "kind": "flag", "path": "request.parcelList.weight", "spec": "optional", "page": "required" })
    );
}

#[test]
fn what_people_derived_from_a_changed_text_is_a_finding() {
    let spec = spec(&[(
        "\nresponse:\n",
        "\nrules:\n  - note: The code is in another method.\n    stated: note 1\nresponse:\n",
    )]);
    let import = |replacements: &[(&str, &str)]| -> String {
        let text = replace(String::from_utf8(layout("inner-text.txt")).expect("a page"), replacements);
        let day = Day::try_from("2031-05-07".to_owned()).expect("a day");
        let import = page::import(text.as_bytes(), &hints(), &spec, day).expect("a page");
        let findings = import.reading.findings.iter().map(ToString::to_string);
        findings.filter(|finding| finding.contains("read it again") || finding.contains("still says so")).collect()
    };
    assert_eq!(import(&[]), "");
    let note = import(&[("1、仓库编码可通过接口", "1、仓库编码不可通过接口")]);
    assert!(note.ends_with(": a rule is stated by note 1, which has changed; read it again"), "{note}");
    let code = import(&[("A表示早班", "A表示夜班")]);
    assert!(code.contains("meant 早班 and now means 夜班; check that `CodeA` still says so"), "{code}");
}
