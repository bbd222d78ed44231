//! How an app gets a token: the URL, the callback, the exchange.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use suning_api::Credentials;
use suning_api::error::TransportErrorKind;
use suning_api::oauth::{App, AppBuilder, Code, OAuthError, Parameters, State, Token, callback};
use tests::script::{Answer, Script};

const TOKEN: &str =
    r#"{"access_token":"the-token","refresh_token":"the-refresh","token_type":"bearer","expires_in":3600}"#;

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}

fn app(script: &Arc<Script>) -> AppBuilder {
    App::builder(Credentials::new("the-key", "the-secret"), "https://shop.example.com/back?a=1")
        .transport(Arc::<Script>::clone(script))
        .clock(now)
}

async fn exchange(answer: impl Into<Answer>) -> (Result<Token, OAuthError>, Arc<Script>) {
    let script = Script::new([answer.into()]);
    let token = app(&script).build().expect("an app").exchange(&Code::new("the-code")).await;
    (token, script)
}

#[test]
fn the_state_of_a_callback_is_checked_first() {
    let state = State::random().expect("randomness");
    let good = format!("?code=a%2Bb&state={}", state.as_str());
    assert_eq!(callback(&good, &state).expect("a code"), Code::new("a+b"));
    for query in ["code=c", "code=c&state=", "error=access_denied&state=other", "code=c&state=other", ""] {
        assert!(matches!(callback(query, &state), Err(OAuthError::State)), "{query}");
    }
    let denied = format!("error=access_denied&error_description=no&state={}", state.as_str());
    let Err(OAuthError::Refused(refusal)) = callback(&denied, &state) else { panic!("it was taken") };
    assert_eq!((refusal.error.as_str(), refusal.description.as_deref()), ("access_denied", Some("no")));
    let without = format!("code=&state={}", state.as_str());
    assert!(matches!(callback(&without, &state), Err(OAuthError::NoCode)));
    assert!(matches!(callback("code=c&state=", &State::from_stored("")), Err(OAuthError::State)));
}

#[test]
fn states_are_long_and_unique() {
    let (first, second) = (State::random().expect("randomness"), State::random().expect("randomness"));
    assert!(first.as_str().len() >= 43);
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_code_is_exchanged_by_a_form() {
    let (token, script) = exchange(TOKEN).await;
    let token = token.expect("a token");
    assert_eq!(token.access_token.expose(), "the-token");
    assert_eq!(token.refresh_token.as_deref(), Some("the-refresh"));
    assert_eq!(token.expires_at, Some(now() + Duration::from_secs(3600)));
    assert_eq!(
        script.sent(),
        ["grant_type=authorization_code&client_id=the-key&client_secret=the-secret\
          &redirect_uri=https%3A%2F%2Fshop.example.com%2Fback%3Fa%3D1&code=the-code"]
    );
    assert_eq!(script.header("content-type"), ["application/x-www-form-urlencoded"]);
    assert_eq!(script.uris(), ["https://open.suning.com/api/oauth/token"]);
}

#[tokio::test]
async fn parameters_can_go_into_the_address_for_a_platform_that_wants_them_there() {
    let script = Script::new([TOKEN]);
    let app = app(&script).parameters(Parameters::Query).build().expect("an app");
    assert!(app.exchange(&Code::new("c&d")).await.is_ok());
    assert_eq!(script.sent(), [""]);
    assert!(script.uris()[0].ends_with("&code=c%26d"), "{:?}", script.uris());
}

#[tokio::test]
async fn numbers_may_be_texts_and_other_values_are_kept() {
    let reply = r#"{"access_token":"t","expires_in":"86400.0","suning_user_name":"a shop","re_expires_in":0,"x":[1]}"#;
    let token = exchange(reply).await.0.expect("a token");
    assert_eq!(token.expires_at, Some(now() + Duration::from_secs(86_400)));
    let extra: Vec<_> = token.extra.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(extra, [("re_expires_in", "0"), ("suning_user_name", "a shop"), ("x", "[1]")]);
    let endless = exchange(r#"{"access_token":"t","expires_in":0}"#).await.0.expect("a token");
    assert_eq!(endless.expires_at, None);
}

#[tokio::test]
async fn a_rejected_exchange_is_reported_without_secrets() {
    let refused = r#"{"error":"invalid_grant","error_description":"code the-code of the-secret is unknown"}"#;
    let Err(error @ OAuthError::Refused(_)) = exchange(refused).await.0 else { panic!("it was taken") };
    assert_eq!(
        error.to_string(),
        "the authorization was refused with `invalid_grant`: code [hidden] of [hidden] is unknown"
    );
    assert!(!format!("{error:?}").contains("the-secret"));
}

#[tokio::test]
async fn an_invalid_token_reply_is_reported_and_kept() {
    for answer in [Answer::status(502), Answer::from("{}"), Answer::from("[]"), Answer::from("")] {
        let Err(error @ OAuthError::Reply(_)) = exchange(answer).await.0 else { panic!("it was taken") };
        assert!(error.to_string().starts_with("unexpected reply of the token endpoint (HTTP "), "{error}");
    }
    let (result, _) = exchange(Answer::Fault(TransportErrorKind::Connect)).await;
    assert!(matches!(result, Err(OAuthError::Transport(error)) if error.kind() == TransportErrorKind::Connect));
}

#[tokio::test]
async fn a_silent_token_endpoint_runs_into_the_timeout() {
    let script = Script::new([Answer::Silence]);
    let app = app(&script).timeout(Duration::from_millis(20)).build().expect("an app");
    let result = app.exchange(&Code::new("c")).await;
    assert!(matches!(result, Err(OAuthError::Transport(error)) if error.kind() == TransportErrorKind::Timeout));
}

#[tokio::test]
async fn a_refresh_keeps_what_the_reply_omits() {
    let script = Script::new([r#"{"access_token":"second","expires_in":60}"#]);
    let app = app(&script).build().expect("an app");
    let mut first = Token::new("first");
    assert!(matches!(app.refresh(&first).await, Err(OAuthError::NoRefreshToken)));
    first.refresh_token = Some("the-refresh".into());
    first.extra.insert("shop".into(), "a shop".into());
    let second = app.refresh(&first).await.expect("a token");
    assert_eq!(second.access_token.expose(), "second");
    assert_eq!((second.refresh_token, second.extra), (first.refresh_token, first.extra));
    assert!(
        script.sent()[0].contains("grant_type=refresh_token")
            && script.sent()[0].contains("&refresh_token=the-refresh")
    );
}

#[test]
fn nothing_shows_a_secret() {
    let script = Script::new([""]);
    let mut token = Token::new("the-token");
    token.refresh_token = Some("the-refresh".into());
    token.extra.insert("name".into(), "the-name".into());
    let state = State::from_stored("the-state");
    let builder = app(&script);
    let shown = format!("{builder:?} {:?} {token:?} {state:?} {:?}", builder_built(&script), Code::new("the-code"));
    for secret in ["the-secret", "the-token", "the-refresh", "the-name", "the-state", "the-code"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

fn builder_built(script: &Arc<Script>) -> App {
    app(script).build().expect("an app")
}

#[test]
fn an_invalid_token_endpoint_is_a_build_error_of_the_app() {
    let script = Script::new([""]);
    let error = app(&script).token_endpoint("open.suning.com").build().expect_err("no address");
    assert!(error.to_string().contains("invalid gateway URL"), "{error}");
}
