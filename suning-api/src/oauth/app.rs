//! An app, and where it asks for tokens.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use form_urlencoded::Serializer;
use http::Uri;

use super::State;
use crate::credentials::Credentials;
use crate::error::{BuildError, RequestError};
use crate::request::Endpoint;
use crate::transport::{Transport, default_transport};

const AUTHORIZE: &str = "https://open.suning.com/api/oauth/authorize";
const TOKEN: &str = "https://open.suning.com/api/oauth/token";

/// An app that merchants can grant access to. Cloning it is cheap and shares its connections.
///
/// # Examples
/// ```
/// # #[cfg(feature = "reqwest")] {
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

/// What all handles of an app have in common.
pub(super) struct Settings {
    pub(super) credentials: Credentials,
    pub(super) redirect_uri: String,
    scope: Option<String>,
    authorize: Uri,
    pub(super) token: Uri,
    pub(super) parameters: Parameters,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) timeout: Duration,
    clock: Clock,
}

type Clock = Box<dyn Fn() -> SystemTime + Send + Sync>;

/// How parameters are sent to the token endpoint. The platform's documents do not settle it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Parameters {
    /// In the body of a POST, as RFC 6749 wants it.
    #[default]
    Form,
    /// In the address of a GET, as some clients do. Proxies and servers write addresses into their
    /// logs, and these hold the app secret.
    Query,
}

impl App {
    /// Starts an app. The redirect URI is where merchants come back to, just as it is registered on the platform.
    ///
    /// An access token in the credentials is not used.
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
            clock: Box::new(SystemTime::now),
        }
    }

    /// Where to send a merchant who is to grant access.
    ///
    /// The item code is what the platform lists the app by for merchants (`itemcode`).
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

/// Sets up an [`App`].
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
    clock: Clock,
}

impl AppBuilder {
    /// Which kinds of methods merchants are asked for, such as `item` and `order`; left to the platform unless set.
    pub fn scope<S: AsRef<str>>(mut self, kinds: impl IntoIterator<Item = S>) -> Self {
        let kinds: Vec<S> = kinds.into_iter().collect();
        self.scope = Some(kinds.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(","));
        self
    }

    /// Where merchants authorise; the one for real shops unless set.
    pub fn authorize_endpoint(mut self, address: impl Into<String>) -> Self {
        self.authorize = address.into();
        self
    }

    /// Where tokens come from; the one for real shops unless set.
    pub fn token_endpoint(mut self, address: impl Into<String>) -> Self {
        self.token = address.into();
        self
    }

    /// How parameters are sent to the token endpoint; by [`Parameters::Form`] unless set.
    pub fn parameters(mut self, parameters: Parameters) -> Self {
        self.parameters = parameters;
        self
    }

    /// What sends the requests; a transport of its own, as a client has it, unless set.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// How long the token endpoint may take to answer; 30 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The clock that tokens expire by; the system's unless set.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Makes the app.
    ///
    /// # Errors
    /// Credentials or an endpoint no request could be sent with, or no transport to send it.
    pub fn build(self) -> Result<App, BuildError> {
        self.credentials.check().map_err(|error| BuildError::Request(RequestError::Credentials(error)))?;
        Ok(App(Arc::new(Settings {
            authorize: address(self.authorize)?,
            token: address(self.token)?,
            transport: self.transport.map_or_else(default_transport, Ok)?,
            credentials: self.credentials,
            redirect_uri: self.redirect_uri,
            scope: self.scope,
            parameters: self.parameters,
            timeout: self.timeout,
            clock: self.clock,
        })))
    }
}

fn address(text: String) -> Result<Uri, BuildError> {
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
