//! Documented rules, checked before a request is sent.

use std::sync::Arc;

use suning_api::error::RequestError;
use suning_api::facts::Violation;
use suning_api::methods::custom::ordercountdown_query::CountDown;
use suning_api::methods::custom::virtual_get::VirtualGetErrorCode;
use suning_api::methods::selfmarket::leaguerstatus_add::{Card, IqStatus, LeaguerstatusAddErrorCode};
use suning_api::mock::Gateway;
use suning_api::{Client, Credentials, Error, time};
use tests::script::{Answer, Script};

fn client(script: &Arc<Script>) -> Client {
    Client::builder(Credentials::new("key", "secret"))
        .transport(Arc::<Script>::clone(script))
        .build()
        .expect("a client")
}

/// What is wrong with a request, each in a sentence; nothing was sent when anything is.
fn violations<T, C: suning_api::error::ErrorCode>(script: &Script, result: Result<T, Error<C>>) -> Vec<String> {
    match result {
        Err(Error::Request(RequestError::Invalid(violations))) => {
            assert!(script.sent().is_empty(), "it was sent all the same");
            violations.iter().map(ToString::to_string).collect()
        }
        _ => {
            assert_eq!(script.sent().len(), 1);
            Vec::new()
        }
    }
}

async fn returns(start: &str, end: &str, page: i64, size: i64) -> Vec<String> {
    let script = Script::new([""]);
    let day = |text: &str| time::parse(text).expect("a time");
    let call = client(&script).custom().batchrejected_query().start_time(day(start)).end_time(day(end));
    violations(&script, call.page_no(page).page_size(size).send().await)
}

#[tokio::test]
async fn a_request_within_the_rules_is_sent() {
    assert!(returns("2013-10-20 00:00:00", "2013-10-26 00:00:00", 1, 50).await.is_empty());
    assert!(returns("2013-07-26 12:00:00", "2013-08-25 12:00:00", 99999, 1).await.is_empty());
}

#[tokio::test]
async fn all_violations_are_reported_at_once() {
    assert_eq!(
        returns("2013-10-26 00:00:00", "2013-10-20 00:00:00", 0, 51).await,
        ["`startTime` must be before `endTime`", "`pageNo` must be from 1 to 99999", "`pageSize` must be from 1 to 50"]
    );
    assert_eq!(
        returns("2013-07-26 11:59:59", "2013-08-25 12:00:00", 1, 1).await,
        ["`startTime` and `endTime` may be at most 30 days apart"]
    );
}

#[tokio::test]
async fn how_far_back_a_method_goes_is_checked_against_a_clock() {
    for (now, expected) in
        [("2013-10-26 12:00:00", None), ("2013-10-26 12:00:01", Some("biz.orderquery.time-value:outofrange"))]
    {
        let credentials = Credentials::new("key", "secret");
        let clock = move || time::parse(now).expect("a time");
        let gateway = Gateway::builder(credentials.clone()).strict().clock(clock).build();
        let client = Client::builder(credentials).clock(clock).transport(Arc::new(gateway)).build().expect("a client");
        let day = |text: &str| time::parse(text).expect("a time");
        let call = client.custom().batchrejected_query();
        let call = call.start_time(day("2013-07-26 12:00:00")).end_time(day("2013-07-27 00:00:00"));
        let code = match call.page_no(1).page_size(1).send().await {
            Ok(_) => None,
            Err(Error::Api(error)) => Some(error.wire_code.clone()),
            Err(other) => panic!("{other}"),
        };
        assert_eq!(code.as_deref(), expected, "{now}");
    }
}

#[tokio::test]
async fn one_of_two_parameters_is_enough() {
    for (products, expected) in [(vec!["100151521"], 0), (vec![], 1)] {
        let script = Script::new([""]);
        let products = products.into_iter().map(|code| CountDown::default().product_code(code));
        let call = client(&script).custom().ordercountdown_query().order_code("1").count_down(products);
        assert_eq!(violations(&script, call.send().await).len(), expected);
    }
}

#[tokio::test]
async fn lists_and_what_is_in_them_have_bounds() {
    let cards = |count| vec![Card::default().card_code("1").card_sec("2"); count];
    let half = Card::default().card_code("1");
    let broken = [
        (cards(1000), None),
        (cards(1001), Some("`cardList` may have at most 1000 items")),
        (vec![half], Some("`cardList.cardCode`, `cardList.cardSec` must not be empty")),
    ];
    for (cards, expected) in broken {
        let script = Script::new([""]);
        let call = client(&script)
            .selfmarket()
            .leaguerstatus_add()
            .iq_status(IqStatus::SmsSent)
            .order_id("1")
            .order_item_id("2");
        let found = violations(&script, call.card_list(cards).send().await);
        assert_eq!(found.len(), usize::from(expected.is_some()));
        assert!(found.iter().all(|violation| violation.starts_with(expected.unwrap_or_default())), "{found:?}");
    }
}

#[tokio::test]
async fn empty_required_parameters_and_texts_that_are_too_long_are_violations() {
    let script = Script::new([""]);
    let result = client(&script).custom().virtual_get().order_item_code("").send().await;
    let Err(error @ Error::Request(RequestError::Invalid(_))) = result else { panic!("{result:?}") };
    assert_eq!(error.to_string(), "invalid request: required parameter `orderItemCode` is missing or empty");
    let call = client(&script).custom().ordercountdown_query().order_code("1".repeat(33));
    let call = call.count_down([CountDown::default().product_code("1")]);
    let Err(Error::Request(RequestError::Invalid(found))) = call.send().await else { panic!("it was sent") };
    let [Violation::Broken { rule }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(rule.error, Some("biz.orderCountDown.ordercode-length:overlong"));
}

#[tokio::test]
async fn a_violation_has_the_code_that_the_gateway_would_return() {
    let returned = "biz.selfmarket.addleaguerstatus.invalid-biz:116";
    let script = Script::new([Answer::code(returned)]);
    let call = |client: Client| {
        let call = client.selfmarket().leaguerstatus_add().iq_status(IqStatus::SmsSent).order_id("1");
        call.order_item_id("2").card_list([Card::default()]).send()
    };
    let broken = call(client(&script)).await.expect_err("cards without a code");
    let returned = call(script.builder().without_rules().build().expect("a client")).await.expect_err("the code");
    assert!(matches!((&broken, &returned), (Error::Request(_), Error::Api(_))));
    assert_eq!(broken.code(), Some(LeaguerstatusAddErrorCode::CardIncomplete));
    assert_eq!(returned.code(), broken.code());
    let (general, local): (Error, Error) = (returned.into(), broken.into());
    assert_eq!(general.code(), local.code());

    let missing = client(&script).custom().virtual_get().order_item_code("").send().await.expect_err("no code");
    let parameter = "orderItemCode".to_owned();
    assert_eq!(missing.code(), Some(VirtualGetErrorCode::MissingParameter { parameter }));
    assert_eq!(missing.code().is_some(), !missing.may_have_been_processed());
}

#[tokio::test]
async fn the_check_can_be_switched_off() {
    let script = Script::new([""]);
    let builder = Client::builder(Credentials::new("key", "secret")).transport(Arc::<Script>::clone(&script));
    let client = builder.without_rules().build().expect("a client");
    let _ = client.custom().virtual_get().order_item_code("").send().await;
    assert_eq!(script.sent(), [r#"{"sn_request":{"sn_body":{"getVirtual":{"orderItemCode":""}}}}"#]);
}
