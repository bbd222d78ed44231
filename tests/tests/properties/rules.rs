//! The client and the mock gateway check the same rules.

use proptest::collection::vec;
use proptest::prelude::*;
use suning_api::chrono::{NaiveDateTime, TimeDelta};
use suning_api::error::{ErrorCode, RequestError};
use suning_api::methods::selfmarket::leaguerstatus_add::{Card, IqStatus};
use suning_api::mock::{Gateway, in_process};
use suning_api::{Client, Error, time};

use crate::{cases, wait};

/// A client that checks, and one that does not.
fn clients(gateway: &std::sync::Arc<Gateway>) -> [Client; 2] {
    [gateway.client(), gateway.client().without_rules()].map(|builder| builder.build().expect("a client"))
}

/// Whether a call fails because of the request: before it is sent, or at the gateway.
fn is_refused<T, C: ErrorCode>(result: &Result<T, Error<C>>) -> bool {
    match result {
        Ok(_) => false,
        Err(Error::Request(RequestError::Invalid(_))) => true,
        Err(Error::Api(error)) => {
            assert!(!error.is_no_result(), "{error}");
            true
        }
        Err(other) => panic!("{other}"),
    }
}

fn moment() -> impl Strategy<Value = NaiveDateTime> {
    let now = time::parse("2026-01-01 00:00:00").expect("a time");
    prop_oneof![0..70_i64, Just(30), Just(31)].prop_map(move |days| now - TimeDelta::days(days))
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn times_and_numbers(start in moment(), end in moment(), page in -1..3_i64, size in prop_oneof![-1..60_i64, 48..53_i64]) {
        let (_, gateway) = in_process();
        let [checked, unchecked] = clients(&gateway).map(|client| {
            let call = client.custom().batchrejected_query().start_time(start).end_time(end).page_no(page).page_size(size);
            // There is only one page.
            let result = wait(call.send());
            match result {
                Err(Error::Api(error)) if error.is_no_result() => false,
                result => is_refused(&result),
            }
        });
        let is_valid = start < end && end - start <= TimeDelta::days(30) && page >= 1 && (1..=50).contains(&size);
        prop_assert_eq!((checked, unchecked), (!is_valid, !is_valid));
    }

    #[test]
    fn lists_and_texts_in_them(
        cards in vec((proptest::option::of("[a ]{0,2}"), proptest::option::of("[a ]{0,2}")), 0..3),
        many in prop_oneof![3 => Just(0_usize), 1 => 998..1003_usize],
        order in "[0 ]{0,2}",
    ) {
        let (_, gateway) = in_process();
        let card = |(code, secret): (Option<String>, Option<String>)| Card::default().card_code(code).card_sec(secret);
        let cards: Vec<_> = cards.into_iter().map(card).chain(vec![Card::default().card_code("1").card_sec("1"); many]).collect();
        let has_all = |card: &Card| [&card.card_code, &card.card_sec].iter().all(|text| text.as_ref().is_some_and(|text| !text.is_empty()));
        let is_valid = !order.is_empty() && cards.len() <= 1000 && cards.iter().all(has_all);
        let [checked, unchecked] = clients(&gateway).map(|client| {
            let call = client.selfmarket().leaguerstatus_add().iq_status(IqStatus::SmsSent);
            is_refused(&wait(call.order_id(order.clone()).order_item_id("1").card_list(cards.clone()).send()))
        });
        prop_assert_eq!((checked, unchecked), (!is_valid, !is_valid));
    }
}
