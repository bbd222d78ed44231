//! The token of a merchant is refreshed once, in time, and saved.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use suning_api::error::TransportErrorKind;
use suning_api::oauth::{App, FileStore, MemoryStore, MerchantToken, StoreError, StoreFuture, Token, TokenStore};
use suning_api::token::{TokenErrorKind, TokenSource};
use suning_api::transport::{Exchange, Transport};
use suning_api::{Client, Credentials, Error};
use tests::script::{Answer, Script};

/// Seconds since 1970, set by a test.
#[derive(Clone, Default)]
struct Time(Arc<AtomicU64>);

impl Time {
    fn set(&self, seconds: u64) {
        self.0.store(seconds, Ordering::SeqCst);
    }

    fn read(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

fn token(name: &str, expires_at: u64) -> Token {
    let mut token = Token::new(name);
    token.refresh_token = Some(format!("{name}-refresh"));
    token.expires_at = Some(UNIX_EPOCH + Duration::from_secs(expires_at));
    token
}

fn reply(name: &str, lives: u64) -> String {
    format!(r#"{{"access_token":"{name}","refresh_token":"{name}-refresh","expires_in":{lives}}}"#)
}

fn merchant(transport: Arc<dyn Transport>, time: &Time, store: Arc<dyn TokenStore>) -> MerchantToken {
    let time = time.clone();
    let app = App::builder(Credentials::new("key", "secret"), "https://shop.example.com/")
        .transport(transport)
        .clock(move || time.read())
        .build();
    MerchantToken::new(app.expect("an app"), store)
}

/// The JSON reply of a server that is out of order.
fn unavailable() -> Answer {
    let mut reply = http::Response::new(r#"{"status":503,"error":"Service Unavailable"}"#.into());
    *reply.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
    Answer::Reply(reply)
}

async fn current(merchant: &MerchantToken) -> String {
    merchant.token().await.expect("a token").expose().to_owned()
}

#[tokio::test]
async fn a_token_is_refreshed_ten_minutes_ahead_and_saved() {
    let (script, time) = (Script::new([reply("second", 3600)]), Time::default());
    let store = Arc::new(MemoryStore::new(token("first", 3600)));
    let merchant = merchant(script.clone(), &time, store.clone());
    for seconds in [0, 2999] {
        time.set(seconds);
        assert_eq!(current(&merchant).await, "first");
    }
    assert_eq!(script.sent().len(), 0);
    time.set(3000);
    assert_eq!(current(&merchant).await, "second");
    assert_eq!(current(&merchant).await, "second");
    assert_eq!(script.sent().len(), 1);
    assert_eq!(store.load().await.expect("a store"), Some(token("second", 6600)));
}

/// Answers after a while.
#[derive(Debug)]
struct Slow(Arc<Script>);

impl Transport for Slow {
    fn send(&self, request: http::Request<bytes::Bytes>) -> Exchange<'_> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(30)).await;
            self.0.send(request).await
        })
    }
}

#[tokio::test]
async fn many_callers_wait_for_one_refresh_and_it_outlives_the_first() {
    let (script, time) = (Script::new([reply("second", 3600)]), Time::default());
    let store = Arc::new(MemoryStore::new(token("first", 100)));
    let merchant = Arc::new(merchant(Arc::new(Slow(script.clone())), &time, store));
    time.set(100);
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let merchant = Arc::clone(&merchant);
            tokio::spawn(async move { current(&merchant).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(5)).await;
    callers[0].abort();
    for caller in callers.into_iter().skip(1) {
        assert_eq!(caller.await.expect("a token"), "second");
    }
    assert_eq!(script.sent().len(), 1);
}

/// A slow gateway that accepts a single token.
#[derive(Debug)]
struct Takes(&'static str);

impl Transport for Takes {
    fn send(&self, request: http::Request<bytes::Bytes>) -> Exchange<'_> {
        let reply = if request.headers()["access_token"] == self.0 {
            r#"{"sn_responseContent":{"sn_body":{"resendVirtualorder":{"result":"true"}}}}"#
        } else {
            r#"{"sn_responseContent":{"sn_error":{"error_code":"sys.oauth.check.access_token:overdue"}}}"#
        };
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(5)).await;
            Ok(http::Response::new(reply.into()))
        })
    }
}

#[tokio::test]
async fn a_rejected_token_is_refreshed_once_for_all_calls_of_a_client() {
    let tokens = Script::new([reply("second", 3600)]);
    let store = Arc::new(MemoryStore::new(token("first", 1_000_000)));
    let merchant = Arc::new(merchant(Arc::new(Slow(tokens.clone())), &Time::default(), store));
    let client = Client::builder(Credentials::new("key", "secret")).transport(Arc::new(Takes("second"))).build();
    let client = client.expect("a client").with_token_source(merchant);
    let calls: Vec<_> =
        (0..5).map(|_| tokio::spawn(client.custom().virtualorder_resend().order_code("1").send())).collect();
    for call in calls {
        let outcome = call.await.expect("no panic");
        assert!(outcome.is_ok(), "{outcome:?}");
    }
    assert_eq!(tokens.sent().len(), 1);
}

#[tokio::test]
async fn while_the_old_token_lasts_a_failed_refresh_is_no_error_and_is_tried_again_later() {
    let script = Script::new([Answer::Fault(TransportErrorKind::Connect), Answer::from(reply("second", 3600))]);
    let time = Time::default();
    let merchant = merchant(script.clone(), &time, Arc::new(MemoryStore::new(token("first", 3600))));
    time.set(1);
    assert_eq!(current(&merchant).await, "first");
    time.set(3000);
    assert_eq!(current(&merchant).await, "first");
    time.set(3299);
    assert_eq!(current(&merchant).await, "first");
    assert_eq!(script.sent().len(), 1);
    time.set(3300);
    assert_eq!(current(&merchant).await, "second");
}

#[tokio::test]
async fn a_permanent_refresh_failure_says_what_helps() {
    for (answer, kind) in [
        (Answer::from(r#"{"error":"invalid_grant"}"#), TokenErrorKind::MerchantNeeded),
        (Answer::from(r#"{"error":"invalid_client"}"#), TokenErrorKind::Other),
        (Answer::status(503), TokenErrorKind::Unavailable),
        (unavailable(), TokenErrorKind::Unavailable),
        (Answer::Fault(TransportErrorKind::Timeout), TokenErrorKind::Unavailable),
    ] {
        let (script, time) = (Script::new([answer]), Time::default());
        time.set(3601);
        let merchant = merchant(script, &time, Arc::new(MemoryStore::new(token("first", 3600))));
        let error = merchant.token().await.expect_err("no token");
        assert_eq!(error.kind(), kind, "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }
    let merchant = merchant(Script::new([""]), &Time::default(), Arc::new(MemoryStore::default()));
    assert_eq!(merchant.token().await.expect_err("no token").kind(), TokenErrorKind::MerchantNeeded);
}

#[tokio::test]
async fn a_token_refreshed_by_another_process_is_loaded_from_the_store() {
    let (script, time) = (Script::new([Answer::from(r#"{"error":"invalid_grant"}"#)]), Time::default());
    let store = Arc::new(MemoryStore::new(token("first", 3600)));
    let merchant = merchant(script.clone(), &time, store.clone());
    assert_eq!(current(&merchant).await, "first");
    store.save(&token("of another process", 9999)).await.expect("a store");
    time.set(3500);
    assert_eq!(current(&merchant).await, "of another process");
    assert_eq!(script.sent().len(), 0);
}

#[tokio::test]
async fn a_token_that_another_process_is_saving_is_awaited() {
    let (script, time) = (Script::new([Answer::from(r#"{"error":"invalid_grant"}"#)]), Time::default());
    let store = Arc::new(MemoryStore::new(token("first", 100)));
    let merchant = merchant(script.clone(), &time, store.clone());
    time.set(100);
    let other = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        store.save(&token("of another process", 9999)).await.expect("a store");
    };
    let (taken, ()) = tokio::join!(current(&merchant), other);
    assert_eq!(taken, "of another process");
    assert_eq!(script.sent().len(), 1);
}

/// A store that can fail.
#[derive(Debug, Default)]
struct Fragile {
    store: MemoryStore,
    is_broken: AtomicBool,
}

impl TokenStore for Fragile {
    fn load(&self) -> StoreFuture<'_, Option<Token>> {
        self.store.load()
    }

    fn save<'a>(&'a self, token: &'a Token) -> StoreFuture<'a, ()> {
        if self.is_broken.load(Ordering::SeqCst) {
            return Box::pin(async { Err(StoreError::new("the disk is full")) });
        }
        self.store.save(token)
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_saved_is_reported_once_used_and_saved_later() {
    let (script, time) = (Script::new([reply("second", 3600)]), Time::default());
    let store = Arc::new(Fragile::default());
    store.save(&token("first", 100)).await.expect("a store");
    store.is_broken.store(true, Ordering::SeqCst);
    time.set(100);
    let merchant = merchant(script.clone(), &time, store.clone());
    let error = merchant.token().await.expect_err("it is not saved");
    assert_eq!(error.kind(), TokenErrorKind::NotSaved);
    assert_eq!(current(&merchant).await, "second");
    assert_eq!(merchant.save().await.expect_err("still broken").kind(), TokenErrorKind::NotSaved);
    store.is_broken.store(false, Ordering::SeqCst);
    merchant.save().await.expect("the store works");
    assert_eq!(store.load().await.expect("a store"), Some(token("second", 3700)));
    assert_eq!(script.sent().len(), 1);
}

#[tokio::test]
async fn a_file_keeps_a_token_for_its_owner_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("merchant.json");
    let store = FileStore::new(&path);
    assert_eq!(store.load().await.expect("a store"), None);
    let mut first = token("first", 3600);
    first.extra.insert("name".into(), "苏宁 \"shop\"\n".into());
    store.save(&token("older", 1)).await.expect("a store");
    store.save(&first).await.expect("a store");
    assert_eq!(store.load().await.expect("a store"), Some(first));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing else is left");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_token_file_that_is_invalid_or_not_writable_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("merchant.json");
    for text in ["", "{}", r#"{"access_token":""}"#, r#"{"access_token":"the-token","expires_at":"soon"}"#, "{\"acc"] {
        std::fs::write(&path, text).expect("a file");
        let error = FileStore::new(&path).load().await.expect_err(text).to_string();
        assert!(error.contains("merchant.json") && !error.contains("the-token"), "{error}");
    }
    let nowhere = FileStore::new(folder.path().join("no/such/folder.json"));
    assert!(nowhere.save(&Token::new("t")).await.expect_err("no folder").to_string().contains("cannot be written"));
}

#[tokio::test]
async fn a_client_without_a_token_to_send_sends_nothing() {
    let gateway = Script::new([""]);
    let merchant = merchant(Script::new([""]), &Time::default(), Arc::new(MemoryStore::default()));
    let client = gateway.client().with_token_source(Arc::new(merchant));
    let error = client.custom().virtualorder_resend().order_code("1").send().await.expect_err("no token");
    assert!(matches!(error, Error::Token(error) if error.kind() == TokenErrorKind::MerchantNeeded));
    assert_eq!(gateway.sent().len(), 0);
}

#[test]
fn a_token_source_can_be_shared_between_threads() {
    fn is_shared(_: impl Send + Sync + 'static) {}
    fn is_sent(_: impl Future + Send) {}
    let merchant = merchant(Script::new([""]), &Time::default(), Arc::new(MemoryStore::default()));
    is_sent(merchant.token());
    is_shared(merchant);
}
