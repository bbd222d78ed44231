//! Signatures that public clients in three languages agree on.

use serde_json::Value;
use suning_api::sign::sign;

#[test]
fn every_vector_is_signed_as_other_clients_sign_it() {
    let vectors: Vec<Value> =
        serde_json::from_str(include_str!("../../fixtures/sign-vectors.json")).expect("the vectors are JSON");
    assert_eq!(vectors.len(), 14);
    for vector in &vectors {
        let text = |name: &str| vector[name].as_str().unwrap_or_else(|| panic!("{name} is missing in {vector}"));
        let body = text("body").as_bytes();
        let signed = sign(
            text("app_secret"),
            text("app_method"),
            text("app_request_time"),
            text("app_key"),
            text("version_no"),
            body,
        );
        assert_eq!(signed, text("sign_info"), "{}", text("name"));
    }
}
