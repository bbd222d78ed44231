//! A client that gets its access tokens from a source.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use suning_api::token::TokenFuture;
use suning_api::token::{AccessToken, TokenError, TokenErrorKind, TokenSource};
use suning_api::{Error, RetryPolicy};
use tests::script::{Answer, Script};

const RESENT: &str = r#"{"sn_responseContent":{"sn_body":{"resendVirtualorder":{"result":"true"}}}}"#;

/// Returns `token-0`, and the next token after each refresh.
#[derive(Debug, Default)]
struct Numbered(AtomicUsize);

impl TokenSource for Numbered {
    fn token(&self) -> TokenFuture<'_> {
        let number = self.0.load(Ordering::SeqCst);
        Box::pin(async move { Ok(AccessToken::new(format!("token-{number}"))) })
    }

    fn refresh<'a>(&'a self, _: &'a AccessToken) -> TokenFuture<'a> {
        self.0.fetch_add(1, Ordering::SeqCst);
        self.token()
    }
}

/// Fails this many times, then returns a token. Never refreshes.
#[derive(Debug)]
struct Failing(AtomicUsize);

impl TokenSource for Failing {
    fn token(&self) -> TokenFuture<'_> {
        let fails = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        Box::pin(async move {
            if fails {
                return Err(TokenError::new(TokenErrorKind::Unavailable, "the service of tokens is down"));
            }
            Ok(AccessToken::new("token"))
        })
    }

    fn refresh<'a>(&'a self, _: &'a AccessToken) -> TokenFuture<'a> {
        Box::pin(async { Err(TokenError::new(TokenErrorKind::MerchantNeeded, "the merchant has to come back")) })
    }
}

fn overdue() -> Answer {
    Answer::code("sys.oauth.check.access_token:overdue")
}

#[tokio::test]
async fn an_expired_token_is_refreshed_and_even_a_write_retried() {
    let script = Script::new([overdue(), Answer::from(RESENT), Answer::from(RESENT)]);
    let client = script.client().with_token_source(Arc::new(Numbered::default()));
    for _ in 0..2 {
        assert!(client.custom().virtualorder_resend().order_code("1").send().await.is_ok());
    }
    assert_eq!(script.header("access_token"), ["token-0", "token-1", "token-1"]);
    assert_eq!(script.waits().len(), 0);
}

#[tokio::test]
async fn a_token_is_refreshed_once_in_a_call() {
    let script = Script::new([overdue(), overdue(), Answer::from(RESENT)]);
    let client = script.client().with_token_source(Arc::new(Numbered::default()));
    let outcome = client.custom().virtualorder_resend().order_code("1").send().await;
    assert!(matches!(outcome, Err(Error::Api(error)) if error.attempts.len() == 2));
}

#[tokio::test]
async fn a_rejected_token_is_refreshed_even_if_the_call_is_not_retried() {
    let script = Script::new([overdue(), Answer::from(RESENT)]);
    let client = script.client().with_token_source(Arc::new(Numbered::default())).with_retry(RetryPolicy::never());
    assert!(client.custom().virtualorder_resend().order_code("1").send().await.is_err());
    assert!(client.custom().virtualorder_resend().order_code("1").send().await.is_ok());
    assert_eq!(script.header("access_token"), ["token-0", "token-1"]);
}

#[tokio::test]
async fn a_failed_refresh_is_the_error_of_the_call() {
    let script = Script::new([overdue()]);
    let client = script.client().with_token_source(Arc::new(Failing(AtomicUsize::new(0))));
    let error = client.custom().virtualorder_resend().order_code("1").send().await.expect_err("no token");
    assert_eq!(error.attempts()[0].failure, "`sys.oauth.check.access_token:overdue`");
    assert!(matches!(error, Error::Token(error) if error.kind() == TokenErrorKind::MerchantNeeded));
}

#[tokio::test]
async fn a_token_source_with_a_transient_failure_is_asked_again() {
    let script = Script::new([RESENT]);
    let client = script.client().with_token_source(Arc::new(Failing(AtomicUsize::new(2))));
    assert!(client.custom().virtualorder_resend().order_code("1").send().await.is_ok());
    assert_eq!((script.sent().len(), script.waits().len()), (1, 2));
}

/// Never returns a token.
#[derive(Debug)]
struct Silent;

impl TokenSource for Silent {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(std::future::pending())
    }

    fn refresh<'a>(&'a self, _: &'a AccessToken) -> TokenFuture<'a> {
        self.token()
    }
}

#[tokio::test]
async fn waiting_for_a_token_counts_toward_the_timeout() {
    let script = Script::new([RESENT]);
    let client = script.client().with_token_source(Arc::new(Silent)).with_timeout(Duration::from_millis(30));
    let outcome = client.custom().virtualorder_resend().order_code("1").send().await;
    assert!(matches!(outcome, Err(Error::Token(error)) if error.kind() == TokenErrorKind::Unavailable));
    assert_eq!(script.sent().len(), 0);
}

#[tokio::test]
async fn an_access_token_replaces_the_token_source() {
    let script = Script::new([RESENT, RESENT]);
    let client = script.client().with_token_source(Arc::new(Numbered::default()));
    let _ = client.with_access_token("own").custom().virtualorder_resend().order_code("1").send().await;
    let _ = client.custom().virtualorder_resend().order_code("1").send().await;
    assert_eq!(script.header("access_token"), ["own", "token-0"]);
}
