//! Whether a request is signed, and what most likely went wrong when it is not.

use bytes::Bytes;

use super::header::Common;
use super::refusal::{Refusal, code};
use crate::credentials::Credentials;
use crate::wire::sign::Explanation;

/// Checks the signature over the exact bytes of the body.
pub(super) fn check(
    credentials: &Credentials,
    common: &Common<'_>,
    request: &http::Request<Bytes>,
) -> Result<(), Refusal> {
    let explanation = Explanation::of_request(credentials, request);
    let Some(fault) = explanation.fault() else { return Ok(()) };
    let reason = format!(
        "the signature does not match a body of {} bytes, sent at {} to {}: {}",
        request.body().len(),
        common.time,
        common.method,
        fault.reason,
    );
    Err(Refusal::new(code::SIGNATURE_WRONG, reason))
}
