//! The signature of a request, and explanations of wrong signatures.

mod explain;
mod parts;
mod suspect;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};

pub use self::explain::{Difference, Explanation};
pub use self::parts::SignedPart;
pub use self::suspect::Fault;

/// Signs a request.
///
/// The signature is the MD5, in lowercase hexadecimal, of these parts in this order: app secret, method name, request time as in
/// the header, app key, version, and the Base64 of the exact body. The access token is not signed.
///
/// # Examples
/// ```
/// let sign_info = suning_api::sign::sign(
///     "example-app-secret-0123456789abcd",
///     "suning.custom.virtual.get",
///     "2026-01-02 03:04:05",
///     "example-app-key-0123456789abcdef",
///     "v1.2",
///     b"",
/// );
/// assert_eq!(sign_info, "17a8b7b48db8b263ab96df18286a0ad6");
/// ```
#[must_use]
pub fn sign(app_secret: &str, method: &str, request_time: &str, app_key: &str, version: &str, body: &[u8]) -> String {
    let encoded = STANDARD.encode(body);
    digest(
        [app_secret, method, request_time, app_key, version].map(str::as_bytes).into_iter().chain([encoded.as_bytes()]),
    )
}

/// The MD5 of concatenated parts, in lowercase hexadecimal.
pub(crate) fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut md5 = Md5::new();
    parts.into_iter().for_each(|part| md5.update(part));
    let digits = md5.finalize().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let mut hex = String::with_capacity(32);
    hex.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
    hex
}
