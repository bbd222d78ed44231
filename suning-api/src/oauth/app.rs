//! An app and its OAuth endpoints.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use form_urlencoded::Serializer;
use http::Uri;

use super::State;
use crate::credentials::Credentials;
use crate::error::{BuildError, RequestError};
use crate::request::Endpoint;
use crate::timer::Timer;
use crate::transport::{Transport, default_transport};

const AUTHORIZE: &str = "https://open.suning.com/api/oauth/authorize";
const TOKEN: &str = "https://open.suning.com/api/oauth/token";

/// An app that merchants can grant access to. Cloning it is cheap and shares its connections.
///
/// # Examples
/// ```
/// # #[cfg(feature = "http-client")] {
/// use suning_api::Credentials;
/// use suning_api::oauth::{App, State};
///
/// let credentials = Credentials::new("my-app-key", "my-app-secret");
/// let app = App::builder(credentials, "https://shop.example.com/suning").scope(["item", "order"]).build()?;
/// assert_eq!(
///     app.authorize_url("4519", &State::from_stored("r4nd0m")),
///     "https://open.suning.com/api/oauth/authorize?response_type=code&client_id=my-app-key\
///      &redirect_uri=https%3A%2F%2Fshop.example.com%2Fsuning&itemcode=4519&scope=item%2Corder&state=r4nd0m"
/// );
/// # }
/// # Ok::<(), suning_api::error::BuildError>(())
/// ```
#[derive(Clone)]
pub struct App(pub(super) Arc<Settings>);

/// What all handles of an app share.
pub(super) struct Settings {
    pub(super) credentials: Credentials,
    pub(super) redirect_uri: String,
    scope: Option<String>,
    authorize: Uri,
    pub(super) token: Uri,
    pub(super) parameters: Parameters,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) timeout: Duration,
    pub(super) timer: Timer,
    clock: Clock,
}

type Clock = Box<dyn Fn() -> SystemTime + Send + Sync>;

/// How parameters are sent to the token endpoint. The documents of the platform do not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Parameters {
    /// In the body of a POST request, as RFC 6749 requires.
    #[default]
    Form,
    /// In the URL of a GET request, as some clients do. The URL contains the app secret, and proxies and servers log URLs.
    Query,
}

impl App {
    /// Configures an app. The redirect URI is where merchants come back to, exactly as registered on the platform.
    ///
    /// An access token in the credentials is ignored.
    pub fn builder(credentials: Credentials, redirect_uri: impl Into<String>) -> AppBuilder {
        AppBuilder {
            credentials,
            redirect_uri: redirect_uri.into(),
            scope: None,
            authorize: AUTHORIZE.to_owned(),
            token: TOKEN.to_owned(),
            parameters: Parameters::default(),
            transport: None,
            timeout: Duration::from_secs(30),
            timer: Timer::default(),
            clock: Box::new(SystemTime::now),
        }
    }

    /// The URL to send a merchant to, who then grants access.
    ///
    /// The item code (`itemcode`) identifies the app in the service market of the platform.
    #[must_use]
    pub fn authorize_url(&self, item_code: &str, state: &State) -> String {
        let Settings { credentials, redirect_uri, scope, authorize, .. } = &*self.0;
        let mut query = Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", credentials.app_key())
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("itemcode", item_code)
            .extend_pairs(scope.iter().map(|scope| ("scope", scope)))
            .append_pair("state", state.as_str());
        format!("{authorize}?{}", query.finish())
    }

    pub(super) fn now(&self) -> SystemTime {
        (self.0.clock)()
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { credentials, redirect_uri, token, transport, .. } = &*self.0;
        f.debug_struct("App")
            .field("app_key", &credentials.app_key())
            .field("redirect_uri", redirect_uri)
            .field("token_endpoint", token)
            .field("transport", transport)
            .finish_non_exhaustive()
    }
}

/// Configures an [`App`].
#[must_use = "a builder does nothing until it is built"]
pub struct AppBuilder {
    credentials: Credentials,
    redirect_uri: String,
    scope: Option<String>,
    authorize: String,
    token: String,
    parameters: Parameters,
    transport: Option<Arc<dyn Transport>>,
    timeout: Duration,
    timer: Timer,
    clock: Clock,
}

impl AppBuilder {
    /// Kinds of methods to ask merchants for, such as `item` and `order`. Default: chosen by the platform.
    pub fn scope<S: AsRef<str>>(mut self, kinds: impl IntoIterator<Item = S>) -> Self {
        let kinds: Vec<S> = kinds.into_iter().collect();
        self.scope = Some(kinds.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(","));
        self
    }

    /// URL where merchants authorize the app. Default: the one for real shops.
    pub fn authorize_endpoint(mut self, url: impl Into<String>) -> Self {
        self.authorize = url.into();
        self
    }

    /// URL of the token endpoint. Default: the one for real shops.
    pub fn token_endpoint(mut self, url: impl Into<String>) -> Self {
        self.token = url.into();
        self
    }

    /// How parameters are sent to the token endpoint. Default: [`Parameters::Form`].
    pub fn parameters(mut self, parameters: Parameters) -> Self {
        self.parameters = parameters;
        self
    }

    /// Transport that sends the requests. Default: a new HTTP client of the feature `http-client`.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Timeout for the token endpoint. Default: 30 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Timer for timeouts and waits, as [`ClientBuilder::sleep`](crate::ClientBuilder::sleep).
    pub fn sleep<F>(mut self, sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.timer = Timer::new(sleep);
        self
    }

    /// Clock for the expiry of tokens. Default: the system clock.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Builds the app.
    ///
    /// # Errors
    /// Invalid credentials, an invalid URL, or no transport.
    pub fn build(self) -> Result<App, BuildError> {
        self.credentials.check().map_err(|error| BuildError::Request(RequestError::Credentials(error)))?;
        Ok(App(Arc::new(Settings {
            authorize: parse_url(self.authorize)?,
            token: parse_url(self.token)?,
            transport: self.transport.map_or_else(default_transport, Ok)?,
            credentials: self.credentials,
            redirect_uri: self.redirect_uri,
            scope: self.scope,
            parameters: self.parameters,
            timeout: self.timeout,
            timer: self.timer,
            clock: self.clock,
        })))
    }
}

fn parse_url(text: String) -> Result<Uri, BuildError> {
    Endpoint::new(text).without_method_in_path().uri("").map_err(BuildError::Request)
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppBuilder")
            .field("app_key", &self.credentials.app_key())
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}
