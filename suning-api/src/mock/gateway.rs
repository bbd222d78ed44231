//! The mock gateway.

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

/// A gateway that answers as documented, without a socket.
///
/// It is a [`Transport`], so a [`Client`](crate::Client) can use it in the same process.
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
    /// Configures a gateway for one app. If the credentials have an access token, the gateway requires it.
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

    /// Scripts the answers to the next valid requests of a type.
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
    /// assert_eq!(call().await?.order_code.as_deref(), Some("1"), "the refused connection is retried");
    /// assert!(call().await.is_err());
    /// assert_eq!(gateway.requests::<VirtualGetRequest>().len(), 3);
    /// # Ok::<(), suning_api::Error>(())
    /// # }).unwrap();
    /// # }
    /// ```
    pub fn on<R: Request>(&self) -> Script<'_, R> {
        Script::new(&self.scripts, R::METHOD.name.to_owned())
    }

    /// Scripts the answers to the next valid requests for a method.
    pub fn on_method(&self, method: impl Into<String>) -> Script<'_> {
        Script::new(&self.scripts, method.into())
    }

    /// All requests so far, if the gateway [records](GatewayBuilder::record) them.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.record.as_ref().map(Record::all).unwrap_or_default()
    }

    /// The valid requests of a type so far, if the gateway [records](GatewayBuilder::record) them.
    #[must_use]
    pub fn requests<R: Request>(&self) -> Vec<R> {
        self.record.as_ref().map(Record::requests).unwrap_or_default()
    }

    /// Answers one request. Any path is accepted.
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

    /// Answers a request whose body is too large.
    pub(super) fn answer_too_large(&self, head: &http::request::Parts, limit: usize) -> Answer {
        self.finish(Answer::too_large(limit), &head.headers, None, (self.clock)())
    }

    fn finish(&self, answer: Answer, headers: &HeaderMap, parameters: Option<Value>, now: NaiveDateTime) -> Answer {
        let method = called_method(headers);
        let answer = answer.with_method(method).with_date(now);
        (self.observer)(&answer);
        if let Some(record) = &self.record {
            record.push(Received { method: method.map(str::to_owned), parameters, answer: answer.clone() });
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
                Answer::enveloped(format, body, None, format!("scripted reply in {format}"))
            }
            Some(Reaction::Error(code)) => refuse(Refusal::new(code, "scripted error")),
            Some(Reaction::Fault(fault)) => Answer::fault(fault),
        }
    }

    /// Runs all checks on a request, in the order of the platform.
    fn accept(&self, request: &http::Request<Bytes>, now: NaiveDateTime) -> Result<Accepted, Refusal> {
        let common = Common::read(request.headers(), request.uri().path())?;
        caller::check(&self.credentials, &common, request, now)?;
        let method =
            catalog::method(common.method).ok_or_else(|| Refusal::new(code::METHOD_UNKNOWN, "undocumented method"))?;
        let parameters = body::parameters(method, common.format, request.body(), self.strictness)?;
        parameter::check(method, &parameters, now, self.strictness)?;
        self.check_refused(method)?;
        Ok((method, parameters))
    }

    fn check_refused(&self, method: &MethodInfo) -> Result<(), Refusal> {
        match self.refused.get(method.name) {
            Some(code) => Err(Refusal::new(code, "this gateway is set to refuse the method")),
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

/// Configures a [`Gateway`].
#[derive(Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct GatewayBuilder(Gateway);

impl GatewayBuilder {
    /// Clock that request times are checked against, in China Standard Time. Default: the system clock.
    pub fn clock(mut self, clock: impl Fn() -> NaiveDateTime + Send + Sync + 'static) -> Self {
        self.0.clock = Box::new(clock);
        self
    }

    /// Refuses everything that is not documented, even if deployed clients send it: single-quoted JSON, undocumented codes, and
    /// times that are too old for a method. Default: these are accepted.
    pub fn strict(mut self) -> Self {
        self.0.strictness = Strictness::Strict;
        self
    }

    /// Answers every valid request for a method with an error code.
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

    /// Records all requests, so that a test can inspect them. Default: off.
    pub fn record(mut self) -> Self {
        self.0.record = Some(Record::default());
        self
    }

    /// Calls a function with every answer before it is sent, for example to write a log.
    pub fn on_answer(mut self, observer: impl Fn(&Answer) + Send + Sync + 'static) -> Self {
        self.0.observer = Box::new(observer);
        self
    }

    /// Builds the gateway.
    #[must_use]
    pub fn build(self) -> Gateway {
        self.0
    }
}
