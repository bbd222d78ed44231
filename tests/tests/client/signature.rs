//! What a signature is made of, and which mistake caused a wrong one.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use bytes::Bytes;
use insta::assert_snapshot;
use suning_api::sign::{Explanation, SignedPart, sign};
use suning_api::{Credentials, time};

const SECRET: &str = "hidden-secret";
const METHOD: &str = "suning.custom.virtual.get";
const TIME: &str = "2026-01-02 03:04:05";
const BODY: &str = "{\"a\":\"?中>\n\"}";

fn credentials() -> Credentials {
    Credentials::new("the-key", SECRET)
}

/// A single text is signed with its MD5.
fn md5(text: &str) -> String {
    sign(text, "", "", "", "", b"")
}

/// A request of another client, with a signature over this text.
fn signed(text: &str) -> http::Request<Bytes> {
    http::Request::builder()
        .uri("https://example.invalid/api/suning.custom.other.get")
        .header("appmethod", METHOD)
        .header("AppRequestTime", TIME)
        .header("appKey", "the-key")
        .header("VersionNo", "v1.2")
        .header("access_token", "the-token")
        .header("signInfo", md5(text))
        .body(BODY.into())
        .expect("a request")
}

/// The first part that differs, and why.
fn fault(text: &str) -> (Option<SignedPart>, &'static str) {
    let explanation = Explanation::of_request(&credentials(), &signed(text));
    let fault = explanation.fault().expect("a wrong signature");
    (fault.part, fault.reason)
}

#[test]
fn each_mistake_is_named_with_its_part() {
    let body = STANDARD.encode(BODY);
    let of = |secret: &str, method: &str, time: &str, version: &str, body: &str| {
        fault(&format!("{secret}{method}{time}the-key{version}{body}"))
    };
    let cases = [
        (of("", METHOD, TIME, "v1.2", &body), SignedPart::AppSecret, "is missing"),
        (of(SECRET, "suning.custom.other.get", TIME, "v1.2", &body), SignedPart::Method, "in the path"),
        (of(SECRET, METHOD, "2026-01-01 19:04:05", "v1.2", &body), SignedPart::RequestTime, "another time zone"),
        (of(SECRET, METHOD, "20260102030405", "v1.2", &body), SignedPart::RequestTime, "another time zone or format"),
        (of(SECRET, METHOD, TIME, "v1.0", &body), SignedPart::Version, "signed version differs"),
        (of(SECRET, METHOD, TIME, "v1.2", BODY), SignedPart::Body, "sign its Base64"),
        (of(SECRET, METHOD, TIME, "v1.2", ""), SignedPart::Body, "an empty body was signed"),
        (
            of(SECRET, METHOD, TIME, "v1.2", &STANDARD.encode(format!("{BODY}\n"))),
            SignedPart::Body,
            "whitespace at its end",
        ),
        (of(SECRET, METHOD, TIME, "v1.2", &URL_SAFE.encode(BODY)), SignedPart::Body, "standard alphabet"),
    ];
    for ((part, reason), expected, words) in cases {
        assert_eq!(part, Some(expected), "{reason}");
        assert!(reason.contains(words), "{reason}");
    }
    let (part, reason) = fault(&format!("{SECRET}{METHOD}{TIME}the-keyv1.2{body}the-token"));
    assert!(part.is_none() && reason.contains("leave it out"), "{reason}");
    let (part, reason) = fault("something else");
    assert!(part.is_none() && reason.contains("no known mistake"), "{reason}");
}

#[test]
fn a_right_signature_has_no_fault() {
    let right = signed(&format!("{SECRET}{METHOD}{TIME}the-keyv1.2{}", STANDARD.encode(BODY)));
    let explanation = Explanation::of_request(&credentials(), &right);
    assert!(explanation.is_right() && explanation.fault().is_none());
}

#[test]
fn the_string_to_sign_is_shown_part_by_part_without_the_secret() {
    let now = time::parse("2026-01-01 19:04:06").expect("a time");
    let ours = Explanation::new(&credentials(), METHOD, TIME, BODY).at(now);
    let theirs = Explanation::of_request(&credentials(), &signed(&format!("{SECRET}{METHOD}{TIME}the-keyv1.2{BODY}")));
    let shown = format!("{ours}\n\n{theirs}");
    assert!(!format!("{shown} {ours:?} {theirs:?}").contains(SECRET));
    assert_snapshot!(shown);
}

#[test]
fn a_secret_in_place_of_the_key_is_not_shown() {
    let explanation = Explanation::new(&Credentials::new(SECRET, SECRET), METHOD, TIME, "");
    assert!(!format!("{explanation} {explanation:?}").contains(SECRET));
}

#[test]
fn the_first_part_that_differs_is_named_in_the_order_of_signing() {
    let ours = Explanation::new(&credentials(), METHOD, TIME, BODY);
    let other = |credentials: &Credentials, method: &str, time: &str, body: &'static [u8]| {
        let other = Explanation::new(credentials, method, time, body);
        ours.first_difference(&other).map(|difference| difference.to_string()).unwrap_or_default()
    };
    let mine = credentials();
    assert_eq!(other(&mine, METHOD, TIME, BODY.as_bytes()), "");
    assert_eq!(other(&mine, "suning.a.b", "", b""), format!("the method differs: `{METHOD}`, and `suning.a.b`"));
    assert_eq!(other(&mine, METHOD, "x", b""), format!("the request time differs: `{TIME}`, and `x`"));
    let key = Credentials::new("key", SECRET);
    assert_eq!(other(&key, METHOD, TIME, b""), "the app key differs: `the-key`, and `key`");
    assert_eq!(other(&mine, METHOD, TIME, b"{\"b\xff"), "the body differs at byte 2: `a\":\"?中>\\n\"}`, and `b\\xff`");
    assert_eq!(
        other(&mine, METHOD, TIME, b"{"),
        "the body differs at byte 1: `\"a\":\"?中>\\n\"}`, and end of the body"
    );
    let secret = Credentials::new("the-key", "other");
    assert_eq!(other(&secret, METHOD, TIME, BODY.as_bytes()), "the app secret differs: 13 bytes, and 5 bytes");
}
