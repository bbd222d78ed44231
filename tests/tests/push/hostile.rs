//! A push server that never stops.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Uri;
use suning_api::error::TransportErrorKind;
use suning_api::push::{Connect, Connecting, Error, Io, Subscriber, SubscriberBuilder};
use suning_api::{Credentials, RetryPolicy};
use tests::fuzz::frames::frame;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

const ACCEPTED: &[u8] = br#"{"messageType":"AUTHACK","msg":"OK"}"#;
const TIMEOUT: Duration = Duration::from_millis(200);
/// How long a test waits for what must happen after the timeout.
const LIMIT: Duration = Duration::from_secs(20);

/// Connects to a server that sends these bytes, and then others again and again.
#[derive(Debug)]
struct Flood {
    first: Vec<u8>,
    endless: Vec<u8>,
    reads: bool,
    /// Number of times that the endless part was sent.
    sent: Arc<AtomicUsize>,
}

impl Connect for Flood {
    fn connect(&self, _: Uri) -> Connecting<'_> {
        let (ours, theirs) = duplex(64 << 10);
        let (first, endless, sent) = (self.first.clone(), self.endless.clone(), Arc::clone(&self.sent));
        tokio::spawn(serve(theirs, first, endless, self.reads, sent));
        Box::pin(async { Ok(Box::new(ours) as Box<dyn Io>) })
    }
}

async fn serve(stream: DuplexStream, first: Vec<u8>, endless: Vec<u8>, reads: bool, sent: Arc<AtomicUsize>) {
    let (mut from_client, mut to_client) = tokio::io::split(stream);
    let reading = tokio::spawn(async move {
        let mut bytes = vec![0; 4096];
        while reads && from_client.read(&mut bytes).await.is_ok_and(|read| read > 0) {}
        // Dropped, it would let writes fail at once.
        if !reads {
            tokio::time::sleep(LIMIT).await;
        }
    });
    if to_client.write_all(&first).await.is_ok() {
        while to_client.write_all(&endless).await.is_ok() {
            sent.fetch_add(1, Ordering::Relaxed);
        }
    }
    reading.abort();
}

/// A subscriber that connects once, and what it reports.
fn flooded(first: &[u8], endless: Vec<u8>, reads: bool) -> (SubscriberBuilder, Arc<AtomicUsize>, Arc<Mutex<usize>>) {
    let (sent, reported) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(0)));
    let flood = Flood { first: first.to_vec(), endless, reads, sent: Arc::clone(&sent) };
    let count = Arc::clone(&reported);
    let builder = Subscriber::builder(Credentials::new("key", "secret"), "ws://push.example.com/websocket")
        .connector(Arc::new(flood))
        .reconnect(RetryPolicy::default().max_attempts(1))
        .timeout(TIMEOUT)
        .on_error(move |_| *count.lock().expect("a count") += 1);
    (builder, sent, reported)
}

async fn in_time<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(LIMIT, future).await.expect("an end in time")
}

fn message(id: &str) -> Vec<u8> {
    frame(format!(r#"{{"messageType":"FROM","messageId":"{id}","user":"1","msg":"{{}}"}}"#).as_bytes())
}

fn is_timeout(error: &Error) -> bool {
    matches!(error, Error::Transport(error) if error.kind() == TransportErrorKind::Timeout)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anything_but_an_answer_to_the_handshake_ends_it() {
    for endless in [frame(b"noise"), vec![0x89, 0], message("1")] {
        let (builder, ..) = flooded(b"", endless.repeat(100), true);
        let mut subscriber = builder.subscribe().expect("a subscriber");
        let error = in_time(subscriber.try_next()).await.expect_err("no answer");
        assert!(is_timeout(&error), "{error:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_does_not_keep_a_subscriber_from_closing() {
    for endless in [frame(b"noise"), vec![0x89, 0], message("1")] {
        let (builder, sent, reported) = flooded(&frame(ACCEPTED), endless.repeat(100), true);
        let subscriber = builder.subscribe().expect("a subscriber");
        tokio::time::sleep(TIMEOUT).await;
        let _ = in_time(subscriber.close()).await;
        assert!(sent.load(Ordering::Relaxed) > 0 || *reported.lock().expect("a count") > 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_repeats_a_message_and_never_reads_gets_no_unlimited_memory() {
    let endless = message("1");
    let (builder, sent, _) = flooded(&frame(ACCEPTED), endless.clone(), false);
    let mut subscriber = builder.subscribe().expect("a subscriber");
    let delivery = in_time(subscriber.try_next()).await.expect("no error").expect("a delivery");
    let acknowledged = tokio::spawn(delivery.ack());
    let error = in_time(subscriber.try_next()).await.expect_err("a timeout");
    assert!(is_timeout(&error), "{error:?}");
    let _ = acknowledged.await;
    // What fits into the connection in both directions, and the acknowledgements that may wait.
    let most = 1024 + 3 * (64 << 10) / endless.len().min(100) + 2000;
    assert!(sent.load(Ordering::Relaxed) < most, "{} of {most}", sent.load(Ordering::Relaxed));
}

#[tokio::test]
async fn ids_and_messages_have_a_maximum_length() {
    let long = "1".repeat(257);
    let (builder, _, reported) = flooded(&frame(ACCEPTED), [message(&long), message("1")].concat(), true);
    let mut subscriber = builder.subscribe().expect("a subscriber");
    let delivery = in_time(subscriber.try_next()).await.expect("no error").expect("a delivery");
    assert_eq!((delivery.id(), *reported.lock().expect("a count") > 0), ("1", true));
    // The head of a frame of a gigabyte.
    let huge = [&frame(ACCEPTED)[..], &[0x82, 127, 0, 0, 0, 0, 0x40, 0, 0, 0]].concat();
    let (builder, sent, _) = flooded(&huge, vec![b' '; 1 << 20], true);
    let mut subscriber = builder.subscribe().expect("a subscriber");
    let error = in_time(subscriber.try_next()).await.expect_err("too long");
    assert!(matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Exchange), "{error:?}");
    assert!(sent.load(Ordering::Relaxed) < 8);
}
