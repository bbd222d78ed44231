//! Configures a subscriber.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::Uri;
use tokio::runtime::Handle;

use super::connection::Settings;
use super::{Connect, Error, Subscriber, handshake};
use crate::credentials::Credentials;
use crate::error::{BuildError, RequestError};
use crate::retry::RetryPolicy;
use crate::timer::Timer;
use crate::transport::HttpClient;

/// Configures a [`Subscriber`].
#[must_use = "a builder does nothing until it subscribes"]
pub struct SubscriberBuilder {
    url: String,
    connector: Option<Arc<dyn Connect>>,
    buffer: usize,
    settings: Settings,
}

impl SubscriberBuilder {
    pub(super) fn new(credentials: Credentials, url: String) -> Self {
        let settings = Settings {
            credentials,
            client_ip: "127.0.0.1".to_owned(),
            reconnect: RetryPolicy::default()
                .max_attempts(u32::MAX)
                .base_delay(Duration::from_secs(1))
                .max_delay(Duration::from_secs(60)),
            ping_interval: Duration::from_secs(30),
            timeout: Duration::from_secs(10),
            on_error: Box::new(|_| {}),
            clock: Box::new(SystemTime::now),
            timer: Timer::default(),
            random: Box::new(fastrand::f64),
        };
        Self { url, connector: None, buffer: 16, settings }
    }

    /// The IP address of this program, which the handshake states. Default: `127.0.0.1`.
    pub fn client_ip(mut self, ip: impl Into<String>) -> Self {
        self.settings.client_ip = ip.into();
        self
    }

    /// How many messages are read ahead. At least 1. Default: 16. When the buffer is full, nothing is read from the connection.
    pub fn buffer(mut self, messages: usize) -> Self {
        self.buffer = messages.max(1);
        self
    }

    /// How often and how fast a lost connection is made again. Default: without end; the maximum wait starts at 1 s and doubles up
    /// to 60 s, and each wait is random up to its maximum.
    ///
    /// The count starts again once a connection has answered a ping, so a server that accepts and closes connections does not
    /// reset it.
    pub fn reconnect(mut self, policy: RetryPolicy) -> Self {
        self.settings.reconnect = policy;
        self
    }

    /// Interval between pings. Default: 30 s.
    pub fn ping_interval(mut self, interval: Duration) -> Self {
        self.settings.ping_interval = interval;
        self
    }

    /// Timeout for the handshake, for a pong, and for sending. Default: 10 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Makes the connections. Default: an [`HttpClient`]. Set one for a proxy or for root certificates of your own.
    pub fn connector(mut self, connector: Arc<dyn Connect>) -> Self {
        self.connector = Some(connector);
        self
    }

    /// Calls a function with each error that the subscriber recovers from: a lost connection before the next attempt, and a frame
    /// that cannot be read. Default: no function.
    pub fn on_error(mut self, hook: impl Fn(&Error) + Send + Sync + 'static) -> Self {
        self.settings.on_error = Box::new(hook);
        self
    }

    /// Clock for the handshake. Default: the system clock.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.settings.clock = Box::new(clock);
        self
    }

    /// Timer for pings, timeouts and waits. Default: `tokio::time::sleep`, so that `tokio::time::pause` works in tests.
    /// If it returns early, pings are sent early.
    pub fn sleep<F>(mut self, sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.settings.timer = Timer::new(sleep);
        self
    }

    /// Random numbers from 0 to 1 for the jitter of waits. Default: a generator seeded by the system.
    pub fn random(mut self, random: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.settings.random = Box::new(random);
        self
    }

    /// Starts the subscription, in a task of its own.
    ///
    /// # Errors
    /// Invalid credentials, an invalid URL, or no tokio runtime. What happens later is an item of the stream.
    pub fn subscribe(self) -> Result<Subscriber, BuildError> {
        self.settings.credentials.check().map_err(|error| BuildError::Request(RequestError::Credentials(error)))?;
        let url: Uri = handshake::check(&self.url).ok_or(BuildError::PushUrl)?;
        let runtime = Handle::try_current().map_err(|error| BuildError::Transport(error.into()))?;
        let connector = match self.connector {
            Some(connector) => connector,
            None => Arc::new(HttpClient::builder().build()?),
        };
        Ok(Subscriber::start(url, connector, self.settings, self.buffer, &runtime))
    }
}

impl fmt::Debug for SubscriberBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubscriberBuilder")
            .field("credentials", &self.settings.credentials)
            .field("connector", &self.connector)
            .field("buffer", &self.buffer)
            .finish_non_exhaustive()
    }
}
