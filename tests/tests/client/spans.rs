//! The spans of calls and attempts, and what must never be in them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use suning_api::error::TransportErrorKind;
use suning_api::{Credentials, RetryPolicy};
use tests::script::{Answer, Script};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry};

/// A closed span.
#[derive(Debug, Clone, Default)]
struct Closed {
    name: &'static str,
    parent: Option<&'static str>,
    fields: BTreeMap<String, String>,
}

impl Closed {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

impl Visit for Closed {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.fields.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<Closed>>>);

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let span = context.span(id).expect("the span");
        let parent = span.parent().map(|parent| parent.name());
        let mut closed = Closed { name: span.name(), parent, ..Closed::default() };
        attributes.record(&mut closed);
        span.extensions_mut().insert(closed);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).expect("the span");
        if let Some(closed) = span.extensions_mut().get_mut::<Closed>() {
            values.record(closed);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let closed = context.span(&id).expect("the span").extensions_mut().remove::<Closed>();
        self.0.lock().expect("the list").extend(closed);
    }
}

/// The level, message and error of each event.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> Layer<S> for Events {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut fields = Closed::default();
        event.record(&mut fields);
        let line = format!("{} {} {}", event.metadata().level(), fields.field("message"), fields.field("error.type"));
        self.0.lock().expect("the list").push(line.trim_end().to_owned());
    }
}

#[test]
fn retries_and_failures_are_events() {
    let events = |answers: Vec<Answer>| {
        let recorder = Events::default();
        let events = Arc::clone(&recorder.0);
        tracing::subscriber::with_default(Registry::default().with(recorder), || {
            let client = Script::new(answers).client();
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
            let _ = runtime.block_on(client.custom().virtual_get().order_item_code("the-order").send());
        });
        events.lock().expect("the list").clone()
    };
    let refused = "biz.custom.getvirtual.missing-parameter:the-order";
    assert_eq!(
        events(vec![Answer::status(502), Answer::code(refused)]),
        ["DEBUG trying again unreadable_reply", "WARN the call failed biz.custom.getvirtual.missing-parameter:*"]
    );
    assert_eq!(events(vec![Answer::code("biz.handler.data-get:no-result")]), ["DEBUG no result"]);
    assert_eq!(events(vec![Answer::from(r#"{"sn_responseContent":{"sn_body":{"getVirtual":{}}}}"#)]), [""; 0]);
}

/// The spans of a call for an order, in the order they close.
fn spans(answers: impl IntoIterator<Item = Answer>) -> Vec<Closed> {
    let recorder = Recorder::default();
    let spans = Arc::clone(&recorder.0);
    tracing::subscriber::with_default(Registry::default().with(recorder), || {
        let script = Script::new(answers);
        let client = script
            .client()
            .with_credentials(Credentials::new("the-app-key", "the-app-secret").with_access_token("the-access-token"));
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let _ = runtime.block_on(client.custom().virtual_get().order_item_code("the-order").send());
    });
    spans.lock().expect("the list").clone()
}

#[test]
fn a_call_has_a_span_with_one_span_for_each_attempt() {
    let order = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"sum":"the-sum"}}}}"#;
    let spans = spans([Answer::status(502), Answer::from(order)]);
    let [first, second, call] = spans.as_slice() else { panic!("{spans:?}") };
    assert_eq!((call.name, call.parent), ("suning.call", None));
    for attempt in [first, second] {
        assert_eq!((attempt.name, attempt.parent), ("suning.attempt", Some("suning.call")));
        assert_eq!(attempt.field("http.request.method"), "POST");
    }
    for span in &spans {
        assert_eq!(span.field("otel.name"), "suning.custom.virtual.get");
        assert_eq!((span.field("otel.kind"), span.field("rpc.system")), ("client", "suning"));
        assert!(span.field("suning.duration_ms").parse::<f64>().is_ok());
    }
    assert_eq!((call.field("server.address"), call.field("server.port")), ("open.suning.com", "443"));
    assert_eq!((call.field("suning.format"), call.field("suning.attempts")), ("json", "2"));
    assert_eq!((call.field("suning.outcome"), call.field("error.type")), ("ok", ""));
    assert_eq!((first.field("suning.outcome"), first.field("error.type")), ("error", "unreadable_reply"));
    assert_eq!((first.field("http.response.status_code"), second.field("http.response.status_code")), ("502", "200"));
    assert_eq!((first.field("http.request.resend_count"), second.field("http.request.resend_count")), ("0", "1"));
    assert_eq!(second.field("http.response.body.size"), order.len().to_string());
    let request = r#"{"sn_request":{"sn_body":{"getVirtual":{"orderItemCode":"the-order"}}}}"#;
    assert_eq!(second.field("http.request.body.size"), request.len().to_string());
}

#[test]
fn an_error_code_is_recorded_without_its_varying_parts() {
    let code = |code: &str| spans([Answer::code(code)]).pop().expect("the span of the call");
    let known = code("biz.custom.getvirtual.missing-parameter:the-name");
    assert_eq!(known.field("suning.error_code"), known.field("error.type"));
    assert_eq!(known.field("error.type"), "biz.custom.getvirtual.missing-parameter:*");
    let unknown = code("biz.unheard:of:the-name");
    assert_eq!((unknown.field("suning.error_code"), unknown.field("error.type")), ("", "_OTHER"));
    assert_eq!(unknown.field("suning.outcome"), "error");
}

#[test]
fn a_call_without_a_reply_names_the_kind_of_failure() {
    let spans = spans([Answer::Fault(TransportErrorKind::TooLarge)]);
    let kinds: Vec<_> = spans.iter().map(|span| span.field("error.type")).collect();
    assert_eq!(kinds, ["too_large", "too_large"]);
    assert_eq!(spans[0].field("http.response.status_code"), "");
}

#[test]
fn a_dropped_call_is_recorded_as_dropped() {
    let recorder = Recorder::default();
    let spans = Arc::clone(&recorder.0);
    tracing::subscriber::with_default(Registry::default().with(recorder), || {
        let builder = Script::new([Answer::Silence]).builder().sleep(|_| std::future::pending());
        let client = builder.retry(RetryPolicy::never()).build().expect("a client");
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let mut call = client.custom().virtual_get().order_item_code("1").send();
            std::future::poll_fn(|context| {
                assert!(std::pin::Pin::new(&mut call).poll(context).is_pending());
                std::task::Poll::Ready(())
            })
            .await;
        });
    });
    let outcomes: Vec<_> =
        spans.lock().expect("the list").iter().map(|span| span.field("suning.outcome").to_owned()).collect();
    assert_eq!(outcomes, ["dropped", "dropped"]);
}

#[test]
fn no_span_contains_content() {
    let answers = || {
        [
            Answer::code("biz.unheard:of:the-name"),
            Answer::status(502).with_header("retry-after", "1"),
            Answer::from(r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"sum":"the-sum"}}}}"#),
        ]
    };
    for skip in 0..3 {
        for span in spans(answers().into_iter().skip(skip)) {
            for (name, value) in &span.fields {
                assert!(!value.contains("the-"), "{name} holds {value}");
            }
        }
    }
}
