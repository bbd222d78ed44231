//! A mock gateway for a service with several apps and merchants, and its token endpoint.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use suning_api::chrono::{NaiveDateTime, TimeDelta};
use suning_api::mock::{Gateway, Server};
use suning_api::oauth::{App, Code, MemoryStore, MerchantToken, OAuthError, Parameters};
use suning_api::{Client, CommonErrorCode, Credentials, Error, time};

fn app(key: &str) -> Credentials {
    Credentials::new(key, format!("{key}-secret"))
}

async fn call(client: &Client) -> Result<(), Error> {
    client.custom().virtual_get().order_item_code("1").send().await?;
    Ok(())
}

fn code(outcome: Result<(), Error>) -> CommonErrorCode {
    match outcome {
        Err(Error::Api(error)) => error.code,
        other => panic!("no error code: {other:?}"),
    }
}

#[tokio::test]
async fn each_app_has_its_merchants_and_the_record_says_who_called() {
    let gateway = Gateway::builder(app("one").with_access_token("shop-a"));
    let gateway = Arc::new(gateway.app(app("one").with_access_token("shop-b")).app(app("two")).record().build());
    let client = gateway.client().build().expect("a client");
    assert!(call(&client).await.is_ok());
    assert!(call(&client.with_access_token("shop-b")).await.is_ok());
    assert!(call(&client.with_credentials(app("two"))).await.is_ok());
    assert_eq!(code(call(&client.with_access_token("shop-c")).await), CommonErrorCode::AccessTokenUnknown);
    assert_eq!(code(call(&client.with_credentials(app("one"))).await), CommonErrorCode::AccessTokenUnknown);
    let mixed = client.with_credentials(Credentials::new("two", "one-secret"));
    assert_eq!(code(call(&mixed).await), CommonErrorCode::SignatureWrong);
    let received = gateway.received();
    let callers: Vec<_> = received
        .iter()
        .map(|one| {
            (one.app_key.as_deref().unwrap_or_default(), one.access_token.as_ref().map_or("", |one| one.expose()))
        })
        .collect();
    assert_eq!(
        callers,
        [("one", "shop-a"), ("one", "shop-b"), ("two", ""), ("one", "shop-c"), ("one", ""), ("two", "")]
    );
    assert!(!format!("{received:?}").contains("shop-a"));
}

/// A clock that a test sets.
#[derive(Clone)]
struct Clock(Arc<Mutex<NaiveDateTime>>);

impl Clock {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(time::parse("2026-01-01 00:00:00").expect("a time"))))
    }

    fn read(&self) -> NaiveDateTime {
        *self.0.lock().expect("the clock")
    }

    fn advance(&self, by: TimeDelta) {
        *self.0.lock().expect("the clock") += by;
    }
}

#[tokio::test]
async fn a_token_expires() {
    let (clock, now) = (Clock::new(), Clock::new().read());
    let (gateway_clock, client_clock) = (clock.clone(), clock.clone());
    let gateway = Gateway::builder(app("one")).app_until(app("one").with_access_token("a"), now + TimeDelta::hours(1));
    let gateway = Arc::new(gateway.clock(move || gateway_clock.read()).build());
    let client = gateway.client().clock(move || client_clock.read()).build().expect("a client").with_access_token("a");
    assert!(call(&client).await.is_ok());
    clock.advance(TimeDelta::hours(1));
    assert_eq!(code(call(&client).await), CommonErrorCode::AccessTokenExpired);
}

#[tokio::test]
async fn a_merchant_authorizes_the_app_and_an_expired_token_is_refreshed() {
    for parameters in [Parameters::Form, Parameters::Query] {
        let gateway = Arc::new(Gateway::builder(app("one")).token_lifetime(TimeDelta::days(30)).record().build());
        let transport = Arc::<Gateway>::clone(&gateway);
        let oauth = App::builder(app("one"), "https://shop.example.com/").transport(transport).parameters(parameters);
        let oauth = oauth.build().expect("an app");
        let code = Code::new(gateway.authorize("one"));
        let token = oauth.exchange(&code).await.expect("a token");
        assert!(token.expires_at.is_some() && token.refresh_token.is_some());
        let again = oauth.exchange(&code).await;
        assert!(matches!(again, Err(OAuthError::Refused(refusal)) if refusal.error == "invalid_grant"));

        let first = token.access_token.clone();
        let merchant = Arc::new(MerchantToken::new(oauth, Arc::new(MemoryStore::new(token))));
        let client = gateway.client().build().expect("a client").with_token_source(merchant);
        assert!(call(&client).await.is_ok());
        gateway.expire(first.expose());
        assert!(call(&client).await.is_ok(), "the token is refreshed");
        let used: Vec<_> = gateway.received().into_iter().filter_map(|one| one.access_token).collect();
        assert_eq!((used.len(), used[0] == first, used[1] == first, used[2] == first), (3, true, true, false));
    }
}

#[tokio::test]
async fn a_server_has_a_token_endpoint_as_well() {
    let server = Server::start(Gateway::builder(app("one")).build(), "127.0.0.1:0").expect("a server");
    let endpoint = |credentials| {
        let app = App::builder(credentials, "https://shop.example.com/").token_endpoint(server.token_endpoint());
        app.timeout(Duration::from_secs(10)).build().expect("an app")
    };
    let code = Code::new(server.gateway().authorize("one"));
    let wrong = endpoint(Credentials::new("one", "wrong")).exchange(&code).await;
    assert!(matches!(wrong, Err(OAuthError::Refused(refusal)) if refusal.error == "invalid_client"));
    let token = endpoint(app("one")).exchange(&code).await.expect("a token");
    let client = Client::builder(app("one").with_access_token(token.access_token.expose()));
    let client = client.endpoint(server.endpoint()).build().expect("a client");
    assert!(call(&client).await.is_ok());
}
