use super::*;

#[test]
fn a_python_dictionary_is_accepted_unless_strict() {
    let call = json(GET, "{'orderItemCode': '1', \"c\": \"it's\", 'n': None, 't': True}");
    assert_eq!(call.code(), "none");
    let answer = call.strict_answer();
    assert_eq!(answer.error_code(), Some("sys.check.request-params:error"));
    assert!(answer.reason().contains("use json.dumps"), "{answer}");
}

#[test]
fn xml_may_have_a_declaration_and_cdata() {
    let body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sn_request>\n <sn_body>\n  <getVirtual>\n   \
                <orderItemCode><![CDATA[1 <2> &]]></orderItemCode>\n  </getVirtual>\n </sn_body>\n</sn_request>\n";
    assert_eq!(call(GET, "xml", body).code(), "none");
}

#[test]
fn a_body_that_cannot_be_parsed_is_refused() {
    for body in ["", "null", "[]", "{", "{\"sn_request\":", "text", "<sn_request/>", "{'sn_request': }", "{} {}"] {
        assert_eq!(call(GET, "json", body).code(), "sys.check.request-params:error", "{body}");
    }
    for body in ["", "{}", "<sn_request>", "<sn_request><sn_body><getVirtual>", "<other/>"] {
        assert_eq!(call(GET, "xml", body).code(), "sys.check.request-params:error", "{body}");
    }
    let good = "<sn_request><sn_body><getVirtual><orderItemCode>1</orderItemCode></getVirtual></sn_body></sn_request>";
    let wrong =
        [format!("{good}{good}"), format!("{good}text"), format!("&amp;{good}"), good.replace("</sn_body>", "")];
    assert_eq!(call(GET, "xml", good).code(), "none");
    for body in wrong.into_iter().chain([format!("{good}<other/>"), good.replace('1', "&other;")]) {
        assert_eq!(call(GET, "xml", body.clone()).code(), "sys.check.request-params:error", "{body}");
    }
    assert_eq!(call(GET, "json", *b"\xff\xfe").code(), "sys.check.request-params:error");
}

#[test]
fn a_body_in_the_other_format_is_explained() {
    assert!(call(GET, "json", "<a/>").answer().reason().contains("set the header Format to `xml`"));
    assert!(call(GET, "xml", "{}").answer().reason().contains("set the header Format to `json`"));
}

#[test]
fn the_envelope_is_checked_from_outside_in() {
    assert_eq!(call(GET, "json", r#"{"a":1}"#).code(), "sys.check.request-params:error");
    assert_eq!(call(GET, "json", r#"{"sn_request":{}}"#).code(), "sys.check.missing-nestElement:sn_body");
    assert_eq!(call(GET, "xml", "<sn_request/>").code(), "sys.check.missing-nestElement:sn_body");
    assert_eq!(
        call(GET, "json", r#"{"sn_request":{"sn_body":{"virtualGet":{}}}}"#).code(),
        "sys.check.request-params:error"
    );
    assert_eq!(json(GET, r#""text""#).code(), "sys.check.request-params:error");
}

#[test]
fn an_empty_node_means_no_parameters() {
    for parameters in [r#""""#, "{}", "[]", "null"] {
        assert_eq!(json(GET, parameters).code(), "biz.custom.getvirtual.missing-parameter:orderItemCode");
    }
    for node in ["<getVirtual/>", "<getVirtual></getVirtual>", "<getVirtual>\n </getVirtual>"] {
        let body = format!("<sn_request><sn_body>{node}</sn_body></sn_request>");
        assert_eq!(call(GET, "xml", body).code(), "biz.custom.getvirtual.missing-parameter:orderItemCode");
    }
}

#[test]
fn one_request_has_one_business_node() {
    assert_eq!(json(GET, &format!("[{GOOD}]")).code(), "none");
    assert_eq!(json(GET, &format!("[{GOOD},{GOOD}]")).code(), "biz.handler.request-message:error");
    assert_eq!(json(GET, &format!(r#"{GOOD},"other":{GOOD}"#)).code(), "biz.handler.request-message:error");
    assert_eq!(json(LEAGUER, "[{},{}]").code(), "biz.handler.batch-handler:no-support");
    let node = "<getVirtual><orderItemCode>1</orderItemCode></getVirtual>";
    let body = format!("<sn_request><sn_body>{node}{node}</sn_body></sn_request>");
    assert_eq!(call(GET, "xml", body).code(), "biz.handler.request-message:error");
}
