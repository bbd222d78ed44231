//! What replies hold beyond the documents is told, with what to write into the spec.

use std::sync::{Arc, Mutex};

use insta::assert_snapshot;
use suning_api::Client;
use suning_api::undocumented::Undocumented;
use tests::script::{Answer, Script};
use tests::spec::with_method;

type Found = Arc<Mutex<Vec<Undocumented>>>;

fn client(script: &Arc<Script>) -> (Client, Found) {
    let found = Found::default();
    let told = Arc::clone(&found);
    let hook = move |one: &Undocumented| told.lock().expect("the list").push(one.clone());
    (script.builder().on_undocumented(hook).build().expect("a client"), found)
}

/// What is told of the reply to a call for an order.
async fn of_order(reply: impl Into<Answer>) -> Vec<Undocumented> {
    let (client, found) = client(&Script::new([reply.into()]));
    let _ = client.custom().virtual_get().order_item_code("1").send().await;
    found.lock().expect("the list").clone()
}

/// What is told of rows.
async fn of_rows(reply: &str) -> Vec<Undocumented> {
    let (client, found) = client(&Script::new([reply]));
    let time = suning_api::time::parse("2026-01-01 00:00:00").expect("a time");
    let query = client.custom().batchrejected_query().start_time(time).end_time(time + chrono::TimeDelta::days(1));
    let _ = query.page_size(1).page_no(1).send().await;
    found.lock().expect("the list").clone()
}

/// What a terminal would show, after the spec has taken what was to be pasted.
fn shown(found: &[Undocumented]) -> String {
    let mut out = String::new();
    for one in found {
        out += &format!("{one}\n");
        let Some(yaml) = one.yaml() else { continue };
        out += &format!("# {}\n{yaml}\n", one.spec_file());
        if one.spec_file() == "spec/platform.yaml" {
            continue;
        }
        let head =
            "method: suning.shop.thing.get\ntitle: 事\npage: https://example.invalid/\neffect: read\nnode: thing\n";
        let spec = with_method("shop/thing.get.yaml", &format!("{head}{yaml}"));
        codegen::compile(&spec).unwrap_or_else(|problems| panic!("{problems}{yaml}"));
    }
    out
}

#[tokio::test]
async fn fields_codes_and_forms_are_told_each_once_and_no_value_is() {
    let found = of_rows(
        r#"{"sn_responseContent":{"sn_head":{"pageCount":"the-count"},"sn_body":{"batchQueryRejected":[
            {"orderCode":"1","statusDesc":"1","buyerName":"the-name","on":{"a":"the-a","lines":[{"b":1},{"b":2}]}},
            {"orderCode":"2","statusDesc":"新 状态","buyerName":"the-name","dealMoney":"the-money"},
            {"orderCode":"3","statusDesc":"99","applyTime":["2026-01-01 00:00:00","2026-01-02 00:00:00"]}
        ]},"trace":"the-trace"}}"#,
    )
    .await;
    let shown = shown(&found);
    assert!(!shown.contains("the-"), "{shown}");
    assert_snapshot!(shown);
}

#[tokio::test]
async fn an_error_code_is_told_with_the_message_it_came_with() {
    let error = r#"{"sn_responseContent":{"sn_error":{"error_code":"biz.new:1","error_msg":"不对: 新"}}}"#;
    assert_snapshot!(shown(&of_order(error).await));
    assert_eq!(of_order(Answer::code("biz.handler.data-get:no-result")).await, []);
    assert_eq!(of_order(Answer::status(502)).await.len(), 0);
}

#[tokio::test]
async fn a_list_where_one_object_is_documented_is_told() {
    let two = r#"{"sn_responseContent":{"sn_body":{"getVirtual":[{"sum":"1"},{"sum":"2"}]}}}"#;
    assert_snapshot!(shown(&of_order(two).await));
}

#[tokio::test]
async fn a_documented_reply_has_nothing_to_tell() {
    let known = suning_api::mock::documented_response("suning.custom.virtual.get", suning_api::Format::Json);
    assert_eq!(of_order(known.expect("an example")).await, []);
}
