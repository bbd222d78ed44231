use super::*;

#[test]
fn every_documented_request_is_answered_with_the_documented_reply() {
    let mut answered = 0;
    for method in catalog::methods() {
        for format in [Format::Json, Format::Xml] {
            // A page may show a message in one format only.
            let Some(request) = documented_request(method.name, format) else { continue };
            let answer = call(method.name, format.as_str(), request).strict_answer();
            assert_eq!(answer.error_code(), None, "{answer}");
            if let Some(reply) = documented_response(method.name, format) {
                assert_eq!(text(&answer), reply);
                answered += 1;
            }
            assert_eq!(answer.response().headers()["content-type"], format.content_type());
        }
    }
    assert!(answered >= 10, "only {answered} replies are documented");
}

#[test]
fn documented_errors_are_available() {
    assert!(documented_error(GET, Format::Json).unwrap().contains("sn_error"));
    assert_eq!(documented_error("suning.no.such.method", Format::Json), None);
}

#[test]
fn the_date_of_a_reply_follows_the_clock_of_the_gateway() {
    assert_eq!(json(GET, GOOD).answer().response().headers()["date"], "Sat, 26 Oct 2013 04:00:00 GMT");
}

#[test]
fn a_method_is_refused_on_demand() {
    let gateway = gateway().refuse(GET, "biz.handler.data-get:no-result").expect("a method").build();
    let answer = gateway.answer(&json(GET, GOOD).build());
    assert_eq!(
        text(&answer),
        r#"{"sn_responseContent":{"sn_error":{"error_code":"biz.handler.data-get:no-result","error_msg":"查询没结果"}}}"#,
    );
}
