//! Methods without types, called by name.

use std::sync::Arc;

use suning_api::error::RequestError;
use suning_api::mock::Gateway;
use suning_api::value::Value;
use suning_api::{Client, CommonErrorCode, Credentials, Error, Format};
use tests::script::{Answer, Script};

const REPLY: &str = r#"{"sn_responseContent":{"sn_head":{"pageTotal":"7"},"sn_body":{"orderGet":{"orderStatus":10}}}}"#;

#[tokio::test]
async fn the_value_is_sent_unchanged_and_the_reply_is_a_value() {
    let script = Script::new([REPLY]);
    let call = script.client().raw("suning.custom.order.get", "orderGet");
    let call = call.json(r#"{"z":"1","a":[{"b":1.50},{"b":null}],"c":true}"#).expect("an object").parameter("d", "中");
    let reply = call.send().await.expect("a reply");
    assert_eq!(
        script.sent(),
        [r#"{"sn_request":{"sn_body":{"orderGet":{"z":"1","a":[{"b":1.50},{"b":null}],"c":true,"d":"中"}}}}"#]
    );
    assert_eq!(reply.get("orderStatus").and_then(Value::as_text), Some("10"));
    assert_eq!(reply.envelope().head.page_total, Some(7));
}

#[tokio::test]
async fn parameters_may_be_any_value_of_serde() {
    let script = Script::new([REPLY, REPLY]);
    let call = || script.client().raw("suning.custom.order.get", "orderGet");
    let value = serde_json::json!({ "orderCode": "1", "lines": [{ "count": 2 }] });
    assert!(call().parameters(&value).expect("an object").send().await.is_ok());
    let map = std::collections::BTreeMap::from([("orderCode", "1")]);
    assert!(call().parameters(&map).expect("an object").send().await.is_ok());
    assert_eq!(
        script.sent(),
        [
            r#"{"sn_request":{"sn_body":{"orderGet":{"orderCode":"1","lines":[{"count":2}]}}}}"#,
            r#"{"sn_request":{"sn_body":{"orderGet":{"orderCode":"1"}}}}"#,
        ]
    );
    assert!(matches!(call().parameters("text"), Err(RequestError::Unwritable { .. })));
}

#[tokio::test]
async fn rows_are_a_list() {
    let rows = r#"{"sn_responseContent":{"sn_body":{"orderQuery":[{"a":"1"},{"a":"2"}]}}}"#;
    let reply =
        Script::new([rows]).client().raw("suning.custom.order.query", "orderQuery").send().await.expect("a reply");
    let texts: Vec<_> = reply.objects().iter().filter_map(|row| row.get("a")?.as_text()).collect();
    assert_eq!(texts, ["1", "2"]);
}

#[tokio::test]
async fn a_reply_decodes_to_a_type_of_the_caller() {
    let call = Script::new([REPLY]).client().raw("suning.custom.order.get", "orderGet");
    let reply = call.send().await.expect("a reply");
    let decoded: std::collections::BTreeMap<String, String> = reply.decode().expect("texts");
    assert_eq!(decoded["orderStatus"], "10");
}

#[tokio::test]
async fn a_node_under_another_name_is_read_and_named() {
    let call = Script::new([REPLY]).client().raw("suning.custom.order.get", "getOrder");
    let reply = call.send().await.expect("a reply");
    assert_eq!(reply.get("orderStatus").and_then(Value::as_text), Some("10"));
    assert!(reply.envelope().extra.get("orderGet").is_some());
}

#[tokio::test]
async fn it_is_signed_as_any_call_in_both_formats() {
    let credentials = Credentials::new("key", "secret");
    for format in [Format::Json, Format::Xml] {
        let gateway = Gateway::builder(credentials.clone()).strict().build();
        let client =
            Client::builder(credentials.clone()).transport(Arc::new(gateway)).format(format).build().expect("a client");
        let call = client.raw("suning.custom.virtual.get", "getVirtual").parameter("orderItemCode", "101254223501");
        let reply = call.send().await.expect("a reply");
        assert_eq!(reply.get("serverName").and_then(Value::as_text), Some("紫禁之巅"), "{format}");
        let unknown = client.raw("suning.custom.no.such", "noSuch").send().await;
        assert!(matches!(unknown, Err(Error::Api(error)) if error.code == CommonErrorCode::MethodUnknown), "{format}");
    }
}

#[tokio::test]
async fn codes_of_the_method_are_kept_and_only_objects_accepted() {
    let refused = r#"{"sn_responseContent":{"sn_error":{"error_code":"biz.order.unknown:1"}}}"#;
    let script = Script::new([refused]);
    let result = script.client().raw("suning.custom.order.get", "orderGet").send().await;
    let Err(Error::Api(error)) = result else { panic!("{result:?}") };
    assert_eq!(error.code, CommonErrorCode::Other("biz.order.unknown:1".into()));
    assert_eq!(error.method, "suning.custom.order.get");
    for text in ["[]", "1", "{", "{'a':1}"] {
        let call = Script::new([""]).client().raw("suning.custom.order.get", "orderGet").json(text);
        let Err(error @ RequestError::Unwritable { .. }) = call else { panic!("{text} was taken") };
        assert!(error.to_string().starts_with("invalid parameter"), "{error}");
        assert!(!error.to_string().contains("  "), "{error}");
    }
}

#[test]
fn no_parameter_is_shown() {
    let call =
        Script::new([""]).client().raw("suning.custom.card.add", "addCard").parameter("cardSec", "hidden-password");
    let shown = format!("{call:?}");
    assert!(shown.contains("cardSec") && !shown.contains("hidden-password"), "{shown}");
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Row {
    a: u32,
}

async fn rows(body: &str) -> Vec<Row> {
    let script = Script::new([body]);
    let reply = script.client().raw("suning.custom.order.query", "orderQuery").send().await.expect("a reply");
    reply.decode().expect("rows")
}

#[tokio::test]
async fn no_row_one_row_and_many_have_the_same_shape() {
    let json = |node: &str| format!(r#"{{"sn_responseContent":{{"sn_body":{{"orderQuery":{node}}}}}}}"#);
    let xml = |node: &str| format!("<sn_responseContent><sn_body>{node}</sn_body></sn_responseContent>");
    for none in ["[]", "{}", "[{}]", "null", r#""""#] {
        assert_eq!(rows(&json(none)).await, [], "{none}");
    }
    for none in ["<orderQuery/>", "<orderQuery></orderQuery>", "<orderQuery> </orderQuery>", ""] {
        assert_eq!(rows(&xml(none)).await, [], "{none}");
    }
    for one in [json(r#"{"a":1}"#), json(r#"[{"a":"1"}]"#), xml("<orderQuery><a>1</a></orderQuery>")] {
        assert_eq!(rows(&one).await, [Row { a: 1 }], "{one}");
    }
    let many = xml("<orderQuery><a>1</a></orderQuery><orderQuery><a>2</a></orderQuery>");
    for many in [json(r#"[{"a":1},{"a":2}]"#), many] {
        assert_eq!(rows(&many).await, [Row { a: 1 }, Row { a: 2 }], "{many}");
    }
}

#[tokio::test]
async fn single_values_are_results() {
    let json = |node: &str| format!(r#"{{"sn_responseContent":{{"sn_body":{{"orderQuery":{node}}}}}}}"#);
    let xml = "<sn_responseContent><sn_body><orderQuery>3</orderQuery><orderQuery>4</orderQuery></sn_body></sn_responseContent>";
    for (body, expected) in
        [(json("3"), &[3][..]), (json(r#""3""#), &[3]), (json("[3,\"4\"]"), &[3, 4]), (xml.to_owned(), &[3, 4])]
    {
        let script = Script::new([body.clone()]);
        let reply = script.client().raw("suning.custom.order.query", "orderQuery").send().await.expect("a reply");
        assert_eq!(reply.decode::<Vec<u32>>().expect("numbers"), expected, "{body}");
        assert_eq!(reply.objects().len(), expected.len(), "{body}");
    }
}

#[tokio::test]
async fn numbers_stay_numbers() {
    let script = Script::new([r#"{"sn_responseContent":{"sn_body":{"orderGet":{"a":1,"b":1.50,"c":"2","d":true}}}}"#]);
    let reply = script.client().raw("suning.custom.order.get", "orderGet").send().await.expect("a reply");
    let decoded: serde_json::Value = reply.decode().expect("JSON");
    assert_eq!(decoded, serde_json::json!({ "a": 1, "b": 1.5, "c": "2", "d": true }));
}

#[tokio::test]
async fn parameters_have_the_types_of_rust_and_none_is_left_out() {
    let script = Script::new([REPLY]);
    let time = suning_api::time::parse("2026-01-02 03:04:05").expect("a time");
    let call = script
        .client()
        .raw("suning.custom.order.get", "orderGet")
        .parameter("count", 3)
        .parameter("big", u64::MAX)
        .parameter("flag", true)
        .parameter("sum", suning_api::rust_decimal::Decimal::new(1850, 2))
        .parameter("time", time)
        .parameter("codes", vec!["a", "b"])
        .parameter("given", Some("text"))
        .parameter("absent", None::<i64>)
        .parameter("line", Value::encode(&serde_json::json!({ "count": 1.50 })).expect("JSON"));
    assert!(call.send().await.is_ok());
    assert_eq!(
        script.sent(),
        [concat!(
            r#"{"sn_request":{"sn_body":{"orderGet":{"count":3,"big":18446744073709551615,"flag":true,"sum":18.50,"#,
            r#""time":"2026-01-02 03:04:05","codes":["a","b"],"given":"text","line":{"count":1.5}}}}}"#
        )]
    );
}

#[tokio::test]
async fn rows_go_through_all_pages() {
    let page = |rows: &str| {
        format!(r#"{{"sn_responseContent":{{"sn_head":{{"pageTotal":2}},"sn_body":{{"orderQuery":{rows}}}}}}}"#)
    };
    let script = Script::new([page(r#"[{"a":1},{"a":2}]"#), page(r#"{"a":3}"#)]);
    let query = script.client().raw("suning.custom.order.query", "orderQuery");
    let mut rows = query.page_parameter("currentPage").parameter("currentPage", 9).parameter("size", 2).rows();
    let mut found = Vec::new();
    while let Some(row) = rows.try_next().await.expect("no error") {
        found.push(row.decode::<Row>().expect("a row").a);
    }
    assert_eq!(found, [1, 2, 3]);
    assert!(script.sent()[0].contains(r#"{"size":2,"currentPage":1}"#), "{:?}", script.sent());
    assert!(script.sent()[1].contains(r#"{"size":2,"currentPage":2}"#), "{:?}", script.sent());
}

#[tokio::test]
async fn failures_of_the_server_are_retried_as_for_typed_methods() {
    for (method, times) in
        [("suning.custom.order.get", 2), ("suning.custom.order.query", 2), ("suning.custom.order.add", 1)]
    {
        for failure in [Answer::status(502), Answer::code("isp.sys.service.unavailable.moms")] {
            let script = Script::new([failure, Answer::from(REPLY)]);
            let _ = script.client().raw(method, "orderGet").send().await;
            assert_eq!(script.sent().len(), times, "{method}");
        }
    }
}

#[tokio::test]
async fn an_undocumented_parameter_is_sent_with_a_typed_call() {
    let reply = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"sum":"1"}}}}"#;
    let script = Script::new([reply, reply]);
    let client = script.client().with_parameter("supplierCode", "0010");
    let call = || client.custom().virtual_get().order_item_code("1").send();
    assert!(call().parameter("count", 2).parameter("nothing", None::<i64>).await.is_ok());
    assert!(call().await.is_ok());
    assert_eq!(
        script.sent(),
        [
            r#"{"sn_request":{"sn_body":{"getVirtual":{"orderItemCode":"1","supplierCode":"0010","count":2}}}}"#,
            r#"{"sn_request":{"sn_body":{"getVirtual":{"orderItemCode":"1","supplierCode":"0010"}}}}"#,
        ]
    );
}
