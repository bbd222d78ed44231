//! A transport that answers what a test tells it to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use suning_api::transport::{Exchange, Transport};
use suning_api::{Client, Credentials};

/// Answers one body after the other, and keeps what was sent.
#[derive(Debug, Default)]
pub struct Script {
    answers: Mutex<VecDeque<String>>,
    sent: Mutex<Vec<String>>,
}

impl Script {
    /// A script of bodies.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = impl Into<String>>) -> Arc<Self> {
        Arc::new(Self { answers: Mutex::new(answers.into_iter().map(Into::into).collect()), sent: Mutex::default() })
    }

    /// A client whose calls the script answers.
    ///
    /// # Panics
    /// Never: the credentials are right.
    #[must_use]
    pub fn client(self: &Arc<Self>) -> Client {
        let credentials = Credentials::new("key", "secret");
        Client::builder(credentials).transport(Arc::<Self>::clone(self)).build().expect("a client")
    }

    /// The bodies that were sent so far.
    #[must_use]
    pub fn sent(&self) -> Vec<String> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(body);
        let answer = self.answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        // A request beyond the script gets an empty reply, which is an error.
        Box::pin(async move { Ok(http::Response::new(Bytes::from(answer.unwrap_or_default()))) })
    }
}
