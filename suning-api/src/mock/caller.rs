//! Authentication of a request: app key, access token, request time and signature.

use bytes::Bytes;
use chrono::{NaiveDateTime, TimeDelta};

use super::accounts::Accounts;
use super::header::Common;
use super::refusal::{Refusal, code};
use crate::credentials::Credentials;
use crate::generated::platform;
use crate::time;
use crate::wire::sign::Explanation;

/// Checks app key, access token, request time and signature, in this order.
pub(super) fn check(
    accounts: &Accounts,
    common: &Common<'_>,
    request: &http::Request<Bytes>,
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    let app = accounts.app(common.app_key).ok_or_else(|| {
        Refusal::new(code::APP_KEY_UNKNOWN, "unknown app key: this gateway was started with another one")
    })?;
    accounts.check_token(common.app_key, common.access_token, now)?;
    check_time(common, now)?;
    check_signature(app, common, request)
}

fn check_time(common: &Common<'_>, now: NaiveDateTime) -> Result<(), Refusal> {
    let refused = |reason| Err(Refusal::new(code::REQUEST_TIME_SKEWED, reason));
    let Some(sent) = time::parse(common.time).filter(|sent| time::format(*sent) == common.time) else {
        return refused(format!(
            "the header {} is not a time in the form `yyyy-MM-dd HH:mm:ss`",
            platform::APP_REQUEST_TIME
        ));
    };
    let tolerance = TimeDelta::minutes(platform::CLOCK_TOLERANCE_MINUTES);
    if (sent - now).abs() <= tolerance {
        return Ok(());
    }
    refused(format!(
        "the request time {} is more than {} minutes from the gateway's clock ({}); send China Standard Time (+08:00)",
        common.time,
        tolerance.num_minutes(),
        time::format(now),
    ))
}

/// Checks the signature over the exact bytes of the body, and names the likely mistake.
fn check_signature(
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
