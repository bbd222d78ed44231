//! The default transport over real sockets, against servers that do not behave.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use suning_api::custom::virtual_get::{VirtualGetErrorCode, VirtualGetResponse};
use suning_api::mock::{Gateway, Server};
use suning_api::transport::{Exchange, Transport};
use suning_api::{Client, ClientBuilder, Credentials, Endpoint, Error, Format, Reply, RetryPolicy, TransportErrorKind};

type Outcome = Result<Reply<VirtualGetResponse>, Error<VirtualGetErrorCode>>;

/// A server that answers every connection with the same bytes, after it has read a request.
fn server(answer: &'static [u8], hold: Duration) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&seen);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            counter.fetch_add(1, Ordering::SeqCst);
            let _ = stream.write_all(answer);
            thread::sleep(hold);
        }
    });
    (address, seen)
}

fn builder(address: SocketAddr) -> ClientBuilder {
    Client::builder(Credentials::new("key", "secret"))
        .endpoint(Endpoint::new(format!("http://{address}/api/http/sopRequest")))
        .timeout(Duration::from_millis(500))
        .retry(RetryPolicy::never())
}

async fn call(client: &Client) -> Outcome {
    client.custom().virtual_get().order_item_code("1").send().await
}

fn kind(outcome: Outcome) -> TransportErrorKind {
    match outcome {
        Err(Error::Transport(error)) => error.kind(),
        other => panic!("expected an error of the transport, got {other:?}"),
    }
}

#[tokio::test]
async fn a_refused_connection_is_told_from_a_broken_exchange() {
    let unused = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("an address");
    let client = builder(unused).build().expect("a client");
    assert_eq!(kind(call(&client).await), TransportErrorKind::Connect);
    let (address, seen) = server(b"", Duration::ZERO);
    let client = builder(address).build().expect("a client");
    assert_eq!(kind(call(&client).await), TransportErrorKind::Exchange);
    assert_eq!(seen.load(Ordering::SeqCst), 1, "a broken exchange is not repeated");
}

#[tokio::test]
async fn silence_and_a_slow_body_run_into_the_timeout() {
    for answer in [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"] {
        let (address, _) = server(answer, Duration::from_secs(3));
        let client = builder(address).build().expect("a client");
        assert_eq!(kind(call(&client).await), TransportErrorKind::Timeout);
    }
}

#[tokio::test]
async fn a_cut_body_is_a_broken_exchange() {
    let (address, _) = server(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{", Duration::ZERO);
    let client = builder(address).build().expect("a client");
    assert_eq!(kind(call(&client).await), TransportErrorKind::Exchange);
}

#[tokio::test]
async fn an_html_page_is_a_reply_error_with_its_status() {
    let (address, _) = server(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 13\r\n\r\n<html></html>", Duration::ZERO);
    let client = builder(address).build().expect("a client");
    match call(&client).await {
        Err(Error::Reply(error)) => {
            assert_eq!((error.status.as_u16(), error.raw.as_ref()), (502, &b"<html></html>"[..]));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (address, seen) =
        server(b"HTTP/1.1 307 x\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n", Duration::ZERO);
    let client = builder(address).build().expect("a client");
    assert!(matches!(call(&client).await, Err(Error::Reply(error)) if error.status.as_u16() == 307));
    assert_eq!(seen.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_mock_gateway_is_called_with_and_without_the_method_in_the_path() {
    let credentials = Credentials::new("key", "secret").with_access_token("token");
    let server =
        Server::start(Gateway::builder(credentials.clone()).strict().build(), "127.0.0.1:0").expect("a server");
    for format in [Format::Json, Format::Xml] {
        for endpoint in [server.endpoint(), server.endpoint().without_method_in_path()] {
            let client =
                Client::builder(credentials.clone()).endpoint(endpoint).format(format).build().expect("a client");
            assert_eq!(call(&client).await.expect("a reply").order_code.as_deref(), Some("10000011"));
        }
    }
}

#[test]
fn an_address_that_is_none_is_told_when_the_client_is_made() {
    for address in ["", "open.suning.com/api", "ftp://open.suning.com/api", "https://"] {
        let endpoint = Endpoint::new(address);
        let error = Client::builder(Credentials::new("key", "secret")).endpoint(endpoint).build().expect_err(address);
        assert!(error.to_string().contains("is not the address of a gateway"), "{error}");
    }
}

#[tokio::test]
async fn one_client_serves_many_merchants_over_the_same_transport() {
    let app = Credentials::new("key", "secret");
    let gateway = |token: &str| Gateway::builder(app.clone().with_access_token(token)).build();
    let (first, second) = (gateway("first"), gateway("second"));
    // A gateway knows one token, so each answers for its own merchant.
    let answers = move |request: &http::Request<bytes::Bytes>| match request.headers()["access_token"].to_str() {
        Ok("first") => first.answer(request),
        _ => second.answer(request),
    };
    let transport = Arc::new(Answering(Box::new(answers)));
    let client = Client::builder(app.clone()).transport(transport).build().expect("a client");
    for token in ["first", "second"] {
        assert!(call(&client.with_access_token(token)).await.is_ok());
        assert!(call(&client.with_credentials(app.clone().with_access_token(token))).await.is_ok());
    }
    let unknown = call(&client.with_access_token("third")).await;
    assert!(matches!(unknown, Err(Error::Api(error)) if error.wire_code == "sys.oauth.check.access_token:inexistence"));
    let unsendable = call(&client.with_access_token("a\nb")).await;
    assert!(matches!(unsendable, Err(Error::Request(_))));
}

type Answer = dyn Fn(&http::Request<bytes::Bytes>) -> suning_api::mock::Answer + Send + Sync;

/// A transport that answers by a function.
struct Answering(Box<Answer>);

impl std::fmt::Debug for Answering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answering")
    }
}

impl Transport for Answering {
    fn send(&self, request: http::Request<bytes::Bytes>) -> Exchange<'_> {
        Box::pin(std::future::ready(Ok((self.0)(&request).into_response())))
    }
}
