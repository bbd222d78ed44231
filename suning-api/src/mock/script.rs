//! What a test tells the gateway to answer.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::fault::Fault;
use crate::error::NO_RESULT;
use crate::model::{Response, from_value, to_value};
use crate::paging::Paged;
use crate::request::Request;
use crate::value::Value;

/// What to answer a valid request with.
#[derive(Debug, Clone)]
pub(super) enum Reaction {
    Reply { head: Value, body: Value },
    Error(String),
    Fault(Fault),
}

/// The pages of a method.
struct Pages {
    pages: Vec<Reaction>,
    /// Which page a request asks for, by its parameters.
    asked: fn(&Value) -> usize,
}

/// What is told for one method.
#[derive(Default)]
struct Told {
    next: VecDeque<Reaction>,
    pages: Option<Pages>,
}

/// What is told for each method.
#[derive(Default)]
pub(super) struct Scripts(Mutex<BTreeMap<String, Told>>);

impl Scripts {
    fn told(&self) -> MutexGuard<'_, BTreeMap<String, Told>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is told for this request, if anything.
    pub(super) fn react(&self, method: &str, parameters: &Value) -> Option<Reaction> {
        let mut told = self.told();
        let told = told.get_mut(method)?;
        if let Some(next) = told.next.pop_front() {
            return Some(next);
        }
        let Pages { pages, asked } = told.pages.as_ref()?;
        let page = pages.get((asked)(parameters).saturating_sub(1));
        Some(page.cloned().unwrap_or_else(|| Reaction::Error(NO_RESULT.to_owned())))
    }
}

impl fmt::Debug for Scripts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.told().iter().map(|(method, told)| (method.clone(), told.next.len())).collect::<Vec<_>>();
        f.debug_map().entries(counts).finish()
    }
}

/// Tells a [`Gateway`](super::Gateway) what to answer the next valid requests for one method with, one after the other.
///
/// Once they are used up, the documented reply is answered again.
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

    /// Then answers an error code.
    pub fn error(&self, code: impl Into<String>) -> &Self {
        self.then(Reaction::Error(code.into()))
    }

    /// Then something goes wrong.
    pub fn fault(&self, fault: Fault) -> &Self {
        self.then(Reaction::Fault(fault))
    }

    fn then(&self, reaction: Reaction) -> &Self {
        self.scripts.told().entry(self.method.clone()).or_default().next.push_back(reaction);
        self
    }
}

impl<R: Request> Script<'_, R> {
    /// Then answers this, in the format that is asked for.
    pub fn reply(&self, reply: &R::Response) -> &Self {
        let rows = reply.rows().iter().map(|row| to_value(row)).collect();
        let body =
            if R::Response::IS_LIST { Value::List(rows) } else { rows.into_iter().next().unwrap_or(Value::Null) };
        self.then(Reaction::Reply { head: Value::Object(Vec::new()), body })
    }
}

impl<R: Paged> Script<'_, R> {
    /// From then on answers the page that is asked for, of these, and "no result" for others.
    pub fn pages(&self, pages: impl IntoIterator<Item = Vec<R::Row>>) -> &Self {
        let pages: Vec<_> = pages.into_iter().collect();
        let rows: usize = pages.iter().map(Vec::len).sum();
        let head = |page: usize| {
            let fields = [("pageNo", page + 1), ("pageTotal", pages.len()), ("totalSize", rows)];
            Value::Object(fields.map(|(name, number)| (name.to_owned(), number.to_string().into())).into())
        };
        let reply = |(page, rows): (usize, &Vec<R::Row>)| Reaction::Reply {
            head: head(page),
            body: Value::List(rows.iter().map(|row| to_value(row)).collect()),
        };
        let pages = pages.iter().enumerate().map(reply).collect();
        let pages = Pages { pages, asked: asked::<R> };
        self.scripts.told().entry(self.method.clone()).or_default().pages = Some(pages);
        self
    }
}

/// The page that a request asks for.
fn asked<R: Paged>(parameters: &Value) -> usize {
    let page = *from_value::<R>(parameters).page_mut();
    page.and_then(|page| usize::try_from(page).ok()).unwrap_or(1)
}
