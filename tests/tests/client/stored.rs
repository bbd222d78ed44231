//! Requests, replies and codes can be stored and read back, and what is secret or personal is not shown.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use suning_api::methods::custom::batchrejected_query::{BatchrejectedQueryRequest, BatchrejectedQueryRow};
use suning_api::methods::custom::virtual_get::{OrderLineStatus, VirtualGetRequest, VirtualGetResponse};
use suning_api::methods::custom::virtualorder_resend::VirtualorderResendRequest;
use suning_api::methods::selfmarket::leaguerstatus_add::{Card, IqStatus, LeaguerstatusAddRequest};
use suning_api::mock::documented_response;
use suning_api::reply::read_reply;
use suning_api::request::Request;
use suning_api::{Format, Reply, WithSecrets, time};

/// A documented reply, with a field that no document lists and a value that is not of its type.
fn reply<R: Request>(node: &str) -> Reply<R::Response> {
    let documented = documented_response(R::METHOD.name, Format::Json).expect("an example");
    let marker = format!("\"{node}\": ");
    assert!(documented.contains(&marker), "{documented}");
    let opening = if documented.contains(&format!("{marker}[")) { "[\n          {" } else { "{" };
    let more = format!("{marker}{opening}\"newField\": {{\"inner\": [1.50, null]}}, \"orderSaletime\": \"soon\",");
    let text = documented.replacen(&format!("{marker}{opening}"), &more, 1);
    read_reply::<R>(http::Response::new(Bytes::from(text))).expect("a reply")
}

fn stored<T: serde::Serialize + DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_string(value).expect("it can be written");
    serde_json::from_str(&text).expect("it can be read back")
}

#[test]
fn replies_and_rows_are_read_back_with_undocumented_fields() {
    let order = reply::<VirtualGetRequest>("getVirtual");
    assert!(order.extra.get("newField").is_some());
    let read = stored(&order);
    assert_eq!((&read.order_code, read.sum, read.order_saletime), (&order.order_code, order.sum, order.order_saletime));
    assert_eq!(stored(&read), read);
    let returns = reply::<BatchrejectedQueryRequest>("batchQueryRejected");
    assert!(returns.len() > 1);
    let rows: Vec<BatchrejectedQueryRow> = stored(&returns.clone().into_inner());
    assert_eq!(rows[1..], returns[1..]);
    let details = reply::<VirtualorderResendRequest>("resendVirtualorder");
    assert_eq!(stored(&details).details, details.details);
}

#[test]
fn requests_are_read_back() {
    let [start, end] = ["2013-10-20 00:00:00", "2013-10-26 23:59:59"].map(|text| time::parse(text).expect("a time"));
    let builder = BatchrejectedQueryRequest::builder().start_time(start).end_time(end);
    let request = builder.page_no(1).page_size(50).build();
    assert_eq!(stored(&request), request);
    assert_eq!((request.start_time, request.page_size), (Some(start), Some(50)));
}

#[test]
fn a_secret_is_stored_only_on_request() {
    let card = || Card::default().card_code("1234567899").card_sec("hidden-password");
    let request = LeaguerstatusAddRequest::builder()
        .iq_status(IqStatus::SmsSent)
        .order_id("1")
        .order_item_id("2")
        .card_list([card()])
        .build();
    let refused = serde_json::to_string(&request).expect_err("it holds secrets").to_string();
    assert_eq!(refused, "`cardCode` is secret; to store it, serialize `WithSecrets(&value)`");
    let text = serde_json::to_string(&WithSecrets(&request)).expect("it can be written");
    let read: LeaguerstatusAddRequest = serde_json::from_str(&text).expect("it can be read back");
    assert_eq!(read, request);
    for shown in [format!("{request:?}"), format!("{:?}", WithSecrets(&request)), format!("{:?}", card())] {
        assert!(!shown.contains("hidden-password") && !shown.contains("1234567899"), "{shown}");
    }
    let without = LeaguerstatusAddRequest::builder().iq_status(IqStatus::SmsSent).order_id("1").order_item_id("2");
    assert!(serde_json::to_string(&without.build()).is_ok());
}

#[test]
fn personal_data_is_stored_and_not_shown() {
    let order = reply::<VirtualGetRequest>("getVirtual");
    assert_eq!(order.mobile_phone.as_deref(), Some("185521823119"));
    assert_eq!(stored(&order).mobile_phone, order.mobile_phone);
    let shown = format!("{order:?}");
    for personal in ["185521823119", "18581823119", "127.0.0.1", "81999240@qq.com"] {
        assert!(!shown.contains(personal), "{shown}");
    }
    assert!(shown.contains("mobilePhone: [hidden]") && shown.contains("10000011"), "{shown}");
}

#[test]
fn codes_are_texts() {
    for (code, text) in [(OrderLineStatus::Completed, "30"), (OrderLineStatus::Other("77".into()), "77")] {
        assert_eq!((code.as_str(), code.to_string().as_str()), (text, text));
        assert_eq!(text.parse(), Ok(code.clone()));
        assert_eq!(serde_json::to_string(&code).expect("it can be written"), format!("\"{text}\""));
        assert_eq!(stored(&code), code);
    }
    assert!(OrderLineStatus::Completed.meaning().is_some() && OrderLineStatus::Other("77".into()).meaning().is_none());
}

#[test]
fn a_list_of_rows_is_iterated_by_value_and_by_reference() {
    let returns = reply::<BatchrejectedQueryRequest>("batchQueryRejected");
    let mut codes = Vec::new();
    for row in &returns {
        codes.push(row.order_code.clone());
    }
    assert_eq!(returns.into_iter().map(|row| row.order_code).collect::<Vec<_>>(), codes);
}

#[test]
fn optional_parameters_take_options() {
    let with = |reason: Option<&str>| {
        let builder = LeaguerstatusAddRequest::builder().iq_status(IqStatus::TopUpFailed).order_id("1");
        builder.order_item_id("2").fail_reason(reason).supplier_code(None::<String>).build()
    };
    assert_eq!(with(Some("充值失败")).fail_reason.as_deref(), Some("充值失败"));
    assert_eq!((with(None).fail_reason, with(None).supplier_code), (None, None));
}

#[test]
fn replies_can_be_made_for_a_test() {
    let mut order = VirtualGetResponse::default();
    order.order_code = Some("1".into());
    let mut reply = Reply::from(order.clone());
    reply.envelope_mut().head.page_total = Some(3);
    assert_eq!((reply.envelope().head.page_total, reply.into_inner()), (Some(3), order));
}
