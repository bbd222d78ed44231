//! A transport that returns scripted answers.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use suning_api::error::TransportError;
use suning_api::error::TransportErrorKind;
use suning_api::transport::{Exchange, Transport};
use suning_api::{Client, ClientBuilder, Credentials};

/// The answer to a request.
#[derive(Debug)]
pub enum Answer {
    /// A reply.
    Reply(http::Response<Bytes>),
    /// A transport error.
    Fault(TransportErrorKind),
    /// No answer, ever.
    Silence,
}

impl Answer {
    /// A reply with an error code.
    #[must_use]
    pub fn code(code: &str) -> Self {
        format!(r#"{{"sn_responseContent":{{"sn_error":{{"error_code":"{code}"}}}}}}"#).into()
    }

    /// A page of a proxy in front of the gateway.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let mut reply = http::Response::new(Bytes::from_static(b"<html></html>"));
        *reply.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
        Self::Reply(reply)
    }

    /// The same answer with a header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        if let (Self::Reply(reply), Ok(value)) = (&mut self, value.parse()) {
            reply.headers_mut().insert(name, value);
        }
        self
    }
}

impl<T: Into<String>> From<T> for Answer {
    fn from(body: T) -> Self {
        Self::Reply(http::Response::new(Bytes::from(body.into())))
    }
}

/// Returns one answer after another, and records the requests and the waits between them.
#[derive(Debug, Default)]
pub struct Script {
    answers: Mutex<VecDeque<Answer>>,
    sent: Mutex<Vec<http::Request<Bytes>>>,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Script {
    /// Creates a script.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = impl Into<Answer>>) -> Arc<Self> {
        let answers = Mutex::new(answers.into_iter().map(Into::into).collect());
        Arc::new(Self { answers, ..Self::default() })
    }

    /// A client that uses the script as its transport.
    ///
    /// # Panics
    /// Never: the credentials are valid.
    #[must_use]
    pub fn client(self: &Arc<Self>) -> Client {
        self.builder().build().expect("a client")
    }

    /// The builder of such a client. Its waits take no real time and advance its clock.
    pub fn builder(self: &Arc<Self>) -> ClientBuilder {
        let (waits, waited) = (Arc::clone(&self.waits), Arc::clone(&self.waits));
        Client::builder(Credentials::new("key", "secret"))
            .transport(Arc::<Self>::clone(self))
            .random(|| 1.0)
            .monotonic_clock(move || locked(&waited).iter().sum())
            .sleep(move |wait| {
                locked(&waits).push(wait);
                std::future::ready(())
            })
    }

    /// The bodies sent so far.
    #[must_use]
    pub fn sent(&self) -> Vec<String> {
        locked(&self.sent).iter().map(|request| String::from_utf8_lossy(request.body()).into_owned()).collect()
    }

    /// A header of the requests sent so far. Empty where it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> Vec<String> {
        let value = |request: &http::Request<Bytes>| request.headers().get(name)?.to_str().ok().map(str::to_owned);
        locked(&self.sent).iter().map(|request| value(request).unwrap_or_default()).collect()
    }

    /// The URLs requested so far.
    #[must_use]
    pub fn uris(&self) -> Vec<String> {
        locked(&self.sent).iter().map(|request| request.uri().to_string()).collect()
    }

    /// The waits between attempts so far, in milliseconds.
    #[must_use]
    pub fn waits(&self) -> Vec<u128> {
        locked(&self.waits).iter().map(Duration::as_millis).collect()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Transport for Script {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        locked(&self.sent).push(request);
        let answer = locked(&self.answers).pop_front();
        Box::pin(async move {
            match answer {
                Some(Answer::Reply(reply)) => Ok(reply),
                Some(Answer::Fault(kind)) => Err(TransportError::new(kind, None)),
                Some(Answer::Silence) => std::future::pending().await,
                // A request after the end of the script gets an empty reply, which is an error.
                None => Ok(http::Response::default()),
            }
        })
    }
}
