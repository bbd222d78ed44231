//! The client: credentials, gateway, format, transport, and the calls.

mod attempts;
mod builder;
mod call;
mod caller;
mod clock;
#[cfg(feature = "limit")]
pub mod limit;
pub mod paging;
pub mod raw;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use self::builder::ClientBuilder;
pub use self::call::Call;
pub(crate) use self::call::Callable;
pub(crate) use self::caller::Caller;
use self::clock::Clock;
use crate::credentials::Credentials;
use crate::error::{Error, RequestError};
use crate::facts::Violation;
use crate::model::to_value;
use crate::reply::{OpenObject, Reply};
use crate::request::{Endpoint, Request};
use crate::retry::{Budget, RetryPolicy};
use crate::time::Monotonic;
use crate::timer::Timer;
use crate::token::TokenSource;
use crate::transport::Transport;
use crate::undocumented::Undocumented;
use crate::value::{Extra, Value};
use crate::wire::Format;

/// A client of the platform. Cloning it is cheap and shares its connections.
///
/// Each namespace of the platform is a method of the client. Each method of a namespace returns a request builder:
///
/// ```no_run
/// # #[cfg(all(feature = "custom", feature = "http-client"))]
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use suning_api::{Client, Credentials};
///
/// let client = Client::builder(Credentials::from_env()?).build()?;
/// let order = client.custom().virtual_get().order_item_code("101254223501").send().await?;
/// println!("{:?} {:?}", order.order_code, order.sum);
/// # Ok(())
/// # }
/// ```
///
/// To change settings for one call or one merchant, make a handle. It shares everything else with the client:
///
/// ```
/// # #[cfg(feature = "http-client")] {
/// # use suning_api::{Client, Credentials, RetryPolicy};
/// use std::time::Duration;
///
/// # let app = Credentials::new("my-app-key", "my-app-secret");
/// # let client = Client::builder(app).build()?;
/// let merchant = client.with_access_token("a token of the merchant");
/// let patient = merchant.with_timeout(Duration::from_secs(120)).with_retry(RetryPolicy::default().max_attempts(6));
/// # }
/// # Ok::<(), suning_api::error::BuildError>(())
/// ```
#[derive(Clone)]
pub struct Client {
    credentials: Arc<Credentials>,
    /// Source of access tokens, which replace the one of the credentials.
    tokens: Option<Arc<dyn TokenSource>>,
    options: Arc<Options>,
    shared: Arc<Shared>,
}

/// Settings that can differ between handles.
#[derive(Debug, Clone)]
struct Options {
    timeout: Duration,
    attempt_timeout: Duration,
    retry: RetryPolicy,
    /// Undocumented parameters.
    parameters: Extra,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(20),
            retry: RetryPolicy::default(),
            parameters: Extra::default(),
        }
    }
}

/// What all handles of a client share.
struct Shared {
    endpoint: Endpoint,
    format: Format,
    clock: Clock,
    monotonic: Monotonic,
    timer: Timer,
    random: Box<dyn Fn() -> f64 + Send + Sync>,
    rules: Rules,
    values: Values,
    undocumented: Option<Box<Hook>>,
    budget: Budget,
    #[cfg(feature = "limit")]
    limiter: Option<crate::limit::Limiter>,
    transport: Arc<dyn Transport>,
}

/// Whether requests are checked against the documents before they are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rules {
    Checked,
    LeftToTheGateway,
}

/// What becomes of a documented field whose value cannot be read as documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Values {
    /// The value is kept in `extra`.
    Lenient,
    /// It is an error.
    Strict,
}

/// Receives reports of undocumented content.
type Hook = dyn Fn(&Undocumented) + Send + Sync;

impl Client {
    /// Configures a client for an app.
    pub fn builder(credentials: Credentials) -> ClientBuilder {
        ClientBuilder::new(credentials)
    }

    /// Returns a handle for another app or merchant, with the same connections.
    ///
    /// One client can serve many merchants: keep one client, and make a handle for each call.
    ///
    /// ```
    /// # #[cfg(feature = "http-client")] {
    /// use suning_api::{Client, Credentials};
    ///
    /// let app = Credentials::new("my-app-key", "my-app-secret");
    /// let client = Client::builder(app.clone()).build()?;
    /// let merchant = client.with_credentials(app.with_access_token("a token of the merchant"));
    /// # }
    /// # Ok::<(), suning_api::error::BuildError>(())
    /// ```
    ///
    /// Invalid credentials are an error of each call.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self { credentials: Arc::new(credentials), tokens: None, ..self.clone() }
    }

    /// Returns a handle for the merchant who granted this OAuth access token, with the same connections.
    #[must_use]
    pub fn with_access_token(&self, access_token: impl Into<String>) -> Self {
        self.with_credentials(Credentials::clone(&self.credentials).with_access_token(access_token))
    }

    /// Returns a handle that gets access tokens from a source, and another token when the gateway refuses one as expired.
    #[must_use]
    pub fn with_token_source(&self, tokens: Arc<dyn TokenSource>) -> Self {
        Self { tokens: Some(tokens), ..self.clone() }
    }

    /// Returns a handle with another retry policy.
    #[must_use]
    pub fn with_retry(&self, policy: RetryPolicy) -> Self {
        self.with_options(|options| options.retry = policy)
    }

    /// Returns a handle with another timeout for the whole call, retries included.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        self.with_options(|options| options.timeout = timeout)
    }

    /// Returns a handle with another timeout for each attempt.
    #[must_use]
    pub fn with_attempt_timeout(&self, timeout: Duration) -> Self {
        self.with_options(|options| options.attempt_timeout = timeout)
    }

    /// Returns a handle that adds a parameter that the documents do not describe to every request that does not have it. `None` is
    /// left out.
    ///
    /// ```no_run
    /// # #[cfg(feature = "custom")]
    /// # async fn run(client: suning_api::Client) -> Result<(), suning_api::Error> {
    /// let supplier = client.with_parameter("supplierCode", "0010012345");
    /// let order = supplier.custom().virtual_get().order_item_code("101254223501").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_parameter(&self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.with_options(|options| options.parameters.add(name, value))
    }

    fn with_options(&self, change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::clone(&self.options);
        change(&mut options);
        Self { options: Arc::new(options), ..self.clone() }
    }

    /// Sends a request and reads the reply.
    ///
    /// # Errors
    /// Any [`Error`] except [`Error::Paging`]. The module [`retry`](crate::retry) lists which errors are retried.
    pub async fn call<R: Request>(&self, request: &R) -> Result<Reply<R::Response>, Error<R::ErrorCode>> {
        if self.shared.rules == Rules::Checked {
            let found = Violation::all(request);
            if !found.is_empty() {
                return Err(Error::Request(RequestError::Invalid(found)));
            }
        }
        if self.options.parameters.is_empty() {
            return self.exchange((&R::METHOD).into(), request).await;
        }
        self.exchange((&R::METHOD).into(), &self.add_parameters(to_value(request).into())).await
    }

    /// Adds the parameters of this handle that a request does not have itself.
    fn add_parameters(&self, mut parameters: OpenObject) -> OpenObject {
        for (name, value) in self.options.parameters.iter() {
            if parameters.get(name).is_none() {
                parameters.add(name, value.clone());
            }
        }
        parameters
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { endpoint, format, transport, .. } = &*self.shared;
        f.debug_struct("Client")
            .field("credentials", &self.credentials)
            .field("tokens", &self.tokens)
            .field("endpoint", endpoint)
            .field("format", format)
            .field("options", &self.options)
            .field("transport", transport)
            .finish_non_exhaustive()
    }
}
