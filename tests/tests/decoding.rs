//! What the gateway can send, and what a caller gets.

use bytes::Bytes;
use chrono::{NaiveDate, Timelike};
use http::{Response, StatusCode};
use rust_decimal::Decimal;
use suning_api::error::ReplyError;
use suning_api::facts::Retry;
use suning_api::methods::custom::batchrejected_query::{BatchrejectedQueryRequest, Refundtype, StatusDesc};
use suning_api::methods::custom::ordercountdown_query::{OrdercountdownQueryRequest, ReturnOrderFlag};
use suning_api::methods::custom::virtual_get::{OrderLineStatus, VirtualGetErrorCode, VirtualGetRequest};
use suning_api::methods::custom::virtualorder_resend::VirtualorderResendRequest;
use suning_api::methods::selfmarket::leaguerstatus_add::{LeaguerstatusAddErrorCode, LeaguerstatusAddRequest};
use suning_api::reply::read_reply;
use suning_api::request::Request;
use suning_api::value::Value;
use suning_api::{ApiError, CommonErrorCode, Error, Reply, time};

fn read<R: Request>(body: &str) -> Result<Reply<R::Response>, Error<R::ErrorCode>> {
    read_reply::<R>(Response::new(Bytes::from(body.to_owned())))
}

/// A reply with one business node.
fn json(node: &str, value: &str) -> String {
    format!(r#"{{"sn_responseContent":{{"sn_body":{{"{node}":{value}}}}}}}"#)
}

fn xml(node: &str, content: &str) -> String {
    format!("<sn_responseContent><sn_body><{node}>{content}</{node}></sn_body></sn_responseContent>")
}

fn virtual_get(value: &str) -> Reply<<VirtualGetRequest as Request>::Response> {
    read::<VirtualGetRequest>(&json("getVirtual", value)).expect("a reply")
}

fn api_error<R: Request>(body: &str) -> ApiError<R::ErrorCode> {
    match read::<R>(body) {
        Err(Error::Api(error)) => *error,
        Err(other) => panic!("expected an error of the gateway, got {other}"),
        Ok(_) => panic!("expected an error of the gateway, got a reply"),
    }
}

fn reply_error(status: u16, body: impl Into<Bytes>) -> ReplyError {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    match read_reply::<VirtualGetRequest>(response) {
        Err(Error::Reply(error)) => *error,
        Err(other) => panic!("expected a reply that cannot be read, got {other}"),
        Ok(_) => panic!("expected a reply that cannot be read, got one"),
    }
}

fn gateway_error(code: &str) -> String {
    serde_json::json!({ "sn_responseContent": { "sn_error": { "error_code": code } } }).to_string()
}

#[test]
fn a_single_object_is_accepted_where_a_list_is_documented() {
    let rows = read::<BatchrejectedQueryRequest>(&json("batchQueryRejected", r#"{"orderCode":"1"}"#)).expect("a reply");
    assert_eq!(rows.len(), 1);
    let details = read::<VirtualorderResendRequest>(&json("resendVirtualorder", r#"{"details":{"receiveFlag":"N"}}"#))
        .expect("a reply");
    assert_eq!(details.details[0].receive_flag.as_deref(), Some("N"));
}

#[test]
fn a_list_of_one_is_accepted_where_an_object_is_documented() {
    assert_eq!(virtual_get(r#"[{"orderCode":"1"}]"#).order_code.as_deref(), Some("1"));
}

#[test]
fn additional_rows_are_kept_where_one_is_documented() {
    let reply = virtual_get(r#"[{"orderCode":"1"},{"orderCode":"2","sum":"3.50"}]"#);
    assert_eq!(reply.order_code.as_deref(), Some("1"));
    let second =
        Value::Object(vec![("orderCode".into(), Value::Text("2".into())), ("sum".into(), Value::Text("3.50".into()))]);
    assert_eq!(reply.envelope().extra.get("getVirtual"), Some(&second));
}

#[test]
fn numbers_are_accepted_for_text_to_the_digit() {
    let reply = virtual_get(
        r#"{"orderCode":123456789012345678901234567890,"orderLineStatus":30,"sum":18.00000,"cardNum":"1.00000"}"#,
    );
    assert_eq!(reply.order_code.as_deref(), Some("123456789012345678901234567890"));
    assert_eq!(reply.order_line_status, Some(OrderLineStatus::Completed));
    assert_eq!(reply.sum.map(|sum| sum.to_string()).as_deref(), Some("18.00000"));
    assert_eq!(reply.card_num, Some(Decimal::ONE));
}

#[test]
fn numbers_keep_their_digits_whatever_is_around_them() {
    let reply = virtual_get(
        r#"{ "s\u0075m" : 12345678901234567890.10, "orderCode"
            :	1.50, "cardNum":-0.0, "new\"" : [1.50, {"a": 2.0e0}], "returnFlag":true}"#,
    );
    assert_eq!(reply.sum.map(|sum| sum.to_string()).as_deref(), Some("12345678901234567890.10"));
    assert_eq!((reply.order_code.as_deref(), reply.card_num), (Some("1.50"), Some(Decimal::ZERO)));
    let number = |text: &str| Value::Number(text.to_owned());
    let items = vec![number("1.50"), Value::Object(vec![("a".into(), number("2.0e0"))])];
    assert_eq!(reply.extra.get("new\""), Some(&Value::List(items)));
}

#[test]
fn names_and_texts_may_have_escapes() {
    let reply = virtual_get(r#"{"order\u0043ode":"1","serverName" : "\u4e2d\n","sectionName":"a\\b"}"#);
    assert_eq!(reply.order_code.as_deref(), Some("1"));
    assert_eq!((reply.server_name.as_deref(), reply.section_name.as_deref()), (Some("中\n"), Some("a\\b")));
}

#[test]
fn a_time_is_written_as_chrono_writes_it() {
    let date = |year| NaiveDate::from_ymd_opt(year, 12, 31).expect("a date");
    for year in [-1, 0, 7, 2026, 9999, 10_000] {
        for (second, nanosecond) in [(0, 0), (59, 999_999_999), (59, 1_999_999_999)] {
            let time = date(year).and_hms_nano_opt(23, 59, second, nanosecond).expect("a time");
            let whole = time.with_nanosecond(0).expect("a time");
            assert_eq!(time::format(time), whole.format("%Y-%m-%d %H:%M:%S").to_string());
        }
    }
}

#[test]
fn a_time_is_read_to_the_second_or_finer() {
    let whole = time::parse("2013-01-02 03:04:05").expect("a time");
    assert_eq!(time::format(whole), "2013-01-02 03:04:05");
    assert_eq!(time::parse("2013-1-2 3:4:5"), Some(whole));
    for (fraction, nanoseconds) in [("0", 0), ("5", 500_000_000), ("000000001", 1), ("1234567899", 123_456_789)] {
        let time = time::parse(&format!("2013-01-02 03:04:05.{fraction}")).expect("a time");
        assert_eq!(time - whole, chrono::TimeDelta::nanoseconds(nanoseconds), "{fraction}");
        assert_eq!(time::format(time), "2013-01-02 03:04:05", "{fraction}");
    }
    for wrong in [
        "",
        "2013-01-02",
        "2013-01-02 03:04",
        "2013-01-02T03:04:05",
        "2013-01-02 03:04:05.",
        "2013-01-02 03:04:05 ",
        "2013-01-02 03:04:05.1a",
        "2013-02-29 03:04:05",
        "2013-01-02 24:00:00",
        "2013-01-02 03:-4:05",
        "20130-01-02 03:04:05",
    ] {
        assert_eq!(time::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn null_and_empty_text_are_absent() {
    let reply = virtual_get(r#"{"orderCode":null,"sum":"","orderSaletime":"","returnFlag":""}"#);
    assert_eq!((&reply.order_code, reply.sum, reply.order_saletime, &reply.return_flag), (&None, None, None, &None));
    assert!(reply.extra.is_empty());
    let reply = read::<OrdercountdownQueryRequest>(&xml("orderCountDown", "<rdownTime/><orderCode></orderCode>"))
        .expect("a reply");
    assert_eq!((reply.rdown_time, &reply.order_code), (None, &None));
}

#[test]
fn one_field_may_change_its_form_between_rows() {
    let rows =
        r#"[{"returnMoney":188.00,"refundtype":1},{"returnMoney":"188.00","refundtype":"1"},{"returnMoney":null}]"#;
    let rows = read::<BatchrejectedQueryRequest>(&json("batchQueryRejected", rows)).expect("a reply");
    assert_eq!(rows[0].return_money, rows[1].return_money);
    assert_eq!(rows[0].refundtype, Some(Refundtype::RefundOnly));
    assert_eq!((rows[2].return_money, &rows[2].refundtype), (None, &None));
}

#[test]
fn the_spelling_of_the_examples_is_read_too() {
    for name in ["returnOrderFlag", "returnorderflag"] {
        let reply = read::<OrdercountdownQueryRequest>(&json("orderCountDown", &format!(r#"{{"{name}":"1"}}"#)))
            .expect("a reply");
        assert_eq!(reply.return_order_flag, Some(ReturnOrderFlag::Return), "{name}");
    }
}

#[test]
fn an_undocumented_code_is_kept_verbatim() {
    let reply = read::<BatchrejectedQueryRequest>(&json("batchQueryRejected", r#"[{"statusDesc":"等待买家投诉"}]"#))
        .expect("a reply");
    assert_eq!(reply[0].status_desc, Some(StatusDesc::Other("等待买家投诉".into())));
}

#[test]
fn undocumented_fields_are_kept_verbatim() {
    let reply = virtual_get(r#"{"orderCode":"1","newField":{"a":[1.50,true,null,"x"]}}"#);
    let list = vec![Value::Number("1.50".into()), Value::Bool(true), Value::Null, Value::Text("x".into())];
    assert_eq!(reply.extra.get("newField").and_then(|value| value.get("a")), Some(&Value::List(list)));
    let reply =
        read::<VirtualGetRequest>(&xml("getVirtual", "<newField><a>1</a><a>2</a></newField>")).expect("a reply");
    let list = vec![Value::Text("1".into()), Value::Text("2".into())];
    assert_eq!(reply.extra.get("newField").and_then(|value| value.get("a")), Some(&Value::List(list)));
}

#[test]
fn a_value_of_another_type_does_not_fail_the_reply_and_is_kept() {
    let reply = virtual_get(r#"{"sum":"about 5","orderSaletime":"yesterday","orderCode":{"a":"1"}}"#);
    assert_eq!((reply.sum, reply.order_saletime, &reply.order_code), (None, None, &None));
    assert_eq!(reply.extra.get("sum").and_then(Value::as_text), Some("about 5"));
    assert_eq!(reply.extra.get("orderSaletime").and_then(Value::as_text), Some("yesterday"));
    assert!(reply.extra.get("orderCode").is_some_and(|value| value.get("a").is_some()));
}

#[test]
fn text_where_objects_are_documented_is_kept() {
    for body in
        [json("resendVirtualorder", r#"{"details":"none"}"#), xml("resendVirtualorder", "<details>none</details>")]
    {
        let reply = read::<VirtualorderResendRequest>(&body).expect("a reply");
        assert!(reply.details.is_empty());
        assert_eq!(reply.extra.get("details").and_then(Value::as_text), Some("none"), "{body}");
    }
}

#[test]
fn fields_around_the_result_are_kept() {
    let body =
        r#"{"traceId":"t","sn_responseContent":{"cost":5,"sn_body":{"getVirtual":{"orderCode":"1"},"other":"x"}}}"#;
    let reply = read::<VirtualGetRequest>(body).expect("a reply");
    let names: Vec<_> = reply.envelope().extra.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["cost", "traceId", "other"]);
}

#[test]
fn the_head_is_read_from_numbers_and_from_text() {
    for page in ["3", r#""3""#] {
        let body = format!(
            r#"{{"sn_responseContent":{{"sn_head":{{"pageNo":{page},"pageTotal":{page}}},"sn_body":{{"batchQueryRejected":[]}}}}}}"#
        );
        let reply = read::<BatchrejectedQueryRequest>(&body).expect("a reply");
        assert_eq!((reply.envelope().head.page_no, reply.envelope().head.page_total), (Some(3), Some(3)));
        assert!(reply.is_empty());
    }
}

#[test]
fn the_head_may_be_empty_or_absent() {
    for head in ["", "<sn_head/>", "<sn_head></sn_head>"] {
        let body = format!(
            "<sn_responseContent>{head}<sn_body><getVirtual><sum>1</sum></getVirtual></sn_body></sn_responseContent>"
        );
        assert_eq!(read::<VirtualGetRequest>(&body).expect("a reply").envelope().head.page_no, None);
    }
}

#[test]
fn xml_may_have_a_declaration_cdata_entities_comments_and_blanks() {
    let body = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- x --><sn_responseContent>\n <sn_body>\n  <getVirtual>\n   \
                <serverName><![CDATA[a<b>&c]]></serverName>\n   <sectionName>1 &lt; 2 &amp; &#x4e2d;</sectionName>\n  </getVirtual>\n \
                </sn_body>\n</sn_responseContent>\n";
    let reply = read::<VirtualGetRequest>(body).expect("a reply");
    assert_eq!(reply.server_name.as_deref(), Some("a<b>&c"));
    assert_eq!(reply.section_name.as_deref(), Some("1 < 2 & 中"));
    assert!(reply.extra.is_empty() && reply.envelope().extra.is_empty());
}

#[test]
fn an_error_may_have_no_message_and_an_empty_head() {
    let body = r#"{"sn_responseContent":{"sn_head":{},"sn_error":{"error_code":"biz.handler.data-get:no-result"}}}"#;
    let error = api_error::<VirtualGetRequest>(body);
    assert_eq!(error.code, VirtualGetErrorCode::NoResult);
    assert_eq!((error.meaning(), error.message), (Some("查询没结果"), None));
    let body = "<sn_responseContent><sn_head/><sn_error><error_code>sys.check.app-sign:error</error_code></sn_error></sn_responseContent>";
    assert_eq!(api_error::<VirtualGetRequest>(body).code, VirtualGetErrorCode::Common(CommonErrorCode::SignatureWrong));
}

#[test]
fn wildcards_are_parsed_into_their_part() {
    let error = api_error::<VirtualGetRequest>(&gateway_error("biz.custom.getvirtual.missing-parameter:orderItemCode"));
    assert_eq!(error.code, VirtualGetErrorCode::MissingParameter { parameter: "orderItemCode".into() });
    let error = api_error::<VirtualGetRequest>(&gateway_error("sys.error.network-status:502"));
    assert_eq!(error.code, VirtualGetErrorCode::Common(CommonErrorCode::NetworkStatus { status: "502".into() }));
    assert_eq!(error.retry(), Retry::Later);
}

#[test]
fn parts_and_free_text_after_a_code_are_its_detail() {
    for (code, detail) in [
        ("biz.selfmarket.addleaguerstatus.invalid-biz:113", None),
        ("biz.selfmarket.addleaguerstatus.invalid-biz:113:张三", Some("张三")),
        ("biz.selfmarket.addleaguerstatus.invalid-biz:113\tcards are missing", Some("cards are missing")),
    ] {
        let error = api_error::<LeaguerstatusAddRequest>(&gateway_error(code));
        assert_eq!(error.code, LeaguerstatusAddErrorCode::CardsMissing);
        assert_eq!((error.detail().as_deref(), error.wire_code.as_str()), (detail, code));
    }
}

#[test]
fn an_undocumented_error_code_is_kept_and_not_retryable() {
    let error = api_error::<VirtualGetRequest>(&gateway_error("isp.something.new"));
    assert_eq!(error.code, VirtualGetErrorCode::Other("isp.something.new".into()));
    assert_eq!(error.to_string(), "suning.custom.virtual.get failed with `isp.something.new`, an undocumented code");
    assert!(!Error::Api(Box::new(error)).is_retryable());
}

#[test]
fn an_error_says_method_code_meaning_and_remedy() {
    let error = api_error::<LeaguerstatusAddRequest>(&gateway_error("biz.selfmarket.addleaguerstatus.invalid-biz:100"));
    assert_eq!(
        error.to_string(),
        "suning.selfmarket.leaguerstatus.add failed with `biz.selfmarket.addleaguerstatus.invalid-biz:100`: 状态同步失败 (remedy: 请联系苏宁技术人员)"
    );
}

#[test]
fn a_code_listed_twice_shows_both_meanings() {
    let error = api_error::<VirtualGetRequest>(&gateway_error("sys.check.user-permission:inexistence"));
    let shown = error.to_string();
    assert!(shown.contains("访问令牌不存在") && shown.contains("用户key不存在"), "{shown}");
}

#[test]
fn an_error_of_a_method_becomes_the_common_error_without_loss() {
    let error: Error =
        Error::Api(Box::new(api_error::<VirtualGetRequest>(&gateway_error("isp.sys.service.unavailable.moms")))).into();
    assert!(error.is_retryable());
    match error {
        Error::Api(error) => {
            assert_eq!(error.code, CommonErrorCode::ServiceUnavailable { service: "moms".into() });
            assert_eq!(error.meaning(), Some("服务不可用"));
        }
        other => panic!("{other}"),
    }
}

#[test]
fn an_invalid_reply_is_an_error_with_path_status_and_bytes() {
    let html = "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>";
    let error = reply_error(502, html);
    assert_eq!((error.status.as_u16(), error.raw.as_ref()), (502, html.as_bytes()));
    assert_eq!(
        error.to_string(),
        "unexpected reply to suning.custom.virtual.get (HTTP 502): \
         an HTML page, probably from a server in front of the gateway"
    );
    assert_eq!(reply_error(200, "").reason, "an empty reply");
    assert_eq!(reply_error(200, "OK").reason, "neither JSON nor XML");
    assert_eq!(reply_error(200, r#"{"a":1}"#).path, "sn_responseContent");
    assert_eq!(reply_error(200, "<a/>").path, "sn_responseContent");
    assert_eq!(
        reply_error(200, r#"{"sn_responseContent":{"sn_body":{}}}"#).path,
        "sn_responseContent.sn_body.getVirtual"
    );
}

#[test]
fn a_cut_reply_is_an_error_at_the_path_where_it_ends() {
    let error = reply_error(200, r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"orderCode":"1","#);
    assert_eq!(error.path, "sn_responseContent.sn_body.getVirtual");
    let error = reply_error(200, "<sn_responseContent><sn_body><getVirtual><orderCode>1</orderCode></get");
    assert_eq!(error.path, "sn_responseContent.sn_body.getVirtual");
}

#[test]
fn every_cut_of_a_reply_is_an_error_and_none_panics() {
    let (json, xml) = (
        json("getVirtual", r#"{"orderCode":"1","newField":[{"a":1.5}]}"#),
        xml("getVirtual", "<orderCode>1</orderCode><new a='1'><b/></new>"),
    );
    for whole in [json, xml] {
        for end in 0..whole.len() {
            reply_error(200, whole.as_bytes()[..end].to_vec());
        }
    }
}

#[test]
fn invalid_utf_8_is_an_error_in_both_formats() {
    let json =
        [br#"{"sn_responseContent":{"sn_body":{"getVirtual":{"orderCode":""#.as_slice(), b"\xff\xfe\"}}}}"].concat();
    assert_eq!(reply_error(200, json).path, "sn_responseContent.sn_body.getVirtual.orderCode");
    let xml = [b"<sn_responseContent>".as_slice(), b"\xb2\xe9</sn_responseContent>"].concat();
    assert!(reply_error(200, xml).reason.contains("not UTF-8 at byte 20"));
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    let deep = 200_000;
    let value = format!(r#"{{"x":{}{}}}"#, "[".repeat(deep), "]".repeat(deep));
    let reply = virtual_get(&value);
    assert!(reply.extra.get("x").is_some());
    let body = xml("getVirtual", &format!("{}{}", "<x>".repeat(deep), "</x>".repeat(deep)));
    assert!(read::<VirtualGetRequest>(&body).is_err());
}

#[test]
fn an_entity_that_is_not_predefined_is_an_error() {
    let body = "<!DOCTYPE x [<!ENTITY a \"b\">]><sn_responseContent><sn_body><getVirtual><sum>&a;</sum></getVirtual></sn_body></sn_responseContent>";
    assert!(reply_error(200, body).reason.contains("undefined entity `&a;`"));
}

#[test]
fn an_empty_result_node_is_an_empty_reply_of_one() {
    for body in [json("getVirtual", "{}"), json("getVirtual", "\"\""), xml("getVirtual", "")] {
        assert_eq!(read::<VirtualGetRequest>(&body).expect("a reply").order_code, None, "{body}");
    }
}

#[test]
fn a_reply_can_be_stored_and_shown() {
    let reply = virtual_get(r#"{"orderCode":"1","sum":"9.90","orderSaletime":"2020-12-29 00:00:00","newField":"x"}"#);
    assert_eq!(reply.order_saletime, time::parse("2020-12-29 00:00:00"));
    assert_eq!(
        serde_json::to_string(&*reply).expect("JSON"),
        r#"{"orderCode":"1","sum":"9.90","orderSaletime":"2020-12-29 00:00:00","newField":"x"}"#
    );
    assert!(format!("{reply:?}").contains(r#"VirtualGetResponse { orderCode: "1", sum: "9.90""#), "{reply:?}");
}

#[test]
fn an_error_in_any_form_is_never_an_empty_list() {
    for inside in [
        r#""sn_head":{},"sn_error":"isp.down""#,
        r#""sn_head":{},"sn_error":{"code":"isp.down"}"#,
        r#""sn_head":{},"sn_error":{}"#,
        r#""sn_body":{"batchQueryRejected":"system busy"}"#,
        r#""sn_body":{"other":[{"a":"1"}]}"#,
        r#""sn_head":{}"#,
    ] {
        let body = format!(r#"{{"sn_responseContent":{{{inside}}}}}"#);
        let result = read::<BatchrejectedQueryRequest>(&body);
        assert!(matches!(result, Err(Error::Reply(_))), "{body}: {result:?}");
    }
}

/// The names of what is undocumented in the envelope.
fn undocumented<T>(reply: &Reply<T>) -> Vec<&str> {
    reply.envelope().extra.iter().map(|(name, _)| name).collect()
}

#[test]
fn a_business_node_under_another_name_is_read_and_named() {
    for name in ["getvirtual", "get_virtual", "virtualGet"] {
        for body in [json(name, r#"{"orderCode":"1","new":"x"}"#), xml(name, "<orderCode>1</orderCode><new>x</new>")] {
            let reply = read::<VirtualGetRequest>(&body).expect("a reply");
            assert_eq!(reply.order_code.as_deref(), Some("1"), "{body}");
            assert_eq!(reply.extra.get("new").and_then(Value::as_text), Some("x"), "{body}");
            assert_eq!(undocumented(&reply), [name], "{body}");
        }
    }
}

#[test]
fn rows_under_another_name_are_read_and_named() {
    let rows = [
        json("queryBatchRejected", r#"[{"orderCode":"1"},{"orderCode":"2"}]"#),
        "<sn_responseContent><sn_body><rejected><orderCode>1</orderCode></rejected>\
         <rejected><orderCode>2</orderCode></rejected></sn_body></sn_responseContent>"
            .to_owned(),
    ];
    for body in rows {
        let rows = read::<BatchrejectedQueryRequest>(&body).expect("a reply");
        let codes: Vec<_> = rows.iter().filter_map(|row| row.order_code.as_deref()).collect();
        assert_eq!(codes, ["1", "2"], "{body}");
        assert_eq!(undocumented(&rows).len(), 1, "{body}");
    }
}

#[test]
fn an_empty_node_under_another_spelling_is_an_empty_reply() {
    for body in [json("getvirtual", "{}"), json("getvirtual", "\"\""), xml("GetVirtual", ""), json("other", "{}")] {
        assert_eq!(read::<VirtualGetRequest>(&body).expect("a reply").order_code, None, "{body}");
    }
    let rows = read::<BatchrejectedQueryRequest>(&json("batchqueryrejected", "[]")).expect("a reply");
    assert_eq!((rows.len(), undocumented(&rows)), (0, vec!["batchqueryrejected"]));
}

#[test]
fn fields_directly_in_the_body_are_read_and_named() {
    let fields = r#""orderCode":"1","sum":"9.90","new":{"a":"x"}"#;
    let body = format!(r#"{{"sn_responseContent":{{"sn_body":{{{fields}}}}}}}"#);
    let reply = read::<VirtualGetRequest>(&body).expect("a reply");
    assert_eq!((reply.order_code.as_deref(), reply.sum), (Some("1"), Some(Decimal::new(990, 2))));
    assert!(reply.extra.get("new").is_some());
    assert_eq!(undocumented(&reply), ["orderCode", "sum", "new"]);
    let row = "<sn_responseContent><sn_body><orderCode>1</orderCode><new/></sn_body></sn_responseContent>";
    assert_eq!(read::<BatchrejectedQueryRequest>(row).expect("a reply")[0].order_code.as_deref(), Some("1"));
    let details = json("details", r#"[{"receiveFlag":"N"}]"#);
    let reply = read::<VirtualorderResendRequest>(&details).expect("a reply");
    assert_eq!(reply.details[0].receive_flag.as_deref(), Some("N"), "a documented field is not the business node");
}

#[test]
fn a_body_without_any_documented_field_is_not_a_reply() {
    for inside in [
        r#""other":{"a":"1"}"#,
        r#""other":"busy""#,
        r#""other":["1"]"#,
        r#""a":"1","b":{"orderCode":"1"}"#,
        r#""error_code":"isp.down","orderCode":"1""#,
        r#""getvirtual":{"error_code":"isp.down"}"#,
    ] {
        let body = format!(r#"{{"sn_responseContent":{{"sn_body":{{{inside}}}}}}}"#);
        assert_eq!(reply_error(200, body).path, "sn_responseContent.sn_body.getVirtual", "{inside}");
    }
}

#[test]
fn an_empty_body_or_a_head_alone_is_an_empty_list() {
    for inside in [
        r#""sn_body":{}"#,
        r#""sn_body":"""#,
        r#""sn_head":{"pageTotal":0}"#,
        r#""sn_body":{"batchQueryRejected":null}"#,
    ] {
        let body = format!(r#"{{"sn_responseContent":{{{inside}}}}}"#);
        assert!(read::<BatchrejectedQueryRequest>(&body).expect("a reply").is_empty(), "{body}");
    }
}

#[test]
fn blank_elements_are_absent_and_literal_blanks_are_not() {
    let reply = read::<VirtualGetRequest>(&xml(
        "getVirtual",
        "<orderCode>\n </orderCode><sum> </sum><serverName><![CDATA[ ]]></serverName>",
    ));
    let reply = reply.expect("a reply");
    assert_eq!((&reply.order_code, reply.sum, reply.server_name.as_deref()), (&None, None, Some(" ")));
    assert!(reply.extra.is_empty());
}

#[test]
fn values_that_do_not_fit_are_kept_next_to_those_that_do() {
    let reply = virtual_get(r#"{"orderCode":["1","2"]}"#);
    assert_eq!(serde_json::to_string(&*reply).expect("JSON"), r#"{"orderCode":["1","2"]}"#);
}

#[test]
fn digits_that_do_not_fit_are_kept_and_not_rounded() {
    let reply = virtual_get(r#"{"sum":1.23456789012345678901234567890123e0,"cardNum":1.5e1}"#);
    assert_eq!((reply.sum, reply.card_num), (None, Some(Decimal::new(15, 0))));
    assert_eq!(reply.extra.get("sum").and_then(Value::as_text), Some("1.23456789012345678901234567890123e0"));
}

#[test]
fn errors_that_waiting_cannot_fix_are_not_retryable() {
    for (code, helps) in [
        ("sys.check.app-time:error", false),
        ("sys.oauth.check.access_token:overdue", false),
        ("sys.controller.api-frequency:limit", true),
        ("isp.sys.service.unavailable.moms", true),
    ] {
        let error = Error::Api(Box::new(api_error::<VirtualGetRequest>(&gateway_error(code))));
        assert_eq!(error.is_retryable(), helps, "{code}");
    }
}
