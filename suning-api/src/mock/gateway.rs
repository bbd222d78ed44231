//! The gateway itself: a request in, an answer out.

use std::collections::BTreeMap;
use std::fmt;
use std::future;
use std::time::SystemTime;

use bytes::Bytes;
use chrono::NaiveDateTime;
use http::{HeaderMap, Method};

use super::answer::Answer;
use super::header::{Common, called_method, reply_format};
use super::record::{Received, Record};
use super::refusal::{Refusal, code};
use super::script::{Reaction, Script, Scripts};
use super::strictness::Strictness;
use super::{body, caller, parameter, reply};
use crate::catalog::{self, MethodInfo};
use crate::credentials::Credentials;
use crate::error::TransportError;
use crate::request::Request;
use crate::time::china_time;
use crate::transport::{Exchange, Transport};
use crate::value::Value;

/// A gateway that answers as the platform documents it, without a socket.
///
/// It is a [`Transport`], so a [`Client`](crate::Client) can talk to it in the same process.
///
/// # Examples
/// ```
/// use suning_api::Credentials;
/// use suning_api::mock::Gateway;
///
/// let gateway = Gateway::builder(Credentials::new("my-app-key", "my-app-secret")).build();
/// let answer = gateway.answer(&http::Request::new(bytes::Bytes::new()));
/// assert_eq!(answer.response().status(), 405);
/// assert_eq!(answer.reason(), "the HTTP verb is GET; send a POST");
/// ```
pub struct Gateway {
    credentials: Credentials,
    clock: Box<dyn Fn() -> NaiveDateTime + Send + Sync>,
    strictness: Strictness,
    refused: BTreeMap<String, String>,
    scripts: Scripts,
    record: Option<Record>,
    observer: Box<dyn Fn(&Answer) + Send + Sync>,
}

impl Gateway {
    /// Starts a gateway that knows one app, and one access token where the credentials hold it.
    pub fn builder(credentials: Credentials) -> GatewayBuilder {
        GatewayBuilder(Self {
            credentials,
            clock: Box::new(|| china_time(SystemTime::now())),
            strictness: Strictness::Lenient,
            refused: BTreeMap::new(),
            scripts: Scripts::default(),
            record: None,
            observer: Box::new(|_| {}),
        })
    }

    /// Tells what to answer the next valid requests of a type with.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "custom")] {
    /// use suning_api::methods::custom::virtual_get::{VirtualGetRequest, VirtualGetResponse};
    /// use suning_api::mock::{Fault, in_process};
    ///
    /// let (client, gateway) = in_process();
    /// let mut order = VirtualGetResponse::default();
    /// order.order_code = Some("1".into());
    /// gateway.on::<VirtualGetRequest>().fault(Fault::Refused).reply(&order).error("biz.handler.data-get:no-result");
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let call = || client.custom().virtual_get().order_item_code("101254223501").send();
    /// assert_eq!(call().await?.order_code.as_deref(), Some("1"), "the refused connection is tried again");
    /// assert!(call().await.is_err());
    /// assert_eq!(gateway.requests::<VirtualGetRequest>().len(), 3);
    /// # Ok::<(), suning_api::Error>(())
    /// # }).unwrap();
    /// # }
    /// ```
    pub fn on<R: Request>(&self) -> Script<'_, R> {
        Script::new(&self.scripts, R::METHOD.name.to_owned())
    }

    /// Tells what to answer the next valid requests for a method with.
    pub fn on_method(&self, method: impl Into<String>) -> Script<'_> {
        Script::new(&self.scripts, method.into())
    }

    /// Everything that came so far, if the gateway [keeps it](GatewayBuilder::record).
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.record.as_ref().map(Record::all).unwrap_or_default()
    }

    /// The valid requests of a type that came so far, if the gateway [keeps them](GatewayBuilder::record).
    #[must_use]
    pub fn requests<R: Request>(&self) -> Vec<R> {
        self.record.as_ref().map(Record::of).unwrap_or_default()
    }

    /// Answers one request; any path will do.
    #[must_use]
    pub fn answer(&self, request: &http::Request<Bytes>) -> Answer {
        let now = (self.clock)();
        if request.method() != Method::POST {
            return self.finish(Answer::wrong_verb(request.method()), request.headers(), None, now);
        }
        let accepted = self.accept(request, now);
        let parameters = accepted.as_ref().ok().map(|(_, parameters)| parameters.clone());
        self.finish(self.decide(request, accepted), request.headers(), parameters, now)
    }

    /// Answers a request whose body was too large to be read.
    pub(super) fn answer_too_large(&self, head: &http::request::Parts, limit: usize) -> Answer {
        self.finish(Answer::too_large(limit), &head.headers, None, (self.clock)())
    }

    fn finish(&self, answer: Answer, headers: &HeaderMap, parameters: Option<Value>, now: NaiveDateTime) -> Answer {
        let method = called_method(headers);
        let answer = answer.with_method(method).with_date(now);
        (self.observer)(&answer);
        if let Some(record) = &self.record {
            record.keep(Received { method: method.map(str::to_owned), parameters, answer: answer.clone() });
        }
        answer
    }

    fn decide(&self, request: &http::Request<Bytes>, accepted: Result<Accepted, Refusal>) -> Answer {
        let format = reply_format(request.headers());
        let refuse = |refusal: Refusal| {
            let method = called_method(request.headers()).and_then(catalog::method);
            let body = reply::error(&refusal, method, format);
            Answer::enveloped(format, body, Some(refusal.code), refusal.reason)
        };
        let (method, parameters) = match accepted {
            Ok(accepted) => accepted,
            Err(refusal) => return refuse(refusal),
        };
        match self.scripts.react(method.name, &parameters) {
            None => {
                let body = reply::success(method, format);
                Answer::enveloped(format, body.bytes, None, format!("{} in {format}", body.source))
            }
            Some(Reaction::Reply { head, body }) => {
                let body = reply::result(method, head, body, format);
                Answer::enveloped(format, body, None, format!("the reply it was told to give, in {format}"))
            }
            Some(Reaction::Error(code)) => refuse(Refusal::new(code, "the gateway was told to refuse this request")),
            Some(Reaction::Fault(fault)) => Answer::fault(fault),
        }
    }

    /// Takes a request through all checks, in the order of the platform.
    fn accept(&self, request: &http::Request<Bytes>, now: NaiveDateTime) -> Result<Accepted, Refusal> {
        let common = Common::read(request.headers(), request.uri().path())?;
        caller::check(&self.credentials, &common, request, now)?;
        let method = catalog::method(common.method)
            .ok_or_else(|| Refusal::new(code::METHOD_UNKNOWN, "no document describes this method"))?;
        let parameters = body::parameters(method, common.format, request.body(), self.strictness)?;
        parameter::check(method, &parameters, now, self.strictness)?;
        self.check_refused(method)?;
        Ok((method, parameters))
    }

    fn check_refused(&self, method: &MethodInfo) -> Result<(), Refusal> {
        match self.refused.get(method.name) {
            Some(code) => Err(Refusal::new(code, "the gateway was told to refuse this method")),
            None => Ok(()),
        }
    }
}

/// A valid request: its method and its parameters.
type Accepted = (&'static MethodInfo, Value);

impl Transport for Gateway {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        Box::pin(future::ready(self.answer(&request).into_outcome().map_err(TransportError::from)))
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway")
            .field("credentials", &self.credentials)
            .field("strictness", &self.strictness)
            .field("refused", &self.refused)
            .field("scripts", &self.scripts)
            .finish_non_exhaustive()
    }
}

/// Sets up a [`Gateway`].
#[derive(Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct GatewayBuilder(Gateway);

impl GatewayBuilder {
    /// The clock that request times are held against, in China Standard Time; the system's unless set.
    pub fn clock(mut self, clock: impl Fn() -> NaiveDateTime + Send + Sync + 'static) -> Self {
        self.0.clock = Box::new(clock);
        self
    }

    /// Refuses what the documents do not allow, even where deployed clients send it: JSON with single-quoted
    /// texts, codes that are not documented, times that are further back than a method goes.
    pub fn strict(mut self) -> Self {
        self.0.strictness = Strictness::Strict;
        self
    }

    /// Answers every valid request for a method with an error code, to test how a caller takes it.
    ///
    /// # Examples
    /// ```
    /// # use suning_api::{Credentials, mock::Gateway};
    /// let gateway = Gateway::builder(Credentials::new("my-app-key", "my-app-secret"))
    ///     .refuse("suning.custom.virtual.get", "biz.handler.data-get:no-result")
    ///     .build();
    /// ```
    pub fn refuse(mut self, method: impl Into<String>, error_code: impl Into<String>) -> Self {
        self.0.refused.insert(method.into(), error_code.into());
        self
    }

    /// Keeps all that comes, so that a test can look at it.
    pub fn record(mut self) -> Self {
        self.0.record = Some(Record::default());
        self
    }

    /// Shows every answer before it is sent, such as to write a log.
    pub fn on_answer(mut self, observer: impl Fn(&Answer) + Send + Sync + 'static) -> Self {
        self.0.observer = Box::new(observer);
        self
    }

    /// Makes the gateway.
    #[must_use]
    pub fn build(self) -> Gateway {
        self.0
    }
}
