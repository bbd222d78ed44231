//! Encodes and signs requests. No I/O and no clock.

use std::fmt;

use bytes::Bytes;
use chrono::NaiveDateTime;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Uri};

use crate::credentials::Credentials;
use crate::error::{ErrorCode, RequestError};
use crate::facts::{Effect, Method};
use crate::generated::platform;
use crate::model::{Element, Model, Response};
use crate::time;
use crate::wire::sign::sign;
use crate::wire::{Format, envelope};

pub use crate::model::IntoOptional;

/// A request of a method, with the types of its reply and its error codes.
pub trait Request: Model + Element + Default + fmt::Debug + Send + Sync {
    /// One object of the reply.
    type Row: Model + Element + Default + fmt::Debug + Send + Sync;
    /// The reply: one row, or `Vec<Row>` where the method returns a list.
    type Response: Response<Row = Self::Row> + Send + Sync + 'static;
    /// The error codes of the method.
    type ErrorCode: ErrorCode;
    /// What the documents say about the method.
    const METHOD: Method;
}

/// What a signed request needs besides the request value.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Context<'a> {
    /// App key, app secret and access token.
    pub credentials: &'a Credentials,
    /// The gateway.
    pub endpoint: &'a Endpoint,
    /// Format of the request and its reply.
    pub format: Format,
    /// Time of the request, in China Standard Time. The gateway tolerates a difference of 10 minutes.
    pub time: NaiveDateTime,
}

impl<'a> Context<'a> {
    /// A request to a gateway at a time in China Standard Time. Default format: JSON.
    #[must_use]
    pub fn new(credentials: &'a Credentials, endpoint: &'a Endpoint, time: NaiveDateTime) -> Self {
        Self { credentials, endpoint, format: Format::default(), time }
    }

    /// Sets the format.
    #[must_use]
    pub fn with_format(self, format: Format) -> Self {
        Self { format, ..self }
    }
}

/// The URL of a gateway. `Debug` hides a user and password in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    base: String,
    appends_method: bool,
}

impl Endpoint {
    /// The gateway for real shops.
    #[must_use]
    pub fn production() -> Self {
        Self::new(platform::PRODUCTION)
    }

    /// The gateway for tests.
    #[must_use]
    pub fn pre_production() -> Self {
        Self::new(platform::PRE_PRODUCTION)
    }

    /// Another gateway, such as a mock. The method name is appended to the path.
    #[must_use]
    pub fn new(base: impl Into<String>) -> Self {
        Self { base: base.into(), appends_method: true }
    }

    /// Sends all methods to the same URL, without the method name in the path.
    #[must_use]
    pub fn without_method_in_path(mut self) -> Self {
        self.appends_method = false;
        self
    }

    pub(crate) fn uri(&self, method: &str) -> Result<Uri, RequestError> {
        let base = self.base.trim_end_matches('/');
        let address = if self.appends_method { [base, "/", method].concat() } else { base.to_owned() };
        address
            .parse::<Uri>()
            .ok()
            .filter(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.query().is_none())
            // A user and password would appear wherever the URL is shown.
            .filter(|uri| uri.authority().is_some_and(|authority| !authority.as_str().contains('@')))
            .ok_or_else(|| RequestError::Address(without_user(&self.base)))
    }

    /// The name and port of the server, for spans.
    #[cfg(feature = "tracing")]
    pub(crate) fn server(&self) -> (String, Option<u16>) {
        let uri = self.uri("suning").unwrap_or_default();
        let port = uri.port_u16().or(match uri.scheme_str() {
            Some("https") => Some(443),
            Some("http") => Some(80),
            _ => None,
        });
        (uri.host().unwrap_or_default().to_owned(), port)
    }

    /// Checks that requests can be sent to it.
    pub(crate) fn check(&self) -> Result<(), RequestError> {
        self.uri("suning").map(drop)
    }
}

fn without_user(address: &str) -> String {
    address.rsplit_once('@').map_or_else(|| address.to_owned(), |(_, rest)| format!("…@{rest}"))
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.appends_method { "/<method>" } else { "" };
        write!(f, "{}{path}", without_user(&self.base))
    }
}

/// Encodes and signs a request. Any HTTP client can send the result. Do not change the body: the signature covers its
/// exact bytes.
///
/// # Errors
/// A parameter that the format cannot represent, invalid credentials, or an invalid URL.
///
/// # Examples
/// ```
/// # #[cfg(feature = "custom")] {
/// use suning_api::methods::custom::virtual_get::VirtualGetRequest;
/// use suning_api::request::{Context, Endpoint, sign_request};
/// use suning_api::{Credentials, Format, time};
///
/// let request = VirtualGetRequest::builder().order_item_code("101254223501").build();
/// let (credentials, endpoint) = (Credentials::new("my-app-key", "my-app-secret"), Endpoint::production());
/// let time = time::parse("2026-01-02 03:04:05").unwrap();
/// let context = Context::new(&credentials, &endpoint, time).with_format(Format::Xml);
/// let http = sign_request(&request, &context)?;
/// assert_eq!(http.uri().path(), "/api/http/sopRequest/suning.custom.virtual.get");
/// assert_eq!(http.headers()["AppRequestTime"], "2026-01-02 03:04:05");
/// # }
/// # Ok::<(), suning_api::error::RequestError>(())
/// ```
pub fn sign_request<R: Request>(request: &R, context: &Context<'_>) -> Result<http::Request<Bytes>, RequestError> {
    sign_body(R::METHOD.name, encode(context.format, R::METHOD.node, request)?, context)
}

/// Everything a call needs to know about its method.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target<'a> {
    /// Full name of the method.
    pub(crate) method: &'a str,
    /// What the documents say about it; `None` for a raw call.
    pub(crate) facts: Option<&'static Method>,
    /// The business node.
    pub(crate) node: &'a str,
    /// Whether it changes anything.
    pub(crate) effect: Effect,
}

impl From<&'static Method> for Target<'_> {
    fn from(facts: &'static Method) -> Self {
        Self { method: facts.name, facts: Some(facts), node: facts.node, effect: facts.effect }
    }
}

/// Encodes the body of a request.
pub(crate) fn encode(format: Format, node: &str, parameters: &dyn Model) -> Result<Bytes, RequestError> {
    envelope::encode(format, node, parameters)
        .map_err(|error| RequestError::Unwritable { path: error.path, reason: error.reason })
}

/// Signs a body and adds headers and URL.
pub(crate) fn sign_body(
    method: &str,
    body: Bytes,
    context: &Context<'_>,
) -> Result<http::Request<Bytes>, RequestError> {
    let Context { credentials, endpoint, format, time } = *context;
    credentials.check().map_err(RequestError::Credentials)?;
    let time = time::format(time);
    let signature = sign(credentials.app_secret(), method, &time, credentials.app_key(), platform::VERSION, &body);
    let mut request = http::Request::new(body);
    *request.method_mut() = http::Method::POST;
    *request.uri_mut() = endpoint.uri(method)?;
    let headers = request.headers_mut();
    // With those that the transport adds.
    headers.reserve(12);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    let common = [
        (platform::APP_METHOD, method),
        (platform::APP_REQUEST_TIME, &time),
        (platform::FORMAT, format.as_str()),
        (platform::APP_KEY, credentials.app_key()),
        (platform::VERSION_NO, platform::VERSION),
        (platform::SIGN_INFO, &signature),
    ];
    let token = credentials.access_token().map(|token| (platform::ACCESS_TOKEN, token));
    for (name, value) in common.into_iter().chain(token) {
        let unwritable = |reason: &str| RequestError::Unwritable { path: name.to_owned(), reason: reason.to_owned() };
        let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unwritable("not a valid header name"))?;
        let mut value = HeaderValue::from_str(value).map_err(|_| unwritable("not a valid header value"))?;
        value.set_sensitive(name == platform::ACCESS_TOKEN || name == platform::SIGN_INFO);
        headers.insert(header, value);
    }
    Ok(request)
}
