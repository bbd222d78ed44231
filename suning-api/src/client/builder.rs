//! Configures a client.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::NaiveDateTime;
use tokio::time::Instant;

use super::clock::{Clock, Source};
use super::{Client, Hook, Options, Rules, Shared, Values};
use crate::credentials::Credentials;
use crate::error::{BuildError, RequestError};
use crate::request::Endpoint;
use crate::retry::{Budget, RetryPolicy};
use crate::time::{Monotonic, china_time};
use crate::timer::Timer;
use crate::transport::{Transport, default_transport};
use crate::undocumented::Undocumented;
use crate::wire::Format;

/// Configures a [`Client`].
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    credentials: Credentials,
    endpoint: Endpoint,
    format: Format,
    clock: Source,
    monotonic: Monotonic,
    timer: Timer,
    random: Box<dyn Fn() -> f64 + Send + Sync>,
    rules: Rules,
    values: Values,
    undocumented: Option<Box<Hook>>,
    transport: Option<Arc<dyn Transport>>,
    retry_budget: u32,
    #[cfg(feature = "limit")]
    rate_limit: Option<crate::limit::RateLimit>,
    options: Options,
}

impl ClientBuilder {
    pub(super) fn new(credentials: Credentials) -> Self {
        let start = Instant::now();
        Self {
            credentials,
            endpoint: Endpoint::production(),
            format: Format::default(),
            clock: Box::new(|| china_time(SystemTime::now())),
            monotonic: Arc::new(move || start.elapsed()),
            timer: Timer::default(),
            random: Box::new(fastrand::f64),
            rules: Rules::Checked,
            values: Values::Lenient,
            undocumented: None,
            transport: None,
            retry_budget: 100,
            #[cfg(feature = "limit")]
            rate_limit: None,
            options: Options::default(),
        }
    }

    /// Gateway to call. Default: [`Endpoint::production`].
    pub fn endpoint(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = endpoint;
        self
    }

    /// Format of requests and replies. Default: JSON.
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Timeout for the whole call, including retries and waits. Default: 60 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    /// Timeout for one attempt, including connecting. Default: 20 s.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = timeout;
        self
    }

    /// Retry policy. Default: [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = policy;
        self
    }

    /// Number of retries that all calls of the client share. Ten answered calls earn one back. Default: 100.
    ///
    /// This stops retries from making an outage worse.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Rate limit for each app. Default: no limit. See [`limit`](crate::limit).
    #[cfg(feature = "limit")]
    pub fn rate_limit(mut self, limit: crate::limit::RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Sends requests without checking required parameters and documented rules.
    ///
    /// By default, an invalid request is not sent, and [`RequestError::Invalid`] lists all violations.
    pub fn without_rules(mut self) -> Self {
        self.rules = Rules::LeftToTheGateway;
        self
    }

    /// Makes a value that cannot be read as documented an error ([`Error::Reply`](crate::Error::Reply) with its path), for
    /// programs in which an amount of money must not be missing unnoticed.
    ///
    /// By default, such a field is `None`, and [`Reply::unread`](crate::Reply::unread) lists it. An undocumented field is
    /// never an error. Mind writes: the gateway has processed a request whose reply cannot be read.
    pub fn strict_values(mut self) -> Self {
        self.values = Values::Strict;
        self
    }

    /// Reports everything undocumented in a reply to a hook. See [`undocumented`](crate::undocumented).
    ///
    /// The hook runs before the caller gets the reply, so it should be fast. Default: no hook.
    pub fn on_undocumented(mut self, hook: impl Fn(&Undocumented) + Send + Sync + 'static) -> Self {
        self.undocumented = Some(Box::new(hook));
        self
    }

    /// Transport that sends the requests. Default: the HTTP client of the feature `http-client`. See [`transport`](crate::transport).
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Clock for request times, in China Standard Time. Default: the system clock.
    ///
    /// When the gateway refuses a request for its time, the client corrects the clock by the date of the reply.
    pub fn clock(mut self, clock: impl Fn() -> NaiveDateTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Clock for timeouts, attempt durations and the rate limit: the time since a fixed start, which never goes back. Default:
    /// the clock of tokio, which is the system's monotonic clock unless a test has paused it.
    pub fn monotonic_clock(mut self, clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        self.monotonic = Arc::new(clock);
        self
    }

    /// Timer for timeouts, waits between attempts, and the rate limit. Default: `tokio::time::sleep`, so that
    /// `tokio::time::pause` works in tests. Set it to use another runtime.
    ///
    /// If it returns early, also set a [monotonic clock](Self::monotonic_clock) that each wait advances. Otherwise a call that
    /// waits for the rate limit loops until real time has passed.
    pub fn sleep<F>(mut self, sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.timer = Timer::new(sleep);
        self
    }

    /// Random numbers from 0 to 1 for the jitter of waits. Default: a generator seeded by the system.
    pub fn random(mut self, random: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.random = Box::new(random);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// Invalid credentials, an invalid URL, or no transport.
    pub fn build(self) -> Result<Client, BuildError> {
        self.credentials.check().map_err(|error| BuildError::Request(RequestError::Credentials(error)))?;
        self.endpoint.check().map_err(BuildError::Request)?;
        let transport = self.transport.map_or_else(default_transport, Ok)?;
        let shared = Shared {
            endpoint: self.endpoint,
            format: self.format,
            clock: Clock::new(self.clock),
            #[cfg(feature = "limit")]
            limiter: self.rate_limit.map(|limit| crate::limit::Limiter::new(limit, Arc::clone(&self.monotonic))),
            monotonic: self.monotonic,
            timer: self.timer,
            random: self.random,
            rules: self.rules,
            values: self.values,
            undocumented: self.undocumented,
            budget: Budget::new(self.retry_budget),
            transport,
        };
        let (credentials, options) = (Arc::new(self.credentials), Arc::new(self.options));
        Ok(Client { credentials, tokens: None, options, shared: Arc::new(shared) })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("credentials", &self.credentials)
            .field("endpoint", &self.endpoint)
            .field("format", &self.format)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
