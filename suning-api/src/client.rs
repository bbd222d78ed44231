//! The client: who calls, where to, in which format, over which transport.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use chrono::NaiveDateTime;

use crate::codec::Format;
use crate::credentials::Credentials;
use crate::error::{Error, RequestError};
use crate::error_code::ErrorCode;
use crate::model::{Model, to_value};
use crate::reply::{Reply, read_rows};
use crate::request::{self, Endpoint, Request, Response, Target, sign_model};
use crate::rules::violations;
use crate::time::china_time;
use crate::transport::{Limits, Transport};

/// A client of the platform. Cloning it is cheap and shares its connections.
///
/// Each namespace of the platform is a method, and each of its methods a builder:
///
/// ```no_run
/// # #[cfg(all(feature = "custom", feature = "reqwest"))]
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use suning_api::{Client, Credentials};
///
/// let client = Client::builder(Credentials::from_env()?).build()?;
/// let order = client.custom().virtual_get().order_item_code("101254223501").send().await?;
/// println!("{:?} {:?}", order.order_code, order.sum);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    credentials: Arc<Credentials>,
    shared: Arc<Shared>,
}

/// What all handles of a client have in common.
struct Shared {
    endpoint: Endpoint,
    format: Format,
    clock: Clock,
    rules: Rules,
    transport: Arc<dyn Transport>,
}

/// Whether requests are held against the documents before they are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rules {
    Checked,
    LeftToTheGateway,
}

type Clock = Box<dyn Fn() -> NaiveDateTime + Send + Sync>;

impl Client {
    /// Starts a client for an app.
    pub fn builder(credentials: Credentials) -> ClientBuilder {
        ClientBuilder {
            credentials,
            endpoint: Endpoint::production(),
            format: Format::default(),
            clock: Box::new(|| china_time(SystemTime::now())),
            rules: Rules::Checked,
            transport: None,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(30),
            max_reply: 32 * 1024 * 1024,
        }
    }

    /// A handle that calls for another app or merchant, over the same connections.
    ///
    /// One client serves many merchants: keep one, and make a handle for each call.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")] {
    /// use suning_api::{Client, Credentials};
    ///
    /// let app = Credentials::new("my-app-key", "my-app-secret");
    /// let client = Client::builder(app.clone()).build()?;
    /// let merchant = client.with_credentials(app.with_access_token("a token of the merchant"));
    /// # }
    /// # Ok::<(), suning_api::BuildError>(())
    /// ```
    ///
    /// Credentials that no request can be sent with are an error of each call.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self { credentials: Arc::new(credentials), shared: Arc::clone(&self.shared) }
    }

    /// A handle that calls for the merchant who granted this OAuth access token, over the same connections.
    #[must_use]
    pub fn with_access_token(&self, access_token: impl Into<String>) -> Self {
        self.with_credentials(Credentials::clone(&self.credentials).with_access_token(access_token))
    }

    /// Sends a request value and reads its reply.
    ///
    /// # Errors
    /// Every [`Error`] but [`Error::Paging`]. The request is sent once at most.
    pub async fn call<R: Request>(&self, request: &R) -> Result<Reply<R::Response>, Error<R::ErrorCode>> {
        if self.shared.rules == Rules::Checked {
            let found = violations(R::METHOD, &to_value(request), None);
            if !found.is_empty() {
                return Err(Error::Request(RequestError::Invalid(found)));
            }
        }
        self.exchange(Target::of(R::METHOD), request).await
    }

    /// Writes, signs and sends a request, and reads its reply.
    pub(crate) async fn exchange<T: Response, C: ErrorCode>(
        &self,
        target: Target<'_>,
        request: &dyn Model,
    ) -> Result<Reply<T>, Error<C>> {
        let Shared { endpoint, format, clock, transport, .. } = &*self.shared;
        let context = request::Context { credentials: &self.credentials, endpoint, format: *format, time: clock() };
        let request = sign_model(target, request, &context).map_err(Error::Request)?;
        let reply = transport.send(request).await.map_err(Error::Transport)?;
        read_rows(target, reply)
    }
}

/// A call, which is made once it is awaited.
///
/// It gives the `Result` of its two types. Dropping it early gives the call up; the gateway may
/// have acted on it all the same.
#[must_use = "a call is not made until it is awaited"]
pub struct Call<T, E>(Pin<Box<dyn Future<Output = Result<T, E>> + Send>>);

impl<T, C: ErrorCode> Call<Reply<T>, Error<C>> {
    pub(crate) fn new<R>(client: Client, request: R) -> Self
    where
        R: Request<Response = T, ErrorCode = C> + 'static,
    {
        Self::from_future(async move { client.call(&request).await })
    }

    pub(crate) fn from_future(future: impl Future<Output = Result<Reply<T>, Error<C>>> + Send + 'static) -> Self {
        Self(Box::pin(future))
    }
}

impl<T, E> Future for Call<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T, E>> {
        self.0.as_mut().poll(context)
    }
}

impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { endpoint, format, transport, .. } = &*self.shared;
        f.debug_struct("Client")
            .field("credentials", &self.credentials)
            .field("endpoint", endpoint)
            .field("format", format)
            .field("transport", transport)
            .finish_non_exhaustive()
    }
}

/// Sets up a [`Client`].
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    credentials: Credentials,
    endpoint: Endpoint,
    format: Format,
    clock: Clock,
    rules: Rules,
    transport: Option<Arc<dyn Transport>>,
    connect_timeout: Duration,
    timeout: Duration,
    max_reply: usize,
}

impl ClientBuilder {
    /// The gateway to call; [`Endpoint::production`] unless set.
    pub fn endpoint(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = endpoint;
        self
    }

    /// The format of requests and replies; JSON unless set.
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// The clock that requests are signed by, in China Standard Time; the system's unless set.
    pub fn clock(mut self, clock: impl Fn() -> NaiveDateTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Sends requests even when they break rules of the documents, and leaves it to the gateway to refuse them.
    ///
    /// Without this, such a request is not sent; [`RequestError::Invalid`] names all that is wrong with it.
    pub fn without_rules(mut self) -> Self {
        self.rules = Rules::LeftToTheGateway;
        self
    }

    /// What sends the requests; an HTTP client of our own unless set, and then the limits below do not apply.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// How long a connection may take; 5 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long a call may take, connection included; 30 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The largest reply to take, in bytes; 32 MiB unless set.
    pub fn max_reply_size(mut self, bytes: usize) -> Self {
        self.max_reply = bytes;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// Credentials or an address no request could be sent with, or no transport to send it.
    pub fn build(self) -> Result<Client, BuildError> {
        self.credentials.check().map_err(|error| BuildError::Request(RequestError::Credentials(error)))?;
        self.endpoint.check().map_err(BuildError::Request)?;
        let limits = Limits { connect: self.connect_timeout, total: self.timeout, max_reply: self.max_reply };
        let transport = self.transport.map_or_else(|| default_transport(limits), Ok)?;
        let Self { credentials, endpoint, format, clock, rules, .. } = self;
        let shared = Arc::new(Shared { endpoint, format, clock, rules, transport });
        Ok(Client { credentials: Arc::new(credentials), shared })
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(limits: Limits) -> Result<Arc<dyn Transport>, BuildError> {
    Ok(Arc::new(crate::transport::HttpClient::new(limits).map_err(BuildError::Transport)?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: Limits) -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("credentials", &self.credentials)
            .field("endpoint", &self.endpoint)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

/// Why a client can not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// No request could be sent with these credentials or to this address.
    Request(RequestError),
    /// The HTTP client can not be set up.
    Transport(Box<dyn std::error::Error + Send + Sync>),
    /// There is none: set one, or turn on the feature `reqwest`.
    NoTransport,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Transport(_) => f.write_str("the HTTP client can not be set up"),
            Self::NoTransport => f.write_str("there is no transport: set one, or turn on the feature `reqwest`"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error.as_ref()),
            Self::Request(_) | Self::NoTransport => None,
        }
    }
}
