//! The mock gateway.

use std::collections::BTreeMap;
use std::fmt;
use std::future;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use chrono::{NaiveDateTime, TimeDelta};
use http::{HeaderMap, Method};

use super::accounts::Accounts;
use super::answer::Answer;
use super::header::{self, Common, called_method, reply_format};
use super::record::{Received, Record};
use super::refusal::{Refusal, code};
use super::script::{Reaction, Script, Scripts};
use super::strictness::Strictness;
use super::unknown::UnknownMethod;
use super::{body, caller, parameter, reply, token_endpoint};
use crate::catalog::MethodInfo;
use crate::client::{Client, ClientBuilder};
use crate::credentials::Credentials;
use crate::error::TransportError;
use crate::request::Request;
use crate::time::china_time;
use crate::token::AccessToken;
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
    pub(super) accounts: Accounts,
    pub(super) clock: Box<dyn Fn() -> NaiveDateTime + Send + Sync>,
    strictness: Strictness,
    refused: BTreeMap<String, String>,
    scripts: Scripts,
    record: Option<Record>,
    observer: Box<dyn Fn(&Answer) + Send + Sync>,
    #[cfg(feature = "push")]
    pub(super) push: Arc<super::push::Queue>,
}

impl Gateway {
    /// Configures a gateway for an app. If the credentials have an access token, the gateway requires it. For more apps and
    /// merchants, see [`GatewayBuilder::app`].
    pub fn builder(credentials: Credentials) -> GatewayBuilder {
        GatewayBuilder(Self {
            accounts: Accounts::new(credentials),
            clock: Box::new(|| china_time(SystemTime::now())),
            strictness: Strictness::Lenient,
            refused: BTreeMap::new(),
            scripts: Scripts::default(),
            record: None,
            observer: Box::new(|_| {}),
            #[cfg(feature = "push")]
            push: Arc::default(),
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

    /// Scripts the answers to the next valid requests for a method that is named, whichever namespaces are compiled in.
    ///
    /// # Errors
    /// There is no such method. For one that the crate does not know, see [`on_undocumented`](Self::on_undocumented).
    pub fn on_method(&self, method: &str) -> Result<Script<'_>, UnknownMethod> {
        let method = self.scripts.known(method)?;
        Ok(Script::new(&self.scripts, method.name.to_owned()))
    }

    /// Adds a method that the crate does not know, such as one for [raw calls](crate::raw), and scripts its answers. Its parameters
    /// are not checked.
    pub fn on_undocumented(&self, method: &str, node: &str) -> Script<'_> {
        self.scripts.add_method(method, node);
        Script::new(&self.scripts, method.to_owned())
    }

    /// Checks that every scripted answer was given.
    ///
    /// # Panics
    /// Some answers are left, or an answer to all requests was never used. The message lists the methods.
    pub fn assert_all_used(&self) {
        let unused = self.scripts.unused();
        let list: Vec<_> = unused.iter().map(|(method, left)| format!("`{method}`: {left}")).collect();
        assert!(unused.is_empty(), "scripted answers that no request has used: {}", list.join(", "));
    }

    /// Lets a merchant authorize an app. Returns the code that the merchant brings back to the app, which the token endpoint exchanges
    /// for a token. From then on, the app needs a token.
    ///
    /// The gateway is also the token endpoint: it answers any request whose path ends in `/oauth/token`.
    pub fn authorize(&self, app_key: &str) -> String {
        self.accounts.authorize(app_key)
    }

    /// Lets an access token expire now.
    pub fn expire(&self, access_token: &str) {
        self.accounts.expire(access_token, (self.clock)());
    }

    /// Configures a client of this gateway, for its first app. The client does not wait between attempts.
    pub fn client(self: &Arc<Self>) -> ClientBuilder {
        let transport = Arc::<Self>::clone(self);
        Client::builder(self.accounts.first().clone()).transport(transport).sleep(|_| future::ready(()))
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
        if token_endpoint::is_asked(request) {
            let answer = token_endpoint::answer(&self.accounts, request, now);
            return self.record(answer.with_date(now), Some(token_endpoint::app_key(request)), None, None);
        }
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
        let (app_key, access_token) = header::caller(headers);
        let answer = answer.with_method(method).with_date(now);
        self.record(answer, app_key.map(str::to_owned), access_token.map(AccessToken::new), parameters)
    }

    fn record(
        &self,
        answer: Answer,
        app_key: Option<String>,
        access_token: Option<AccessToken>,
        parameters: Option<Value>,
    ) -> Answer {
        (self.observer)(&answer);
        if let Some(record) = &self.record {
            let (method, answer) = (answer.method().map(str::to_owned), answer.clone());
            record.push(Received { method, app_key, access_token, parameters, answer });
        }
        answer
    }

    fn decide(&self, request: &http::Request<Bytes>, accepted: Result<Accepted, Refusal>) -> Answer {
        let format = reply_format(request.headers());
        let refuse = |refusal: Refusal| {
            let method = called_method(request.headers()).and_then(|name| self.scripts.method(name));
            let body = reply::error(&refusal, method, format);
            Answer::enveloped(format, body, Some(refusal.code), refusal.reason)
        };
        let (method, parameters) = match accepted {
            Ok(accepted) => accepted,
            Err(refusal) => return refuse(refusal),
        };
        match self.scripts.react(method.name, &parameters) {
            None => match reply::success(method, &parameters, format) {
                Ok(body) => Answer::enveloped(format, body.bytes, None, format!("{} in {format}", body.source)),
                Err(refusal) => refuse(refusal),
            },
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
        caller::check(&self.accounts, &common, request, now)?;
        let method =
            self.scripts.known(common.method).map_err(|error| Refusal::new(code::METHOD_UNKNOWN, error.to_string()))?;
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
            .field("app", self.accounts.first())
            .field("strictness", &self.strictness)
            .field("refused", &self.refused)
            .field("scripts", &self.scripts)
            .finish_non_exhaustive()
    }
}

/// Configures a [`Gateway`].
#[derive(Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct GatewayBuilder(pub(super) Gateway);

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

    /// Serves another app, or another merchant of an app: the access token of the credentials is valid for that app.
    ///
    /// An app for which there is any token needs one.
    pub fn app(mut self, credentials: Credentials) -> Self {
        self.0.accounts.add(credentials, None);
        self
    }

    /// Like [`app`](Self::app), with an access token that expires at this time of the gateway's clock.
    pub fn app_until(mut self, credentials: Credentials, expires: NaiveDateTime) -> Self {
        self.0.accounts.add(credentials, Some(expires));
        self
    }

    /// Lifetime of the tokens that the token endpoint issues. Default: a day.
    pub fn token_lifetime(mut self, lifetime: TimeDelta) -> Self {
        self.0.accounts.lifetime = lifetime;
        self
    }

    /// Answers every valid request for a method with an error code.
    ///
    /// # Errors
    /// There is no such method.
    ///
    /// # Examples
    /// ```
    /// # use suning_api::{Credentials, mock::Gateway};
    /// let gateway = Gateway::builder(Credentials::new("my-app-key", "my-app-secret"))
    ///     .refuse("suning.custom.virtual.get", "biz.handler.data-get:no-result")?
    ///     .build();
    /// # Ok::<(), suning_api::mock::UnknownMethod>(())
    /// ```
    pub fn refuse(mut self, method: &str, error_code: impl Into<String>) -> Result<Self, UnknownMethod> {
        let method = self.0.scripts.known(method)?;
        self.0.refused.insert(method.name.to_owned(), error_code.into());
        Ok(self)
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
