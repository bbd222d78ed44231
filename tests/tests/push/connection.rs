//! Message push over real sockets: what the caller sees, what is acknowledged, and that it continues.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::StatusCode;
use suning_api::error::TransportErrorKind;
use suning_api::mock::{Gateway, PushFault, Server};
use suning_api::push::{Delivery, Error, Message, Subscriber, SubscriberBuilder};
use suning_api::transport::HttpClient;
use suning_api::{Credentials, RetryPolicy, time};
use tests::misbehaving::{self, Behaviour, certificate, reply};
use tests::push::{Disturbance, Tap};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

const TOPIC: &str = "suning_order_virtual_resend";

/// How long a test waits for what must come.
const LIMIT: Duration = Duration::from_secs(20);

fn credentials() -> Credentials {
    Credentials::new("my-app-key", "my-app-secret")
}

fn server() -> Server {
    let clock = || time::parse("2026-01-02 03:04:05").expect("a time");
    let gateway = Gateway::builder(credentials()).clock(clock).build();
    Server::start(gateway, "127.0.0.1:0").expect("a port")
}

/// A subscriber that does not wait before it connects again.
fn eager(url: String) -> SubscriberBuilder {
    let policy = RetryPolicy::default().max_attempts(100).base_delay(Duration::ZERO);
    Subscriber::builder(credentials(), url).reconnect(policy)
}

type Errors = Arc<Mutex<Vec<String>>>;

/// A subscriber through a tap, and the errors it recovers from.
fn tapped(server: &Server, plan: &[Disturbance]) -> (SubscriberBuilder, Arc<Tap<HttpClient>>, Errors) {
    let tap = Tap::new(HttpClient::builder().no_proxy().build().expect("a client"), plan.iter().copied());
    let errors = Arc::new(Mutex::new(Vec::new()));
    let reported = Arc::clone(&errors);
    let builder = eager(server.push_url()).connector(Arc::<Tap<HttpClient>>::clone(&tap));
    (builder.on_error(move |error| reported.lock().expect("errors").push(error.to_string())), tap, errors)
}

async fn next(subscriber: &mut Subscriber) -> Result<Option<Delivery>, Error> {
    tokio::time::timeout(LIMIT, subscriber.try_next()).await.expect("an item in time")
}

async fn delivery(subscriber: &mut Subscriber) -> Delivery {
    next(subscriber).await.expect("no error").expect("a delivery")
}

/// The ids of acknowledged messages, after the subscriber is closed.
async fn acknowledged(subscriber: Subscriber, server: &Server) -> Vec<String> {
    tokio::time::timeout(LIMIT, subscriber.close()).await.expect("closed in time").expect("no error");
    server.gateway().acknowledged()
}

#[tokio::test]
async fn content_is_typed_by_its_topic() {
    let server = server();
    let mut subscriber = eager(server.push_url()).subscribe().expect("a subscriber");
    for (topic, msg, expected) in [
        (
            TOPIC,
            r#"{" orderItemCode ":"1","new":2}"#,
            r#"OrderVirtualResend(OrderVirtualResend { orderItemCode: "1", "#,
        ),
        (TOPIC, "[]", "Other(List([]))"),
        ("suning_unknown", r#"{"a":1}"#, r#"Other(Object([("a", Number("1"))]))"#),
    ] {
        server.gateway().push(topic, "70000001", msg);
        let delivery = delivery(&mut subscriber).await;
        let shown = format!("{:?}", delivery.message());
        assert!(shown.starts_with(expected), "{shown}");
        if let Message::OrderVirtualResend(paid) = delivery.message() {
            assert_eq!(paid.extra.get("new").and_then(|value| value.as_text()), Some("2"));
        }
        delivery.ack().await.expect("an acknowledgement");
    }
}

#[tokio::test]
async fn a_message_is_delivered_and_acknowledged() {
    let server = server();
    let msg = r#"{"orderItemCode":1012,"supplierCode":"70000001"}"#;
    let id = server.gateway().push(TOPIC, "70000001", msg);
    let mut subscriber = eager(server.push_url()).subscribe().expect("a subscriber");
    let delivery = delivery(&mut subscriber).await;
    assert_eq!((delivery.id(), delivery.topic(), delivery.user()), (id.as_str(), TOPIC, "70000001"));
    assert_eq!(delivery.create_time(), time::parse("2026-01-02 03:04:05"));
    assert_eq!((delivery.send_time(), delivery.receive_time()), (delivery.create_time(), delivery.create_time()));
    assert_eq!(delivery.text(), msg);
    let Message::OrderVirtualResend(paid) = delivery.message() else { panic!("{:?}", delivery.message()) };
    assert_eq!(paid.order_item_code.as_deref(), Some("1012"));
    assert_eq!(paid.supplier_code.as_deref(), Some("70000001"));
    assert_eq!(delivery.raw().get("source").and_then(|source| source.as_text()), Some("mock"));
    assert!(server.gateway().acknowledged().is_empty());
    delivery.ack().await.expect("an acknowledgement");
    assert_eq!(acknowledged(subscriber, &server).await, [id]);
}

#[tokio::test]
async fn a_message_that_is_dropped_comes_again() {
    let server = server();
    let id = server.gateway().push(TOPIC, "70000001", "{}");
    let (builder, tap, _) = tapped(&server, &[]);
    let mut subscriber = builder.subscribe().expect("a subscriber");
    drop(delivery(&mut subscriber).await);
    assert!(server.gateway().acknowledged().is_empty());
    server.gateway().cut();
    let again = delivery(&mut subscriber).await;
    assert_eq!((again.id(), tap.connections()), (id.as_str(), 2));
    again.ack().await.expect("an acknowledgement");
    assert_eq!(acknowledged(subscriber, &server).await, [id]);
}

#[tokio::test]
async fn a_refused_app_is_an_error_and_ends_the_stream() {
    let server = server();
    server.gateway().push(TOPIC, "70000001", "{}");
    for (credentials, reason) in [
        (Credentials::new("my-app-key", "other"), "wrong sign"),
        (Credentials::new("other", "my-app-secret"), "unknown appKey"),
    ] {
        let mut subscriber = Subscriber::builder(credentials, server.push_url()).subscribe().expect("a subscriber");
        let error = next(&mut subscriber).await.expect_err("refused");
        assert!(matches!(&error, Error::Refused(said) if said == reason), "{error:?}");
        assert!(next(&mut subscriber).await.expect("the end").is_none());
    }
    assert!(server.gateway().acknowledged().is_empty());
}

#[tokio::test]
async fn an_http_status_in_place_of_a_websocket() {
    let server = server();
    let id = server.gateway().push(TOPIC, "70000001", "{}");
    for status in [StatusCode::SERVICE_UNAVAILABLE, StatusCode::TOO_MANY_REQUESTS] {
        server.gateway().push_fault(PushFault::Status(status));
    }
    let (builder, _, errors) = tapped(&server, &[]);
    let mut subscriber = builder.subscribe().expect("a subscriber");
    delivery(&mut subscriber).await.ack().await.expect("an acknowledgement");
    assert_eq!(acknowledged(subscriber, &server).await, [id]);
    assert_eq!(
        *errors.lock().expect("errors"),
        [
            "the server answered with HTTP status 503 Service Unavailable in place of a WebSocket",
            "the server answered with HTTP status 429 Too Many Requests in place of a WebSocket",
        ]
    );
    server.gateway().push_fault(PushFault::Status(StatusCode::FORBIDDEN));
    let mut subscriber = eager(server.push_url()).subscribe().expect("a subscriber");
    let error = next(&mut subscriber).await.expect_err("refused");
    assert!(matches!(error, Error::Status(StatusCode::FORBIDDEN)), "{error:?}");
}

#[tokio::test]
async fn a_handshake_that_breaks_is_tried_again() {
    let broken = [
        Behaviour::ResetBefore,
        Behaviour::ResetDuring,
        Behaviour::ResetAfter,
        Behaviour::AnswerAndClose(b"HTTP/1.1 101 Switching Pro".to_vec()),
        Behaviour::AnswerAndClose(reply(
            "101 Switching Protocols",
            "connection: upgrade\r\nupgrade: websocket\r\n",
            "",
        )),
    ];
    for behaviour in broken {
        let server = misbehaving::Server::start(behaviour.clone());
        let subscriber = eager(format!("ws://{}/websocket", server.address));
        let policy = RetryPolicy::default().max_attempts(3).base_delay(Duration::ZERO);
        let mut subscriber = subscriber.reconnect(policy).subscribe().expect("a subscriber");
        let error = next(&mut subscriber).await.expect_err("no connection");
        assert!(matches!(&error, Error::Transport(_)), "{behaviour:?}: {error:?}");
        assert_eq!(server.counts().connections.load(Ordering::SeqCst), 3, "{behaviour:?}");
        assert!(!error.to_string().contains("sign="), "{error}");
    }
}

#[tokio::test]
async fn a_connection_that_is_cut_at_any_byte_loses_and_repeats_nothing() {
    let server = server();
    let http = HttpClient::builder().no_proxy().build().expect("a client");
    let tap = Tap::new(http, []);
    let mut whole = None;
    // The first session is not cut, and shows how much the server sends.
    for cut in [usize::MAX].into_iter().chain(0..) {
        if Some(cut) == whole {
            break;
        }
        let ids = ["1", "2"].map(|user| server.gateway().push(TOPIC, user, "{}"));
        let (errors, before) = (Arc::new(AtomicUsize::new(0)), (tap.connections(), tap.read()));
        let counted = Arc::clone(&errors);
        tap.disturb(Disturbance::Cut(cut));
        let subscriber = eager(server.push_url()).connector(Arc::<Tap<HttpClient>>::clone(&tap));
        let subscriber = subscriber.on_error(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        let mut subscriber = subscriber.subscribe().expect("a subscriber");
        // Both are held while the connection changes.
        let (first, second) = (delivery(&mut subscriber).await, delivery(&mut subscriber).await);
        assert_eq!([first.id(), second.id()], [ids[0].as_str(), &ids[1]], "after {cut} bytes");
        if cut == usize::MAX {
            whole = Some(tap.read() - before.1);
        }
        first.ack().await.expect("an acknowledgement");
        second.ack().await.expect("an acknowledgement");
        let acknowledged = acknowledged(subscriber, &server).await;
        assert!(acknowledged.ends_with(&ids), "after {cut} bytes");
        let cuts = usize::from(cut != usize::MAX);
        let expected = (before.0 + 1 + cuts, cuts);
        assert_eq!((tap.connections(), errors.load(Ordering::SeqCst)), expected, "after {cut} bytes");
    }
    let sessions = whole.expect("a first session") + 1;
    assert!(sessions > 500, "{sessions}");
    assert_eq!(server.gateway().acknowledged().len(), 2 * sessions, "each is acknowledged once");
}

/// A frame of the platform, with one field changed.
fn frame(id: &str, user: &str, kind: &str) -> String {
    format!(r#"{{"messageId":"{id}","topic":"{TOPIC}","user":"{user}","msg":"{{}}","messageType":"{kind}"}}"#)
}

#[tokio::test]
async fn a_frame_that_cannot_be_read_is_reported_and_skipped() {
    let server = server();
    let (builder, tap, errors) = tapped(&server, &[]);
    server.gateway().push_bytes(&b"\xff\xfe"[..]);
    server.gateway().push_bytes("<html>");
    server.gateway().push_bytes("[]");
    server.gateway().push_bytes("");
    server.gateway().push_bytes(frame("7", "1", "LATER"));
    server.gateway().push_bytes(frame("", "1", "FROM"));
    server.gateway().push_bytes(r#"{"messageType":"FROM","msg":"{}"}"#);
    server.gateway().push_text("not JSON");
    server.gateway().push_text(&frame("8", "1", "FROM"));
    let last = server.gateway().push(TOPIC, "1", "not JSON");
    let mut subscriber = builder.subscribe().expect("a subscriber");
    let text = delivery(&mut subscriber).await;
    assert_eq!(text.id(), "8");
    text.ack().await.expect("an acknowledgement");
    let unstructured = delivery(&mut subscriber).await;
    assert_eq!((unstructured.id(), unstructured.text()), (last.as_str(), "not JSON"));
    assert_eq!(*unstructured.message(), Message::Other("not JSON".into()));
    unstructured.ack().await.expect("an acknowledgement");
    assert_eq!(acknowledged(subscriber, &server).await, ["8", &last]);
    assert_eq!(tap.connections(), 1);
    let errors = errors.lock().expect("errors");
    let reasons: Vec<_> =
        errors.iter().filter_map(|error| error.strip_prefix("cannot read a pushed message: ")).collect();
    assert_eq!(
        reasons,
        [
            "it is not UTF-8",
            "expected value at line 1 column 1",
            "it is not a JSON object",
            "EOF while parsing a value at line 1 column 0",
            r#"unknown `messageType` "LATER""#,
            "it has no `messageId`, so it cannot be acknowledged",
            "it has no `messageId`, so it cannot be acknowledged",
            "expected ident at line 1 column 2",
        ]
    );
}

#[tokio::test]
async fn an_acknowledged_message_that_comes_again_is_only_acknowledged_again() {
    let server = server();
    let gateway = server.gateway();
    let mut subscriber = eager(server.push_url()).subscribe().expect("a subscriber");
    gateway.push_bytes(frame("7", "1", "FROM"));
    let held = delivery(&mut subscriber).await;
    // While the caller has it, it is neither delivered nor acknowledged; for another user, it is another message.
    gateway.push_bytes(frame("7", "1", "FROM"));
    gateway.push_bytes(frame("7", "2", "FROM"));
    let other = delivery(&mut subscriber).await;
    assert_eq!((other.id(), other.user()), ("7", "2"));
    assert!(gateway.acknowledged().is_empty());
    held.ack().await.expect("an acknowledgement");
    gateway.push_bytes(frame("7", "1", "FROM"));
    gateway.push_bytes(frame("9", "1", "FROM"));
    let last = delivery(&mut subscriber).await;
    assert_eq!(last.id(), "9");
    drop((other, last));
    assert_eq!(acknowledged(subscriber, &server).await, ["7", "7"]);
}

#[tokio::test]
async fn an_acknowledgement_waits_for_the_next_connection() {
    let server = server();
    let id = server.gateway().push(TOPIC, "1", "{}");
    let (builder, tap, errors) = tapped(&server, &[]);
    let mut subscriber = builder.subscribe().expect("a subscriber");
    let held = delivery(&mut subscriber).await;
    (0..5).for_each(|_| tap.disturb(Disturbance::Refused));
    server.gateway().cut();
    while errors.lock().expect("errors").is_empty() {
        tokio::task::yield_now().await;
    }
    held.ack().await.expect("an acknowledgement");
    assert_eq!(tap.connections(), 7);
    let acknowledged = acknowledged(subscriber, &server).await;
    // The server repeats the message on the new connection before it reads the acknowledgement, and gets another one.
    assert!(acknowledged.len() <= 2 && acknowledged.iter().all(|one| *one == id), "{acknowledged:?}");
    assert!(acknowledged.contains(&id));
}

#[tokio::test]
async fn closing_waits_for_deliveries_that_the_caller_has() {
    let server = server();
    let ids = [server.gateway().push(TOPIC, "1", "{}"), server.gateway().push(TOPIC, "1", "{}")];
    server.gateway().push(TOPIC, "1", "read ahead");
    let mut subscriber = eager(server.push_url()).subscribe().expect("a subscriber");
    let (first, second) = (delivery(&mut subscriber).await, delivery(&mut subscriber).await);
    let mut closing = Box::pin(subscriber.close());
    tokio::time::timeout(Duration::from_millis(50), &mut closing).await.expect_err("deliveries are open");
    server.gateway().cut();
    first.ack().await.expect("an acknowledgement");
    tokio::time::timeout(Duration::from_millis(50), &mut closing).await.expect_err("a delivery is open");
    second.ack().await.expect("an acknowledgement");
    tokio::time::timeout(LIMIT, closing).await.expect("closed in time").expect("no error");
    assert_eq!(server.gateway().acknowledged(), ids);
}

#[tokio::test]
async fn dropping_the_subscriber_ends_the_connection() {
    let server = server();
    server.gateway().push(TOPIC, "1", "{}");
    let mut subscriber = eager(server.push_url()).subscribe().expect("a subscriber");
    let held = delivery(&mut subscriber).await;
    drop(subscriber);
    let error = held.ack().await.expect_err("there is no connection");
    assert!(matches!(error, Error::Ended), "{error:?}");
    assert!(server.gateway().acknowledged().is_empty());
}

#[tokio::test]
async fn no_more_is_read_than_a_slow_caller_takes() {
    const MESSAGES: usize = 10_000;
    const BUFFER: usize = 8;
    /// The buffers of the WebSocket library, and the messages read ahead.
    const READ_AHEAD: usize = 256 * 1024;

    let server = server();
    let msg = "x".repeat(1024);
    // With the other fields.
    let whole = msg.len() + 266;
    let ids: Vec<_> = (0..MESSAGES).map(|_| server.gateway().push(TOPIC, "1", &msg)).collect();
    let (builder, tap, errors) = tapped(&server, &[]);
    let mut subscriber = builder.buffer(BUFFER).subscribe().expect("a subscriber");
    let mut taken = 0;
    for id in &ids {
        if taken % 1_000 == 0 {
            // Everything that can be read has been read.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let delivery = delivery(&mut subscriber).await;
        assert_eq!(delivery.id(), id);
        delivery.ack().await.expect("an acknowledgement");
        taken += 1;
        let ahead = tap.read().saturating_sub(taken * whole);
        assert!(ahead < READ_AHEAD, "{ahead} bytes ahead after {taken} messages");
    }
    assert_eq!(acknowledged(subscriber, &server).await, ids);
    assert_eq!((tap.connections(), errors.lock().expect("errors").len()), (1, 0));
}

#[tokio::test]
async fn a_server_that_accepts_and_closes_is_not_stormed() {
    /// No ping, no timeout: only waits between connections are shorter.
    const NEVER: Duration = Duration::from_secs(1_000_000);

    let server = server();
    server.gateway().push(TOPIC, "1", "{}");
    (0..10).for_each(|_| server.gateway().push_fault(PushFault::CutAfter(1)));
    let waits = Arc::new(Mutex::new(Vec::new()));
    let recorded = Arc::clone(&waits);
    let sleep = move |wait: Duration| {
        let is_wait = wait < NEVER;
        if is_wait {
            recorded.lock().expect("waits").push(wait.as_secs());
        }
        async move {
            if !is_wait {
                std::future::pending::<()>().await;
            }
        }
    };
    let builder = Subscriber::builder(credentials(), server.push_url()).random(|| 1.0).sleep(sleep);
    let mut subscriber = builder.ping_interval(NEVER).timeout(NEVER).subscribe().expect("a subscriber");
    delivery(&mut subscriber).await.ack().await.expect("an acknowledgement");
    assert_eq!(*waits.lock().expect("waits"), [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
    assert_eq!(acknowledged(subscriber, &server).await.len(), 1);
}

#[tokio::test]
async fn a_wrong_certificate_is_an_error_before_anything_is_sent() {
    let (_, wrong) = certificate(&["other.example"]);
    let (pem, right) = certificate(&["localhost"]);
    let config = Arc::new(Mutex::new(wrong));
    let answer = Behaviour::Answer(reply("403 Forbidden", "", ""));
    let server = misbehaving::Server::start_tls(answer, Arc::clone(&config));
    let http = HttpClient::builder().no_proxy().without_system_certificates().root_certificates(pem);
    let http = Arc::new(http.build().expect("a client"));
    let url = format!("wss://localhost:{}/websocket", server.address.port());
    let subscribe = || eager(url.clone()).connector(Arc::<HttpClient>::clone(&http)).subscribe().expect("a subscriber");
    let mut subscriber = subscribe();
    let error = next(&mut subscriber).await.expect_err("not trusted");
    assert!(matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Certificate), "{error:?}");
    assert!(next(&mut subscriber).await.expect("the end").is_none());
    assert_eq!(server.counts().requests.load(Ordering::SeqCst), 0);
    *config.lock().expect("a configuration") = right;
    let error = next(&mut subscribe()).await.expect_err("the server is trusted, and refuses");
    assert!(matches!(error, Error::Status(StatusCode::FORBIDDEN)), "{error:?}");
}

#[tokio::test]
async fn messages_come_over_tls() {
    let server = server();
    let (pem, config) = certificate(&["localhost"]);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let plain = server.address();
    tokio::spawn(async move {
        let (client, _) = listener.accept().await.expect("a connection");
        let mut client = TlsAcceptor::from(config).accept(client).await.expect("a handshake");
        let mut server = TcpStream::connect(plain).await.expect("the mock gateway");
        let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
    });
    let id = server.gateway().push(TOPIC, "1", "{}");
    let http = HttpClient::builder().no_proxy().without_system_certificates().root_certificates(pem);
    let connector = Arc::new(http.build().expect("a client"));
    let url = format!("wss://localhost:{port}/websocket");
    let mut subscriber = eager(url).connector(connector).subscribe().expect("a subscriber");
    delivery(&mut subscriber).await.ack().await.expect("an acknowledgement");
    assert_eq!(acknowledged(subscriber, &server).await, [id]);
}

#[tokio::test]
async fn secrets_are_not_shown() {
    let server = server();
    server.gateway().push(TOPIC, "1", r#"{"phone":"hidden"}"#);
    let builder = eager(server.push_url());
    let shown = format!("{builder:?}");
    let mut subscriber = builder.subscribe().expect("a subscriber");
    let delivery = delivery(&mut subscriber).await;
    let shown = format!("{shown} {subscriber:?} {delivery:?}");
    assert!(shown.contains("my-app-key") && shown.contains(TOPIC), "{shown}");
    let gone = eager("ws://127.0.0.1:1/websocket".to_owned()).reconnect(RetryPolicy::never());
    let error = next(&mut gone.subscribe().expect("a subscriber")).await.expect_err("no server");
    let invalid = eager("ws://127.0.0.1:1/websocket?sign=hidden".to_owned()).subscribe().expect_err("an invalid URL");
    let shown = format!("{shown} {error} {error:?} {invalid} {invalid:?}");
    for secret in ["my-app-secret", "sign=", "hidden\""] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
