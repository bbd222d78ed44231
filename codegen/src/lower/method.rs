//! One method.

use super::{errors, names, object};
use crate::diagnostic::Diagnostics;
use crate::load::{Message, MethodDocument};
use crate::plan::{ExamplesPlan, MethodPlan, SpanPlan};
use crate::spec::{Examples, Fields, Method, Paging, Platform, Rule, RuleKind, Type};

pub(super) fn lower(document: MethodDocument, platform: &Platform, diagnostics: &mut Diagnostics) -> MethodPlan {
    let MethodDocument { spec, source, messages } = document;
    // Every key is named here, so that a new one does not compile until somebody decides what becomes of it.
    let Method {
        method,
        name,
        title,
        page,
        evidence,
        sources,
        effect,
        effect_derived,
        node,
        verified: _,
        fingerprint: _,
        request,
        rules,
        response_list,
        paging,
        success,
        response_partial,
        response,
        errors,
        quirks,
        examples,
    } = spec;
    let module = names::module(name, method.rest(), &source, diagnostics);
    let span = span(paging.as_ref(), &request, &rules);
    let examples = self::examples(examples, messages, &node, platform);

    let mut context = object::Context::new(&source, diagnostics, platform);
    context.quirks = &quirks;
    context.prefix = names::pascal(module.as_str());
    let request_name = context.own("Request", &node);
    let response_name = context.own(if response_list { "Row" } else { "Response" }, &node);
    let builder = context.own("Builder", &node);
    let error_code = context.own("ErrorCode", &node);
    context.side = names::Side::Request;
    let request = context.object(request_name, format!("A request of `{method}`."), request, &["request"], "request");
    context.side = names::Side::Reply;
    let what = if response_list { "A row of the reply to" } else { "The reply to" };
    let summary = format!("{what} `{method}`.");
    let mut response = context.object(response_name, summary, response, &["response"], "response");
    for field in &mut response.fields {
        field.success = success.get(&field.wire).cloned();
    }

    let errors = errors::lower(error_code, errors, &source, diagnostics);
    MethodPlan {
        source,
        method,
        title,
        page,
        evidence,
        sources,
        effect,
        effect_derived,
        node,
        module,
        builder,
        request,
        rules,
        response,
        response_list,
        paging,
        success,
        response_partial,
        span,
        errors,
        quirks,
        examples,
    }
}

/// The span that the rows of a paged method are asked for, if the documents limit it.
fn span(paging: Option<&Paging>, request: &Fields, rules: &[Rule]) -> Option<SpanPlan> {
    paging?;
    let is_time = |name: &str| request.get(name).is_some_and(|field| field.kind == Type::Datetime && !field.list);
    rules.iter().flat_map(Rule::kinds).find_map(|kind| match kind {
        RuleKind::MaxSpan(span) if span.days > 0 && is_time(&span.from) && is_time(&span.to) => {
            Some(SpanPlan { from: span.from.clone(), to: span.to.clone(), days: span.days })
        }
        _ => None,
    })
}

fn examples(examples: Examples, messages: Vec<Message>, node: &str, platform: &Platform) -> ExamplesPlan {
    let Examples { request, response, error } = examples;
    let first = messages.into_iter().find(|message| message.part == "request");
    let envelope = &platform.envelope;
    let inside = |message: serde_json::Value| message.get(&envelope.request)?.get(&envelope.body)?.get(node).cloned();
    let request_node = first.and_then(|message| message.content.ok()).and_then(inside);
    ExamplesPlan { request, response, error, request_node }
}
