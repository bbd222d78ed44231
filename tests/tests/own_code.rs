//! What the mock gateway offers to users' tests: scripted replies, errors, faults, pages, and a record of requests.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use suning_api::error::TransportErrorKind;
use suning_api::methods::custom::batchrejected_query::{BatchrejectedQueryRequest, BatchrejectedQueryRow, StatusDesc};
use suning_api::methods::custom::virtual_get::{VirtualGetRequest, VirtualGetResponse};
use suning_api::methods::custom::virtualorder_resend::VirtualorderResendRequest;
use suning_api::mock::{Fault, Gateway, Server, in_process};
use suning_api::{Client, Credentials, Error, Format, RetryPolicy, time};

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
        let credentials = Credentials::new("key", "secret");
        let gateway = Arc::new(Gateway::builder(credentials.clone()).build());
        let transport = Arc::<Gateway>::clone(&gateway);
        let client = Client::builder(credentials).transport(transport).format(format).build().expect("a client");
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
    let client = Client::builder(credentials).endpoint(server.endpoint()).retry(RetryPolicy::never());
    let client = client.attempt_timeout(Duration::from_millis(200)).build().expect("a client");
    let call = || client.custom().virtual_get().order_item_code("1").send();
    assert!(matches!(call().await, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Exchange));
    assert!(matches!(call().await, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Timeout));
    assert_eq!(call().await.expect("a reply").into_inner(), order("1"));
    assert!(matches!(call().await, Err(Error::Reply(error)) if error.status == 502));
}
