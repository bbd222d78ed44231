//! What a reply contains beyond the documents is reported as JSON, and the JSON becomes YAML for the spec.

use std::sync::{Arc, Mutex};

use codegen::undocumented::{Additions, additions, read};
use insta::assert_snapshot;
use suning_api::Client;
use suning_api::undocumented::Undocumented;
use tests::script::{Answer, Script};
use tests::spec::with_method;

type Found = Arc<Mutex<Vec<Undocumented>>>;

fn client(script: &Arc<Script>) -> (Client, Found) {
    let found = Found::default();
    let reported = Arc::clone(&found);
    let hook = move |one: &Undocumented| reported.lock().expect("the list").push(one.clone());
    (script.builder().on_undocumented(hook).build().expect("a client"), found)
}

#[tokio::test]
async fn a_value_that_cannot_be_read_is_listed_or_an_error() {
    let body = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"sum":"1,234.50","orderCode":"1","new":"x"}}}}"#;
    let script = Script::new([body, body]);
    let call = |client: Client| client.custom().virtual_get().order_item_code("1").send();
    let reply = call(script.client()).await.expect("a reply");
    assert_eq!((reply.unread(), reply.sum), (vec!["sum".to_owned()], None));

    let strict = script.builder().strict_values().build().expect("a client");
    let Err(suning_api::Error::Reply(error)) = call(strict).await else { panic!("it was accepted") };
    assert_eq!(error.path, "sn_responseContent.sn_body.getVirtual.sum");
    assert_eq!(error.raw, body);
    let message = "unexpected reply to suning.custom.virtual.get (HTTP 200): a value cannot be read as documented, at \
                   sn_responseContent.sn_body.getVirtual.sum";
    assert_eq!(error.to_string(), message);

    let good = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"sum":"1234.50","new":"x"}}}}"#;
    let strict = Script::new([good]).builder().strict_values().build().expect("a client");
    assert!(call(strict).await.is_ok(), "an undocumented field is no error");
}

/// Calls for an order, and returns what is reported.
async fn report_order(reply: impl Into<Answer>) -> Vec<Undocumented> {
    let (client, found) = client(&Script::new([reply.into()]));
    let _ = client.custom().virtual_get().order_item_code("1").send().await;
    found.lock().expect("the list").clone()
}

/// Calls for rows, and returns what is reported.
async fn report_rows(reply: &str) -> Vec<Undocumented> {
    let (client, found) = client(&Script::new([reply]));
    let time = suning_api::time::parse("2026-01-01 00:00:00").expect("a time");
    let query = client.custom().batchrejected_query().start_time(time).end_time(time + chrono::TimeDelta::days(1));
    let _ = query.page_size(1).page_no(1).send().await;
    found.lock().expect("the list").clone()
}

fn json_lines(found: &[Undocumented]) -> String {
    found.iter().map(|one| serde_json::to_string(one).expect("JSON") + "\n").collect()
}

fn to_additions(json: &str) -> Additions {
    additions(&read("reports.jsonl", json).unwrap_or_else(|problems| panic!("{problems}")))
}

/// The lines for people, the JSON, and the additions to the spec; a spec accepts those for a method.
fn shown(found: &[Undocumented]) -> String {
    let json = json_lines(found);
    let Additions { files, notes } = to_additions(&json);
    let mut shown = found.iter().fold(String::new(), |shown, one| format!("{shown}{one}\n"));
    shown += &format!("\n{json}");
    for (path, yaml) in &files {
        shown += &format!("\n# {path}\n{yaml}");
        if path == "spec/platform.yaml" {
            continue;
        }
        let head =
            "method: suning.shop.thing.get\ntitle: 事\npage: https://example.invalid/\neffect: read\nnode: thing\n";
        let spec = with_method("shop/thing.get.yaml", &format!("{head}{yaml}"));
        codegen::compile(&spec, codegen::Checks::All).unwrap_or_else(|problems| panic!("{problems}{yaml}"));
    }
    notes.iter().fold(shown, |shown, note| format!("{shown}\n{note}"))
}

#[tokio::test]
async fn fields_codes_and_forms_are_reported_once_each_without_values() {
    let found = report_rows(
        r#"{"sn_responseContent":{"sn_head":{"pageCount":"the-count"},"sn_body":{"batchQueryRejected":[
            {"orderCode":"1","statusDesc":"1","buyerName":"the-name","on":{"a":"the-a","lines":[{"b":1},{"b":2,"c":3}]}},
            {"orderCode":"2","statusDesc":"新 状态","buyerName":null,"dealMoney":"the-money"},
            {"orderCode":"3","statusDesc":"99","applyTime":["2026-01-01 00:00:00","2026-01-02 00:00:00"]},
            {"orderCode":"4","statusDesc":"新"}
        ]},"trace":"the-trace"}}"#,
    )
    .await;
    let shown = shown(&found);
    assert!(!shown.contains("the-"), "{shown}");
    assert_snapshot!(shown);
}

#[tokio::test]
async fn an_error_code_is_reported_without_its_message_and_free_text() {
    let error = r#"{"sn_responseContent":{"sn_error":{"error_code":"biz.new:1\tthe-text","error_msg":"the-message"}}}"#;
    let shown = shown(&report_order(error).await);
    assert!(!shown.contains("the-"), "{shown}");
    assert_snapshot!(shown);
    assert_eq!(report_order(Answer::code("biz.handler.data-get:no-result")).await, []);
    assert_eq!(report_order(Answer::status(502)).await.len(), 0);
}

#[tokio::test]
async fn a_list_where_one_object_is_documented_is_reported() {
    let two = r#"{"sn_responseContent":{"sn_body":{"getVirtual":[{"sum":"1"},{"sum":"2"}]}}}"#;
    assert_snapshot!(shown(&report_order(two).await));
}

#[tokio::test]
async fn another_business_node_is_reported_by_its_name() {
    let other = r#"{"sn_responseContent":{"sn_body":{"getvirtual":{"sum":"1","new":"the-value"}}}}"#;
    assert_snapshot!(shown(&report_order(other).await));
}

#[tokio::test]
async fn fields_directly_in_the_body_are_reported_by_name() {
    let fields = r#"{"sn_responseContent":{"sn_body":{"sum":"1","orderCode":"the-code"}}}"#;
    let found = report_order(fields).await;
    let lines: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "suning.custom.virtual.get: undocumented field `orderCode`",
            "suning.custom.virtual.get: undocumented field `sum`"
        ]
    );
}

#[tokio::test]
async fn a_repeated_xml_element_is_reported_as_a_list() {
    let twice = "<sn_responseContent><sn_body><getVirtual><sum>1</sum><sum>2</sum>\
                 </getVirtual></sn_body></sn_responseContent>";
    assert_snapshot!(shown(&report_order(twice).await));
}

#[tokio::test]
async fn a_documented_reply_reports_nothing() {
    let known = suning_api::mock::documented_response("suning.custom.virtual.get", suning_api::Format::Json);
    assert_eq!(report_order(known.expect("an example")).await, []);
}

#[tokio::test]
async fn lines_and_an_array_give_the_same_yaml() {
    let two = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"a":"1","b":["2"]}}}}"#;
    let found = report_order(two).await;
    let array = serde_json::to_string_pretty(&found).expect("JSON");
    assert_eq!(to_additions(&array), to_additions(&json_lines(&found)));
}

#[test]
fn reports_of_the_same_place_are_merged() {
    let report = |shape: &str| {
        format!(
            r#"{{"time":"12:00","method":"suning.shop.thing.get","part":"response","path":["a"],"what":"field","shape":{shape}}}"#
        )
    };
    let shapes = [r#"{"list":true}"#, r#"{"fields":{"b":{}}}"#, r#"{"fields":{"c":{"list":true}}}"#];
    assert_snapshot!(to_additions(&shapes.map(report).join("\n")).files["spec/shop/thing.get.yaml"]);
}

#[test]
fn every_line_that_is_not_a_report_is_named() {
    let lines = [
        "",
        "2026-01-01 a line of a log",
        r#"{"method":"suning.shop.thing.get","part":"response","path":["a"],"what":"fields"}"#,
        r#"{"method":"thing.get","part":"response","path":["a"],"what":"field","shape":{}}"#,
        r#"{"method":"suning.shop.thing.get","part":"response","path":[],"what":"field","shape":{}}"#,
        r#"{"method":"suning.shop.thing.get","part":"errors","path":[],"what":"error-code"}"#,
        r#"{"method":"suning.shop.thing.get","part":"head","path":["a"],"what":"code","code":"1"}"#,
        r#"{"method":"suning.shop.thing.get","part":"head","path":["a"],"what":"field","shape":{}}"#,
    ];
    let problems = read("reports.jsonl", &lines.join("\n")).expect_err("problems");
    assert_snapshot!(problems);
    let array = "[\n{\"method\":\n1}]";
    let problems = read("-", array).expect_err("problems").to_string();
    assert!(problems.starts_with("-:3:1: not a report: "), "{problems}");
}
