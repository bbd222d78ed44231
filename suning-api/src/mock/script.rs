//! What a test tells the gateway to answer.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};

use super::gateway::Gateway;
use crate::error::{NO_RESULT, TransportErrorKind};
use crate::model::{Model, Response, fill, to_value};
use crate::paging::Paged;
use crate::request::Request;
use crate::value::Value;

/// Something other than a reply of the gateway.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Fault {
    /// No connection comes about; over a socket, it closes at once.
    Refused,
    /// The connection breaks while a reply is awaited.
    Broken,
    /// No reply comes for as long as the client waits; in the same process, its time is over at once.
    TimedOut,
    /// Another HTTP reply, such as one of a server in front of the gateway.
    Http(http::Response<Bytes>),
}

impl Fault {
    /// An HTML page with this status, as a server in front of the gateway sends it.
    #[must_use]
    pub fn status(status: StatusCode) -> Self {
        let mut reply = http::Response::new(Bytes::from(format!("<html><h1>{status}</h1></html>")));
        *reply.status_mut() = status;
        reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
        Self::Http(reply)
    }

    /// What a client in the same process gets.
    pub(super) fn outcome(self) -> Result<http::Response<Bytes>, TransportErrorKind> {
        match self {
            Self::Refused => Err(TransportErrorKind::Connect),
            Self::Broken => Err(TransportErrorKind::Exchange),
            Self::TimedOut => Err(TransportErrorKind::Timeout),
            Self::Http(reply) => Ok(reply),
        }
    }
}

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

/// Tells a [`Gateway`] what to answer the next valid requests for one method with, one after the other.
///
/// Once they are used up, the documented reply is answered again.
#[derive(Debug)]
pub struct Script<'a, R = ()> {
    gateway: &'a Gateway,
    method: String,
    request: PhantomData<fn(R)>,
}

impl<'a, R> Script<'a, R> {
    pub(super) fn new(gateway: &'a Gateway, method: String) -> Self {
        Self { gateway, method, request: PhantomData }
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
        self.gateway.scripts().told().entry(self.method.clone()).or_default().next.push_back(reaction);
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
        self.gateway.scripts().told().entry(self.method.clone()).or_default().pages = Some(pages);
        self
    }
}

/// The page that a request asks for.
fn asked<R: Paged>(parameters: &Value) -> usize {
    let page = *typed::<R>(parameters).page_mut();
    page.and_then(|page| usize::try_from(page).ok()).unwrap_or(1)
}

/// The request that parameters make; what can not be read is in its `extra`.
pub(super) fn typed<R: Request>(parameters: &Value) -> R {
    let mut request = R::default();
    if let Value::Object(fields) = parameters {
        fill(&mut request as &mut dyn Model, fields.clone());
    }
    request
}
