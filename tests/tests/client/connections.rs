//! Connections of the default transport: proxies, reuse, and what happens when a server closes one; and the timer of the client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use suning_api::error::TransportErrorKind;
use suning_api::transport::{HttpClient, HttpClientBuilder, ReqwestTransport, Transport};
use suning_api::{Client, Credentials, Endpoint, Error, RetryPolicy};
use tests::misbehaving::{Behaviour, Server, certificate, reply};
use tests::proxy::Proxy;
use tests::script::{Answer, Script};

const RESENT: &str = r#"{"sn_responseContent":{"sn_body":{"resendVirtualorder":{"orderCode":"1"}}}}"#;

fn answer() -> Vec<u8> {
    reply("200 OK", "", RESENT)
}

fn client(address: &str, transport: impl Transport + 'static) -> Client {
    Client::builder(Credentials::new("key", "secret"))
        .endpoint(Endpoint::new(format!("{address}/api")))
        .transport(Arc::new(transport))
        .retry(RetryPolicy::never())
        .build()
        .expect("a client")
}

fn http_client() -> HttpClientBuilder {
    HttpClient::builder().no_proxy()
}

/// Makes a write, which must not happen twice.
async fn write(client: &Client) -> Result<(), TransportErrorKind> {
    match client.custom().virtualorder_resend().order_code("1").send().await {
        Ok(_) => Ok(()),
        Err(Error::Transport(error)) => Err(error.kind()),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_proxy_forwards_http_with_its_password() {
    let proxy = Proxy::start(answer());
    let transport = HttpClient::builder().proxy(format!("http://user:pass%20word@{}", proxy.address));
    let client = client("http://gateway.invalid", transport.build().expect("a transport"));
    for _ in 0..2 {
        assert_eq!(write(&client).await, Ok(()));
    }
    let heads = proxy.heads();
    assert_eq!(heads.len(), 2);
    for head in heads {
        assert!(
            head.starts_with("post http://gateway.invalid/api/suning.custom.virtualorder.resend http/1.1\r\n"),
            "{head}"
        );
        // `user:pass word` in Base64.
        assert!(head.contains("\r\nproxy-authorization: basic dxnlcjpwyxnzihdvcmq=\r\n"), "{head}");
        assert!(head.contains("\r\nhost: gateway.invalid\r\n"), "{head}");
    }
}

#[tokio::test]
async fn a_proxy_opens_a_tunnel_for_https_and_does_not_see_the_request() {
    let (pem, config) = certificate(&["localhost"]);
    let server = Server::start_tls(Behaviour::Answer(answer()), Arc::new(std::sync::Mutex::new(config)));
    let proxy = Proxy::start(Vec::new());
    let transport = HttpClient::builder().proxy(format!("http://user:password@{}", proxy.address));
    let transport = transport.without_system_certificates().root_certificates(pem).build().expect("a transport");
    let port = server.address.port();
    let client = client(&format!("https://localhost:{port}"), transport);
    for _ in 0..2 {
        assert_eq!(write(&client).await, Ok(()));
    }
    let [head] = &proxy.heads()[..] else { panic!("{:?}", proxy.heads()) };
    assert!(head.starts_with(&format!("connect localhost:{port} http/1.1\r\n")), "{head}");
    assert!(head.contains("\r\nproxy-authorization: basic dxnlcjpwyxnzd29yza==\r\n"), "{head}");
    assert_eq!(server.counts().requests.load(Ordering::SeqCst), 2);
}

#[test]
fn a_proxy_of_another_kind_is_refused() {
    let error = HttpClient::builder().proxy("socks5://127.0.0.1:1080").build().expect_err("no such proxy");
    let source = std::error::Error::source(&error).expect("a cause").to_string();
    assert_eq!(source, "a proxy of the kind `socks5` is not supported");
}

#[tokio::test]
async fn a_server_that_accepts_and_says_nothing_runs_into_the_connect_timeout() {
    // TLS waits for the server's part of the handshake.
    let server = Server::start(Behaviour::Silence);
    let transport = http_client().connect_timeout(Duration::from_millis(50)).build().expect("a transport");
    let client = client(&format!("https://{}", server.address), transport);
    let outcome = client.custom().virtualorder_resend().order_code("1").send().await;
    let error = outcome.expect_err("no connection").to_string();
    assert_eq!(
        error,
        "suning.custom.virtualorder.resend failed: no connection to the gateway: no connection within 50ms"
    );
}

#[tokio::test]
async fn idle_connections_are_closed_after_the_idle_timeout() {
    for (idle_timeout, pause, connections) in [(1000, 0, 1), (20, 60, 3), (0, 0, 3)] {
        let server = Server::start(Behaviour::Answer(answer()));
        let transport = http_client().idle_timeout(Duration::from_millis(idle_timeout)).build().expect("a transport");
        let client = client(&format!("http://{}", server.address), transport);
        for _ in 0..3 {
            assert_eq!(write(&client).await, Ok(()));
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        assert_eq!(server.counts().connections.load(Ordering::SeqCst), connections, "{idle_timeout} ms");
    }
}

#[tokio::test]
async fn a_request_that_was_not_sent_goes_out_on_a_new_connection() {
    let server = Server::start(Behaviour::AnswerAndClose(answer()));
    let client = client(&format!("http://{}", server.address), http_client().build().expect("a transport"));
    for _ in 0..20 {
        assert_eq!(write(&client).await, Ok(()));
        // The runtime has no chance to see that the server closes the connection.
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(server.counts().requests.load(Ordering::SeqCst), 20);
}

#[tokio::test]
async fn a_reqwest_client_is_a_transport() {
    let server = Server::start(Behaviour::Answer(answer()));
    let address = format!("http://{}", server.address);
    let reqwest = || ReqwestTransport::new(reqwest::Client::builder().no_proxy().build().expect("a client"));
    assert_eq!(write(&client(&address, reqwest())).await, Ok(()));
    assert_eq!(write(&client(&address, reqwest().max_reply(10))).await, Err(TransportErrorKind::TooLarge));
    server.behave(Behaviour::ResetAfter);
    assert_eq!(write(&client(&address, reqwest())).await, Err(TransportErrorKind::Exchange));
    assert_eq!(write(&client("http://127.0.0.1:1", reqwest())).await, Err(TransportErrorKind::Connect));
}

#[tokio::test(start_paused = true)]
async fn paused_time_of_tokio_is_the_time_of_the_client() {
    let (began, real) = (tokio::time::Instant::now(), Instant::now());
    let script = Script::new([Answer::Silence, Answer::Silence, Answer::Silence]);
    let transport: Arc<dyn Transport> = script.clone();
    let client = Client::builder(Credentials::new("key", "secret")).transport(transport).random(|| 1.0);
    let call = client.build().expect("a client").custom().virtual_get().order_item_code("1").send().await;
    let Err(Error::Transport(error)) = call else { panic!("{call:?}") };
    assert_eq!((error.kind(), error.attempts().len()), (TransportErrorKind::Timeout, 3));
    // 20 s for each attempt, within 60 s in all.
    assert_eq!(began.elapsed().as_secs(), 60);
    assert_eq!(error.attempts()[1].began, Duration::from_millis(20_200));
    assert!(real.elapsed() < Duration::from_secs(10));
}

#[test]
fn without_a_runtime_a_call_needs_another_timer_only_if_it_waits() {
    let call = |answer: Answer, sleeps: Option<Arc<AtomicUsize>>| {
        let transport: Arc<dyn Transport> = Script::new([answer]);
        let mut builder = Client::builder(Credentials::new("key", "secret")).transport(transport);
        if let Some(sleeps) = sleeps {
            builder = builder.sleep(move |_| {
                sleeps.fetch_add(1, Ordering::SeqCst);
                std::future::ready(())
            });
        }
        let client = builder.retry(RetryPolicy::never()).build().expect("a client");
        pollster::block_on(write(&client))
    };
    assert_eq!(call(RESENT.into(), None), Ok(()));
    assert_eq!(call(Answer::Silence, None), Err(TransportErrorKind::Unusable));
    let sleeps = Arc::new(AtomicUsize::new(0));
    assert_eq!(call(RESENT.into(), Some(Arc::clone(&sleeps))), Ok(()));
    assert_eq!(sleeps.load(Ordering::SeqCst), 0, "an answer at once needs no timer");
    assert_eq!(call(Answer::Silence, Some(Arc::clone(&sleeps))), Err(TransportErrorKind::Timeout));
    assert_eq!(sleeps.load(Ordering::SeqCst), 1);
}
