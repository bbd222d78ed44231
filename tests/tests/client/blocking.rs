//! The blocking client: outside a runtime, inside one, and from many threads.

use std::sync::Arc;
use std::thread;

use suning_api::error::Optional;
use suning_api::error::TransportErrorKind;
use suning_api::mock::{Gateway, Server};
use suning_api::oauth::{App, MemoryStore, MerchantToken, Token};
use suning_api::paging::Rows;
use suning_api::token::TokenSource;
use suning_api::value::Value;
use suning_api::{Client, Credentials, Error, RetryPolicy, blocking, time};
use tests::script::{Answer, Script};

fn credentials() -> Credentials {
    Credentials::new("key", "secret")
}

fn server() -> Server {
    Server::start(Gateway::builder(credentials()).build(), "127.0.0.1:0").expect("a server")
}

fn client(server: &Server) -> blocking::Client {
    blocking::Client::new(Client::builder(credentials()).endpoint(server.endpoint())).expect("a client")
}

fn order(client: &blocking::Client) -> Option<String> {
    let reply = client.custom().virtual_get().order_item_code("101254223501").send().expect("a reply");
    reply.into_inner().order_code
}

#[test]
fn it_works_without_a_runtime_and_from_many_threads() {
    let server = server();
    let client = client(&server);
    assert_eq!(order(&client).as_deref(), Some("10000011"));
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || (0..5).filter_map(|_| order(&client)).count())
        })
        .collect();
    let calls: usize = threads.into_iter().map(|thread| thread.join().expect("no panic")).sum();
    assert_eq!(calls, 40);
}

#[tokio::test]
async fn it_works_inside_a_runtime_and_can_be_dropped_there() {
    let server = server();
    let client = client(&server);
    assert_eq!(order(&client).as_deref(), Some("10000011"));
    drop(client);
}

#[test]
fn raw_calls_request_values_and_errors_are_those_of_the_asynchronous_client() {
    let server = server();
    let client = client(&server);
    let call = client.raw("suning.custom.virtual.get", "getVirtual").parameter("orderItemCode", "1");
    assert_eq!(call.send().expect("a reply").get("orderCode").and_then(Value::as_text), Some("10000011"));
    let request = suning_api::methods::custom::virtual_get::VirtualGetRequest::builder().order_item_code("1").build();
    assert!(client.call(&request).is_ok());
    let supplier = client.with_parameter("supplierCode", "1");
    assert!(supplier.custom().virtual_get().order_item_code("1").send().is_ok());
    let query = client.raw("suning.custom.batchrejected.query", "batchQueryRejected").parameter("pageSize", 2);
    let query = query.parameter("startTime", "2026-01-01 00:00:00").parameter("endTime", "2026-01-02 00:00:00");
    let codes: Result<Vec<_>, _> =
        query.rows().with(Rows::last_page_first).map(|row| row.map(|row| row.get("orderCode").cloned())).collect();
    assert_eq!(codes.expect("no error").len(), 6);
    let nothing = Script::new([Answer::code("biz.handler.data-get:no-result")]);
    let client = blocking::Client::new(nothing.builder()).expect("a client");
    assert!(client.custom().virtual_get().order_item_code("1").send().optional().expect("no failure").is_none());
}

#[test]
fn rows_are_an_iterator_that_ends_with_the_error_and_can_be_resumed() {
    let page = |number: u32| {
        format!(
            r#"{{"sn_responseContent":{{"sn_head":{{"pageTotal":2}},"sn_body":{{"batchQueryRejected":[{{"orderCode":"{number}"}}]}}}}}}"#
        )
    };
    let broken = Answer::Fault(TransportErrorKind::Certificate);
    let script = Script::new([Answer::from(page(1)), broken, Answer::from(page(2))]);
    let client = blocking::Client::new(script.builder()).expect("a client");
    let day = |text: &str| time::parse(text).expect("a time");
    let query = client.custom().batchrejected_query().page_size(1);
    let mut rows = query.start_time(day("2026-01-01 00:00:00")).end_time(day("2026-01-02 00:00:00")).rows();
    let code = |row: Option<Result<suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRow, _>>| {
        row.and_then(Result::<_, Error<_>>::ok).and_then(|row| row.order_code)
    };
    assert_eq!(code(rows.next()).as_deref(), Some("1"));
    assert!(matches!(rows.next(), Some(Err(Error::Transport(_)))));
    assert!(rows.next().is_none());
    assert!(rows.stream_mut().resume());
    assert_eq!(code(rows.next()).as_deref(), Some("2"));
    assert!(rows.next().is_none() && !rows.stream_mut().resume());
}

#[test]
fn handles_differ_as_those_of_the_asynchronous_client() {
    let script = Script::new([Answer::Fault(TransportErrorKind::Connect)]);
    let client = blocking::Client::new(script.builder()).expect("a client");
    let own = client.with_access_token("own").with_retry(RetryPolicy::never());
    assert!(own.custom().virtual_get().order_item_code("1").send().is_err());
    assert_eq!(script.header("access_token"), ["own"]);
}

#[test]
fn all_asynchronous_calls_have_a_blocking_form() {
    let client = blocking::Client::new(Script::new([""]).builder()).expect("a client");
    let app = App::builder(credentials(), "https://shop.example.com/").build().expect("an app");
    let merchant = MerchantToken::new(app, Arc::new(MemoryStore::new(Token::new("the-token"))));
    assert_eq!(client.wait(merchant.token()).expect("a token").expose(), "the-token");
}

#[test]
fn the_default_transport_outside_of_any_runtime_is_an_error_and_no_panic() {
    let server = server();
    let client = Client::builder(credentials()).endpoint(server.endpoint()).build().expect("a client");
    // An executor other than tokio.
    let outcome = poll_to_end(client.custom().virtual_get().order_item_code("1").send());
    assert!(matches!(outcome, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Unusable));
}

/// Polls on this thread, without any runtime.
fn poll_to_end<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let waker = std::task::Waker::noop();
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut std::task::Context::from_waker(waker)) {
            return output;
        }
        thread::yield_now();
    }
}
