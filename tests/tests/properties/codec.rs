//! What is encoded is decoded again, in both formats and across them.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use suning_api::error::RequestError;
use suning_api::methods::custom::virtual_get::{VirtualGetRequest, VirtualGetResponse};
use suning_api::methods::selfmarket::leaguerstatus_add::{
    Card, IqStatus, LeaguerstatusAddRequest, LeaguerstatusAddResponse,
};
use suning_api::mock::{Gateway, in_process};
use suning_api::value::Value;
use suning_api::{Client, Error, Format};

use crate::make::{as_in_xml, fields, nests_lists, text, value, xml_name, xml_text};
use crate::{cases, wait};

const METHOD: &str = "suning.shop.thing.get";
const NODE: &str = "getThing";

fn gateway(format: Format) -> (Client, Arc<Gateway>) {
    let (_, gateway) = in_process();
    (gateway.client().format(format).build().expect("a client"), gateway)
}

/// The parameters that a gateway receives.
fn sent(format: Format, parameters: &[(String, Value)]) -> Result<Value, Error> {
    let (client, gateway) = gateway(format);
    gateway.on_undocumented(METHOD, NODE).always(Value::Null);
    let call =
        parameters.iter().fold(client.raw(METHOD, NODE), |call, (name, value)| call.parameter(name, value.clone()));
    wait(call.send())?;
    let mut received = gateway.received();
    assert_eq!(received.len(), 1);
    Ok(received.remove(0).parameters.expect("a valid request"))
}

/// A card of which nothing is blank.
fn card() -> impl Strategy<Value = Card> {
    let text = || xml_text().prop_map(|text| format!("x{text}"));
    (text(), text()).prop_map(|(code, secret)| Card::default().card_code(code).card_sec(secret))
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_parameter_arrives_in_json(parameters in fields(text(), value(text(), text()))) {
        let given = parameters.iter().filter(|(_, value)| *value != Value::Null).cloned().collect();
        prop_assert_eq!(sent(Format::Json, &parameters).expect("a reply"), Value::Object(given));
    }

    #[test]
    fn parameters_arrive_in_xml_as_far_as_it_can_represent_them(
        parameters in fields(xml_name(), value(xml_text(), xml_name())),
    ) {
        let parameters: Vec<_> = parameters.into_iter().filter(|(_, value)| !nests_lists(value)).collect();
        let received = sent(Format::Xml, &parameters).expect("a reply");
        prop_assert_eq!(as_in_xml(&received), as_in_xml(&Value::Object(parameters)));
    }

    #[test]
    fn what_xml_cannot_represent_is_an_error_and_not_another_message(parameters in fields(text(), value(text(), text()))) {
        let parameters: Vec<_> = parameters.into_iter().filter(|(_, value)| !nests_lists(value)).collect();
        match sent(Format::Xml, &parameters) {
            Ok(received) => prop_assert_eq!(as_in_xml(&received), as_in_xml(&Value::Object(parameters))),
            Err(Error::Request(RequestError::Unwritable { .. })) => {}
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn a_typed_request_arrives_in_both_formats(cards in vec(card(), 1..4), reason in xml_text(), status in "[0-9]{1,3}") {
        for format in [Format::Json, Format::Xml] {
            let (client, gateway) = gateway(format);
            gateway.on::<LeaguerstatusAddRequest>().always(LeaguerstatusAddResponse::default());
            let call = client.selfmarket().leaguerstatus_add().iq_status(IqStatus::from(status.as_str()));
            // Blank texts are nothing in XML.
            let reason = Some(reason.clone()).filter(|reason| !reason.trim().is_empty());
            let request = call.order_id("1").order_item_id("2").card_list(cards.clone()).fail_reason(reason.clone());
            let sent = LeaguerstatusAddRequest::builder().iq_status(IqStatus::from(status.as_str())).order_id("1");
            let sent = sent.order_item_id("2").card_list(cards.clone()).fail_reason(reason).build();
            wait(request.send()).expect("a reply");
            prop_assert_eq!(gateway.requests::<LeaguerstatusAddRequest>(), [sent]);
        }
    }

    #[test]
    fn a_reply_arrives_in_both_formats(
        texts in vec(xml_text(), 3),
        sum in "[0-9]{1,9}(\\.[0-9]{1,6})?",
        time in "2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
        unknown in value(xml_text(), xml_name()).prop_filter("no list in a list", |value| !nests_lists(value)),
    ) {
        let object = serde_json::json!({
            "orderCode": texts[0], "customer": texts[1], "orderLineStatus": texts[2], "sum": sum, "orderSaletime": time,
            "unknown": unknown,
        });
        let reply: VirtualGetResponse = serde_json::from_value(object).expect("a reply");
        let content = |reply: &VirtualGetResponse| {
            as_in_xml(&Value::encode(reply).expect("a value"))
        };
        for format in [Format::Json, Format::Xml] {
            let (client, gateway) = gateway(format);
            gateway.on::<VirtualGetRequest>().always(reply.clone());
            let received = wait(client.custom().virtual_get().order_item_code("1").send()).expect("a reply");
            prop_assert_eq!(content(&received), content(&reply), "{}", format);
            if format == Format::Json {
                prop_assert_eq!(&*received, &reply);
            }
        }
    }
}
