//! Network faults between the client and the gateway, over real sockets.
//!
//! For each fault: the typed error, the number of attempts of a read and a write, what the server saw, and that the
//! same client works again once the server does.

use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use suning_api::error::ErrorCode;
use suning_api::error::TransportErrorKind;
use suning_api::transport::HttpClient;
use suning_api::{Client, Credentials, Endpoint, Error, RetryPolicy};
use tests::misbehaving::{Behaviour, Server, certificate, reply};

const ORDER: &str = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"orderCode":"1"}}}}"#;
const RESENT: &str = r#"{"sn_responseContent":{"sn_body":{"resendVirtualorder":{"orderCode":"1"}}}}"#;
/// The size limit of replies.
const MAX_REPLY: usize = 100_000;
/// The timeout of an attempt, and the longest wait between two.
const ATTEMPT_TIMEOUT: Duration = Duration::from_millis(150);
/// The largest number of attempts.
const TRIES: usize = 3;

/// The result of a call, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gets {
    Transport(TransportErrorKind),
    Reply(u16),
    Api,
    Success,
}

fn gets<T, C: ErrorCode>(outcome: &Result<T, Error<C>>) -> Gets {
    match outcome {
        Ok(_) => Gets::Success,
        Err(Error::Transport(error)) => Gets::Transport(error.kind()),
        Err(Error::Reply(error)) => Gets::Reply(error.status.as_u16()),
        Err(Error::Api(_)) => Gets::Api,
        Err(other) => panic!("{other}"),
    }
}

fn retry() -> RetryPolicy {
    RetryPolicy::default().max_attempts(3).base_delay(Duration::from_millis(1))
}

fn client_at(address: &str, transport: HttpClient) -> Client {
    Client::builder(Credentials::new("key", "secret"))
        .endpoint(Endpoint::new(format!("{address}/api/http/sopRequest")))
        .transport(Arc::new(transport))
        .attempt_timeout(ATTEMPT_TIMEOUT)
        .retry(retry())
        .sleep(|wait| tokio::time::sleep(wait.min(ATTEMPT_TIMEOUT)))
        .build()
        .expect("a client")
}

fn client(server: &Server) -> Client {
    let transport = HttpClient::builder().max_reply(MAX_REPLY).no_proxy().build().expect("a transport");
    client_at(&format!("http://{}", server.address), transport)
}

/// A kind of call: whether it writes, and whether its caller declares it idempotent.
#[derive(Debug, Clone, Copy)]
enum Call {
    Read,
    Write,
    HarmlessWrite,
}

impl Call {
    const ALL: [Self; 3] = [Self::Read, Self::Write, Self::HarmlessWrite];

    /// The result, and the number of attempts.
    async fn make(self, client: &Client) -> (Gets, usize) {
        match self {
            Self::Read => {
                let outcome = client.custom().virtual_get().order_item_code("1").send().await;
                (gets(&outcome), outcome.err().map_or(1, |error| error.attempts().len()))
            }
            Self::Write => {
                let outcome = client.custom().virtualorder_resend().order_code("1").send().await;
                (gets(&outcome), outcome.err().map_or(1, |error| error.attempts().len()))
            }
            Self::HarmlessWrite => {
                let client = client.with_retry(retry().repeat_writes());
                let outcome = client.custom().virtualorder_resend().order_code("1").send().await;
                (gets(&outcome), outcome.err().map_or(1, |error| error.attempts().len()))
            }
        }
    }

    fn good(self) -> Behaviour {
        let body = if matches!(self, Self::Read) { ORDER } else { RESENT };
        Behaviour::Answer(reply("200 OK", "", body))
    }
}

/// What the server must have seen of each attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sees {
    /// A connection, but no complete request.
    Connection,
    /// A complete request.
    Request,
}

/// Runs all kinds of calls against a server that behaves like this, and then normally.
async fn check(behaviour: Behaviour, sees: Sees, expected: Gets, read: usize, write: usize) {
    for call in Call::ALL {
        let server = Server::start(behaviour.clone());
        let client = client(&server);
        let tries = if matches!(call, Call::Write) { write } else { read };
        assert_eq!(call.make(&client).await, (expected, tries), "{call:?} and {behaviour:?}");
        let requests = if sees == Sees::Request { tries } else { 0 };
        let counts = server.counts();
        assert_eq!(counts.requests.load(Ordering::SeqCst), requests, "{call:?} and {behaviour:?}");
        assert!(counts.connections.load(Ordering::SeqCst) <= tries, "{call:?} and {behaviour:?}");
        server.behave(call.good());
        assert_eq!(call.make(&client).await.0, Gets::Success, "{call:?} after {behaviour:?}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_retried_even_for_a_write() {
    for call in Call::ALL {
        let address = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("an address");
        let transport = HttpClient::builder().no_proxy().build().expect("a transport");
        let client = client_at(&format!("http://{address}"), transport);
        assert_eq!(call.make(&client).await, (Gets::Transport(TransportErrorKind::Connect), TRIES));
        let server = Server::listen(&address.to_string(), call.good()).expect("the same port");
        assert_eq!(call.make(&client).await.0, Gets::Success);
        assert_eq!(server.counts().requests.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_reset_connection_is_a_broken_exchange() {
    let broken = Gets::Transport(TransportErrorKind::Exchange);
    check(Behaviour::ResetBefore, Sees::Connection, broken, TRIES, 1).await;
    check(Behaviour::ResetDuring, Sees::Connection, broken, TRIES, 1).await;
    check(Behaviour::ResetAfter, Sees::Request, broken, TRIES, 1).await;
}

#[tokio::test]
async fn silent_and_slow_servers_run_into_the_timeout() {
    let late = Gets::Transport(TransportErrorKind::Timeout);
    check(Behaviour::Silence, Sees::Request, late, TRIES, 1).await;
    check(Behaviour::Drip, Sees::Request, late, TRIES, 1).await;
}

#[tokio::test]
async fn a_truncated_body_and_an_invalid_length_are_broken_exchanges() {
    let broken = Gets::Transport(TransportErrorKind::Exchange);
    for text in [
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"sn_res",
        "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"sn",
        "HTTP/1.1 200 OK\r\ncontent-le",
        "",
    ] {
        check(Behaviour::AnswerAndClose(text.into()), Sees::Request, broken, TRIES, 1).await;
    }
}

#[tokio::test]
async fn a_content_length_that_is_too_short_is_a_reply_error() {
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{ORDER}");
    check(Behaviour::Answer(answer.into()), Sees::Request, Gets::Reply(200), 1, 1).await;
}

#[tokio::test]
async fn invalid_http_is_a_broken_exchange_and_an_invalid_body_a_reply_error() {
    let garbage: Vec<u8> = (0..=255).cycle().take(2000).collect();
    let broken = Gets::Transport(TransportErrorKind::Exchange);
    check(Behaviour::AnswerAndClose(garbage.clone()), Sees::Request, broken, TRIES, 1).await;
    for body in [&garbage[..], b"", b"ok", b"{", b"<a>", b"[]", b"{}", b"null"] {
        check(Behaviour::Answer(reply("200 OK", "", body)), Sees::Request, Gets::Reply(200), 1, 1).await;
    }
}

#[tokio::test]
async fn a_page_of_a_proxy_is_a_reply_error_with_its_status() {
    for (status, read, write) in
        [(502, TRIES, 1), (503, TRIES, 1), (500, TRIES, 1), (429, TRIES, TRIES), (404, 1, 1), (403, 1, 1)]
    {
        let page = reply(&format!("{status} x"), "retry-after: 1\r\ncontent-type: text/html\r\n", "<html>no</html>");
        check(Behaviour::Answer(page), Sees::Request, Gets::Reply(status), read, write).await;
    }
}

#[tokio::test]
async fn retry_after_is_honored() {
    let server = Server::start(Behaviour::Answer(reply("429 x", "retry-after: 7\r\n", "")));
    let waits = Arc::new(AtomicUsize::new(0));
    let told = Arc::clone(&waits);
    let asked = Duration::from_secs(7);
    let client = Client::builder(Credentials::new("key", "secret"))
        .endpoint(Endpoint::new(format!("http://{}/", server.address)))
        .sleep(move |wait| {
            let is_asked = wait == asked;
            told.fetch_add(usize::from(is_asked), Ordering::SeqCst);
            tokio::time::sleep(if is_asked { Duration::ZERO } else { wait })
        })
        .build()
        .expect("a client");
    assert_eq!(Call::Write.make(&client).await, (Gets::Reply(429), TRIES));
    assert_eq!(waits.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_error_code_comes_with_status_200_and_its_class_decides() {
    for (code, read, write) in [
        ("biz.handler.data-get:no-result", 1, 1),
        ("sys.check.app-sign:error", 1, 1),
        ("sys.controller.api-request:limit", TRIES, TRIES),
        ("sys.error.network:failure", TRIES, 1),
        ("no.document.lists:this", 1, 1),
    ] {
        let body = format!(r#"{{"sn_responseContent":{{"sn_error":{{"error_code":"{code}"}}}}}}"#);
        check(Behaviour::Answer(reply("200 OK", "", body)), Sees::Request, Gets::Api, read, write).await;
    }
}

#[tokio::test]
async fn a_reply_above_the_size_limit_is_refused_compressed_or_not() {
    let too_large = Gets::Transport(TransportErrorKind::TooLarge);
    let blanks = vec![b' '; MAX_REPLY + 1];
    check(Behaviour::Answer(reply("200 OK", "", &blanks)), Sees::Request, too_large, 1, 1).await;
    let bomb = packed(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < MAX_REPLY);
    let bomb = reply("200 OK", "content-encoding: gzip\r\n", bomb);
    check(Behaviour::Answer(bomb), Sees::Request, too_large, 1, 1).await;
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    std::io::Write::write_all(&mut encoder, bytes).and_then(|()| encoder.finish()).expect("memory")
}

#[tokio::test]
async fn gzip_replies_are_read_and_corrupt_ones_are_broken_exchanges() {
    let good = packed(ORDER.as_bytes());
    let server = Server::start(Behaviour::Answer(reply("200 OK", "content-encoding: gzip\r\n", &good)));
    assert_eq!(Call::Read.make(&client(&server)).await.0, Gets::Success);
    let broken = reply("200 OK", "content-encoding: gzip\r\n", &good[..good.len() - 12]);
    check(Behaviour::Answer(broken), Sees::Request, Gets::Transport(TransportErrorKind::Exchange), TRIES, 1).await;
}

#[tokio::test]
async fn a_reply_in_the_other_format_is_read_by_its_content() {
    let xml =
        "<sn_responseContent><sn_body><getVirtual><orderCode>1</orderCode></getVirtual></sn_body></sn_responseContent>";
    let server = Server::start(Behaviour::Answer(reply("200 OK", "content-type: application/json\r\n", xml)));
    let reply = client(&server).custom().virtual_get().order_item_code("1").send().await.expect("a reply");
    assert_eq!(reply.order_code.as_deref(), Some("1"));
}

#[tokio::test]
async fn text_that_is_not_utf_8_is_a_reply_error_in_both_formats() {
    let json = b"{\"sn_responseContent\":{\"sn_body\":{\"getVirtual\":{\"orderCode\":\"\xff\"}}}}";
    let xml = b"<sn_responseContent><sn_body><getVirtual>\xff</getVirtual></sn_body></sn_responseContent>";
    for body in [&json[..], &xml[..]] {
        let server = Server::start(Behaviour::Answer(reply("200 OK", "", body)));
        assert_eq!(Call::Read.make(&client(&server)).await, (Gets::Reply(200), 1));
        server.behave(Call::Read.good());
        assert_eq!(Call::Read.make(&client(&server)).await.0, Gets::Success);
    }
}

#[tokio::test]
async fn a_certificate_for_another_host_is_named_and_nothing_is_sent() {
    let (good_pem, good) = certificate(&["localhost"]);
    let (other_pem, other_name) = certificate(&["gateway.example.com"]);
    let (_, unknown) = certificate(&["localhost"]);
    for (wrong, call) in [other_name, unknown].into_iter().flat_map(|wrong| Call::ALL.map(|call| (wrong.clone(), call)))
    {
        let config = Arc::new(Mutex::new(wrong));
        let server = Server::start_tls(call.good(), Arc::clone(&config));
        let transport = HttpClient::builder().no_proxy().without_system_certificates();
        let transport = transport.root_certificates(good_pem.clone()).root_certificates(other_pem.clone());
        let address = format!("https://localhost:{}", server.address.port());
        let client = client_at(&address, transport.build().expect("a transport"));
        assert_eq!(call.make(&client).await, (Gets::Transport(TransportErrorKind::Certificate), 1));
        assert_eq!(server.counts().requests.load(Ordering::SeqCst), 0);
        *config.lock().expect("the configuration") = Arc::clone(&good);
        assert_eq!(call.make(&client).await.0, Gets::Success);
    }
}

#[tokio::test]
async fn connections_are_reused() {
    let server = Server::start(Call::Read.good());
    let client = client(&server);
    for _ in 0..5 {
        assert_eq!(Call::Read.make(&client).await.0, Gets::Success);
    }
    let counts = server.counts();
    let seen = (counts.connections.load(Ordering::SeqCst), counts.requests.load(Ordering::SeqCst));
    assert_eq!(seen, (1, 5));
}

#[tokio::test]
async fn a_call_that_is_dropped_closes_its_connection_and_leaves_nothing() {
    let server = Server::start(Behaviour::Silence);
    let client = client(&server).with_attempt_timeout(Duration::from_secs(60));
    for _ in 0..10 {
        let call = client.custom().virtual_get().order_item_code("1").send();
        assert!(tokio::time::timeout(Duration::from_millis(30), call).await.is_err());
    }
    let closed = || server.counts().closed.load(Ordering::SeqCst) == server.counts().connections.load(Ordering::SeqCst);
    for _ in 0..200 {
        if closed() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(closed(), "{:?}", server.counts());
    server.behave(Call::Read.good());
    assert_eq!(Call::Read.make(&client).await.0, Gets::Success);
}
