//! Methods without types, called by name.

use std::sync::Arc;

use suning_api::error::RequestError;
use suning_api::mock::Gateway;
use suning_api::value::Value;
use suning_api::{Client, CommonErrorCode, Credentials, Error, Format};
use tests::script::Script;

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
    let texts: Vec<_> = reply.items().iter().filter_map(|row| row.get("a")?.as_text()).collect();
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
