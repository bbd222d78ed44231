//! Faulty pages: each fixture shows one kind of fault. What is there is read, and what is not certain is a finding.

use codegen::files::SpecFile;
use codegen::load;
use codegen::page::{self, Hints, Import, Reading};
use codegen::spec::{Day, MethodName, Spec};
use codegen::yaml::to_canonical;
use insta::assert_snapshot;
use tests::page::layout;
use tests::spec::{file, platform};

const NAME: &str = "suning.depot.parcel.query";
const PATH: &str = "depot/parcel.query.yaml";

fn hints() -> Hints {
    Hints { given: MethodName::try_from(NAME.to_owned()).ok(), file: None }
}

fn spec(known: Option<&str>) -> Spec {
    let files: Vec<SpecFile> = [platform()].into_iter().chain(known.map(|text| file(PATH, text))).collect();
    load::spec(&files).unwrap_or_else(|problems| panic!("{problems}"))
}

fn import(page: &[u8], known: Option<&str>) -> Import {
    let day = Day::try_from("2031-05-06".to_owned()).expect("a day");
    page::import(page, &hints(), &spec(known), day).unwrap_or_else(|refusal| panic!("{}", refusal.finding()))
}

fn refusal(page: &str) -> String {
    page::read(page.as_bytes()).map_or_else(|refusal| refusal.finding().to_string(), |_| String::new())
}

/// The findings of a first import, and the facts without the examples.
fn first(fixture: &str) -> String {
    let Import { reading, method, .. } = import(&layout(fixture), None);
    assert_eq!(page::problems(&method, &[platform()]).to_string(), "", "{fixture} can be written");
    let is_given = |line: &&str| !line.contains("used the given name");
    let findings: Vec<_> = reading.findings.iter().map(ToString::to_string).collect();
    let facts = to_canonical(&method);
    let facts =
        facts.split("examples:\n").next().and_then(|facts| facts.split("fingerprint:").next()).unwrap_or_default();
    let facts = facts.lines().filter(|line| !["method:", "page:", "verified:"].iter().any(|key| line.starts_with(key)));
    findings.iter().map(String::as_str).filter(is_given).chain(["---"]).chain(facts).collect::<Vec<_>>().join("\n")
}

/// The changes that a page shows to a method in the spec.
fn drift(page: &[u8], known: &str) -> Vec<String> {
    let reading: Reading = page::compare(page, &hints(), &spec(Some(known))).expect("a page");
    reading.changes.into_iter().map(|change| change.path).collect()
}

/// A fixture with a replacement.
fn changed(fixture: &str, old: &str, new: &str) -> Vec<u8> {
    let text = String::from_utf8(layout(fixture)).expect("the fixtures are UTF-8");
    assert!(text.contains(old), "{old} does not occur in {fixture}");
    text.replace(old, new).into_bytes()
}

/// What an import writes, after people fixed it.
fn fixed(fixture: &str, fixes: &[(&str, &str)]) -> String {
    fixes.iter().fold(to_canonical(&import(&layout(fixture), None).method), |text, (old, new)| {
        assert!(text.contains(old), "{old} does not occur in {text}");
        text.replace(old, new)
    })
}

#[test]
fn cells_that_run_together_are_split_between_words() {
    assert_snapshot!(first("run-together.txt"));
}

#[test]
fn a_space_between_cells_decides() {
    assert_snapshot!(first("spaced.txt"));
}

#[test]
fn the_beginning_of_an_example_counts() {
    assert_snapshot!(first("cut-example.txt"));
}

#[test]
fn one_element_in_xml_can_be_a_list() {
    assert_snapshot!(first("one-element.txt"));
}

#[test]
fn containers_without_an_example_are_proposed() {
    assert_snapshot!(first("containers.md"));
}

#[test]
fn one_cell_on_each_line_is_a_layout() {
    assert_snapshot!(first("stacked.txt"));
}

#[test]
fn a_row_cut_off_at_the_end_is_a_finding() {
    assert_snapshot!(first("cut-row.md"));
}

#[test]
fn paging_secrets_notes_and_names_are_proposed() {
    assert_snapshot!(first("paged.txt"));
}

#[test]
fn a_topic_is_not_a_method() {
    let text = String::from_utf8(layout("topic.txt")).expect("the fixtures are UTF-8");
    assert!(refusal(&text).starts_with("3: not the page of a method, but of a topic"), "{}", refusal(&text));
}

#[test]
fn a_table_without_a_readable_row_is_an_error() {
    let head = "suning.depot.parcel.query 包裹\n请求参数\n名称 类型 是否必须 示例值 描述\n";
    let reply = "响应参数\n名称 类型 示例值 描述\n";
    let shown = refusal(&format!("{head}包裹号 文本 必填\nparcelNoStringY1包裹号\n"));
    assert!(shown.starts_with("4: cannot read `包裹号 文本 必填` as a row of the table at line 3;"), "{shown}");
    assert_eq!(refusal(&format!("{head}{reply}")), "3: the page has no example, and no table with a readable row");
    assert_eq!(refusal(&format!("{head}无\n{reply}parcelNoString1包裹号\n")), "");
}

#[test]
fn the_spec_decides_what_a_page_leaves_open() {
    let known = format!(
        "method: {NAME}\npage: https://example.invalid/page\nsource: sdk\neffect: read\nnode: askSlots\nrequest:\n  \
         depotCode: {{}}\n  slots:\n    fields:\n      slotNo: {{}}\nresponse_list: true\nresponse:\n  slotList:\n    \
         list: true\n    fields:\n      slotNo: {{}}\n      errorList:\n        fields:\n          errorInfo: {{}}\n          \
         slotNo: {{}}\n          reason: {{}}\n  slotNo: {{}}\n"
    );
    let Import { reading, method, .. } = import(&layout("containers.md"), Some(&known));
    assert_eq!((method.node.as_str(), method.response_list), ("askSlots", true));
    assert_snapshot!([to_canonical(&method.request), to_canonical(&method.response)].join("---\n"));
    let findings: Vec<_> = reading.findings.iter().filter(|finding| finding.message.contains("seems to be")).collect();
    assert_eq!(findings, Vec::<&page::Finding>::new());

    let known = known.replace("depotCode", "handoverNo").replace("slots", "crates").replace("slotNo", "crateNo");
    let import = import(&layout("one-element.txt"), Some(&known));
    assert!(!import.method.request["crates"].list);
}

/// A fixture, what people fixed in the spec, a change of the page, and the path of that change.
type Case = (&'static str, &'static [(&'static str, &'static str)], (&'static str, &'static str), &'static str);

const CASES: &[Case] = &[
    (
        "run-together.txt",
        &[
            (
                "slogan: { description: \"3年质保标语。 中文\" }",
                "slogan: { example: 3年质保, description: 标语。 中文 }",
            ),
            ("http://a.example.com/cURL, description: 地址", "http://a.example.com/c, description: URL地址"),
            (
                "lane: { description: 通道 5东 6西 }",
                "lane: { description: 通道, values: { \"5\": { name: East, description: 东 }, \
                 \"6\": { name: West, description: 西 } } }",
            ),
        ],
        ("货箱标题", "货箱名"),
        "response.title.description",
    ),
    (
        "containers.md",
        &[
            ("node: queryParcel", "node: askSlots"),
            (
                "  errorList:\n    list: true\n    fields:\n      errorInfo:\n        fields:\n          \
                 slotNo: { description: 格口号 }\n          reason: { description: 原因 }\n",
                "  errorList: {}\n  errorInfo:\n    list: true\n    fields:\n      \
                 slotNo: { description: 格口号 }\n      reason: { description: 原因 }\n",
            ),
        ],
        ("原因", "理由"),
        "response.errorInfo.reason.description",
    ),
    (
        "cut-example.txt",
        &[("      weight: {", "      weight: { type: decimal,")],
        ("托盘号\nloads", "盘号\nloads"),
        "request.palletNo.description",
    ),
    (
        "cut-row.md",
        &[("  plateNo: {}", "  plateNo: { example: 苏A13957, description: 车牌 }\n  mark: { description: 标记 }")],
        ("等级", "级别"),
        "response.driverGrade.description",
    ),
    (
        "one-element.txt",
        &[("  crates:\n    list: true\n", "  crates:\n")],
        ("箱号", "箱码"),
        "request.crates.crateNo.description",
    ),
];

#[test]
fn an_unchanged_page_of_a_fixed_spec_is_no_drift_and_a_change_shows_alone() {
    for (fixture, fixes, (old, new), path) in CASES {
        let known = fixed(fixture, fixes);
        let method = &spec(Some(&known)).methods[&hints().given.expect("a name")];
        assert_eq!(drift(&layout(fixture), &known), Vec::<String>::new(), "{fixture}");
        assert_eq!(&import(&layout(fixture), Some(&known)).method, method, "{fixture}");
        assert_eq!(drift(&changed(fixture, old, new), &known), [*path], "{fixture}");
    }
}

#[test]
fn what_people_left_out_or_added_is_no_drift_while_its_row_is_unchanged() {
    let known = fixed(
        "run-together.txt",
        &[("\"仓别为4时必填,其余选填\"", "仓别"), ("  quantity:", "  extra: { description: 追加 }\n  quantity:")],
    );
    assert_eq!(drift(&layout("run-together.txt"), &known), Vec::<String>::new());
    let page = changed("run-together.txt", "货箱标题", "货箱名");
    assert_eq!(drift(&page, &known), ["response.title.description"]);
    let contradiction = known.replace("description: 数量", "description: 重量");
    assert_eq!(drift(&layout("run-together.txt"), &contradiction), ["response.quantity.description"]);
}

#[test]
fn renderings_of_one_page_are_no_drift() {
    let known = to_canonical(&import(&layout("spaced.txt"), None).method);
    assert_eq!(drift(&layout("run-together.txt"), &known), Vec::<String>::new());

    let known = to_canonical(&import(&layout("one-element.txt"), None).method);
    let json = r#"{"sn_responseContent": {"sn_body": {"addHandover": {"result": "Y"}}}}"#;
    let text = String::from_utf8(layout("one-element.txt")).expect("the fixtures are UTF-8");
    let (before, rest) = text.split_once("<sn_responseContent>").expect("a response example");
    let (_, after) = rest.split_once("</sn_responseContent>").expect("its end");
    let bare = format!("{before}  Y\n{json}{after}");
    assert_eq!(drift(bare.as_bytes(), &known), ["examples.response.json"]);
    let known = to_canonical(&import(bare.as_bytes(), None).method);
    let tagged = text.replace("业务异常码", &format!("{json}\n业务异常码"));
    let tagged = tagged.replace("<result>Y</result>", "<result>Y</result><note/>");
    assert_eq!(drift(tagged.as_bytes(), &known), Vec::<String>::new());
}
