use super::*;

#[test]
fn a_line_says_what_was_answered_and_why() {
    assert_eq!(json(GET, GOOD).answer().to_string(), "suning.custom.virtual.get 200: the documented reply in json");
    assert_eq!(
        json(GET, "{}").answer().to_string(),
        "suning.custom.virtual.get 200 biz.custom.getvirtual.missing-parameter:orderItemCode: \
         the required parameter `orderItemCode` is missing",
    );
}

#[test]
fn nothing_secret_is_shown() {
    let cards = r#"{"iqStatus":"180","orderId":"1","orderItemId":"1","cardList":{"cardSec":"hush","cardCode":""}}"#;
    let calls =
        [json(LEAGUER, cards), json(LEAGUER, cards).with("signInfo", "hush"), call(LEAGUER, "xml", "<hush></a>")];
    for call in calls {
        let answer = call.with("access_token", "hush").answer();
        assert!(!format!("{answer} {answer:?}").contains("hush"), "{answer}");
    }
}

#[test]
fn every_answer_is_observed() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let gateway = gateway().on_answer(move |answer| sink.lock().unwrap().push(answer.to_string())).build();
    let _ = gateway.answer(&json(GET, GOOD).build());
    assert_eq!(*seen.lock().unwrap(), ["suning.custom.virtual.get 200: the documented reply in json"]);
}
