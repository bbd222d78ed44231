//! Many calls at once over sockets, and a shop that runs for an hour, with faults mixed in. No call gets lost, wrong or done twice.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use fastrand::Rng;
use http::StatusCode;
use suning_api::error::{TransportError, TransportErrorKind};
use suning_api::methods::custom::virtual_get::{VirtualGetRequest, VirtualGetResponse};
use suning_api::methods::selfmarket::leaguerstatus_add::{
    Card, IqStatus, LeaguerstatusAddRequest, LeaguerstatusAddResponse,
};
use suning_api::mock::{Fault, Gateway, Server};
use suning_api::transport::{Exchange, Transport};
use suning_api::{Client, Credentials};
use tokio::time::{Instant, sleep};

/// How often the gateway has processed a request, by the number in it.
type Processed = Arc<Mutex<BTreeMap<String, u32>>>;

fn credentials() -> Credentials {
    Credentials::new("my-app-key", "my-app-secret")
}

/// Answers a query with an order that has the number of the request.
fn order(processed: &Processed) -> impl Fn(&VirtualGetRequest) -> VirtualGetResponse + Send + Sync + 'static {
    let processed = Arc::clone(processed);
    move |request| {
        let item = request.order_item_code.clone().unwrap_or_default();
        *processed.lock().expect("the counts").entry(item.clone()).or_default() += 1;
        let mut order = VirtualGetResponse::default();
        order.order_code = Some(item);
        order
    }
}

/// The memory of this process in KiB, where the system tells.
fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_over_64_connections_are_all_answered_and_answered_rightly() {
    const CONNECTIONS: u64 = 64;
    const CALLS: u64 = 10_000;
    let (processed, gateway) = (Processed::default(), Arc::new(Gateway::builder(credentials()).build()));
    let script = gateway.on::<VirtualGetRequest>();
    for number in 0..CALLS {
        match number % 50 {
            5 => script.fault(Fault::Refused),
            15 => script.fault(Fault::Broken),
            25 => script.fault(Fault::status(StatusCode::BAD_GATEWAY)),
            35 => script.error("isp.sys.service.unavailable.moms"),
            _ => script.reply(order(&processed)),
        };
    }
    script.always(order(&processed));
    let server = Server::start(Arc::clone(&gateway), "127.0.0.1:0").expect("a free port");
    let client = Client::builder(credentials()).endpoint(server.endpoint()).build().expect("a client");

    let worker = |worker: u64| {
        let client = client.clone();
        tokio::spawn(async move {
            let mut outcomes = Vec::new();
            let (mut calls, mut early) = (0, None);
            for number in (worker..CALLS).step_by(usize::try_from(CONNECTIONS).expect("a small number")) {
                let item = number.to_string();
                let outcome = client.custom().virtual_get().order_item_code(item.as_str()).send().await;
                outcomes.push((item, outcome.map(|order| order.order_code.clone())));
                calls += 1;
                early = early.or_else(|| if calls == 40 { memory() } else { None });
            }
            (outcomes, early)
        })
    };
    let workers: Vec<_> = (0..CONNECTIONS).map(worker).collect();
    let (mut outcomes, mut early) = (Vec::new(), None);
    for worker in workers {
        let (of_worker, memory) = worker.await.expect("no panic");
        outcomes.extend(of_worker);
        early = early.max(memory);
    }

    let processed = processed.lock().expect("the counts");
    let mut failed = 0;
    for (item, outcome) in &outcomes {
        let count = processed.get(item).copied().unwrap_or_default();
        match outcome {
            Ok(code) => assert!(code.as_ref() == Some(item) && count > 0, "{item}: {code:?}, processed {count} times"),
            Err(error) => {
                failed += 1;
                assert!(error.may_have_been_processed() || count == 0, "{item} was processed {count} times: {error}");
            }
        }
    }
    assert_eq!(outcomes.len(), 10_000);
    // Three attempts fail in a row about once in 2,000 calls.
    assert!(failed < 100, "{failed} calls failed");
    if let (Some(early), Some(now)) = (early, memory()) {
        // The outcomes and counts of this test take about 2 MiB.
        assert!(now < early + 16 * 1024, "{early} KiB after a quarter of the calls, {now} KiB after all");
    }
}

/// A connection to a gateway that takes its time, and fails now and then, before or after the gateway has processed the request.
#[derive(Debug)]
struct Unreliable {
    gateway: Arc<Gateway>,
    random: Mutex<Rng>,
    began: Instant,
    attempts: Mutex<Vec<Duration>>,
}

/// When nothing gets through.
const OUTAGE: std::ops::Range<Duration> = Duration::from_secs(1800)..Duration::from_secs(2100);

impl Transport for Unreliable {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        let (latency, fault) = {
            let mut random = self.random.lock().expect("the generator");
            (Duration::from_millis(random.u64(20..200)), random.u32(0..100))
        };
        let now = self.began.elapsed();
        self.attempts.lock().expect("the attempts").push(now);
        Box::pin(async move {
            sleep(latency).await;
            let failed = |kind: TransportErrorKind| Err(TransportError::from(kind));
            match fault {
                _ if OUTAGE.contains(&now) => return failed(TransportErrorKind::Connect),
                0 => return failed(TransportErrorKind::Connect),
                1 => return failed(TransportErrorKind::Exchange),
                2 => {
                    let mut reply = http::Response::new(Bytes::from_static(b"busy"));
                    *reply.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                    return Ok(reply);
                }
                _ => {}
            }
            let outcome = self.gateway.send(request).await;
            sleep(latency).await;
            match fault {
                3 => failed(TransportErrorKind::Exchange),
                // The reply never comes.
                4 => std::future::pending().await,
                _ => outcome,
            }
        })
    }
}

#[tokio::test(start_paused = true)]
async fn in_an_hour_with_faults_every_call_is_accounted_for_and_no_write_is_done_twice() {
    const HOUR: Duration = Duration::from_secs(3600);
    const BUDGET: u32 = 10;
    const TIMEOUT: Duration = Duration::from_secs(20);
    let (reads, writes, gateway) =
        (Processed::default(), Processed::default(), Gateway::builder(credentials()).build());
    gateway.on::<VirtualGetRequest>().always(order(&reads));
    let written = Arc::clone(&writes);
    gateway.on::<LeaguerstatusAddRequest>().always(move |request: &LeaguerstatusAddRequest| {
        let item = request.order_item_id.clone().unwrap_or_default();
        *written.lock().expect("the counts").entry(item).or_default() += 1;
        LeaguerstatusAddResponse::default()
    });
    let seed = 20_261_126;
    let connection = Arc::new(Unreliable {
        gateway: Arc::new(gateway),
        random: Mutex::new(Rng::with_seed(seed)),
        began: Instant::now(),
        attempts: Mutex::default(),
    });
    let client = Client::builder(credentials())
        .transport(Arc::<Unreliable>::clone(&connection))
        .timeout(TIMEOUT)
        .attempt_timeout(Duration::from_secs(5))
        .retry_budget(BUDGET)
        .build()
        .expect("a client");

    let [calls, in_outage] = [(); 2].map(|()| Arc::new(AtomicU32::new(0)));
    let worker = |worker: u64| {
        let client = client.clone();
        let [calls, in_outage] = [&calls, &in_outage].map(Arc::clone);
        let [reads, writes] = [&reads, &writes].map(Arc::clone);
        async move {
            let (began, mut random) = (Instant::now(), Rng::with_seed(seed + worker));
            while began.elapsed() < HOUR {
                sleep(Duration::from_millis(random.u64(500..4000))).await;
                let item = calls.fetch_add(1, Ordering::Relaxed).to_string();
                let started = Instant::now();
                if OUTAGE.contains(&began.elapsed()) {
                    in_outage.fetch_add(1, Ordering::Relaxed);
                }
                let is_write = random.u32(0..3) == 0;
                let outcome: Result<(), suning_api::Error> = async {
                    if is_write {
                        let card = Card::default().card_code("1").card_sec("2");
                        let call = client.selfmarket().leaguerstatus_add().iq_status(IqStatus::SmsSent).order_id("1");
                        call.order_item_id(item.as_str()).card_list([card]).send().await?;
                    } else {
                        let order = client.custom().virtual_get().order_item_code(item.as_str()).send().await?;
                        assert_eq!(order.order_code.as_ref(), Some(&item));
                    }
                    Ok(())
                }
                .await;
                assert!(started.elapsed() <= TIMEOUT, "{item} took {:?}", started.elapsed());
                let counts = if is_write { &writes } else { &reads };
                let count = counts.lock().expect("the counts").get(&item).copied().unwrap_or_default();
                assert!(!is_write || count <= 1, "{item} was done {count} times");
                match outcome {
                    Ok(()) => assert!(count > 0, "{item} succeeded, and nothing was done"),
                    Err(error) => assert!(error.may_have_been_processed() || count == 0, "{item}: {error}"),
                }
            }
        }
    };
    let workers: Vec<_> = (0..8).map(|number| tokio::spawn(worker(number))).collect();
    for worker in workers {
        worker.await.expect("every call is accounted for");
    }

    let (calls, attempts) = (calls.load(Ordering::Relaxed), connection.attempts.lock().expect("the attempts"));
    let count = |attempts: usize| u32::try_from(attempts).expect("a small number");
    assert!(calls > 5_000, "{calls} calls");
    let retries = count(attempts.len()) - calls;
    assert!(retries > calls / 100, "{retries} retries of {calls} calls");
    assert!(retries <= BUDGET + calls / 10, "{retries} retries of {calls} calls");
    // While nothing is answered, nothing is earned back.
    let attempts = count(attempts.iter().filter(|at| OUTAGE.contains(at)).count());
    let retries = attempts - in_outage.load(Ordering::Relaxed);
    assert!((1..=BUDGET).contains(&retries), "{retries} retries of {attempts} attempts in the outage");
}
