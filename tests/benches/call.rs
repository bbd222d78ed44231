//! The overhead of the client around an exchange, compared with the pure functions it is made of.
//!
//! `cargo bench --package tests --bench call`

use std::future::ready;
use std::hint::black_box;
use std::sync::Arc;

use bytes::Bytes;
use suning_api::limit::RateLimit;
use suning_api::methods::custom::virtual_get::VirtualGetRequest;
use suning_api::reply::read_reply;
use suning_api::request::{Context, sign_request};
use suning_api::transport::{Exchange, Transport};
use suning_api::{Client, ClientBuilder, Credentials, Endpoint, time};
use tests::measure::median;

const REPLY: &[u8] = br#"{"sn_responseContent":{"sn_body":{"getVirtual":{"orderCode":"1","sum":"18.00"}}}}"#;

/// Answers at once.
#[derive(Debug)]
struct Instantly;

impl Transport for Instantly {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        black_box(request);
        Box::pin(ready(Ok(http::Response::new(Bytes::from_static(REPLY)))))
    }
}

fn report(name: &str, run: impl FnMut()) {
    let (median, runs) = median(run);
    println!("{name:<52} {:>7.2} µs {runs:>8} runs", median.as_secs_f64() * 1e6);
}

fn client(name: &str, change: impl FnOnce(ClientBuilder) -> ClientBuilder) {
    let builder = Client::builder(Credentials::new("key", "secret")).transport(Arc::new(Instantly));
    let client = change(builder).build().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let call = || client.custom().virtual_get().order_item_code("101254223501").send();
    report(name, || drop(black_box(runtime.block_on(call()).expect("a reply"))));
}

fn main() {
    println!("a call without a network, median\n");
    let (credentials, endpoint) = (Credentials::new("key", "secret"), Endpoint::production());
    let time = time::parse("2026-01-02 03:04:05").expect("a time");
    report("baseline: sign_request and read_reply", || {
        let request = VirtualGetRequest::builder().order_item_code("101254223501").build();
        black_box(sign_request(&request, &Context::new(&credentials, &endpoint, time)).expect("a request"));
        let reply = http::Response::new(Bytes::from_static(REPLY));
        black_box(read_reply::<VirtualGetRequest>(reply).expect("a reply"));
    });
    client("client: rules, retries, timeouts, idle spans", |builder| builder);
    client("the same without rules", ClientBuilder::without_rules);
    client("the same with a rate limit that is never reached", |builder| {
        builder.rate_limit(RateLimit::per_second(u32::MAX))
    });
    client("the same with a hook for what is undocumented", |builder| {
        builder.on_undocumented(|found| drop(black_box(found.clone())))
    });
}
