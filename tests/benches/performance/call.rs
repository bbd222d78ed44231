//! Whole calls on loopback: processor time, and calls per second.

use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as Hyper;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRequest;
use suning_api::reply::read_reply;
use suning_api::request::{Context, sign_request};
use suning_api::transport::HttpClient;
use suning_api::{Client, Credentials, Endpoint, time};
use tests::measure::{Effort, Sample, processor_time};
use tests::rejected;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::report::{Baseline, Curve, Figure, Report, Unit};
use crate::server::Server;

const SPAN: (&str, &str) = ("2013-10-01 00:00:00", "2013-10-20 00:00:00");

/// Measures calls of one row and of fifty.
pub(crate) fn measure(effort: Effort, report: &mut Report) {
    for rows in [1, 50] {
        let (server, body) = (Server::start(rows), Bytes::from(rejected::json(rows)));
        let size = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
        for at_once in [1, 32] {
            let ours = Ours::new(&server);
            let bare = Bare::new(&server);
            let calls = if effort == Effort::Short { at_once } else { 3200 };
            let (mut our_time, mut bare_time, mut our_rate) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..effort.rounds(9) {
                // The bare client does not decode.
                let decoding = decoding(&body, calls);
                let began = Instant::now();
                our_time.push(processor_time(|| ours.run(calls, at_once)) / calls as f64 - decoding);
                our_rate.push(calls as f64 / began.elapsed().as_secs_f64());
                bare_time.push(processor_time(|| bare.run(calls, at_once)) / calls as f64);
            }
            let what = format!("processor time of a call, {size}, {at_once} at once, without decoding");
            let baseline = Baseline::Measured("bare hyper-util client, same bytes", Sample::new(bare_time));
            report.figure(Figure::new(what, Unit::Seconds, Sample::new(our_time)).against(baseline, 1.5));
            let what = format!("calls per second, {size}, {at_once} at once, typed");
            let goal = if rows == 1 { 8.0 } else { 4.0 };
            let baseline = python(&server, at_once, effort);
            report.figure(Figure::new(what, Unit::PerSecond, Sample::new(our_rate)).against(baseline, goal));
        }
    }
    growth(effort, report);
}

/// Processor time of a call as more of them run at once.
fn growth(effort: Effort, report: &mut Report) {
    let server = Server::start(1);
    let ours = Ours::new(&server);
    let steps: &[usize] = if effort == Effort::Short { &[1, 4] } else { &[1, 2, 4, 8, 16, 32, 64, 128, 256] };
    let mut points = Vec::new();
    for &at_once in steps {
        let calls = at_once.max(effort.times(2048));
        ours.run(at_once, at_once); // opens the connections
        let times = (0..effort.rounds(7))
            .map(|_| processor_time(|| ours.run(calls, at_once)) * 1e6 / calls as f64 * at_once as f64);
        points.push((at_once as f64, Sample::new(times.collect()).median()));
    }
    report.curve(Curve { name: "calls-at-once", title: "Processor time", x: "calls at once", y: "µs", points });
}

/// Processor time of decoding a reply.
fn decoding(body: &Bytes, times: usize) -> f64 {
    let decode = || drop(read_reply::<BatchrejectedQueryRequest>(http::Response::new(body.clone())).expect("rows"));
    processor_time(|| (0..times).for_each(|_| decode())) / times as f64
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Runs calls, some of them at once.
fn run<F: Future<Output = ()> + 'static>(
    runtime: &Runtime,
    calls: usize,
    at_once: usize,
    call: impl Fn() -> F + Clone + 'static,
) {
    let local = tokio::task::LocalSet::new();
    local.block_on(runtime, async {
        let mut tasks = JoinSet::new();
        for _ in 0..at_once {
            let call = call.clone();
            tasks.spawn_local(async move {
                for _ in 0..calls / at_once {
                    call().await;
                }
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.expect("all calls succeed");
        }
    });
}

/// Typed calls.
struct Ours {
    runtime: Runtime,
    client: Client,
}

impl Ours {
    fn new(server: &Server) -> Self {
        let transport = HttpClient::builder().no_proxy().build().expect("a transport");
        let client = Client::builder(Credentials::new("key", "secret")).transport(Arc::new(transport));
        let endpoint = Endpoint::new(format!("http://{}/api/http/sopRequest", server.address));
        Self { runtime: runtime(), client: client.endpoint(endpoint).build().expect("a client") }
    }

    fn run(&self, calls: usize, at_once: usize) {
        let client = self.client.clone();
        let [from, to] = [SPAN.0, SPAN.1].map(|text| time::parse(text).expect("a time"));
        run(&self.runtime, calls, at_once, move || {
            let call =
                client.custom().batchrejected_query().start_time(from).end_time(to).page_no(1).page_size(50).send();
            async move { drop(call.await.expect("a reply")) }
        });
    }
}

/// The same bytes through a bare client.
struct Bare {
    runtime: Runtime,
    client: Hyper<HttpConnector, Full<Bytes>>,
    request: http::Request<Bytes>,
}

impl Bare {
    fn new(server: &Server) -> Self {
        let [from, to] = [SPAN.0, SPAN.1].map(|text| time::parse(text).expect("a time"));
        let request =
            BatchrejectedQueryRequest::builder().start_time(from).end_time(to).page_no(1).page_size(50).build();
        let endpoint = Endpoint::new(format!("http://{}/api/http/sopRequest", server.address));
        let credentials = Credentials::new("key", "secret");
        let request = sign_request(&request, &Context::new(&credentials, &endpoint, from)).expect("a request");
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self { runtime: runtime(), client: Hyper::builder(TokioExecutor::new()).build(connector), request }
    }

    fn run(&self, calls: usize, at_once: usize) {
        let (client, request) = (self.client.clone(), self.request.clone());
        run(&self.runtime, calls, at_once, move || {
            let sent = client.request(request.clone().map(Full::new));
            async move { drop(sent.await.expect("a reply").into_body().collect().await.expect("a body").to_bytes()) }
        });
    }
}

/// Calls per second of the official SDK for Python, if it is installed.
fn python(server: &Server, at_once: usize, effort: Effort) -> Baseline {
    const PROGRAM: &str = include_str!("official.py");
    let name = "official SDK for Python (`suning-sdk`), untyped";
    let arguments = [server.address.port().to_string(), at_once.to_string(), effort.times(2000).to_string()];
    let output = Command::new("python3").args(["-c", PROGRAM]).args(arguments).output();
    let rates = output.ok().filter(|output| output.status.success()).and_then(|output| {
        let text = String::from_utf8(output.stdout).ok()?;
        text.split_whitespace().map(|rate| rate.parse().ok()).collect::<Option<Vec<f64>>>()
    });
    rates.map_or(Baseline::Missing(name), |rates| Baseline::Measured(name, Sample::new(rates)))
}
