//! Secrets appear in no `Debug` output and no error.

use suning_api::methods::selfmarket::leaguerstatus_add::{Card, IqStatus, LeaguerstatusAddRequest};
use suning_api::request::{Context, Endpoint, sign_request};
use suning_api::{Client, Credentials, time};

const SECRETS: [&str; 4] = ["hidden-secret", "hidden-token", "hidden-number", "hidden-password"];

fn credentials() -> Credentials {
    Credentials::new("shown-key", "hidden-secret").with_access_token("hidden-token")
}

fn request() -> LeaguerstatusAddRequest {
    let card = Card::default().card_code("hidden-number").card_sec("hidden-password");
    LeaguerstatusAddRequest::builder()
        .iq_status(IqStatus::SmsSent)
        .order_id("1")
        .order_item_id("2")
        .card_list([card])
        .build()
}

fn assert_hidden(shown: &str) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn debug_of_credentials_client_and_handle_hides_them() {
    let builder = Client::builder(credentials());
    assert_hidden(&format!("{:?} {:#?}", credentials(), builder));
    let client = builder.build().expect("a client");
    assert_hidden(&format!("{client:?} {:?}", client.selfmarket()));
    assert!(format!("{client:?}").contains("shown-key"));
}

#[test]
fn debug_of_a_request_hides_secret_fields_and_shows_the_others() {
    let shown = format!("{:?}", request());
    assert_hidden(&shown);
    assert_eq!(
        shown,
        r#"LeaguerstatusAddRequest { iqStatus: "180", orderId: "1", orderItemId: "2", cardList: [Card { cardCode: [hidden], cardSec: [hidden] }] }"#
    );
}

#[test]
fn debug_of_a_signed_request_hides_the_token() {
    let (credentials, endpoint) = (credentials(), Endpoint::production());
    let time = time::parse("2026-01-02 03:04:05").expect("a time");
    let signed = sign_request(&request(), &Context::new(&credentials, &endpoint, time));
    let signed = signed.expect("a request");
    let headers = format!("{:?}", signed.headers());
    assert_hidden(&headers);
    assert_eq!(signed.headers()["access_token"], "hidden-token");
}

#[test]
fn invalid_credentials_are_reported_without_showing_them() {
    let broken = [
        Credentials::new("", "hidden-secret"),
        Credentials::new("hidden-number\n", "hidden-secret"),
        Credentials::new("shown-key", ""),
        Credentials::new("shown-key", "hidden-secret\n"),
        Credentials::new("shown-key ", "hidden-secret"),
        Credentials::new("shown-key", "hidden-secret").with_access_token("hidden-token\n"),
    ];
    for credentials in broken {
        let error = Client::builder(credentials).build().expect_err("no request could be sent with them");
        assert_hidden(&format!("{error} {error:?}"));
    }
}

#[test]
fn undocumented_values_are_not_shown() {
    let body =
        r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"cardSec":"hidden-password"}},"token":"hidden-token"}}"#;
    let reply = suning_api::reply::read_reply::<suning_api::methods::custom::virtual_get::VirtualGetRequest>(
        http::Response::new(body.into()),
    );
    let shown = format!("{:?}", reply.expect("a reply"));
    assert_hidden(&shown);
    assert!(shown.contains(r#""cardSec": [text]"#), "{shown}");
}

#[test]
fn an_endpoint_with_a_password_is_refused_and_not_shown() {
    let endpoint = Endpoint::new("https://user:hidden-password@example.invalid/api");
    assert_hidden(&format!("{endpoint:?}"));
    let error = Client::builder(credentials()).endpoint(endpoint).build().expect_err("no such address");
    assert_hidden(&format!("{error} {error:?}"));
}
