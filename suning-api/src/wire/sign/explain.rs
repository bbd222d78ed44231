//! Explains a signature, part by part.

use std::fmt::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chrono::NaiveDateTime;
use http::HeaderMap;

use super::parts::{Parts, SignedPart};
use super::suspect::{Fault, Hints, find};
use crate::credentials::Credentials;
use crate::generated::platform;
use crate::time;

/// What the signature of a request is made of, and why a wrong signature is wrong.
///
/// `Display` shows the string to sign, part by part with lengths, the body, and the signature. It never shows the app secret.
/// It shows the whole body, which may contain personal data or secrets.
///
/// # Examples
/// ```
/// use suning_api::Credentials;
/// use suning_api::sign::Explanation;
///
/// let credentials = Credentials::new("my-app-key", "my-app-secret");
/// let ours = Explanation::new(&credentials, "suning.custom.virtual.get", "2026-01-02 03:04:05", "{}");
/// assert!(ours.to_string().contains("app secret       13 bytes  [hidden]"));
///
/// let theirs = http::Request::builder()
///     .header("AppMethod", "suning.custom.virtual.get")
///     .header("AppRequestTime", "2026-01-02 03:04:05")
///     .header("AppKey", "my-app-key")
///     .header("VersionNo", "v1.2")
///     .header("signInfo", ours.signature().to_uppercase())
///     .body("{} ".into())?;
/// let theirs = Explanation::of_request(&credentials, &theirs);
/// assert!(!theirs.is_right());
/// assert_eq!(ours.first_difference(&theirs).unwrap().to_string(), "the body differs at byte 2: end of the body, and ` `");
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct Explanation {
    app_secret_length: usize,
    texts: [(SignedPart, String); 4],
    body: Bytes,
    signature: String,
    claimed: Option<String>,
    fault: Option<Fault>,
    now: Option<NaiveDateTime>,
}

impl Explanation {
    /// Explains the signature that a request must have.
    #[must_use]
    pub fn new(credentials: &Credentials, method: &str, request_time: &str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let parts = Parts {
            app_secret: credentials.app_secret(),
            method,
            time: request_time,
            app_key: credentials.app_key(),
            version: platform::VERSION,
            body: &body,
        };
        Self::from_parts(parts, &body)
    }

    /// Explains the signature of a request of any client: what it must be, and why it differs.
    #[must_use]
    pub fn of_request(credentials: &Credentials, request: &http::Request<Bytes>) -> Self {
        let header = |name| header(request.headers(), name);
        let parts = Parts {
            app_secret: credentials.app_secret(),
            method: header(platform::APP_METHOD).unwrap_or_default(),
            time: header(platform::APP_REQUEST_TIME).unwrap_or_default(),
            app_key: header(platform::APP_KEY).unwrap_or_default(),
            version: header(platform::VERSION_NO).unwrap_or_default(),
            body: request.body(),
        };
        let hints = Hints {
            path: request.uri().path().rsplit('/').next().unwrap_or_default(),
            app_key: credentials.app_key(),
            access_token: header(platform::ACCESS_TOKEN),
        };
        let explained = Self::from_parts(parts, request.body());
        let claimed = header(platform::SIGN_INFO);
        let fault =
            claimed.filter(|claimed| *claimed != explained.signature).map(|claimed| find(parts, &hints, claimed));
        Self { claimed: claimed.map(str::to_owned), fault, ..explained }
    }

    fn from_parts(parts: Parts<'_>, body: &Bytes) -> Self {
        let Parts { app_secret, method, time, app_key, version, .. } = parts;
        // If secret and key are swapped, or one is pasted into the other, the secret must not appear in a log.
        let shown = |text: &str| {
            let has_secret = !app_secret.is_empty() && text.contains(app_secret);
            if has_secret { "[contains the app secret]".to_owned() } else { text.to_owned() }
        };
        let texts = [
            (SignedPart::Method, method),
            (SignedPart::RequestTime, time),
            (SignedPart::AppKey, app_key),
            (SignedPart::Version, version),
        ];
        Self {
            app_secret_length: app_secret.len(),
            texts: texts.map(|(part, text)| (part, shown(text))),
            body: body.clone(),
            signature: parts.sign(),
            claimed: None,
            fault: None,
            now: None,
        }
    }

    /// Adds how far the request time is from the current China Standard Time.
    #[must_use]
    pub fn at(self, now: NaiveDateTime) -> Self {
        Self { now: Some(now), ..self }
    }

    /// The right signature.
    #[must_use]
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// Whether the request has the right signature.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.claimed.as_ref() == Some(&self.signature)
    }

    /// Why the signature of the request is wrong. `None` if it is right or missing.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// The first part that differs in another request.
    #[must_use]
    pub fn first_difference(&self, other: &Self) -> Option<Difference> {
        let texts = self.texts.iter().zip(&other.texts).find(|(one, another)| one.1 != another.1);
        if let Some(((part, one), (_, another))) = texts {
            return Some(Difference { part: *part, at: None, one: format!("`{one}`"), other: format!("`{another}`") });
        }
        let at = self.body.iter().zip(&other.body).take_while(|(one, another)| one == another).count();
        if at < self.body.len().max(other.body.len()) {
            let (one, other) = (around(&self.body, at), around(&other.body, at));
            return Some(Difference { part: SignedPart::Body, at: Some(at), one, other });
        }
        let length = |explanation: &Self| format!("{} bytes", explanation.app_secret_length);
        (self.signature != other.signature).then(|| Difference {
            part: SignedPart::AppSecret,
            at: None,
            one: length(self),
            other: length(other),
        })
    }
}

/// A few bytes of a body from an offset on.
fn around(body: &[u8], at: usize) -> String {
    match body.get(at..) {
        Some(rest) if !rest.is_empty() => format!("`{}`", printable(&rest[..rest.len().min(20)])),
        _ => "end of the body".to_owned(),
    }
}

/// Text with escapes for what a terminal would not show.
fn printable(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() { out.extend(c.escape_default()) } else { out.push(c) }
        }
        // Writing to a string cannot fail.
        let _ = write!(out, "{}", chunk.invalid().escape_ascii());
    }
    out
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty())
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoded = STANDARD.encode(&self.body);
        let texts = self.texts.iter().map(|(part, text)| (*part, text.len(), text.as_str()));
        let parts = [(SignedPart::AppSecret, self.app_secret_length, "[hidden]")].into_iter().chain(texts);
        let parts: Vec<_> = parts.chain([(SignedPart::Body, encoded.len(), encoded.as_str())]).collect();
        let length: usize = parts.iter().map(|(_, length, _)| length).sum();
        writeln!(f, "string to sign: {} parts, {length} bytes", parts.len())?;
        for (part, length, text) in parts {
            writeln!(f, "  {part:<14} {length:>4} bytes  {text}{}", self.offset(part))?;
        }
        writeln!(f, "body: {} bytes", self.body.len())?;
        writeln!(f, "  {}", printable(&self.body))?;
        write!(f, "signature: {}", self.signature)?;
        match (&self.claimed, &self.fault) {
            (Some(claimed), Some(Fault { part, reason })) => {
                write!(f, "\nthe request has: {claimed}")?;
                let place = part.map(|part| format!(" (first wrong part: {part})")).unwrap_or_default();
                write!(f, "\nwrong: {reason}{place}")
            }
            (Some(_), None) => f.write_str("\nthe request has this signature"),
            (None, _) => Ok(()),
        }
    }
}

impl Explanation {
    /// How far the request time is from now, and whether the gateway accepts that.
    fn offset(&self, part: SignedPart) -> String {
        let (SignedPart::RequestTime, Some(now)) = (part, self.now) else { return String::new() };
        let Some(sent) = time::parse(&self.texts[1].1) else {
            return "  (not written as `yyyy-MM-dd HH:mm:ss`)".to_owned();
        };
        let seconds = (sent - now).num_seconds();
        let direction = if seconds < 0 { "behind" } else { "ahead of" };
        let is_accepted = seconds.abs() <= platform::CLOCK_TOLERANCE_MINUTES * 60;
        let is_utc = (seconds.abs() - 8 * 3600).abs() <= platform::CLOCK_TOLERANCE_MINUTES * 60;
        let verdict = match (is_accepted, is_utc) {
            (true, _) => "accepted",
            (false, true) => "refused; send China Standard Time, eight hours ahead of UTC",
            (false, false) => "refused",
        };
        format!("  ({} s {direction} {}: {verdict})", seconds.abs(), time::format(now))
    }
}

/// Does not show the body.
impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explanation")
            .field("texts", &self.texts)
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// The first part in which two requests differ.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The part.
    pub part: SignedPart,
    /// The first byte that differs, counted from 0. Only for bodies.
    pub at: Option<usize>,
    /// Its content in the first request.
    pub one: String,
    /// Its content in the other request.
    pub other: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part, at, one, other } = self;
        match at {
            Some(at) => write!(f, "the body differs at byte {at}: {one}, and {other}"),
            None => write!(f, "the {part} differs: {one}, and {other}"),
        }
    }
}
