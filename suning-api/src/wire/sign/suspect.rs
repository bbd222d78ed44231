//! Finds the mistake behind a wrong signature, among those that clients are known to make.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use chrono::{NaiveDateTime, TimeDelta};

use super::parts::{Parts, SignedPart};
use crate::time;

/// Why a signature is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The first part that was signed wrongly. `None` if it is not a single part.
    pub part: Option<SignedPart>,
    /// The mistake, and how to fix it.
    pub reason: &'static str,
}

/// Other parts of a request that a client may have signed by mistake.
pub(super) struct Hints<'a> {
    /// Last part of the path.
    pub(super) path: &'a str,
    /// The app key of the credentials.
    pub(super) app_key: &'a str,
    pub(super) access_token: Option<&'a str>,
}

/// Tries one mistake after the other, in the order of the parts.
pub(super) fn find(parts: Parts<'_>, hints: &Hints<'_>, claimed: &str) -> Fault {
    let fault = |part, reason| Fault { part, reason };
    if claimed.eq_ignore_ascii_case(&parts.sign()) {
        return fault(None, "it is in uppercase; use lowercase");
    }
    if claimed.len() != 32 || !claimed.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return fault(None, "it is not an MD5 of 32 hexadecimal digits");
    }
    let is = |signature: String| claimed.eq_ignore_ascii_case(&signature);
    if is(Parts { app_secret: "", ..parts }.sign()) {
        return fault(Some(SignedPart::AppSecret), "the app secret is missing; sign it first");
    }
    if is(Parts { method: hints.path, ..parts }.sign()) {
        return fault(Some(SignedPart::Method), "the method in the path was signed; sign the one in the header");
    }
    if other_times(parts.time).iter().any(|time| is(Parts { time, ..parts }.sign())) {
        let reason = "the request time was signed in another time zone or format; sign the text of the header";
        return fault(Some(SignedPart::RequestTime), reason);
    }
    if is(Parts { app_key: hints.app_key, ..parts }.sign()) {
        return fault(Some(SignedPart::AppKey), "the signed app key differs from the header");
    }
    if ["", "v1.0", "v1.1", "1.2", "V1.2", "v1.2"].iter().any(|version| is(Parts { version, ..parts }.sign())) {
        return fault(Some(SignedPart::Version), "the signed version differs from the header");
    }
    if let Some(reason) = find_in_body(parts, is) {
        return fault(Some(SignedPart::Body), reason);
    }
    let with_token = |token: &str| is(parts.sign_encoded((STANDARD.encode(parts.body) + token).as_bytes()));
    if hints.access_token.is_some_and(with_token) {
        return fault(None, "the access token was signed as well; leave it out");
    }
    fault(
        None,
        "no known mistake; compare secret, method, time, app key, version and the exact bytes of the body with what was signed",
    )
}

fn find_in_body(parts: Parts<'_>, is: impl Fn(String) -> bool) -> Option<&'static str> {
    let body = parts.body;
    let is_body = |body: &[u8]| is(Parts { body, ..parts }.sign());
    if is_body(body.trim_ascii_end()) || is_body(&[body, b"\n"].concat()) {
        return Some("the body was signed with different whitespace at its end; sign the exact bytes that are sent");
    }
    if is_body(b"") {
        return Some("an empty body was signed; sign the bytes that are sent");
    }
    if is(parts.sign_encoded(body)) {
        return Some("the body was signed without Base64; sign its Base64");
    }
    if in_lines(body).iter().any(|encoded| is(parts.sign_encoded(encoded.as_bytes()))) {
        return Some("the Base64 of the body has line breaks; sign it without them");
    }
    if is(parts.sign_encoded(URL_SAFE.encode(body).as_bytes())) {
        return Some("the Base64 of the body has `-` and `_`; use the standard alphabet with `+` and `/`");
    }
    None
}

/// The same time in other time zones and formats.
fn other_times(text: &str) -> Vec<String> {
    let Some(time) = time::parse(text) else { return Vec::new() };
    let shifted = |hours| time.checked_add_signed(TimeDelta::hours(hours)).map(time::format);
    let written = |form: &str| NaiveDateTime::format(&time, form).to_string();
    let zones = [shifted(-8), shifted(8)].into_iter().flatten();
    zones.chain(["%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"].map(written)).collect()
}

/// The Base64 of a body with the line breaks that mail encoders add.
fn in_lines(body: &[u8]) -> Vec<String> {
    let encoded = STANDARD.encode(body);
    let lines: Vec<&str> = encoded.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    ["\n", "\r\n"].into_iter().flat_map(|end| [lines.join(end), lines.join(end) + end]).collect()
}
