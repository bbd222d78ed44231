//! Every documented message: requests match the documents, and documented replies decode completely.

#[rustfmt::skip] // the generator formats it
mod generated;

use serde_json::json;
use tests::conformance::difference;

#[test]
fn every_method_is_accepted_by_the_mock_gateway_and_its_reply_is_read_completely() {
    generated::all::requests();
}

#[test]
fn the_client_has_a_handle_for_each_namespace() {
    let (client, _) = suning_api::mock::in_process();
    generated::all::handles(&client);
}

#[test]
fn the_first_difference_is_named_by_its_path() {
    let documented = json!({ "order": { "lines": [{ "code": "1" }, { "code": "2" }] } });
    let ours = json!({ "order": { "lines": [{ "code": "1" }, { "code": "3" }] } });
    let found = difference(&documented, &ours);
    assert_eq!(found.as_deref(), Some("`.order.lines[1].code` is \"2\" in the document and \"3\" with us"));
}

#[test]
fn a_lost_and_an_invented_field_are_differences() {
    let documented = json!({ "a": "1", "b": "2" });
    let lost = difference(&documented, &json!({ "a": "1" }));
    assert_eq!(lost.as_deref(), Some("`.b` is \"2\" in the document and null with us"));
    let invented = difference(&documented, &json!({ "a": "1", "b": "2", "c": "3" }));
    assert_eq!(invented.as_deref(), Some("`.c` is null in the document and \"3\" with us"));
}

#[test]
fn equivalent_spellings_are_not_a_difference() {
    let documented = json!({ "a": 1.50, "b": null, "c": [{ "d": "x" }], "e": "", "f": [] });
    assert_eq!(difference(&documented, &json!({ "a": "1.5", "c": { "d": "x" } })), None);
}
