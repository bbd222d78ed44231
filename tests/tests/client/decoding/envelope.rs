//! What is around the fields: business node, head, undocumented parts.

use rust_decimal::Decimal;
use suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRequest;
use suning_api::methods::custom::virtual_get::VirtualGetRequest;
use suning_api::methods::custom::virtualorder_resend::VirtualorderResendRequest;
use suning_api::value::Value;
use suning_api::{Error, Reply};

use super::{json, read, reply_error, xml};

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
fn an_empty_result_node_is_an_empty_reply_of_one() {
    for body in [json("getVirtual", "{}"), json("getVirtual", "\"\""), xml("getVirtual", "")] {
        assert_eq!(read::<VirtualGetRequest>(&body).expect("a reply").order_code, None, "{body}");
    }
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
