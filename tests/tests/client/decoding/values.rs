//! Values of fields, and what does not fit.

use chrono::{NaiveDate, Timelike};
use rust_decimal::Decimal;
use suning_api::methods::custom::batchrejected_query::{BatchrejectedQueryRequest, Refundtype, StatusDesc};
use suning_api::methods::custom::ordercountdown_query::{OrdercountdownQueryRequest, ReturnOrderFlag};
use suning_api::methods::custom::virtual_get::{OrderLineStatus, VirtualGetRequest};
use suning_api::methods::custom::virtualorder_resend::VirtualorderResendRequest;
use suning_api::time;
use suning_api::value::Value;

use super::{json, read, virtual_get, xml};

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
