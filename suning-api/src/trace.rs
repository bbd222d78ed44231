//! A `tracing` span for each call and each attempt. Field names follow the OpenTelemetry conventions where there are any.
//!
//! | field | span | content |
//! |---|---|---|
//! | `otel.name`, `rpc.method` | both | full name of the method |
//! | `otel.kind` | both | `client` |
//! | `rpc.system` | both | `suning` |
//! | `server.address`, `server.port` | call | the gateway |
//! | `suning.format` | call | `json` or `xml` |
//! | `suning.attempts` | call | number of attempts |
//! | `http.request.method` | attempt | `POST` |
//! | `http.request.resend_count` | attempt | number of attempts before |
//! | `http.request.body.size`, `http.response.body.size` | attempt | in bytes |
//! | `http.response.status_code` | attempt | HTTP status |
//! | `suning.outcome` | both | `ok`, `error`, or `dropped` if the call was cancelled |
//! | `suning.error_code` | both | the documented error code, without variable parts |
//! | `error.type` | both | the same, or the kind of failure |
//! | `suning.duration_ms` | both | duration in milliseconds |
//!
//! Each retry is an event at the level DEBUG, and each failed call one at WARN, with the method and `error.type`. "No result" is
//! not a failure. The subscriber of `tracing_subscriber::fmt()` shows the failures without further setup.
//!
//! No field contains parameters, reply content, keys, tokens or signatures.
//!
//! The spans work with any `tracing` subscriber. This one counts successful calls:
//!
//! ```
//! # #[cfg(all(feature = "mock", feature = "custom"))] {
//! use std::sync::Arc;
//! use std::sync::atomic::{AtomicUsize, Ordering};
//!
//! use tracing::field::{Field, Visit};
//! use tracing::span::{Attributes, Id, Record};
//! use tracing::{Event, Metadata, Subscriber};
//!
//! #[derive(Default)]
//! struct Outcomes(Arc<AtomicUsize>);
//!
//! impl Visit for Outcomes {
//!     fn record_str(&mut self, field: &Field, value: &str) {
//!         if field.name() == "suning.outcome" && value == "ok" {
//!             self.0.fetch_add(1, Ordering::Relaxed);
//!         }
//!     }
//!
//!     fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
//! }
//!
//! impl Subscriber for Outcomes {
//!     fn enabled(&self, metadata: &Metadata<'_>) -> bool {
//!         metadata.name() == "suning.call"
//!     }
//!
//!     fn new_span(&self, _: &Attributes<'_>) -> Id {
//!         Id::from_u64(1)
//!     }
//!
//!     fn record(&self, _: &Id, values: &Record<'_>) {
//!         values.record(&mut Outcomes(Arc::clone(&self.0)));
//!     }
//!
//!     fn record_follows_from(&self, _: &Id, _: &Id) {}
//!     fn event(&self, _: &Event<'_>) {}
//!     fn enter(&self, _: &Id) {}
//!     fn exit(&self, _: &Id) {}
//! }
//!
//! let outcomes = Outcomes::default();
//! let count = Arc::clone(&outcomes.0);
//! tracing::subscriber::with_default(outcomes, || {
//!     let (client, _) = suning_api::mock::in_process();
//!     let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//!     runtime.block_on(client.custom().virtual_get().order_item_code("101254223501").send()).unwrap();
//! });
//! assert_eq!(count.load(Ordering::Relaxed), 1);
//! # }
//! ```

#[cfg(not(feature = "tracing"))]
pub(crate) use self::nothing::{Attempt, Call};
#[cfg(feature = "tracing")]
pub(crate) use self::spans::{Attempt, Call};

#[cfg(feature = "tracing")]
mod spans {
    use std::future::Future;
    use std::time::Instant;

    use bytes::Bytes;
    use tracing::field::Empty;
    use tracing::{Instrument, Span, debug, info_span, warn};

    use crate::error::{Failure, NO_RESULT};
    use crate::request::Endpoint;
    use crate::wire::Format;

    /// An open span, which records exactly one outcome.
    #[derive(Debug)]
    struct Open {
        span: Span,
        began: Instant,
        has_ended: bool,
    }

    impl Open {
        fn new(span: Span) -> Self {
            Self { span, began: Instant::now(), has_ended: false }
        }

        fn end(&mut self, outcome: &str) {
            if !std::mem::replace(&mut self.has_ended, true) {
                self.span.record("suning.outcome", outcome);
                self.span.record("suning.duration_ms", self.began.elapsed().as_secs_f64() * 1000.0);
            }
        }

        fn end_with(&mut self, failure: Option<&Failure>) {
            if let Some(failure) = failure {
                self.span.record("error.type", failure.kind);
                failure.code.map(|code| self.span.record("suning.error_code", code));
            }
            self.end(if failure.is_some() { "error" } else { "ok" });
        }
    }

    impl Drop for Open {
        fn drop(&mut self) {
            self.end("dropped");
        }
    }

    /// The span of a call.
    #[derive(Debug)]
    pub(crate) struct Call {
        open: Open,
        method: String,
    }

    impl Call {
        pub(crate) fn begin(method: &str, format: Format, endpoint: &Endpoint) -> Self {
            let span = info_span!(
                "suning.call",
                "otel.name" = method,
                "otel.kind" = "client",
                "rpc.system" = "suning",
                "rpc.method" = method,
                "server.address" = Empty,
                "server.port" = Empty,
                "suning.format" = format.as_str(),
                "suning.attempts" = Empty,
                "suning.outcome" = Empty,
                "suning.error_code" = Empty,
                "suning.duration_ms" = Empty,
                "error.type" = Empty,
            );
            if !span.is_disabled() {
                let (address, port) = endpoint.server();
                span.record("server.address", address).record("server.port", port);
            }
            Self { open: Open::new(span), method: method.to_owned() }
        }

        pub(crate) fn attempt(&self, before: usize, request: &http::Request<Bytes>) -> Attempt {
            let span = info_span!(
                parent: &self.open.span,
                "suning.attempt",
                "otel.name" = self.method,
                "otel.kind" = "client",
                "rpc.system" = "suning",
                "rpc.method" = self.method,
                "http.request.method" = "POST",
                "http.request.resend_count" = before,
                "http.request.body.size" = request.body().len(),
                "http.response.body.size" = Empty,
                "http.response.status_code" = Empty,
                "suning.outcome" = Empty,
                "suning.error_code" = Empty,
                "suning.duration_ms" = Empty,
                "error.type" = Empty,
            );
            Attempt(Some(Open::new(span)))
        }

        /// Reports an attempt that is followed by another one.
        pub(crate) fn retries(&self, failure: &Failure) {
            let (method, error) = (&self.method, failure.code.unwrap_or(failure.kind));
            debug!(parent: &self.open.span, { "rpc.method" = method, "error.type" = error }, "trying again");
        }

        pub(crate) fn end(&mut self, attempts: usize, failure: Option<&Failure>) {
            self.open.span.record("suning.attempts", attempts);
            if let Some(failure) = failure {
                let (method, error) = (&self.method, failure.code.unwrap_or(failure.kind));
                if failure.code == Some(NO_RESULT) {
                    debug!(parent: &self.open.span, { "rpc.method" = method, attempts }, "no result");
                } else {
                    let span = &self.open.span;
                    warn!(parent: span, { "rpc.method" = method, "error.type" = error, attempts }, "the call failed");
                }
            }
            self.open.end_with(failure);
        }
    }

    /// The span of an attempt.
    #[derive(Debug)]
    pub(crate) struct Attempt(Option<Open>);

    impl Attempt {
        /// The state before the first attempt.
        pub(crate) fn none() -> Self {
            Self(None)
        }

        pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
            let span = self.0.as_ref().map_or_else(Span::none, |open| open.span.clone());
            future.instrument(span)
        }

        pub(crate) fn replied(&self, reply: &http::Response<Bytes>) {
            if let Some(open) = &self.0 {
                open.span.record("http.response.status_code", reply.status().as_u16());
                open.span.record("http.response.body.size", reply.body().len());
            }
        }

        pub(crate) fn end(&mut self, failure: Option<&Failure>) {
            if let Some(open) = &mut self.0 {
                open.end_with(failure);
            }
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod nothing {
    use bytes::Bytes;

    use crate::error::Failure;
    use crate::request::Endpoint;
    use crate::wire::Format;

    #[derive(Debug)]
    pub(crate) struct Call;

    #[allow(clippy::unused_self, reason = "has the interface of the spans")]
    impl Call {
        pub(crate) fn begin(_: &str, _: Format, _: &Endpoint) -> Self {
            Self
        }

        pub(crate) fn attempt(&self, _: usize, _: &http::Request<Bytes>) -> Attempt {
            Attempt
        }

        pub(crate) fn retries(&self, _: &Failure) {}

        pub(crate) fn end(&mut self, _: usize, _: Option<&Failure>) {}
    }

    #[derive(Debug)]
    pub(crate) struct Attempt;

    #[allow(clippy::unused_self, reason = "has the interface of the spans")]
    impl Attempt {
        pub(crate) fn none() -> Self {
            Self
        }

        pub(crate) fn around<F>(&self, future: F) -> F {
            future
        }

        pub(crate) fn replied(&self, _: &http::Response<Bytes>) {}

        pub(crate) fn end(&mut self, _: Option<&Failure>) {}
    }
}
