//! The gateway itself: a request in, an answer out.

use std::collections::BTreeMap;
use std::fmt;
use std::future;
use std::time::SystemTime;

use bytes::Bytes;
use chrono::NaiveDateTime;
use http::Method;

use super::answer::Answer;
use super::header::{Common, called_method, reply_format};
use super::refusal::{Refusal, code};
use super::strictness::Strictness;
use super::{body, caller, parameter, reply};
use crate::catalog;
use crate::credentials::Credentials;
use crate::info::MethodInfo;
use crate::time::china_time;
use crate::transport::{Exchange, Transport};

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
            observer: Box::new(|_| {}),
        })
    }

    /// Answers one request; any path will do.
    #[must_use]
    pub fn answer(&self, request: &http::Request<Bytes>) -> Answer {
        let now = (self.clock)();
        self.finish(self.decide(request, now).with_method(called_method(request.headers())), now)
    }

    /// Answers a request whose body was too large to be read.
    pub(super) fn answer_too_large(&self, head: &http::request::Parts, limit: usize) -> Answer {
        self.finish(Answer::too_large(limit).with_method(called_method(&head.headers)), (self.clock)())
    }

    fn finish(&self, answer: Answer, now: NaiveDateTime) -> Answer {
        let answer = answer.with_date(now);
        (self.observer)(&answer);
        answer
    }

    fn decide(&self, request: &http::Request<Bytes>, now: NaiveDateTime) -> Answer {
        if request.method() != Method::POST {
            return Answer::wrong_verb(request.method());
        }
        let format = reply_format(request.headers());
        match self.accept(request, now) {
            Ok(method) => {
                let body = reply::success(method, format);
                Answer::enveloped(format, body.bytes, None, format!("{} in {format}", body.source))
            }
            Err(refusal) => {
                let method = called_method(request.headers()).and_then(catalog::method);
                let body = reply::error(&refusal, method, format);
                Answer::enveloped(format, body, Some(refusal.code), refusal.reason)
            }
        }
    }

    /// Takes a request through all checks, in the order of the platform.
    fn accept(&self, request: &http::Request<Bytes>, now: NaiveDateTime) -> Result<&'static MethodInfo, Refusal> {
        let common = Common::read(request.headers(), request.uri().path())?;
        caller::check(&self.credentials, &common, request, now)?;
        let method = catalog::method(common.method)
            .ok_or_else(|| Refusal::new(code::METHOD_UNKNOWN, "no document describes this method"))?;
        let parameters = body::parameters(method, common.format, request.body(), self.strictness)?;
        parameter::check(method, &parameters, now, self.strictness)?;
        self.check_refused(method)?;
        Ok(method)
    }

    fn check_refused(&self, method: &MethodInfo) -> Result<(), Refusal> {
        match self.refused.get(method.name) {
            Some(code) => Err(Refusal::new(code, "the gateway was told to refuse this method")),
            None => Ok(()),
        }
    }
}

impl Transport for Gateway {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        Box::pin(future::ready(Ok(self.answer(&request).into_response())))
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway")
            .field("credentials", &self.credentials)
            .field("strictness", &self.strictness)
            .field("refused", &self.refused)
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
