//! Scripted answers.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::fault::Fault;
use super::synthesis::page_head;
use crate::error::NO_RESULT;
use crate::model::{Response, from_value, to_value};
use crate::paging::Paged;
use crate::request::Request;
use crate::value::Value;

/// The answer to a valid request.
#[derive(Debug, Clone)]
pub(super) enum Reaction {
    Reply { head: Value, body: Value },
    Error(String),
    Fault(Fault),
}

/// The pages of a method.
struct Pages {
    pages: Vec<Reaction>,
    /// Returns the page that a request asks for, from its parameters.
    requested: fn(&Value) -> usize,
}

/// The script of one method.
#[derive(Default)]
struct MethodScript {
    next: VecDeque<Reaction>,
    pages: Option<Pages>,
}

/// The scripts of all methods.
#[derive(Default)]
pub(super) struct Scripts(Mutex<BTreeMap<String, MethodScript>>);

impl Scripts {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, MethodScript>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The scripted answer to a request, if any.
    pub(super) fn react(&self, method: &str, parameters: &Value) -> Option<Reaction> {
        let mut scripts = self.lock();
        let script = scripts.get_mut(method)?;
        if let Some(next) = script.next.pop_front() {
            return Some(next);
        }
        let Pages { pages, requested } = script.pages.as_ref()?;
        let page = pages.get((requested)(parameters).saturating_sub(1));
        Some(page.cloned().unwrap_or_else(|| Reaction::Error(NO_RESULT.to_owned())))
    }
}

impl fmt::Debug for Scripts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.lock().iter().map(|(method, script)| (method.clone(), script.next.len())).collect::<Vec<_>>();
        f.debug_map().entries(counts).finish()
    }
}

/// Scripts the answers of a [`Gateway`](super::Gateway) to the next valid requests for one method, one after the other.
///
/// When the script is used up, the gateway answers as without one.
#[derive(Debug)]
pub struct Script<'a, R = ()> {
    scripts: &'a Scripts,
    method: String,
    request: PhantomData<fn(R)>,
}

impl<'a, R> Script<'a, R> {
    pub(super) fn new(scripts: &'a Scripts, method: String) -> Self {
        Self { scripts, method, request: PhantomData }
    }

    /// Adds an error code.
    pub fn error(&self, code: impl Into<String>) -> &Self {
        self.then(Reaction::Error(code.into()))
    }

    /// Adds a fault.
    pub fn fault(&self, fault: Fault) -> &Self {
        self.then(Reaction::Fault(fault))
    }

    fn then(&self, reaction: Reaction) -> &Self {
        self.scripts.lock().entry(self.method.clone()).or_default().next.push_back(reaction);
        self
    }
}

impl<R: Request> Script<'_, R> {
    /// Adds a reply, in the format that the request asks for.
    pub fn reply(&self, reply: &R::Response) -> &Self {
        let rows = reply.rows().iter().map(|row| to_value(row)).collect();
        let body =
            if R::Response::IS_LIST { Value::List(rows) } else { rows.into_iter().next().unwrap_or(Value::Null) };
        self.then(Reaction::Reply { head: Value::Object(Vec::new()), body })
    }
}

impl<R: Request + Paged> Script<'_, R> {
    /// Sets the pages of a result, which requests get after the scripted answers. Other pages get "no result".
    pub fn pages(&self, pages: impl IntoIterator<Item = Vec<<R as Request>::Row>>) -> &Self {
        let pages: Vec<_> = pages.into_iter().collect();
        let total: usize = pages.iter().map(Vec::len).sum();
        let reply = |(page, rows): (usize, &Vec<<R as Request>::Row>)| Reaction::Reply {
            head: page_head(page + 1, pages.len(), total),
            body: Value::List(rows.iter().map(|row| to_value(row)).collect()),
        };
        let pages = pages.iter().enumerate().map(reply).collect();
        let pages = Pages { pages, requested: requested_page::<R> };
        self.scripts.lock().entry(self.method.clone()).or_default().pages = Some(pages);
        self
    }
}

/// The page that a request asks for.
fn requested_page<R: Request + Paged>(parameters: &Value) -> usize {
    let page = *from_value::<R>(parameters).page_mut();
    page.and_then(|page| usize::try_from(page).ok()).unwrap_or(1)
}
