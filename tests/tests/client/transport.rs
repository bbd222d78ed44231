//! Transports: the default one, tower services, and custom ones.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use suning_api::error::{BuildError, TransportErrorKind};
use suning_api::methods::custom::virtual_get::{VirtualGetErrorCode, VirtualGetResponse};
use suning_api::mock::{self, Gateway};
use suning_api::transport::{Exchange, HttpClient, TowerTransport, Transport};
use suning_api::{Client, ClientBuilder, Credentials, Endpoint, Error, Format, Reply, RetryPolicy};
use tests::misbehaving::{Behaviour, Server, reply};

const ORDER: &str = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"orderCode":"1"}}}}"#;

type Outcome = Result<Reply<VirtualGetResponse>, Error<VirtualGetErrorCode>>;

async fn call(client: &Client) -> Outcome {
    client.custom().virtual_get().order_item_code("1").send().await
}

fn kind(outcome: Outcome) -> TransportErrorKind {
    match outcome {
        Err(Error::Transport(error)) => error.kind(),
        other => panic!("expected an error of the transport, got {other:?}"),
    }
}

fn with(transport: impl Transport + 'static) -> ClientBuilder {
    Client::builder(Credentials::new("key", "secret")).transport(Arc::new(transport)).retry(RetryPolicy::never())
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = Server::start(Behaviour::Answer(reply("307 x", "location: /elsewhere\r\n", "")));
    let endpoint = Endpoint::new(format!("http://{}/", server.address));
    let client = Client::builder(Credentials::new("key", "secret")).endpoint(endpoint).build().expect("a client");
    assert!(matches!(call(&client).await, Err(Error::Reply(error)) if error.status.as_u16() == 307));
    assert_eq!(server.counts().requests.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_proxy_is_used_and_its_password_not_shown() {
    let proxy = Server::start(Behaviour::Answer(reply("200 OK", "", ORDER)));
    let address = format!("http://user:hidden-password@{}", proxy.address);
    let transport = HttpClient::builder().proxy(address).build().expect("a transport");
    // Only the proxy answers at this address.
    let client = with(transport).endpoint(Endpoint::new("http://gateway.invalid/api")).build().expect("a client");
    assert!(call(&client).await.is_ok());
    assert_eq!(proxy.counts().requests.load(Ordering::SeqCst), 1);
    assert!(!format!("{client:?}").contains("hidden-password"));
}

#[test]
fn a_transport_that_cannot_be_built_is_a_build_error() {
    for (builder, expected) in [
        (HttpClient::builder().proxy("user:hidden-password@no address"), "invalid proxy URL"),
        (HttpClient::builder().root_certificates("no PEM"), "no PEM certificates among the root certificates"),
    ] {
        let error = builder.build().expect_err(expected);
        assert_eq!(error.to_string(), "the HTTP client cannot be built");
        let BuildError::Transport(source) = error else { panic!("{error}") };
        assert_eq!(source.to_string(), expected);
    }
}

/// The error of a failing service.
#[derive(Debug)]
struct Failure(TransportErrorKind);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service has failed")
    }
}

impl std::error::Error for Failure {}

/// A tower service that calls the mock gateway, or fails.
#[derive(Clone)]
struct Service(Result<Arc<Gateway>, TransportErrorKind>);

impl tower_service::Service<http::Request<Full<Bytes>>> for Service {
    type Response = http::Response<Full<Bytes>>;
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Failure>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Full<Bytes>>) -> Self::Future {
        let service = self.0.clone();
        Box::pin(async move {
            let gateway = service.map_err(Failure)?;
            let (head, body) = request.into_parts();
            let body = body.collect().await.expect("bytes").to_bytes();
            Ok(gateway.answer(&http::Request::from_parts(head, body)).into_response().map(Full::new))
        })
    }
}

#[tokio::test]
async fn a_tower_service_gets_the_signed_bytes_unchanged() {
    let gateway = Arc::new(Gateway::builder(Credentials::new("key", "secret")).build());
    let client = with(TowerTransport::new(Service(Ok(Arc::clone(&gateway))))).build().expect("a client");
    assert_eq!(call(&client).await.expect("a reply").order_code.as_deref(), Some("10000011"));
    let small = with(TowerTransport::new(Service(Ok(gateway))).max_reply(10)).build().expect("a client");
    assert_eq!(kind(call(&small).await), TransportErrorKind::TooLarge);
}

#[tokio::test]
async fn errors_of_a_service_are_broken_exchanges_by_default() {
    let failing = || TowerTransport::new(Service(Err(TransportErrorKind::Connect)));
    let client = with(failing()).build().expect("a client");
    let Err(Error::Transport(error)) = call(&client).await else { panic!("it was answered") };
    assert_eq!(error.kind(), TransportErrorKind::Exchange);
    assert_eq!(error.cause().expect("a cause").to_string(), "the service has failed");
    assert_eq!(
        error.to_string(),
        "suning.custom.virtual.get failed: the connection to the gateway failed during the exchange: the service has failed"
    );
    let client = with(failing().error_kind(|error| error.0)).build().expect("a client");
    assert_eq!(kind(call(&client).await), TransportErrorKind::Connect);
}

#[tokio::test]
async fn the_mock_gateway_is_called_with_and_without_the_method_in_the_path() {
    let credentials = Credentials::new("key", "secret").with_access_token("token");
    let server =
        mock::Server::start(Gateway::builder(credentials.clone()).strict().build(), "127.0.0.1:0").expect("a server");
    for format in [Format::Json, Format::Xml] {
        for endpoint in [server.endpoint(), server.endpoint().without_method_in_path()] {
            let client =
                Client::builder(credentials.clone()).endpoint(endpoint).format(format).build().expect("a client");
            assert_eq!(call(&client).await.expect("a reply").order_code.as_deref(), Some("10000011"));
        }
    }
}

#[test]
fn an_invalid_endpoint_is_a_build_error_of_the_client() {
    for address in ["", "open.suning.com/api", "ftp://open.suning.com/api", "https://"] {
        let endpoint = Endpoint::new(address);
        let error = Client::builder(Credentials::new("key", "secret")).endpoint(endpoint).build().expect_err(address);
        assert!(error.to_string().contains("invalid gateway URL"), "{error}");
    }
}

#[tokio::test]
async fn one_client_serves_many_merchants_over_the_same_transport() {
    let app = Credentials::new("key", "secret");
    let gateway = |token: &str| Gateway::builder(app.clone().with_access_token(token)).build();
    let (first, second) = (gateway("first"), gateway("second"));
    // A gateway accepts one token, so each merchant has its own gateway.
    let answers = move |request: &http::Request<Bytes>| match request.headers()["access_token"].to_str() {
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

type Answer = dyn Fn(&http::Request<Bytes>) -> suning_api::mock::Answer + Send + Sync;

/// A transport that calls a function.
struct Answering(Box<Answer>);

impl std::fmt::Debug for Answering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answering")
    }
}

impl Transport for Answering {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        Box::pin(std::future::ready(Ok((self.0)(&request).into_response())))
    }
}
