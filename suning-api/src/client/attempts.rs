//! The attempts of a call: what is sent, how often, and what happens in between.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_timer::Delay;
use http::HeaderMap;
use http::header::RETRY_AFTER;

use super::clock::{Reading, date};
use super::{Client, Shared};
use crate::error::{Advice, Attempt, Error, Failure, RequestError, TransportError, TransportErrorKind};
use crate::error_code::ErrorCode;
#[cfg(feature = "limit")]
use crate::limit::Limiter;
use crate::model::Model;
use crate::reply::{Reply, read_rows};
use crate::request::{self, Response, Target, encode, sign_body};
use crate::trace;

impl Client {
    /// Writes, signs and sends a request until there is a reply, and reads it.
    pub(crate) async fn exchange<T: Response, C: ErrorCode>(
        &self,
        target: Target<'_>,
        parameters: &dyn Model,
    ) -> Result<Reply<T>, Error<C>> {
        let mut attempts = Attempts::new(self, target, parameters).map_err(Error::Request)?;
        loop {
            let reply = attempts.send().await.map_err(Error::Request)?;
            let error = match reply.map_err(Error::Transport).and_then(|reply| read_rows(target, reply)) {
                Ok(reply) => {
                    attempts.succeed();
                    return Ok(reply);
                }
                Err(error) => error,
            };
            if !attempts.may_go_on(Failure::of(&error)).await {
                return Err(error.with_attempts(attempts.failed));
            }
        }
    }
}

/// The attempts of one call so far.
struct Attempts<'a> {
    client: &'a Client,
    target: Target<'a>,
    body: Bytes,
    began: Instant,
    failed: Vec<Attempt>,
    has_set_clock: bool,
    last: Last,
    span: trace::Call,
}

/// The attempt that was made last.
struct Last {
    began: Instant,
    signed: Reading,
    headers: HeaderMap,
    span: trace::Attempt,
}

impl<'a> Attempts<'a> {
    fn new(client: &'a Client, target: Target<'a>, parameters: &dyn Model) -> Result<Self, RequestError> {
        let Shared { format, endpoint, clock, .. } = &*client.shared;
        let body = encode(*format, target.node, parameters)?;
        let began = Instant::now();
        let span = trace::Call::begin(target.method, *format, endpoint);
        let last = Last { began, signed: clock.read(), headers: HeaderMap::new(), span: trace::Attempt::default() };
        Ok(Self { client, target, body, began, failed: Vec::new(), has_set_clock: false, last, span })
    }

    /// Signs the request as of now and sends it.
    async fn send(&mut self) -> Result<Result<http::Response<Bytes>, TransportError>, RequestError> {
        #[cfg(feature = "limit")]
        if !self.take_turn().await {
            return Ok(Err(TransportErrorKind::Limited.into()));
        }
        let Client { credentials, options, shared } = self.client;
        let signed = shared.clock.read();
        let context =
            request::Context { credentials, endpoint: &shared.endpoint, format: shared.format, time: signed.time() };
        let request = sign_body(self.target.method, self.body.clone(), &context)?;
        let span = self.span.attempt(self.failed.len(), &request);
        self.last = Last { began: Instant::now(), signed, headers: HeaderMap::new(), span };
        let limit = options.attempt_timeout.min(self.time_left());
        let mut reply = within(limit, self.last.span.around(shared.transport.send(request))).await;
        if let Ok(reply) = &mut reply {
            self.last.span.replied(reply);
            self.last.headers = std::mem::take(reply.headers_mut());
        }
        Ok(reply)
    }

    fn succeed(&mut self) {
        self.client.shared.budget.put_back();
        #[cfg(feature = "limit")]
        self.with_limiter(Limiter::recover);
        self.last.span.end(None);
        self.span.end(self.failed.len() + 1, None);
    }

    /// Waits until the app may call; `false` when there is no time for that.
    #[cfg(feature = "limit")]
    async fn take_turn(&self) -> bool {
        while let Some(Err(wait)) = self.with_limiter(Limiter::take) {
            if wait >= self.time_left() {
                return false;
            }
            (self.client.shared.pause)(wait).await;
        }
        true
    }

    #[cfg(feature = "limit")]
    fn with_limiter<T>(&self, act: impl FnOnce(&Limiter, &str) -> T) -> Option<T> {
        let limiter = self.client.shared.limiter.as_ref()?;
        Some(act(limiter, self.client.credentials.app_key()))
    }

    /// Notes a failure, does what can help, and waits; `false` when the call has failed for good.
    async fn may_go_on(&mut self, failure: Failure) -> bool {
        self.last.span.end(Some(&failure));
        #[cfg(feature = "limit")]
        if let Advice::Wait { slower: true, .. } = failure.advice {
            self.with_limiter(Limiter::slow_down);
        }
        let may_go_on = self.help(failure.advice).await;
        self.failed.push(Attempt {
            began: self.last.began - self.began,
            duration: self.last.began.elapsed(),
            failure: failure.text.clone(),
        });
        if !may_go_on {
            self.span.end(self.failed.len(), Some(&failure));
        }
        may_go_on
    }

    /// Does what can help; `false` when nothing can.
    async fn help(&mut self, advice: Advice) -> bool {
        let Client { options, shared, .. } = self.client;
        let attempts = self.failed.len() + 1;
        if !options.retry.allows_attempt_after(attempts) {
            return false;
        }
        match advice {
            Advice::GiveUp | Advice::RefreshToken => false,
            Advice::ResyncClock => {
                !std::mem::replace(&mut self.has_set_clock, true)
                    && shared.clock.learn(self.last.signed, &self.last.headers)
            }
            Advice::Wait { acted, slower } => {
                if !options.retry.allows_repeating(self.target.effect, acted) {
                    return false;
                }
                let wait = options.retry.delay(attempts, slower, (shared.random)());
                let wait = self.retry_after().unwrap_or_default().max(wait);
                let has_time = wait < self.time_left();
                if has_time && shared.budget.take() {
                    (shared.pause)(wait).await;
                    return true;
                }
                false
            }
        }
    }

    fn time_left(&self) -> Duration {
        self.client.options.timeout.saturating_sub(self.began.elapsed())
    }

    /// How long the gateway, or a server in front of it, asks to wait: in seconds or until a date.
    fn retry_after(&self) -> Option<Duration> {
        let headers = &self.last.headers;
        let seconds = || headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs);
        let until = || (date(headers, &RETRY_AFTER)? - self.client.shared.clock.read().time()).to_std().ok();
        seconds().or_else(until)
    }
}

/// Gives a reply as long as it takes, but not longer.
async fn within(
    limit: Duration,
    reply: impl Future<Output = Result<http::Response<Bytes>, TransportError>>,
) -> Result<http::Response<Bytes>, TransportError> {
    let (mut reply, mut delay) = (pin!(reply), Delay::new(limit));
    poll_fn(|context| match reply.as_mut().poll(context) {
        Poll::Pending => pin!(&mut delay).poll(context).map(|()| Err(TransportErrorKind::Timeout.into())),
        ready @ Poll::Ready(_) => ready,
    })
    .await
}
