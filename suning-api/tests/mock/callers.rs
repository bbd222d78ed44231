use super::*;

#[test]
fn another_app_key_is_refused() {
    assert_eq!(json(GET, GOOD).with("AppKey", "other").code(), "sys.check.user-permission:inexistence");
}

#[test]
fn an_access_token_is_required_if_the_gateway_has_one() {
    let gateway = Gateway::builder(Credentials::new(KEY, SECRET).with_access_token("token")).clock(now).build();
    let code = |call: Call| gateway.answer(&call.build()).error_code().map(str::to_owned);
    let unknown = Some("sys.oauth.check.access_token:inexistence".to_owned());
    assert_eq!(code(json(GET, GOOD)), unknown);
    assert_eq!(code(json(GET, GOOD).with("access_token", "other")), unknown);
    assert_eq!(code(json(GET, GOOD).with("access_token", "token")), None);
}

#[test]
fn the_clock_may_differ_by_ten_minutes() {
    for time in ["2013-10-26 11:50:00", "2013-10-26 12:10:00"] {
        assert_eq!(json(GET, GOOD).with("AppRequestTime", time).code(), "none");
    }
    for time in ["2013-10-26 11:49:59", "2013-10-26 12:10:01", "2013-10-26T12:00:00Z", "1382760000"] {
        assert_eq!(json(GET, GOOD).with("AppRequestTime", time).code(), "sys.check.app-time:error");
    }
}

#[test]
fn a_wrong_signature_is_explained() {
    let wrong = |sign_info: &str| json(GET, GOOD).with("signInfo", sign_info).answer();
    let body = json(GET, GOOD).body;
    let signed = |body: &[u8]| sign(SECRET, GET, NOW, KEY, "v1.2", body);

    let answer = wrong("0123456789abcdef0123456789abcdef");
    assert_eq!(answer.error_code(), Some("sys.check.app-sign:error"));
    assert!(text(&answer).contains("签名信息错误"));
    assert_eq!(
        answer.reason(),
        "the signature does not match a body of 74 bytes, sent at 2013-10-26 12:00:00 to suning.custom.virtual.get: \
         no known mistake; compare secret, method, time, app key, version and the exact bytes of the body \
         with what was signed",
    );
    assert!(wrong("sha256").reason().ends_with("it is not an MD5 of 32 hexadecimal digits"));
    assert!(wrong(&signed(&body).to_uppercase()).reason().ends_with("use lowercase"));
    assert!(wrong(&signed(b"")).reason().contains("an empty body was signed"));
    assert!(wrong(&signed(&[&body[..], b"\n"].concat())).reason().contains("different whitespace at its end"));
}

#[test]
fn the_signature_is_checked_before_the_method() {
    let unknown = call("suning.no.such.method", "json", "{}");
    assert_eq!(unknown.code(), "sys.check.api-permission:inexistence");
    assert_eq!(unknown.with("signInfo", "x").code(), "sys.check.app-sign:error");
}
