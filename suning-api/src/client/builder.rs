//! Sets up a client.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

use chrono::NaiveDateTime;
use futures_timer::Delay;

use super::clock::{Clock, Source};
use super::{Client, Hook, Options, Pause, Rules, Shared};
use crate::credentials::Credentials;
use crate::error::{BuildError, RequestError};
use crate::facts::undocumented::Undocumented;
use crate::request::Endpoint;
use crate::retry::{Budget, RetryPolicy};
use crate::time::{Monotonic, china_time};
use crate::transport::{Transport, default_transport};
use crate::wire::Format;

/// Where the monotonic clock starts unless there is another.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Sets up a [`Client`].
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    credentials: Credentials,
    endpoint: Endpoint,
    format: Format,
    clock: Source,
    monotonic: Monotonic,
    pause: Pause,
    random: Box<dyn Fn() -> f64 + Send + Sync>,
    rules: Rules,
    undocumented: Option<Box<Hook>>,
    transport: Option<Arc<dyn Transport>>,
    retry_budget: u32,
    #[cfg(feature = "limit")]
    rate_limit: Option<crate::limit::RateLimit>,
    options: Options,
}

impl ClientBuilder {
    pub(super) fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            endpoint: Endpoint::production(),
            format: Format::default(),
            clock: Box::new(|| china_time(SystemTime::now())),
            monotonic: Arc::new(|| START.elapsed()),
            pause: Box::new(|duration| Box::pin(Delay::new(duration))),
            random: Box::new(fastrand::f64),
            rules: Rules::Checked,
            undocumented: None,
            transport: None,
            retry_budget: 100,
            #[cfg(feature = "limit")]
            rate_limit: None,
            options: Options::default(),
        }
    }

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

    /// How long a call may take in all, with every attempt and every wait; 60 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    /// How long one attempt may take, connection included; 20 seconds unless set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = timeout;
        self
    }

    /// When a call is sent again; [`RetryPolicy::default`] unless set.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = policy;
        self
    }

    /// How many retries all calls of the client have together, before calls that succeed must earn new ones; 100 unless set.
    ///
    /// While the gateway is down, more retries would only keep it there.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// How fast each app may call; as fast as it likes unless set. See [`limit`](crate::limit).
    #[cfg(feature = "limit")]
    pub fn rate_limit(mut self, limit: crate::limit::RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Sends requests even when they break rules of the documents, and leaves it to the gateway to refuse them.
    ///
    /// Without this, such a request is not sent; [`RequestError::Invalid`] names all that is wrong with it.
    pub fn without_rules(mut self) -> Self {
        self.rules = Rules::LeftToTheGateway;
        self
    }

    /// Is told of everything in replies that no document lists, once for each reply. See [`undocumented`](crate::undocumented).
    ///
    /// It is called before the reply is given to the caller, so it should be quick.
    pub fn on_undocumented(mut self, hook: impl Fn(&Undocumented) + Send + Sync + 'static) -> Self {
        self.undocumented = Some(Box::new(hook));
        self
    }

    /// What sends the requests; the default HTTP client unless set. See [`transport`](crate::transport).
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// The clock that requests are signed by, in China Standard Time; the system's unless set.
    ///
    /// When the gateway refuses a request for its time, the client learns from the reply how far its clock is off.
    pub fn clock(mut self, clock: impl Fn() -> NaiveDateTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// The clock that the time of a call, its attempts and the rate limit are counted by: the time since some fixed start,
    /// never going back; the system's unless set. Waiting for a reply keeps to real time.
    pub fn monotonic_clock(mut self, clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        self.monotonic = Arc::new(clock);
        self
    }

    /// What waits between attempts and for the rate limit, for tests that must not; a timer unless set.
    ///
    /// Where it returns early, set a [monotonic clock](Self::monotonic_clock) that goes on with each wait, or a call
    /// that waits for its turn asks again and again.
    pub fn pause<F>(mut self, pause: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.pause = Box::new(move |duration| Box::pin(pause(duration)));
        self
    }

    /// The randomness of waits, from 0 to 1; unless set, a generator seeded by the system.
    pub fn random(mut self, random: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.random = Box::new(random);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// Credentials or an address no request could be sent with, or no transport to send it.
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
            pause: self.pause,
            random: self.random,
            rules: self.rules,
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
