use super::*;

#[test]
fn header_names_are_case_insensitive() {
    let call = json(GET, GOOD).without("AppMethod").with("appmethod", GET);
    assert_eq!(call.code(), "none");
}

#[test]
fn a_missing_header_has_the_documented_code() {
    let code_without = |name: &str| json(GET, GOOD).without(name).code();
    assert_eq!(code_without("AppMethod"), "sys.check.header-param:null");
    assert_eq!(code_without("AppKey"), "sys.check.header-param:null");
    assert_eq!(code_without("AppRequestTime"), "sys.check.missing-parameter:appRequestTime");
    assert_eq!(code_without("VersionNo"), "sys.check.missing-parameter:apiversion");
    assert_eq!(code_without("signInfo"), "sys.check.app-sign:null");
}

#[test]
fn any_verb_but_post_is_refused() {
    let answer = Call { verb: "GET", ..json(GET, GOOD) }.answer();
    assert_eq!(answer.response().status(), 405);
    assert_eq!(answer.response().headers()["allow"], "POST");
    assert_eq!(answer.error_code(), None);
}

#[test]
fn the_default_format_is_xml() {
    let body = "<sn_request><sn_body><getVirtual><orderItemCode>1</orderItemCode></getVirtual></sn_body></sn_request>";
    let answer = call(GET, "json", body).without("Format").answer();
    assert_eq!(text(&answer), documented_response(GET, Format::Xml).unwrap());
}

#[test]
fn the_format_decides_and_not_the_content_type() {
    assert_eq!(json(GET, GOOD).with("Content-Type", "text/xml").code(), "none");
}

#[test]
fn an_unknown_format_is_refused_in_xml() {
    let answer = json(GET, GOOD).with("Format", "yaml").answer();
    assert_eq!(
        text(&answer),
        "<sn_responseContent><sn_error><error_code>sys.check.request-params:error</error_code>\
         <error_msg>请求报文结构错误</error_msg></sn_error></sn_responseContent>",
    );
}

#[test]
fn any_path_is_accepted_unless_it_names_another_method() {
    assert_eq!(json(GET, GOOD).path("/").code(), "none");
    assert_eq!(json(GET, GOOD).path("/api/http/sopRequest").code(), "none");
    assert_eq!(
        json(GET, GOOD).path(&format!("/api/http/sopRequest/{LEAGUER}")).code(),
        "sys.check.request-params:error"
    );
}
