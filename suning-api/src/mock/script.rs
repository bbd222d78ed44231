//! Scripted answers.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDateTime;

use super::fault::Fault;
use super::synthesis::page_head;
use super::unknown::UnknownMethod;
use crate::catalog::{self, MethodInfo};
use crate::error::NO_RESULT;
use crate::model::{Response, from_value, to_value};
use crate::paging::{Paged, Spanning};
use crate::reply::Reply;
use crate::request::Request;
use crate::value::Value;

/// The answer to a valid request.
#[derive(Debug, Clone)]
pub(super) enum Reaction {
    Reply { head: Value, body: Value },
    Error(String),
    Fault(Fault),
}

/// Decides the answer from the parameters of a request.
#[derive(Clone)]
pub struct Decision(Arc<dyn Fn(&Value) -> Reaction + Send + Sync>);

impl Decision {
    fn new(decide: impl Fn(&Value) -> Reaction + Send + Sync + 'static) -> Self {
        Self(Arc::new(decide))
    }

    fn always(reaction: Reaction) -> Self {
        Self::new(move |_| reaction.clone())
    }
}

/// The script of one method.
#[derive(Default)]
struct MethodScript {
    next: VecDeque<Decision>,
    /// Answers when the others are used up.
    rest: Option<Decision>,
    is_rest_used: bool,
}

/// The scripts of all methods, and the methods that only a script knows.
#[derive(Default)]
pub(super) struct Scripts {
    methods: Mutex<BTreeMap<String, MethodScript>>,
    undocumented: Mutex<BTreeMap<String, &'static MethodInfo>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Scripts {
    /// Looks up a method that is documented, or that a script has added.
    pub(super) fn method(&self, name: &str) -> Option<&'static MethodInfo> {
        catalog::method(name).or_else(|| locked(&self.undocumented).get(name).copied())
    }

    pub(super) fn known(&self, name: &str) -> Result<&'static MethodInfo, UnknownMethod> {
        self.method(name).ok_or_else(|| UnknownMethod::new(name))
    }

    pub(super) fn add_method(&self, name: &str, node: &str) {
        locked(&self.undocumented).entry(name.to_owned()).or_insert_with(|| catalog::undocumented_method(name, node));
    }

    /// The scripted answer to a request, if any.
    pub(super) fn react(&self, method: &str, parameters: &Value) -> Option<Reaction> {
        let decide = {
            let mut scripts = locked(&self.methods);
            let script = scripts.get_mut(method)?;
            script.next.pop_front().or_else(|| {
                script.is_rest_used = true;
                script.rest.clone()
            })?
        };
        Some((decide.0)(parameters))
    }

    /// The methods whose scripts are not used up, each with the number of answers left.
    pub(super) fn unused(&self) -> Vec<(String, usize)> {
        let left =
            |script: &MethodScript| script.next.len() + usize::from(script.rest.is_some() && !script.is_rest_used);
        let scripts = locked(&self.methods);
        scripts.iter().map(|(method, script)| (method.clone(), left(script))).filter(|(_, left)| *left > 0).collect()
    }
}

impl fmt::Debug for Scripts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.unused()).finish()
    }
}

/// A request that a closure of a script receives: a typed one, or the parameters as a [`Value`].
pub trait Scripted: Sized + 'static {
    /// Reads the parameters.
    #[doc(hidden)]
    fn from_parameters(parameters: &Value) -> Self;
}

impl<R: Request> Scripted for R {
    fn from_parameters(parameters: &Value) -> Self {
        from_value(parameters)
    }
}

impl Scripted for Value {
    fn from_parameters(parameters: &Value) -> Self {
        parameters.clone()
    }
}

/// What [`Script::reply`] takes.
///
/// | argument | answer |
/// |---|---|
/// | a reply, or a reference to it | the reply without a head |
/// | a [`Reply`] | the reply and the head in its envelope |
/// | a [`Value`] | the content of the business node |
/// | a `Result` | one of these, or an error code |
/// | a closure that takes a reference to the request | what it returns: one of these |
///
/// `Kind` tells these apart. The compiler infers it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a reply to `{R}`",
    note = "pass the reply type of the method, a `Reply` of it, a `Value`, a `Result` of these, or a closure: `|request: &Request| …`"
)]
pub trait IntoReply<R, Kind> {
    /// The answers to requests.
    #[doc(hidden)]
    fn into_decision(self) -> Decision;
}

/// How an argument of [`Script::reply`] becomes an answer.
mod kind {
    macro_rules! kinds {
        ($($kind:ident)*) => {$(
            #[derive(Debug)]
            pub struct $kind<K = ()>(std::marker::PhantomData<K>);
        )*};
    }
    kinds!(Content Reference WithHead Untyped Fallible Computed);
}

fn reply<T: Response>(head: Value, content: &T) -> Decision {
    let rows = content.rows().iter().map(|row| to_value(row)).collect();
    let body = if T::IS_LIST { Value::List(rows) } else { rows.into_iter().next().unwrap_or(Value::Null) };
    Decision::always(Reaction::Reply { head, body })
}

fn no_head() -> Value {
    Value::Object(Vec::new())
}

impl<R: Request> IntoReply<R, kind::Content> for R::Response {
    fn into_decision(self) -> Decision {
        reply(no_head(), &self)
    }
}

impl<R: Request> IntoReply<R, kind::Reference> for &R::Response {
    fn into_decision(self) -> Decision {
        reply(no_head(), self)
    }
}

impl<R: Request> IntoReply<R, kind::WithHead> for Reply<R::Response> {
    fn into_decision(self) -> Decision {
        reply(to_value(&self.envelope().head), &*self)
    }
}

impl<R> IntoReply<R, kind::Untyped> for Value {
    fn into_decision(self) -> Decision {
        Decision::always(Reaction::Reply { head: no_head(), body: self })
    }
}

impl<R, K, T: IntoReply<R, K>, E: Into<String>> IntoReply<R, kind::Fallible<K>> for Result<T, E> {
    fn into_decision(self) -> Decision {
        match self {
            Ok(reply) => reply.into_decision(),
            Err(code) => Decision::always(Reaction::Error(code.into())),
        }
    }
}

impl<R, K, T, F> IntoReply<R, kind::Computed<K>> for F
where
    R: Scripted,
    T: IntoReply<R, K>,
    F: Fn(&R) -> T + Send + Sync + 'static,
{
    fn into_decision(self) -> Decision {
        Decision::new(move |parameters| (self(&R::from_parameters(parameters)).into_decision().0)(parameters))
    }
}

/// Scripts the answers of a [`Gateway`](super::Gateway) to the next valid requests for one method, one after the other.
///
/// When the script is used up, the gateway answers as without one. `R` is the type of the requests, or [`Value`] for a method
/// that is named.
#[derive(Debug)]
pub struct Script<'a, R = Value> {
    scripts: &'a Scripts,
    method: String,
    request: PhantomData<fn(R)>,
}

impl<'a, R> Script<'a, R> {
    pub(super) fn new(scripts: &'a Scripts, method: String) -> Self {
        Self { scripts, method, request: PhantomData }
    }

    /// Adds an error code, such as [`NO_RESULT`].
    pub fn error(&self, code: impl Into<String>) -> &Self {
        self.then(Decision::always(Reaction::Error(code.into())))
    }

    /// Adds a fault.
    pub fn fault(&self, fault: Fault) -> &Self {
        self.then(Decision::always(Reaction::Fault(fault)))
    }

    /// Adds a reply, in the format that the request asks for: a value, a [`Reply`] with its head, or a closure that computes it
    /// from the request. See [`IntoReply`].
    pub fn reply<K>(&self, reply: impl IntoReply<R, K>) -> &Self {
        self.then(reply.into_decision())
    }

    /// Sets the reply to all requests after the scripted answers.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "custom")] {
    /// use suning_api::error::{NO_RESULT, Optional};
    /// use suning_api::methods::custom::virtual_get::{VirtualGetRequest, VirtualGetResponse};
    ///
    /// let (client, gateway) = suning_api::mock::in_process();
    /// gateway.on::<VirtualGetRequest>().always(|request: &VirtualGetRequest| {
    ///     let mut order = VirtualGetResponse::default();
    ///     order.order_code.clone_from(&request.order_item_code);
    ///     if order.order_code.as_deref() == Some("0") { Err(NO_RESULT) } else { Ok(order) }
    /// });
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let call = |code: &str| client.custom().virtual_get().order_item_code(code).send();
    /// assert_eq!(call("7").await?.order_code.as_deref(), Some("7"));
    /// assert!(call("0").await.optional()?.is_none());
    /// # Ok::<(), suning_api::Error>(())
    /// # }).unwrap();
    /// # }
    /// ```
    pub fn always<K>(&self, reply: impl IntoReply<R, K>) -> &Self {
        self.rest(reply.into_decision())
    }

    fn then(&self, decision: Decision) -> &Self {
        self.change(|script| script.next.push_back(decision))
    }

    fn rest(&self, decision: Decision) -> &Self {
        self.change(|script| {
            script.rest = Some(decision);
            script.is_rest_used = false;
        })
    }

    fn change(&self, change: impl FnOnce(&mut MethodScript)) -> &Self {
        change(locked(&self.scripts.methods).entry(self.method.clone()).or_default());
        self
    }
}

impl<R: Request + Paged> Script<'_, R> {
    /// Sets the pages of a result, which requests get after the scripted answers.
    ///
    /// They belong to the query that is asked first. Other pages, and queries with other parameters, such as another time span, get
    /// "no result".
    pub fn pages(&self, pages: impl IntoIterator<Item = Vec<<R as Request>::Row>>) -> &Self {
        let pages: Vec<Vec<_>> = pages.into_iter().map(|rows| rows.iter().map(|row| to_value(row)).collect()).collect();
        let total: usize = pages.iter().map(Vec::len).sum();
        let asked = Mutex::new(None::<R>);
        self.rest(Decision::new(move |parameters| {
            let (page, query) = requested_page::<R>(parameters);
            if *locked(&asked).get_or_insert_with(|| query.clone()) != query {
                return Reaction::Error(NO_RESULT.to_owned());
            }
            answer_page(page, pages.len(), total, pages.get(page.saturating_sub(1)).map(Vec::as_slice))
        }))
    }
}

impl<R: Request + Spanning> Script<'_, R> {
    /// Sets all rows of a shop, each with the time that the span of a query refers to. Requests get the rows of their span, page and
    /// page size (parameter `pageSize`; default: 10), after the scripted answers.
    pub fn rows_at(&self, rows: impl IntoIterator<Item = (NaiveDateTime, <R as Request>::Row)>) -> &Self {
        let mut rows: Vec<_> = rows.into_iter().map(|(at, row)| (at, to_value(&row))).collect();
        rows.sort_by_key(|(at, _)| *at);
        self.rest(Decision::new(move |parameters| {
            let (page, mut query) = requested_page::<R>(parameters);
            let [start, end] = query.span_mut().map(|time| *time);
            let is_asked = |at: NaiveDateTime| start.is_none_or(|start| start <= at) && end.is_none_or(|end| at <= end);
            let found: Vec<_> = rows.iter().filter(|(at, _)| is_asked(*at)).map(|(_, row)| row.clone()).collect();
            let size = parameters.get("pageSize").and_then(Value::as_text).and_then(|size| size.parse().ok());
            let pages: Vec<_> = found.chunks(size.unwrap_or(10).max(1)).collect();
            answer_page(page, pages.len(), found.len(), pages.get(page.saturating_sub(1)).copied())
        }))
    }
}

/// The page that a request asks for, and the request without it.
fn requested_page<R: Request + Paged>(parameters: &Value) -> (usize, R) {
    let mut query: R = from_value(parameters);
    let page = query.page_mut().take();
    (page.and_then(|page| usize::try_from(page).ok()).unwrap_or(1), query)
}

fn answer_page(page: usize, pages: usize, total: usize, rows: Option<&[Value]>) -> Reaction {
    match rows {
        Some(rows) => Reaction::Reply { head: page_head(page, pages, total), body: Value::List(rows.to_vec()) },
        None => Reaction::Error(NO_RESULT.to_owned()),
    }
}
