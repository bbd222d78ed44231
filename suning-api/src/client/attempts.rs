//! The attempts of a call, and what happens between them.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::RETRY_AFTER;

use super::clock::{Reading, date};
use super::{Client, Shared, Values};
use crate::credentials::Credentials;
use crate::error::{
    Advice, Attempt, Error, ErrorCode, Failure, ReplyError, RequestError, TransportError, TransportErrorKind,
    Unanswered,
};
use crate::facts::Effect;
use crate::generated::platform;
#[cfg(feature = "limit")]
use crate::limit::Limiter;
use crate::model::{Model, Response};
use crate::reply::{Envelope, Reply, read_rows};
use crate::request::{self, Target, encode, sign_body};
use crate::token::{AccessToken, TokenError};
use crate::trace;
use crate::undocumented;

impl Client {
    /// Encodes, signs and sends a request, retries as the policy allows, and decodes the reply.
    pub(crate) async fn exchange<T: Response, C: ErrorCode>(
        &self,
        target: Target<'_>,
        parameters: &(dyn Model + Sync),
    ) -> Result<Reply<T>, Error<C>> {
        let mut attempts = Attempts::new(self, target, parameters).map_err(Error::Request)?;
        loop {
            let reply = attempts.send().await;
            let error = match self.read(target, reply) {
                Ok(reply) => {
                    attempts.succeed();
                    return Ok(reply);
                }
                Err(error) => error,
            };
            match attempts.prepare_retry(Failure::new(&error)).await {
                Ok(true) => {}
                Ok(false) => return Err(error.of_call(target.method, attempts.failed)),
                Err(token_error) => return Err(Error::Token(token_error).of_call(target.method, attempts.failed)),
            }
        }
    }

    /// Decodes a reply and reports what is undocumented. Every definite answer, even an error, refills the retry budget.
    fn read<T: Response, C: ErrorCode>(
        &self,
        target: Target<'_>,
        reply: Result<http::Response<Bytes>, Unanswered>,
    ) -> Result<Reply<T>, Error<C>> {
        let outcome = read_rows::<T, C>(target, reply?);
        let is_answered = match &outcome {
            Ok(_) => true,
            Err(Error::Api(error)) => !error.retry().can_help(),
            Err(_) => false,
        };
        if is_answered {
            self.shared.budget.deposit();
        }
        if let (Some(hook), Some(method)) = (&self.shared.undocumented, target.facts) {
            match &outcome {
                Ok(reply) => undocumented::in_reply(method, reply).iter().for_each(hook),
                Err(Error::Api(error)) => undocumented::in_error(method, error).iter().for_each(hook),
                Err(_) => {}
            }
        }
        let reply = outcome?;
        if self.shared.values == Values::Strict
            && let Some(path) = reply.unread().first()
        {
            return Err(unread(target, reply.envelope(), path));
        }
        Ok(reply)
    }
}

/// The error for a value that cannot be read as documented.
fn unread<C>(target: Target<'_>, envelope: &Envelope, path: &str) -> Error<C> {
    let Envelope { status, headers, raw, .. } = envelope.clone();
    let error = ReplyError::new(target.method, status, "a value cannot be read as documented");
    let path = [platform::RESPONSE_ROOT, platform::BODY, target.node, path].join(".");
    Error::Reply(Box::new(ReplyError { headers, path, raw, ..error }))
}

/// The state of a call between its attempts.
struct Attempts<'a> {
    client: &'a Client,
    target: Target<'a>,
    body: Bytes,
    began: Duration,
    failed: Vec<Attempt>,
    has_set_clock: bool,
    has_refreshed_token: bool,
    last: Last,
    span: trace::Call,
}

/// The latest attempt.
struct Last {
    began: Duration,
    signed: Reading,
    token: Option<AccessToken>,
    headers: HeaderMap,
    span: trace::Attempt,
}

impl<'a> Attempts<'a> {
    fn new(client: &'a Client, target: Target<'a>, parameters: &dyn Model) -> Result<Self, RequestError> {
        let Shared { format, endpoint, clock, monotonic, .. } = &*client.shared;
        let body = encode(*format, target.node, parameters)?;
        let began = monotonic();
        let span = trace::Call::begin(target.method, *format, endpoint);
        let (signed, headers, last_span) = (clock.read(), HeaderMap::new(), trace::Attempt::none());
        let last = Last { began, signed, token: None, headers, span: last_span };
        let failed = Vec::new();
        Ok(Self { client, target, body, began, failed, has_set_clock: false, has_refreshed_token: false, last, span })
    }

    /// Signs the request with the current time and sends it.
    async fn send(&mut self) -> Result<http::Response<Bytes>, Unanswered> {
        let Client { credentials, tokens, options, shared } = self.client;
        self.last.headers.clear();
        self.last.began = (shared.monotonic)();
        #[cfg(feature = "limit")]
        self.wait_for_rate_limit().await?;
        let merchant;
        let credentials = match tokens {
            Some(tokens) => {
                let token = shared
                    .timer
                    .within(self.time_left(), tokens.token())
                    .await
                    .map_err(|_| TokenError::timeout())??;
                merchant = Credentials::clone(credentials).with_access_token(token.expose());
                self.last.token = Some(token);
                &merchant
            }
            None => &**credentials,
        };
        let signed = shared.clock.read();
        let context =
            request::Context { credentials, endpoint: &shared.endpoint, format: shared.format, time: signed.time() };
        let request = sign_body(self.target.method, self.body.clone(), &context)?;
        let span = self.span.attempt(self.failed.len(), &request);
        (self.last.signed, self.last.span) = (signed, span);
        let limit = options.attempt_timeout.min(self.time_left());
        if limit.is_zero() {
            return Err(TransportError::from(TransportErrorKind::Limited).into());
        }
        let reply = shared.timer.within(limit, self.last.span.around(shared.transport.send(request))).await??;
        self.last.span.replied(&reply);
        self.last.headers.clone_from(reply.headers());
        Ok(reply)
    }

    fn succeed(&mut self) {
        self.last.span.end(None);
        self.span.end(self.failed.len() + 1, None);
    }

    /// Waits until the rate limit allows a call.
    #[cfg(feature = "limit")]
    async fn wait_for_rate_limit(&self) -> Result<(), TransportError> {
        while let Some(Err(wait)) = self.with_limiter(Limiter::acquire) {
            if wait >= self.time_left() {
                return Err(TransportErrorKind::Limited.into());
            }
            self.client.shared.timer.sleep(wait).await?;
        }
        Ok(())
    }

    #[cfg(feature = "limit")]
    fn with_limiter<T>(&self, act: impl FnOnce(&Limiter, &str) -> T) -> Option<T> {
        let limiter = self.client.shared.limiter.as_ref()?;
        Some(act(limiter, self.client.credentials.app_key()))
    }

    /// Records a failure and prepares the next attempt. Returns `false` if the call is not retried.
    async fn prepare_retry(&mut self, failure: Failure) -> Result<bool, TokenError> {
        self.last.span.end(Some(&failure));
        #[cfg(feature = "limit")]
        if let Advice::Wait { slower: true } = failure.advice {
            self.with_limiter(Limiter::slow_down);
        }
        self.failed.push(Attempt {
            began: self.last.began.saturating_sub(self.began),
            duration: (self.client.shared.monotonic)().saturating_sub(self.last.began),
            failure: failure.text.clone(),
            may_have_been_processed: failure.may_have_been_processed,
        });
        let retries = self.follow(&failure).await;
        match retries {
            Ok(true) => self.span.retries(&failure),
            _ => self.span.end(self.failed.len(), Some(&failure)),
        }
        retries
    }

    /// Waits, corrects the clock or refreshes the token, as advised. Returns `false` if the call is not retried.
    async fn follow(&mut self, failure: &Failure) -> Result<bool, TokenError> {
        let Client { tokens, options, shared, .. } = self.client;
        let may_try = options.retry.allows_attempt_after(self.failed.len());
        match failure.advice {
            Advice::GiveUp => Ok(false),
            Advice::ResyncClock => {
                let is_first = !std::mem::replace(&mut self.has_set_clock, true);
                // Other calls need the corrected clock, even if this one is not retried.
                Ok(is_first && shared.clock.learn(self.last.signed, &self.last.headers) && may_try)
            }
            Advice::RefreshToken => {
                let is_first = !std::mem::replace(&mut self.has_refreshed_token, true);
                let (true, Some(tokens), Some(refused)) = (is_first, tokens, &self.last.token) else {
                    return Ok(false);
                };
                match shared.timer.within(self.time_left(), tokens.refresh(refused)).await {
                    Ok(token) => Ok(token? != *refused && may_try),
                    Err(_) => Ok(false),
                }
            }
            Advice::Wait { slower } => {
                let is_safe = !failure.may_have_been_processed || self.target.effect == Effect::Read;
                let may_repeat = may_try && (is_safe || options.retry.repeats_writes);
                let wait = options.retry.delay(self.failed.len(), slower, (shared.random)());
                let wait = self.retry_after().unwrap_or_default().max(wait);
                let retries = may_repeat && wait < self.time_left() && shared.budget.withdraw();
                Ok(retries && shared.timer.sleep(wait).await.is_ok())
            }
        }
    }

    fn time_left(&self) -> Duration {
        let Client { options, shared, .. } = self.client;
        options.timeout.saturating_sub((shared.monotonic)().saturating_sub(self.began))
    }

    /// The wait that the gateway, or a server in front of it, asks for: in seconds or until a date.
    fn retry_after(&self) -> Option<Duration> {
        let headers = &self.last.headers;
        let seconds = || headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs);
        let until = || (date(headers, &RETRY_AFTER)? - self.client.shared.clock.read().time()).to_std().ok();
        seconds().or_else(until)
    }
}
