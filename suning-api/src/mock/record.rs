//! The requests that a gateway received.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::answer::Answer;
use crate::model::from_value;
use crate::request::Request;
use crate::token::AccessToken;
use crate::value::Value;

/// A received request and the answer to it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Received {
    /// Full name of the method, from the request header. `None` for the token endpoint.
    pub method: Option<String>,
    /// The app that sent it.
    pub app_key: Option<String>,
    /// The access token that it was sent with, which tells whose merchant it is for.
    pub access_token: Option<AccessToken>,
    /// Content of the business node; `None` if the request failed a check.
    pub parameters: Option<Value>,
    /// The answer, with the reason for it.
    pub answer: Answer,
}

/// Leaves out the parameters, which may be personal data.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("app_key", &self.app_key)
            .field("access_token", &self.access_token)
            .field("answer", &self.answer)
            .finish_non_exhaustive()
    }
}

/// All requests so far, for a gateway that records them.
#[derive(Debug, Default)]
pub(super) struct Record(Mutex<Vec<Received>>);

impl Record {
    pub(super) fn push(&self, received: Received) {
        self.entries().push(received);
    }

    pub(super) fn all(&self) -> Vec<Received> {
        self.entries().clone()
    }

    /// The valid requests for one method.
    pub(super) fn requests<R: Request>(&self) -> Vec<R> {
        let entries = self.entries();
        let of_method = entries.iter().filter(|received| received.method.as_deref() == Some(R::METHOD.name));
        of_method.filter_map(|received| received.parameters.as_ref().map(from_value)).collect()
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Received>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
