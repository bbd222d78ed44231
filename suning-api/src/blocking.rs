//! The client for programs without an async runtime.
//!
//! It has the same calls, which return their results directly, and iterators in place of streams. It works on any thread. In
//! an async runtime it blocks the calling thread. All blocking clients of a process share one background thread for I/O.
//!
//! ```no_run
//! # #[cfg(all(feature = "custom", feature = "http-client"))]
//! # fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use suning_api::{Client, Credentials, blocking, time};
//!
//! let client = blocking::Client::new(Client::builder(Credentials::from_env()?))?;
//! let order = client.custom().virtual_get().order_item_code("101254223501").send()?;
//! println!("{:?} {:?}", order.order_code, order.sum);
//!
//! let start = time::parse("2013-08-01 00:00:00").ok_or("no time")?;
//! let end = time::parse("2013-10-26 00:00:00").ok_or("no time")?;
//! for row in client.custom().batchrejected_query().page_size(50).rows_between(start, end) {
//!     println!("{:?}", row?.order_code);
//! }
//! # Ok(())
//! # }
//! ```

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use crate::client::ClientBuilder;
use crate::credentials::Credentials;
use crate::error::{BuildError, Error};
use crate::raw::RawCall;
use crate::reply::Reply;
use crate::request::Request;
use crate::retry::RetryPolicy;
use crate::token::TokenSource;
use crate::value::Value;

/// A client of the platform whose calls block. Cloning it is cheap and shares its connections.
///
/// See the [module](self). The handles are those of [`Client`](crate::Client).
#[derive(Debug, Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Handle,
}

impl Client {
    /// Builds a blocking client.
    ///
    /// # Errors
    /// Those of [`ClientBuilder::build`], and a background thread that cannot be started.
    pub fn new(builder: ClientBuilder) -> Result<Self, BuildError> {
        Self::from_client(builder.build()?)
    }

    /// Wraps an asynchronous client.
    ///
    /// Both share their connections. A connection that an asynchronous call opened only works while the runtime of that call
    /// runs. If that runtime may stop or block, use [`new`](Self::new) instead.
    ///
    /// # Errors
    /// The background thread cannot be started.
    pub fn from_client(client: crate::Client) -> Result<Self, BuildError> {
        let runtime = runtime().map_err(|error| BuildError::Transport(error.into()))?;
        Ok(Self { client, runtime })
    }

    /// The asynchronous client.
    #[must_use]
    pub fn as_async(&self) -> &crate::Client {
        &self.client
    }

    /// Waits for a future, such as one of the module `oauth`.
    pub fn wait<F: Future>(&self, future: F) -> F::Output {
        let _guard = self.runtime.enter();
        pollster::block_on(future)
    }

    /// Wraps a stream of the asynchronous client.
    pub(crate) fn iterate<S>(self, open: impl FnOnce(crate::Client) -> S) -> Iter<S> {
        Iter { stream: open(self.client.clone()), client: self }
    }

    /// Sends a request and waits for the reply.
    ///
    /// # Errors
    /// Those of [`Client::call`](crate::Client::call).
    pub fn call<R: Request>(&self, request: &R) -> Result<Reply<R::Response>, Error<R::ErrorCode>> {
        self.wait(self.client.call(request))
    }

    /// Calls any method by its name and business node. See [`raw`](crate::raw).
    pub fn raw(&self, method: impl Into<String>, node: impl Into<String>) -> RawCall<Self> {
        RawCall::new(self.clone(), method.into(), node.into())
    }

    /// Like [`Client::with_credentials`](crate::Client::with_credentials).
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        self.with_client(self.client.with_credentials(credentials))
    }

    /// Like [`Client::with_access_token`](crate::Client::with_access_token).
    #[must_use]
    pub fn with_access_token(&self, access_token: impl Into<String>) -> Self {
        self.with_client(self.client.with_access_token(access_token))
    }

    /// Like [`Client::with_token_source`](crate::Client::with_token_source).
    #[must_use]
    pub fn with_token_source(&self, tokens: Arc<dyn TokenSource>) -> Self {
        self.with_client(self.client.with_token_source(tokens))
    }

    /// Like [`Client::with_retry`](crate::Client::with_retry).
    #[must_use]
    pub fn with_retry(&self, policy: RetryPolicy) -> Self {
        self.with_client(self.client.with_retry(policy))
    }

    /// Like [`Client::with_timeout`](crate::Client::with_timeout).
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        self.with_client(self.client.with_timeout(timeout))
    }

    /// Like [`Client::with_attempt_timeout`](crate::Client::with_attempt_timeout).
    #[must_use]
    pub fn with_attempt_timeout(&self, timeout: Duration) -> Self {
        self.with_client(self.client.with_attempt_timeout(timeout))
    }

    /// Like [`Client::with_parameter`](crate::Client::with_parameter).
    #[must_use]
    pub fn with_parameter(&self, name: &str, value: impl Into<Value>) -> Self {
        self.with_client(self.client.with_parameter(name, value))
    }

    fn with_client(&self, client: crate::Client) -> Self {
        Self { client, runtime: self.runtime.clone() }
    }
}

/// An iterator over the items of a stream, such as [`Pages`](crate::paging::Pages) or [`Rows`](crate::paging::Rows).
#[derive(Debug)]
#[must_use = "nothing is read until an item is asked for"]
pub struct Iter<S> {
    stream: S,
    client: Client,
}

impl<S> Iter<S> {
    /// Changes the settings of the stream: `rows.with(|rows| rows.last_page_first())`.
    pub fn with(self, set: impl FnOnce(S) -> S) -> Self {
        Self { stream: set(self.stream), ..self }
    }

    /// The stream, for example to [resume](crate::paging::Rows::resume) it after an error, or for its
    /// [position](crate::paging::Rows::position).
    pub fn stream_mut(&mut self) -> &mut S {
        &mut self.stream
    }
}

impl<S: Stream + Unpin> Iterator for Iter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        self.client.wait(poll_fn(|context| Pin::new(&mut self.stream).poll_next(context)))
    }
}

/// The runtime of all blocking clients. It runs until the process ends.
fn runtime() -> io::Result<Handle> {
    static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);
    let mut running = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*running {
        return Ok(handle.clone());
    }
    Ok(running.insert(start()?).clone())
}

fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let run = move || runtime.block_on(std::future::pending::<()>());
    thread::Builder::new().name("suning-api".to_owned()).spawn(run)?;
    Ok(handle)
}
