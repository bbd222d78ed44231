//! Decodes HTTP replies to typed replies or typed errors. No I/O.
//!
//! # For unit tests
//! Your code can be tested with replies and errors that no gateway has sent:
//!
//! ```
//! # #[cfg(feature = "custom")] {
//! use suning_api::error::{NO_RESULT, ReplyError, TransportErrorKind};
//! use suning_api::http::StatusCode;
//! use suning_api::methods::custom::virtual_get::{VirtualGetRequest, VirtualGetResponse};
//! use suning_api::reply::OpenReply;
//! use suning_api::value::Value;
//! use suning_api::{ApiError, Error, Reply};
//!
//! let mut order = VirtualGetResponse::default();
//! order.order_code = Some("1".into());
//! let mut reply = Reply::from(order);
//! reply.envelope_mut().head.page_total = Some(3);
//! let untyped = Reply::from(OpenReply::from(Value::Object(vec![("orderCode".into(), "1".into())])));
//! assert_eq!(untyped.get("orderCode").and_then(Value::as_text), reply.order_code.as_deref());
//!
//! let refused = Error::from(ApiError::new::<VirtualGetRequest>(NO_RESULT));
//! assert!(refused.is_no_result());
//! let unreadable: Error = Error::Reply(Box::new(ReplyError::new("suning.custom.virtual.get", StatusCode::OK, "HTML")));
//! let unanswered: Error = Error::Transport(TransportErrorKind::Timeout.into());
//! assert!(unanswered.is_retryable() && !unreadable.is_retryable());
//! # }
//! ```
//!
//! The module `mock` has a gateway for tests of whole programs.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::charset;
use crate::error::{ApiError, Error, ErrorCode, ReplyError};
use crate::facts::codes;
use crate::generated::platform::{self, ErrorBody, Head};
use crate::model::{Loan, Model, Response, Slot, View, is_success, to_value};
use crate::request::{Request, Target};
use crate::undocumented;
use crate::value::{Extra, Value};
use crate::wire::envelope::{Content, ReplyDocument};
use crate::wire::{Malformed, json, xml};

pub use super::open::{OpenObject, OpenReply};

/// A successful reply.
///
/// It dereferences to its content: the object or the rows that the method returns. [`into_inner`](Self::into_inner) returns
/// the content alone. Everything around it (page numbers, HTTP status and headers, the verbatim reply) is in the
/// [`envelope`](Self::envelope).
///
/// It serializes as its content. After deserialization, or when a test creates it [from a value](Self::from), the envelope
/// is empty.
///
/// # Examples
/// ```
/// # #[cfg(all(feature = "custom", feature = "serde"))] {
/// use suning_api::Reply;
/// use suning_api::methods::custom::virtual_get::VirtualGetResponse;
///
/// let mut reply = Reply::from(VirtualGetResponse::default());
/// reply.order_code = Some("1".into());
/// reply.envelope_mut().head.page_no = Some(1);
/// assert_eq!(serde_json::to_string(&reply).unwrap(), r#"{"orderCode":"1"}"#);
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply<T> {
    content: T,
    envelope: Envelope,
}

/// What is around the content of a reply.
///
/// # Another business node than documented
/// If the documented business node is absent from `sn_body`, and there is no error, the reply is read from what is there:
///
/// - from the only child of `sn_body`, if it is an object or a list whose name differs only in case and punctuation, or which has
///   at least one documented field, or none at all;
/// - from `sn_body` itself, if at least one of its children is a documented field of the reply.
///
/// For methods whose reply fields are not documented, any fields will do, and `sn_body` itself must have several children.
///
/// In both cases, the children of `sn_body` are undocumented: they are also in [`extra`](Self::extra), verbatim, by the names that
/// the gateway used, and they are [reported](crate::undocumented) as fields of the envelope.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Envelope {
    /// Page number and totals. Empty if the gateway sent no head.
    pub head: Head,
    /// Undocumented content of the envelope. That of the objects is in the `extra` of each.
    pub extra: Extra,
    /// HTTP status.
    pub status: StatusCode,
    /// HTTP headers, such as `Date` and request ids.
    pub headers: HeaderMap,
    /// The reply, verbatim.
    pub raw: Bytes,
}

impl<T> Reply<T> {
    /// Returns the content without the envelope.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.content
    }

    /// What is around the content.
    #[must_use]
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// What is around the content, to set up a reply for a test.
    pub fn envelope_mut(&mut self) -> &mut Envelope {
        &mut self.envelope
    }

    /// Whether the reply reports success.
    ///
    /// The replies of some methods have a field that says whether the call succeeded; the documentation of such a method says so.
    /// `false` if that field has another value or is absent, in any row. `true` for every other method, because the gateway
    /// answered without an error code.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "selfmarket")] {
    /// use suning_api::Reply;
    /// use suning_api::methods::selfmarket::leaguerstatus_add::{LeaguerstatusAddResponse, LeaguerstatusAddResult};
    ///
    /// let mut reply = Reply::from(LeaguerstatusAddResponse::default());
    /// reply.result = Some(LeaguerstatusAddResult::Failure);
    /// assert!(!reply.is_success());
    /// # }
    /// ```
    #[must_use]
    pub fn is_success(&self) -> bool
    where
        T: Response,
    {
        self.content.rows().iter().all(|row| is_success(row))
    }

    /// Paths of the documented fields whose values cannot be read as documented, such as `returnMoney` with the value
    /// `1,234.50`, or one object of which there are two.
    ///
    /// Such a field is `None`, or lacks the value, which is in the `extra` of its object instead.
    /// [`ClientBuilder::strict_values`](crate::ClientBuilder::strict_values) makes it an error.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "custom")] {
    /// use suning_api::methods::custom::virtual_get::VirtualGetRequest;
    /// use suning_api::reply::read_reply;
    ///
    /// let body = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"sum":"1,234.50"}}}}"#;
    /// let reply = read_reply::<VirtualGetRequest>(http::Response::new(body.into()))?;
    /// assert_eq!(reply.unread(), ["sum"]);
    /// assert_eq!(reply.sum, None);
    /// assert_eq!(reply.extra.get("sum").and_then(|value| value.as_text()), Some("1,234.50"));
    /// # }
    /// # Ok::<(), suning_api::Error>(())
    /// ```
    #[must_use]
    pub fn unread(&self) -> Vec<String>
    where
        T: Response,
    {
        undocumented::unread(self)
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        Reply { content: change(self.content), envelope: self.envelope }
    }
}

impl<T> From<T> for Reply<T> {
    fn from(content: T) -> Self {
        Self { content, envelope: Envelope::default() }
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

impl<T> DerefMut for Reply<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.content
    }
}

impl<T> IntoIterator for Reply<Vec<T>> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.content.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Reply<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.content.iter()
    }
}

impl<T: Serialize> Serialize for Reply<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.content.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Reply<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

/// Shows only the names of headers and the length of the reply, because both may contain personal data.
impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("head", &self.head)
            .field("extra", &self.extra)
            .field("status", &self.status)
            .field("headers", &self.headers.keys().map(http::HeaderName::as_str).collect::<Vec<_>>())
            .field("raw", &format_args!("[{} bytes]", self.raw.len()))
            .finish()
    }
}

/// Decodes the reply to a request. The format is detected from the content.
///
/// # Errors
/// [`Error::Api`] if the gateway returned an error code, [`Error::Reply`] if the reply cannot be read.
///
/// # Examples
/// ```
/// # #[cfg(feature = "custom")] {
/// use suning_api::methods::custom::virtual_get::VirtualGetRequest;
/// use suning_api::reply::read_reply;
///
/// let body = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"sum":"999"}}}}"#;
/// let reply = read_reply::<VirtualGetRequest>(http::Response::new(body.into()))?;
/// assert_eq!(reply.sum, Some(999.into()));
/// # }
/// # Ok::<(), suning_api::Error>(())
/// ```
pub fn read_reply<R: Request>(reply: http::Response<Bytes>) -> Result<Reply<R::Response>, Error<R::ErrorCode>> {
    read_rows((&R::METHOD).into(), reply)
}

/// Decodes the reply to a call.
pub(crate) fn read_rows<T: Response, C: ErrorCode>(
    target: Target<'_>,
    reply: http::Response<Bytes>,
) -> Result<Reply<T>, Error<C>> {
    let (parts, raw) = reply.into_parts();
    let mut rows = Vec::<T::Row>::new();
    let read = read::<T>(target, &parts.headers, &raw, &mut rows);
    let mut envelope =
        Envelope { status: parts.status, headers: parts.headers, raw, head: Head::default(), extra: Extra::default() };
    let opened = match read {
        Ok(opened) => opened,
        Err(failure) => return Err(failure.into_error(target, envelope)),
    };
    (envelope.head, envelope.extra) = (opened.head, opened.extra);
    if rows.is_empty() && opened.has_empty_node && !T::IS_LIST {
        rows.push(T::Row::default());
    }
    let mut is_open = false;
    T::Row::default().view(&mut |row: View<'_>| is_open = row.table.is_empty());
    if is_open {
        // Where no fields are documented, single values are as good as objects.
        let values = envelope.extra.get(target.node).into_iter().flat_map(Value::items);
        for value in values.filter(|value| !matches!(value, Value::Object(_))) {
            let mut row = T::Row::default();
            row.lend(&mut |row: Loan<'_, '_>| row.extra.push("", value.clone()));
            rows.push(row);
        }
    }
    let is_stray = rows.is_empty() && envelope.extra.get(target.node).is_some();
    let content = if is_stray { None } else { T::from_rows(&mut rows) };
    for row in &rows {
        envelope.extra.push(target.node, to_value(row));
    }
    match content {
        Some(content) => Ok(Reply { content, envelope }),
        None => Err(Failure::Malformed(missing_node(target)).into_error(target, envelope)),
    }
}

/// A reply without an error.
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
    fn into_error<C: ErrorCode>(self, target: Target<'_>, envelope: Envelope) -> Error<C> {
        let Envelope { status, headers, raw, .. } = envelope;
        let (method, attempts) = (target.method.to_owned(), Vec::new());
        match self {
            Self::Api(error) => {
                let wire_code = error.error_code.unwrap_or_default();
                let (code, info) = codes::parse(target.facts.map_or(&[], |facts| facts.errors), &wire_code);
                let message = error.error_msg;
                Error::Api(Box::new(ApiError {
                    method,
                    code,
                    wire_code,
                    message,
                    status,
                    headers,
                    raw,
                    attempts,
                    info,
                }))
            }
            Self::Malformed(Malformed { path, reason }) => {
                Error::Reply(Box::new(ReplyError { method, status, headers, path, reason, raw, attempts }))
            }
        }
    }
}

fn read<T: Response>(
    target: Target<'_>,
    headers: &HeaderMap,
    raw: &[u8],
    rows: &mut dyn Slot,
) -> Result<Opened, Failure> {
    let mut document = ReplyDocument::new(target.node, rows);
    decode(headers, raw, &mut document).map_err(Failure::Malformed)?;
    let Content { is_present, head, error, mut body, extra } = document.into_content();
    if !is_present {
        let reason = "not a reply of the gateway".to_owned();
        return Err(Failure::Malformed(Malformed { path: platform::RESPONSE_ROOT.to_owned(), reason }));
    }
    match error {
        Some(error) if error.error_code.is_some() || error.error_msg.is_some() => return Err(Failure::Api(error)),
        Some(error) if !error.extra.is_empty() => return Err(Failure::Malformed(error_without_code())),
        _ if extra.get(platform::ERROR).is_some() => return Err(Failure::Malformed(error_without_code())),
        _ => {}
    }
    T::Row::default().view(&mut |row: View<'_>| body.read_substitute(row.table));
    // An empty body, or a head without a body, can mean an empty list. Other content in place of the list cannot.
    let says_empty = body.is_empty() && (body.is_present || head.as_ref().is_some_and(|head| *head != Head::default()));
    let has_result = body.node.is_present || (T::IS_LIST && says_empty);
    if !has_result {
        return Err(Failure::Malformed(missing_node(target)));
    }
    let has_empty_node = body.node.is_present && extra.get(target.node).is_none();
    Ok(Opened { head: head.unwrap_or_default(), extra, has_empty_node })
}

fn error_without_code() -> Malformed {
    Malformed {
        path: [platform::RESPONSE_ROOT, platform::ERROR].join("."),
        reason: "an error without a code".to_owned(),
    }
}

fn missing_node(target: Target<'_>) -> Malformed {
    Malformed {
        path: [platform::RESPONSE_ROOT, platform::BODY, target.node].join("."),
        reason: format!("neither `{}` nor an error", target.node),
    }
}

/// Decodes by content, because the gateway may reply in another format than requested.
fn decode(headers: &HeaderMap, raw: &[u8], document: &mut ReplyDocument<'_>) -> Result<(), Malformed> {
    let beginning = |reason: &str| Err(Malformed { path: String::new(), reason: reason.to_owned() });
    let raw = raw.strip_prefix("\u{feff}".as_bytes()).unwrap_or(raw).trim_ascii();
    let decode: fn(&str, &mut dyn Model) -> Result<(), Malformed> = match raw.first() {
        None => return beginning("an empty reply"),
        Some(b'{') => json::decode,
        Some(b'<') if is_html(raw) => return beginning("an HTML page, probably from a server in front of the gateway"),
        Some(b'<') => xml::decode,
        Some(_) if raw.starts_with(b"\xff\xfe") || raw.starts_with(b"\xfe\xff") => {
            return beginning("in UTF-16, and only UTF-8 can be read");
        }
        Some(_) => return beginning("neither JSON nor XML"),
    };
    if let Some(charset) = charset::other_than_utf_8(headers, raw) {
        return beginning(&format!("in {charset}, and only UTF-8 can be read"));
    }
    let invalid = match std::str::from_utf8(raw) {
        Ok(text) => return decode(text, document),
        Err(error) => error,
    };
    // The path to the problem is where the valid part ends.
    let valid = raw.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let path = decode(valid, document).err().map(|malformed| malformed.path);
    let reason = format!("not UTF-8 at byte {}", invalid.valid_up_to());
    Err(Malformed { path: path.unwrap_or_default(), reason })
}

fn is_html(raw: &[u8]) -> bool {
    ["<!doctype html", "<html"]
        .iter()
        .any(|start| raw.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes())))
}
