//! From an HTTP reply to a typed reply or a typed error. Pure: no I/O.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::StatusCode;

use crate::codec::envelope::{Content, Envelope};
use crate::codec::{Malformed, json, xml};
use crate::error::{ApiError, Error, ReplyError};
use crate::error_code::ErrorCode;
use crate::generated::platform::{self, ErrorBody, Head};
use crate::model::{Model, Objects, to_value};
use crate::request::{Request, Response, Target};
use crate::value::Extra;

/// A successful reply: what the method answers, and all that came with it.
///
/// It dereferences to the answer, so fields and rows are read right from it.
#[derive(Clone, PartialEq)]
pub struct Reply<T> {
    body: T,
    head: Head,
    extra: Extra,
    status: StatusCode,
    raw: Bytes,
}

impl<T> Reply<T> {
    /// The answer alone.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    pub(crate) fn map<U>(self, body: impl FnOnce(T) -> U) -> Reply<U> {
        let Self { body: old, head, extra, status, raw } = self;
        Reply { body: body(old), head, extra, status, raw }
    }

    /// Where the reply stands in a result; empty when the gateway sent no head.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// What stood around the answer beyond the documents. What stood inside is in the `extra` of each model.
    #[must_use]
    pub fn extra(&self) -> &Extra {
        &self.extra
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The reply as it came.
    #[must_use]
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("body", &self.body)
            .field("head", &self.head)
            .field("extra", &self.extra)
            .field("status", &self.status)
            .field("raw", &format_args!("[{} bytes]", self.raw.len()))
            .finish()
    }
}

/// Reads the reply to a request, in whichever format it came.
///
/// # Errors
/// [`Error::Api`] for an error code of the gateway, [`Error::Reply`] for what is no reply.
///
/// # Examples
/// ```
/// # #[cfg(feature = "custom")] {
/// use suning_api::custom::virtual_get::VirtualGetRequest;
/// use suning_api::reply::read_reply;
///
/// let body = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"sum":"999"}}}}"#;
/// let reply = read_reply::<VirtualGetRequest>(http::Response::new(body.into()))?;
/// assert_eq!(reply.sum, Some(999.into()));
/// # }
/// # Ok::<(), suning_api::Error>(())
/// ```
pub fn read_reply<R: Request>(reply: http::Response<Bytes>) -> Result<Reply<R::Response>, Error<R::ErrorCode>> {
    read_rows(Target::of(R::METHOD), reply)
}

/// Reads the reply to a call.
pub(crate) fn read_rows<T: Response, C: ErrorCode>(
    target: Target<'_>,
    reply: http::Response<Bytes>,
) -> Result<Reply<T>, Error<C>> {
    let status = reply.status();
    let raw = reply.into_body();
    let mut rows = Vec::<T::Row>::new();
    match read(target, &raw, &mut rows) {
        Ok(mut opened) => {
            if rows.is_empty() && opened.has_empty_node && !target.is_list {
                rows.push(T::Row::default());
            }
            let is_stray = rows.is_empty() && opened.extra.get(target.node).is_some();
            let body = if is_stray { None } else { T::take(&mut rows) };
            for row in &rows {
                opened.extra.push(target.node, to_value(row));
            }
            body.map(|body| Reply { body, head: opened.head, extra: opened.extra, status, raw: raw.clone() })
                .ok_or_else(|| Failure::Malformed(missing_node(target)))
        }
        Err(failure) => Err(failure),
    }
    .map_err(|failure| failure.into_error(target, status, raw))
}

/// A reply that holds no error.
struct Opened {
    head: Head,
    extra: Extra,
    has_empty_node: bool,
}

enum Failure {
    Api(ErrorBody),
    Malformed(Malformed),
}

impl Failure {
    fn into_error<C: ErrorCode>(self, target: Target<'_>, status: StatusCode, raw: Bytes) -> Error<C> {
        let (method, attempts) = (target.method.to_owned(), Vec::new());
        match self {
            Self::Api(error) => {
                let wire_code = error.error_code.unwrap_or_default();
                let code = C::from_wire(&wire_code);
                let info = code.info();
                Error::Api(Box::new(ApiError {
                    method,
                    code,
                    wire_code,
                    message: error.error_msg,
                    status,
                    raw,
                    attempts,
                    info,
                }))
            }
            Self::Malformed(Malformed { path, reason }) => {
                Error::Reply(Box::new(ReplyError { method, status, path, reason, raw, attempts }))
            }
        }
    }
}

fn read(target: Target<'_>, raw: &[u8], rows: &mut dyn Objects) -> Result<Opened, Failure> {
    let mut envelope = Envelope::new(target.node, rows);
    decode(raw, &mut envelope).map_err(Failure::Malformed)?;
    if !envelope.has_root {
        let reason = "this is not a reply of the gateway".to_owned();
        return Err(Failure::Malformed(Malformed { path: platform::RESPONSE_ROOT.to_owned(), reason }));
    }
    let Content { head, error, body, extra } = envelope.into_content();
    match error {
        Some(error) if error.error_code.is_some() || error.error_msg.is_some() => return Err(Failure::Api(error)),
        Some(error) if !error.extra().is_empty() => return Err(Failure::Malformed(error_without_code())),
        _ if extra.get(platform::ERROR).is_some() => return Err(Failure::Malformed(error_without_code())),
        _ => {}
    }
    // A list may be told to be empty by an empty body or by the head alone, but not by something else in its place.
    let is_told_empty =
        body.is_empty && (body.is_present || head.as_ref().is_some_and(|head| *head != Head::default()));
    let has_result = body.has_node || (target.is_list && is_told_empty);
    if !has_result {
        return Err(Failure::Malformed(missing_node(target)));
    }
    let has_empty_node = body.has_node && extra.get(target.node).is_none();
    Ok(Opened { head: head.unwrap_or_default(), extra, has_empty_node })
}

fn error_without_code() -> Malformed {
    Malformed {
        path: [platform::RESPONSE_ROOT, platform::ERROR].join("."),
        reason: "the error names no code".to_owned(),
    }
}

fn missing_node(target: Target<'_>) -> Malformed {
    Malformed {
        path: [platform::RESPONSE_ROOT, platform::BODY, target.node].join("."),
        reason: "there is no result and no error".to_owned(),
    }
}

/// Decodes by content: the gateway may answer in another format than it was asked for.
fn decode(raw: &[u8], envelope: &mut Envelope<'_>) -> Result<(), Malformed> {
    let beginning = |reason: &str| Malformed { path: String::new(), reason: reason.to_owned() };
    let raw = raw.strip_prefix("\u{feff}".as_bytes()).unwrap_or(raw).trim_ascii();
    match raw.first() {
        None => Err(beginning("the reply is empty")),
        Some(b'{') => json::decode(raw, envelope),
        Some(b'<') if is_html(raw) => {
            Err(beginning("the reply is an HTML page, most likely of a server in front of the gateway"))
        }
        Some(b'<') => match std::str::from_utf8(raw) {
            Ok(text) => xml::decode(text, envelope),
            Err(error) => Err(beginning(&format!("the reply is not UTF-8 at byte {}", error.valid_up_to()))),
        },
        Some(_) => Err(beginning("the reply is neither JSON nor XML")),
    }
}

fn is_html(raw: &[u8]) -> bool {
    ["<!doctype html", "<html"]
        .iter()
        .any(|start| raw.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes())))
}
