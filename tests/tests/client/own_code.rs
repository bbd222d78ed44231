//! What the mock gateway offers to users' tests: scripted replies, errors, faults, pages, and a record of requests.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use suning_api::error::{NO_RESULT, Optional, TransportErrorKind};
use suning_api::methods::custom::batchrejected_query::{BatchrejectedQueryRequest, BatchrejectedQueryRow, StatusDesc};
use suning_api::methods::custom::virtual_get::{VirtualGetRequest, VirtualGetResponse};
use suning_api::methods::custom::virtualorder_resend::VirtualorderResendRequest;
use suning_api::mock::{Fault, Gateway, Server, in_process};
use suning_api::value::Value;
use suning_api::{Client, Credentials, Error, Format, Reply, RetryPolicy, time};

fn order(code: &str) -> VirtualGetResponse {
    let mut order = VirtualGetResponse::default();
    order.order_code = Some(code.into());
    order.sum = "18.50".parse().ok();
    order
}

fn row(code: &str) -> BatchrejectedQueryRow {
    let mut row = BatchrejectedQueryRow::default();
    row.order_code = Some(code.into());
    row.status_desc = Some(StatusDesc::Refunded);
    row
}

#[tokio::test]
async fn a_scripted_reply_is_returned_in_both_formats() {
    for format in [Format::Json, Format::Xml] {
        let gateway = Arc::new(Gateway::builder(Credentials::new("key", "secret")).build());
        let client = gateway.client().format(format).build().expect("a client");
        gateway.on::<VirtualGetRequest>().reply(&order("1")).reply(&order("2"));
        for code in ["1", "2"] {
            let reply = client.custom().virtual_get().order_item_code("9").send().await.expect("a reply");
            assert_eq!(reply.into_inner(), order(code), "{format}");
        }
        let documented = client.custom().virtual_get().order_item_code("9").send().await.expect("a reply");
        assert_eq!(documented.order_code.as_deref(), Some("10000011"));
    }
}

#[tokio::test]
async fn pages_are_answered_by_their_number() {
    let (client, gateway) = in_process();
    gateway.on::<BatchrejectedQueryRequest>().pages([vec![row("1"), row("2")], vec![row("3")]]);
    let (start, end) = (time::parse("2026-01-01 00:00:00"), time::parse("2026-01-02 00:00:00"));
    let (start, end) = (start.expect("a time"), end.expect("a time"));
    let query = || client.custom().batchrejected_query().start_time(start).end_time(end).page_size(2);
    let mut rows = query().rows();
    for code in ["1", "2", "3"] {
        assert_eq!(rows.try_next().await.expect("no error"), Some(row(code)));
    }
    assert_eq!(rows.try_next().await.expect("no error"), None);
    let second = query().page_no(2).send().await.expect("a page");
    assert_eq!((second.envelope().head.page_total, second.envelope().head.total_size), (Some(2), Some(3)));
    let beyond = query().page_no(3).send().await;
    assert!(matches!(beyond, Err(Error::Api(error)) if error.is_no_result()));
    gateway.on::<BatchrejectedQueryRequest>().reply(&vec![row("before the pages")]);
    assert_eq!(query().page_no(1).send().await.expect("a page").len(), 1);
}

#[tokio::test]
async fn errors_and_faults_come_in_turn_and_the_client_treats_them_as_real() {
    let (client, gateway) = in_process();
    let script = gateway.on::<VirtualorderResendRequest>();
    script.fault(Fault::Refused).error("sys.controller.api-request:limit").fault(Fault::TimedOut);
    let resend = || client.custom().virtualorder_resend().order_code("1").send();
    let Err(Error::Transport(error)) = resend().await else { panic!("it was answered") };
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert_eq!(error.attempts().len(), 3, "a write is not repeated after a timeout");
    gateway
        .on_method("suning.custom.virtualorder.resend")
        .expect("a method")
        .fault(Fault::Broken)
        .fault(Fault::status(StatusCode::BAD_GATEWAY));
    assert!(matches!(resend().await, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Exchange));
    assert!(matches!(resend().await, Err(Error::Reply(error)) if error.status == 502));
    assert!(resend().await.is_ok());
}

#[tokio::test]
async fn requests_are_recorded_typed_and_verbatim() {
    let (client, gateway) = in_process();
    let request = VirtualGetRequest::builder().order_item_code("1").build();
    assert!(client.call(&request).await.is_ok());
    assert!(client.with_credentials(Credentials::new("mock-app-key", "wrong")).call(&request).await.is_err());
    assert_eq!(gateway.requests::<VirtualGetRequest>(), [request]);
    let received = gateway.received();
    assert_eq!(received[1].answer.error_code(), Some("sys.check.app-sign:error"));
    assert!(received[1].parameters.is_none());
    assert!(!format!("{received:?}").contains("orderItemCode"));
}

#[tokio::test]
async fn a_server_has_the_same_script() {
    let credentials = Credentials::new("key", "secret");
    let gateway = Gateway::builder(credentials.clone()).build();
    let script = gateway.on::<VirtualGetRequest>();
    script.fault(Fault::Broken).fault(Fault::TimedOut).reply(&order("1")).fault(Fault::status(StatusCode::BAD_GATEWAY));
    let server = Server::start(gateway, "127.0.0.1:0").expect("a server");
    server.gateway().on::<VirtualGetRequest>().reply(&order("2"));
    let client = Client::builder(credentials).endpoint(server.endpoint()).retry(RetryPolicy::never());
    let client = client.attempt_timeout(Duration::from_millis(200)).build().expect("a client");
    let call = || client.custom().virtual_get().order_item_code("1").send();
    assert!(matches!(call().await, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Exchange));
    assert!(matches!(call().await, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Timeout));
    assert_eq!(call().await.expect("a reply").into_inner(), order("1"));
    assert!(matches!(call().await, Err(Error::Reply(error)) if error.status == 502));
    assert_eq!(call().await.expect("a reply").into_inner(), order("2"));
    server.gateway().assert_all_used();
}

#[tokio::test]
async fn a_reply_is_a_value_a_reply_with_its_head_or_computed() {
    let (client, gateway) = in_process();
    let mut page = Reply::from(vec![row("1")]);
    page.envelope_mut().head.total_size = Some(7);
    let untyped = Value::encode(&serde_json::json!([{ "orderCode": 2, "newField": true }])).expect("a value");
    let script = gateway.on::<BatchrejectedQueryRequest>();
    script.reply(page).reply(vec![]).reply(untyped).reply(|request: &BatchrejectedQueryRequest| {
        if request.page_no == Some(4) { Ok(vec![row("4")]) } else { Err("biz.page:wrong") }
    });
    let (start, end) = (time::parse("2026-01-01 00:00:00"), time::parse("2026-01-02 00:00:00"));
    let (start, end) = (start.expect("a time"), end.expect("a time"));
    let call = |page: i64| {
        client.custom().batchrejected_query().start_time(start).end_time(end).page_size(2).page_no(page).send()
    };
    assert_eq!(call(1).await.expect("a page").envelope().head.total_size, Some(7));
    assert!(call(2).await.expect("a page").is_empty());
    let third = call(3).await.expect("a page");
    assert_eq!(third[0].order_code.as_deref(), Some("2"));
    assert!(third[0].extra.get("newField").is_some());
    assert_eq!(call(4).await.expect("a page")[0].order_code.as_deref(), Some("4"));
    gateway.assert_all_used();
}

#[tokio::test]
async fn methods_that_the_crate_does_not_know_can_be_scripted_and_misspelt_ones_are_errors() {
    let (client, gateway) = in_process();
    let error = gateway.on_method("suning.custom.virtal.get").expect_err("a misspelt name").to_string();
    assert_eq!(error, "unknown method `suning.custom.virtal.get`, did you mean `suning.custom.virtual.get`?");
    assert!(Gateway::builder(Credentials::new("key", "secret")).refuse("suning.no.such", "biz.x:y").is_err());
    let script = gateway.on_undocumented("suning.shop.stock.query", "queryStock");
    script.reply(|parameters: &Value| Value::List(vec![parameters.clone(), parameters.clone()])).error(NO_RESULT);
    let call = || client.raw("suning.shop.stock.query", "queryStock").parameter("count", 3).send();
    let reply = call().await.expect("a reply");
    assert_eq!((reply.objects().len(), reply.get("count")), (2, Some(&Value::from(3))));
    assert!(call().await.optional().expect("no failure").is_none());
    assert!(call().await.expect("an empty reply").objects().is_empty());
    let unknown = client.raw("suning.shop.stok.query", "queryStock").send().await;
    assert!(matches!(unknown, Err(Error::Api(_))));
    let received = gateway.received();
    assert!(received[3].answer.reason().starts_with("unknown method `suning.shop.stok.query`"), "{received:?}");
}

#[tokio::test]
async fn pages_belong_to_the_span_that_is_asked_first() {
    let (client, gateway) = in_process();
    gateway.on::<BatchrejectedQueryRequest>().pages([vec![row("1"), row("2")], vec![row("3")]]);
    let (start, end) = (time::parse("2026-01-01 00:00:00"), time::parse("2026-01-04 00:00:00"));
    let (start, end) = (start.expect("a time"), end.expect("a time"));
    let mut rows = client.custom().batchrejected_query().page_size(2).rows_between(start, end);
    let mut codes = Vec::new();
    while let Some(row) = rows.try_next().await.expect("no error") {
        codes.extend(row.order_code);
    }
    assert_eq!(codes, ["1", "2", "3"]);
    let refused = gateway.received().iter().filter(|received| received.answer.error_code() == Some(NO_RESULT)).count();
    assert_eq!(refused, 2, "the two other days are empty");
}

#[test]
#[should_panic(expected = "scripted answers that no request has used: `suning.custom.virtual.get`: 2")]
fn unused_answers_are_listed() {
    let (_, gateway) = in_process();
    gateway.on::<VirtualGetRequest>().reply(&order("1")).always(order("2"));
    gateway.assert_all_used();
}

#[tokio::test]
async fn the_documented_result_can_be_read_to_its_end() {
    for format in [Format::Json, Format::Xml] {
        let gateway = Arc::new(Gateway::builder(Credentials::new("key", "secret")).record().build());
        let client = gateway.client().format(format).build().expect("a client");
        let (start, end) = (time::parse("2026-01-01 00:00:00"), time::parse("2026-01-20 00:00:00"));
        let (start, end) = (start.expect("a time"), end.expect("a time"));
        let query = || client.custom().batchrejected_query().page_size(2);
        let documented = ["2000532010", "2000532016", "20005320102", "20005320162", "20005320103", "20005320163"];
        for mut rows in [query().start_time(start).end_time(end).rows(), query().rows_between(start, end)] {
            let mut codes = Vec::new();
            while let Some(row) = rows.try_next().await.expect("no error") {
                codes.extend(row.order_code);
            }
            codes.sort_by_key(|code| documented.iter().position(|known| known == code));
            assert_eq!(codes, documented, "{format}");
        }
        let beyond = query().start_time(start).end_time(end).page_no(4).send().await;
        assert!(beyond.optional().expect("no failure").is_none(), "{format}");
    }
    // A synthesised reply is the only page.
    let (client, _) = in_process();
    let query = client.raw("suning.custom.order.query", "orderQuery").parameter("pageSize", 1);
    let query = query.parameter("startTime", "2026-01-01 00:00:00").parameter("endTime", "2026-01-02 00:00:00");
    let mut rows = query.rows();
    assert!(rows.try_next().await.expect("a row").is_some());
    assert!(rows.try_next().await.expect("the end").is_none());
}
