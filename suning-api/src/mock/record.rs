//! What the gateway was asked.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::answer::Answer;
use super::script::typed;
use crate::request::Request;
use crate::value::Value;

/// A request that came, and what it was answered with.
#[derive(Clone)]
#[non_exhaustive]
pub struct Received {
    /// Full name of the method, as its header named it.
    pub method: Option<String>,
    /// What the business node held; `None` when the request did not pass all checks.
    pub parameters: Option<Value>,
    /// What was answered, and why.
    pub answer: Answer,
}

/// Shows no parameters, which may be somebody's.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received").field("method", &self.method).field("answer", &self.answer).finish_non_exhaustive()
    }
}

/// Everything that came so far, for a gateway that keeps it.
#[derive(Debug, Default)]
pub(super) struct Record(Mutex<Vec<Received>>);

impl Record {
    pub(super) fn keep(&self, received: Received) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(received);
    }

    pub(super) fn all(&self) -> Vec<Received> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The valid requests for one method.
    pub(super) fn of<R: Request>(&self) -> Vec<R> {
        let is_for = |received: &Received| received.method.as_deref() == Some(R::METHOD.name);
        self.all()
            .iter()
            .filter(|received| is_for(received))
            .filter_map(|received| received.parameters.as_ref().map(typed))
            .collect()
    }
}
