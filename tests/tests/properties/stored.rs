//! Replies that a program stores.

use bytes::Bytes;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use suning_api::methods::custom::virtual_get::{VirtualGetRequest, VirtualGetResponse};
use suning_api::methods::custom::virtualorder_resend::VirtualorderResendResponse;
use suning_api::reply::{OpenReply, read_reply};

use crate::cases;
use crate::make::text;

/// Fields of both replies, and others.
const NAMES: [&str; 9] =
    ["orderCode", "sum", "cardNum", "orderSaletime", "orderLineStatus", "details", "receiveFlag", "unknown", ""];

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![any::<i64>().prop_map(Value::from), any::<u64>().prop_map(Value::from)]
}

/// A value without values in it.
fn leaf() -> BoxedStrategy<Value> {
    let texts = ["", "1", "1.50", "2020-12-29 00:00:00", "10", "1e2", "-0", "1.00000"];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        select(texts.to_vec()).prop_map(Value::from),
        text().prop_map(Value::from),
    ]
    .boxed()
}

/// A JSON value whose objects have documented names among others.
fn any_json() -> BoxedStrategy<Value> {
    leaf()
        .prop_recursive(4, 24, 4, |inner| {
            prop_oneof![proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from), object(inner.boxed())]
        })
        .boxed()
}

fn object(value: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let fields = proptest::collection::vec((select(NAMES.to_vec()), value), 0..6);
    fields.prop_map(|fields| {
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
    })
}

/// A list that is the only value of another is stored as that list, whose values are objects of their own then. A field without a
/// name is stored as its value.
fn is_ambiguous(item: &Value) -> bool {
    item.is_array() || item.get("").is_some()
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn a_reply_is_the_same_from_the_wire_and_from_a_store(object in object(prop_oneof![leaf(), any_json()].boxed())) {
        let body = json!({ "sn_responseContent": { "sn_body": { "getVirtual": object } } }).to_string();
        let reply = read_reply::<VirtualGetRequest>(http::Response::new(Bytes::from(body))).expect("a reply");
        prop_assert_eq!(&*reply, &serde_json::from_value::<VirtualGetResponse>(object).expect("a reply"));
    }

    #[test]
    fn storing_a_reply_again_changes_nothing(object in object(any_json())) {
        let reply: VirtualorderResendResponse = serde_json::from_value(object).expect("a reply");
        let stored = serde_json::to_value(&reply).expect("JSON");
        let again: VirtualorderResendResponse = serde_json::from_value(stored.clone()).expect("a reply");
        prop_assert_eq!(serde_json::to_value(&again).expect("JSON"), stored);
    }

    #[test]
    fn storing_a_reply_of_unknown_shape_again_changes_nothing(any in any_json()) {
        prop_assume!(!any.as_array().is_some_and(|items| items.iter().any(is_ambiguous)) && any.get("").is_none());
        let reply: OpenReply = serde_json::from_value(any).expect("a reply");
        let stored = serde_json::to_value(&reply).expect("JSON");
        let again: OpenReply = serde_json::from_value(stored.clone()).expect("a reply");
        prop_assert_eq!(serde_json::to_value(&again).expect("JSON"), stored);
    }
}
