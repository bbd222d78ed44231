//! Whether a request is signed, and what most likely went wrong when it is not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::header::Common;
use super::refusal::{Refusal, code};
use crate::credentials::Credentials;
use crate::sign::{digest, sign};

/// Checks the signature over the exact bytes of the body.
pub(super) fn check(credentials: &Credentials, common: &Common<'_>, body: &[u8]) -> Result<(), Refusal> {
    let signer = Signer { credentials, common };
    if common.sign_info == signer.sign(body) {
        return Ok(());
    }
    let reason = format!(
        "the signature does not match a body of {} bytes, sent at {} to {}: {}",
        body.len(),
        common.time,
        common.method,
        explain(&signer, body),
    );
    Err(Refusal::new(code::SIGNATURE_WRONG, reason))
}

struct Signer<'a> {
    credentials: &'a Credentials,
    common: &'a Common<'a>,
}

impl Signer<'_> {
    fn sign(&self, body: &[u8]) -> String {
        let Common { method, time, app_key, version, .. } = *self.common;
        sign(self.credentials.app_secret(), method, time, app_key, version, body)
    }

    /// The signature a client comes to that writes the body in another way than the documents say.
    fn sign_encoded(&self, encoded: &[u8]) -> String {
        let Common { method, time, app_key, version, .. } = *self.common;
        let parts = [self.credentials.app_secret(), method, time, app_key, version].map(str::as_bytes);
        digest(parts.into_iter().chain([encoded]))
    }
}

/// Tries the mistakes that clients are known to make, and says which of them it was.
fn explain(signer: &Signer<'_>, body: &[u8]) -> &'static str {
    let given = signer.common.sign_info;
    if given.eq_ignore_ascii_case(&signer.sign(body)) {
        return "it is in upper case; write it in lower case";
    }
    if given.len() != 32 || !given.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return "it is not an MD5 of 32 hexadecimal digits";
    }
    let is = |signature: String| given.eq_ignore_ascii_case(&signature);
    let with_newline = [body, b"\n"].concat();
    if is(signer.sign(body.trim_ascii_end())) || is(signer.sign(&with_newline)) {
        return "it differs by blanks at the end of the body; sign the bytes as they are sent";
    }
    if is(signer.sign(b"")) {
        return "an empty body was signed; sign the bytes that are sent";
    }
    if is(signer.sign_encoded(body)) {
        return "the body was signed as it is; sign its Base64";
    }
    if in_lines(body).iter().any(|encoded| is(signer.sign_encoded(encoded.as_bytes()))) {
        return "the Base64 of the body was wrapped into lines; sign it in one line";
    }
    "secret, method, time, app key, version or body differ from what was signed; sign the exact bytes that are sent"
}

/// The Base64 of a body as the encoders for mail write it.
fn in_lines(body: &[u8]) -> Vec<String> {
    let encoded = STANDARD.encode(body);
    let lines: Vec<&str> = encoded.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    ["\n", "\r\n"].into_iter().flat_map(|end| [lines.join(end), lines.join(end) + end]).collect()
}
