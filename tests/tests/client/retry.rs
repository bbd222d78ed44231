//! What is retried, when, and how often.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use suning_api::error::TransportErrorKind;
use suning_api::facts::Effect;
use suning_api::{Error, RetryPolicy, time};
use tests::script::{Answer, Script};

const ORDER: &str = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"sum":"1"}}}}"#;
const RESENT: &str = r#"{"sn_responseContent":{"sn_body":{"resendVirtualorder":{"result":"true"}}}}"#;

fn connect() -> Answer {
    Answer::Fault(TransportErrorKind::Connect)
}

/// The number of attempts of a read and a write if the first attempt fails like this.
async fn sent(failure: impl Fn() -> Answer) -> (usize, usize) {
    let read = Script::new([failure(), Answer::from(ORDER)]);
    let _ = read.client().custom().virtual_get().order_item_code("1").send().await;
    let write = Script::new([failure(), Answer::from(RESENT)]);
    let _ = write.client().custom().virtualorder_resend().order_code("1").send().await;
    (read.sent().len(), write.sent().len())
}

#[tokio::test]
async fn a_write_is_retried_only_if_the_gateway_cannot_have_processed_it() {
    assert_eq!(sent(connect).await, (2, 2));
    assert_eq!(sent(|| Answer::status(429)).await, (2, 2));
    for limit in ["api-request", "api-access", "api-frequency"] {
        assert_eq!(sent(|| Answer::code(&format!("sys.controller.{limit}:limit"))).await, (2, 2), "{limit}");
    }
    for kind in [TransportErrorKind::Timeout, TransportErrorKind::Exchange] {
        assert_eq!(sent(|| Answer::Fault(kind)).await, (2, 1), "{kind:?}");
    }
    for status in [500, 502, 503, 504] {
        assert_eq!(sent(|| Answer::status(status)).await, (2, 1), "{status}");
    }
    assert_eq!(sent(|| Answer::code("sys.error.network:failure")).await, (2, 1));
    assert_eq!(sent(|| Answer::code("sys.error.network-status:502")).await, (2, 1));
}

#[tokio::test]
async fn an_error_says_whether_the_write_may_have_happened() {
    let outcome = |answers: Vec<Answer>, policy: RetryPolicy| async {
        let client = Script::new(answers).client().with_retry(policy);
        let error = client.custom().virtualorder_resend().order_code("1").send().await.expect_err("no reply");
        let general: Error = error.clone().into();
        assert_eq!(general.may_have_been_processed(), error.may_have_been_processed(), "{error}");
        error.may_have_been_processed()
    };
    let fault = |kind| move || Answer::Fault(kind);
    let code = |code: &'static str| move || Answer::code(code);
    let status = |status| move || Answer::status(status);
    let cases: [(&dyn Fn() -> Answer, bool); 16] = [
        (&connect, false),
        (&fault(TransportErrorKind::Certificate), false),
        (&fault(TransportErrorKind::Limited), false),
        (&fault(TransportErrorKind::Timeout), true),
        (&fault(TransportErrorKind::TooLarge), true),
        (&fault(TransportErrorKind::Exchange), true),
        (&status(200), true),
        (&status(502), true),
        (&status(404), false),
        (&status(429), false),
        (&code("sys.error.network:failure"), true),
        (&code("isp.sys.service.unavailable.somp"), true),
        (&code("no.document.lists:this"), true),
        (&code("sys.check.app-sign:error"), false),
        (&code("biz.custom.resendvirtualorder.missing-parameter:orderCode"), false),
        (&code("biz.no.table.lists.format-error:orderCode"), false),
    ];
    for (answer, expected) in cases {
        let answers = || (0..3).map(|_| answer()).collect();
        assert_eq!(outcome(answers(), RetryPolicy::default()).await, expected, "{:?}", answer());
    }
    // The last attempt was not sent, but the first one may have arrived.
    let broken = vec![Answer::Fault(TransportErrorKind::Exchange), connect(), connect()];
    assert!(outcome(broken, RetryPolicy::default().repeat_writes()).await);
}

#[tokio::test]
async fn errors_that_waiting_cannot_fix_are_not_retried() {
    assert_eq!(sent(|| Answer::Fault(TransportErrorKind::TooLarge)).await, (1, 1));
    assert_eq!(sent(|| Answer::status(200)).await, (1, 1));
    assert_eq!(sent(|| Answer::status(404)).await, (1, 1));
    for code in ["sys.check.app-sign:error", "biz.handler.data-get:no-result", "sys.unheard.of:code"] {
        assert_eq!(sent(|| Answer::code(code)).await, (1, 1), "{code}");
    }
    // No fresh token is available.
    assert_eq!(sent(|| Answer::code("sys.oauth.check.access_token:overdue")).await, (1, 1));
}

#[tokio::test]
async fn retries_of_writes_can_be_enabled_and_all_retries_disabled() {
    let script = Script::new([Answer::status(502), Answer::from(RESENT)]);
    let client = script.client().with_retry(RetryPolicy::default().repeat_writes());
    assert!(client.custom().virtualorder_resend().order_code("1").send().await.is_ok());
    assert_eq!(script.sent().len(), 2);
    let script = Script::new([connect(), Answer::from(ORDER)]);
    let once = script.client().with_retry(RetryPolicy::never());
    assert!(once.custom().virtual_get().order_item_code("1").send().await.is_err());
    assert_eq!(script.sent().len(), 1);
}

#[tokio::test]
async fn a_raw_call_has_the_effect_of_its_name_by_default() {
    for (effect, times) in [(None, 2), (Some(Effect::Write), 1), (Some(Effect::Read), 2)] {
        let script = Script::new([Answer::status(502), Answer::from(ORDER)]);
        let call = script.client().raw("suning.custom.virtual.get", "getVirtual");
        let _ = effect.into_iter().fold(call, suning_api::raw::RawCall::effect).send().await;
        assert_eq!(script.sent().len(), times, "{effect:?}");
    }
}

#[tokio::test]
async fn the_error_lists_all_attempts() {
    let script = Script::new([connect(), Answer::code("sys.controller.api-request:limit"), Answer::status(503)]);
    let error = script.client().custom().virtual_get().order_item_code("1").send().await.expect_err("three failures");
    let failures: Vec<_> = error.attempts().iter().map(|attempt| attempt.failure.as_str()).collect();
    assert_eq!(
        failures,
        ["no connection to the gateway", "`sys.controller.api-request:limit`", "unexpected reply (HTTP 503)",],
    );
    assert!(error.attempts().is_sorted_by_key(|attempt| attempt.began));
    let text = error.to_string();
    assert!(text.contains("(after 3 attempts: no connection to the gateway after 0.0 s, `sys.controller"), "{text}");
    assert!(matches!(error, Error::Reply(error) if error.status == 503));
    assert_eq!(script.sent().len(), 3);
}

#[tokio::test]
async fn an_error_after_one_attempt_does_not_mention_attempts() {
    let script = Script::new([Answer::code("biz.handler.data-get:no-result")]);
    let error = script.client().custom().virtual_get().order_item_code("1").send().await.expect_err("an error");
    assert_eq!(error.attempts().len(), 1);
    assert!(!error.to_string().contains("attempt"), "{error}");
}

#[tokio::test]
async fn waits_grow_are_spread_and_are_longer_after_a_limit() {
    let failures = || [connect(), connect(), Answer::status(429), connect()];
    let script = Script::new(failures());
    let policy = RetryPolicy::default().max_attempts(4);
    let client = script.builder().retry(policy.clone()).build().expect("a client");
    assert!(client.custom().virtual_get().order_item_code("1").send().await.is_err());
    assert_eq!(script.waits(), [200, 400, 4000]);
    let script = Script::new(failures());
    let client = script.builder().retry(policy).random(|| 0.5).build().expect("a client");
    assert!(client.custom().virtual_get().order_item_code("1").send().await.is_err());
    assert_eq!(script.waits(), [100, 200, 2000]);
}

#[tokio::test]
async fn retry_after_is_honored_in_seconds_and_as_a_date() {
    let script = Script::new([
        Answer::status(429).with_header("retry-after", "7"),
        Answer::status(503).with_header("retry-after", "Thu, 01 Jan 2026 19:00:09 GMT"),
        Answer::from(ORDER),
    ]);
    let now = time::parse("2026-01-02 03:00:00").expect("a time");
    let client = script.builder().clock(move || now).build().expect("a client");
    assert!(client.custom().virtual_get().order_item_code("1").send().await.is_ok());
    assert_eq!(script.waits(), [7000, 9000]);
}

#[tokio::test]
async fn no_wait_exceeds_the_timeout() {
    let script = Script::new([Answer::status(429).with_header("retry-after", "3600"), Answer::from(ORDER)]);
    let outcome = script.client().custom().virtual_get().order_item_code("1").send().await;
    assert!(matches!(outcome, Err(Error::Reply(error)) if error.status == 429));
    assert_eq!((script.waits().len(), script.sent().len()), (0, 1));
}

#[tokio::test]
async fn attempts_and_calls_have_timeouts() {
    let script = Script::new([Answer::Silence, Answer::from(ORDER)]);
    let client = script.client().with_attempt_timeout(Duration::from_millis(50));
    assert!(client.custom().virtual_get().order_item_code("1").send().await.is_ok());
    let script = Script::new([Answer::Silence, Answer::Silence, Answer::Silence]);
    let client = script.client().with_timeout(Duration::from_millis(50));
    let outcome = client.custom().virtual_get().order_item_code("1").send().await;
    assert!(matches!(outcome, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Timeout));
    assert_eq!(script.sent().len(), 1, "there is no time for another");
}

#[tokio::test]
async fn the_retry_budget_protects_a_gateway_that_is_down() {
    let script = Script::new((0..100).map(|_| connect()));
    let client = script.builder().retry_budget(5).build().expect("a client");
    for _ in 0..20 {
        assert!(client.custom().virtual_get().order_item_code("1").send().await.is_err());
    }
    assert_eq!(script.sent().len(), 20 + 5);
}

#[tokio::test]
async fn any_answer_earns_back_retries() {
    let no_result = || Answer::code("biz.handler.data-get:no-result");
    let answers =
        [connect(), connect()].into_iter().chain((0..10).map(|_| no_result())).chain([connect(), no_result()]);
    let script = Script::new(answers);
    let client = script.builder().retry_budget(1).build().expect("a client");
    for _ in 0..12 {
        assert!(client.custom().virtual_get().order_item_code("1").send().await.is_err());
    }
    assert_eq!(script.sent().len(), 14, "one retry at first, and one that ten answers have earned");
}

#[tokio::test]
async fn the_clock_is_corrected_even_if_the_call_is_not_retried() {
    let late = time::parse("2026-01-02 03:00:00").expect("a time");
    let refused = Answer::code("sys.check.app-time:error").with_header("date", "Thu, 01 Jan 2026 20:00:00 GMT");
    let script = Script::new([refused, Answer::from(ORDER)]);
    let client = script.builder().clock(move || late).retry(RetryPolicy::never()).build().expect("a client");
    assert!(client.custom().virtual_get().order_item_code("1").send().await.is_err());
    assert!(client.custom().virtual_get().order_item_code("1").send().await.is_ok());
    assert_eq!(script.header("AppRequestTime"), ["2026-01-02 03:00:00", "2026-01-02 04:00:00"]);
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_for_all_later_calls() {
    // An hour late, according to the date of the refusal.
    let late = time::parse("2026-01-02 03:00:00").expect("a time");
    let refused = || Answer::code("sys.check.app-time:error").with_header("date", "Thu, 01 Jan 2026 20:00:00 GMT");
    let script = Script::new([refused(), Answer::from(RESENT), Answer::from(ORDER)]);
    let client = script.builder().clock(move || late).build().expect("a client");
    assert!(client.custom().virtualorder_resend().order_code("1").send().await.is_ok());
    assert!(client.with_access_token("t").custom().virtual_get().order_item_code("1").send().await.is_ok());
    let times = ["2026-01-02 03:00:00", "2026-01-02 04:00:00", "2026-01-02 04:00:00"];
    assert_eq!(script.header("AppRequestTime"), times);
    let signatures = script.header("signInfo");
    assert_ne!(signatures[0], signatures[1], "the second is signed anew");
    assert_eq!(script.waits().len(), 0);
}

#[tokio::test]
async fn the_clock_is_corrected_at_most_once_per_call() {
    let now = time::parse("2026-01-02 03:00:00").expect("a time");
    let refused = |date: &str| Answer::code("sys.check.request-apprequesttime:error").with_header("date", date);
    for (answers, times) in [
        (vec![refused("Thu, 01 Jan 2026 20:00:00 GMT"), refused("Thu, 01 Jan 2026 22:00:00 GMT")], 2),
        (vec![refused("Thu, 01 Jan 2026 19:00:20 GMT")], 1),
        (vec![Answer::code("sys.check.app-time:error")], 1),
    ] {
        let script = Script::new(answers);
        let client = script.builder().clock(move || now + TimeDelta::zero()).build().expect("a client");
        let outcome = client.custom().virtual_get().order_item_code("1").send().await;
        assert!(matches!(outcome, Err(Error::Api(error)) if error.wire_code.starts_with("sys.check.")));
        assert_eq!(script.sent().len(), times);
    }
}

#[tokio::test]
async fn a_limit_of_the_gateway_slows_the_client_down() {
    use suning_api::limit::RateLimit;
    let limited = || Answer::code("sys.controller.api-frequency:limit");
    let script = Script::new([limited(), Answer::from(ORDER), Answer::from(ORDER)]);
    let client = script.builder().rate_limit(RateLimit::per_second(100)).build().expect("a client");
    for _ in 0..2 {
        assert!(client.custom().virtual_get().order_item_code("1").send().await.is_ok());
    }
    // The code causes the first wait; then the rate is halved to one call per 20 ms.
    let waits = script.waits();
    assert_eq!(waits[0], 1000);
    assert!(waits.len() > 1 && waits[1..].iter().all(|wait| *wait <= 20), "{waits:?}");
}

#[tokio::test]
async fn a_call_that_exceeds_its_timeout_in_the_queue_is_not_sent() {
    use suning_api::limit::RateLimit;
    let script = Script::new([ORDER, ORDER]);
    let client = script.builder().rate_limit(RateLimit::per_minute(1)).build().expect("a client");
    let client = Arc::new(client.with_timeout(Duration::from_secs(5)));
    assert!(client.custom().virtual_get().order_item_code("1").send().await.is_ok());
    let error = client.custom().virtual_get().order_item_code("1").send().await.expect_err("no turn");
    assert!(error.is_retryable(), "another call has time of its own");
    assert!(matches!(error, Error::Transport(error) if error.kind() == TransportErrorKind::Limited));
    assert_eq!(script.sent().len(), 1);
}
