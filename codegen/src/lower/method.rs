//! One method.

use serde_json::Value;

use super::{errors, names, object};
use crate::diagnostic::Diagnostics;
use crate::load::Document;
use crate::message::{parse_json, parse_xml};
use crate::plan::{MethodPlan, SpanPlan};
use crate::spec::{Method, Platform, Rule, RuleKind, Type};

pub(super) fn lower(
    document: &Document<Method>,
    platform: Option<&Platform>,
    diagnostics: &mut Diagnostics,
) -> MethodPlan {
    let Document { value: spec, source, .. } = document;
    let module = match &spec.name {
        Some(name) if names::is_snake(name) => name.clone(),
        Some(name) => {
            diagnostics.push(source.at(&["name"], format!("`{name}` is not a name in snake case; write `like_this`")));
            names::method(spec.method.rest())
        }
        None => names::method(spec.method.rest()),
    };
    let prefix = names::pascal(&module);
    let mut types = names::Types::default();
    let mut own = |suffix: &str| {
        let name = format!("{prefix}{suffix}");
        if types.take(std::slice::from_ref(&name), &spec.node).is_err() {
            let message =
                format!("the type `{name}` would be called like one of the library; give the method a `name`");
            diagnostics.push(source.at(&["method"], message));
        }
        name
    };
    let request = own("Request");
    let response = own(if spec.response_list { "Row" } else { "Response" });
    let builder = own("Builder");
    let error_code = own("ErrorCode");

    let errors = errors::lower(error_code, &spec.errors, source, diagnostics);
    let mut context = object::Context {
        source,
        diagnostics,
        quirks: &spec.quirks,
        side: names::Side::Request,
        prefix,
        types,
        objects: Vec::new(),
        codes: Vec::new(),
    };
    let summary = format!("A request of `{}`.", spec.method);
    let request = context.object(request, summary, &spec.request, &["request"], "request");
    let request_objects = std::mem::take(&mut context.objects);
    context.side = names::Side::Reply;
    let what = if spec.response_list { "A row of the reply to" } else { "The reply to" };
    let summary = format!("{what} `{}`.", spec.method);
    let response = context.object(response, summary, &spec.response, &["response"], "response");
    let response_objects = std::mem::take(&mut context.objects);
    let codes = context.codes;
    MethodPlan {
        source: format!("spec/{}", spec.method.spec_path().display()),
        spec: spec.clone(),
        example: platform.and_then(|platform| example(spec, platform)),
        module,
        builder,
        request,
        response,
        request_objects,
        response_objects,
        codes,
        errors,
        span: span(spec),
    }
}

/// The span that the rows of a paged method are asked for, if it has a longest one.
fn span(spec: &Method) -> Option<SpanPlan> {
    spec.paging.as_ref()?;
    let is_time = |name: &str| spec.request.get(name).is_some_and(|field| field.kind == Type::Datetime && !field.list);
    spec.rules.iter().flat_map(Rule::kinds).find_map(|kind| match kind {
        RuleKind::MaxSpan(span) if span.days > 0 && is_time(&span.from) && is_time(&span.to) => {
            Some(SpanPlan { from: span.from.clone(), to: span.to.clone(), days: span.days })
        }
        _ => None,
    })
}

/// What the business node of the documented request holds.
fn example(spec: &Method, platform: &Platform) -> Option<Value> {
    let example = &spec.examples.request;
    let message = match (&example.json, &example.xml) {
        (Some(json), _) => parse_json(json).ok()?,
        (None, Some(xml)) => parse_xml(xml).ok()?,
        (None, None) => return None,
    };
    Some(message.get(&platform.envelope.request)?.get(&platform.envelope.body)?.get(&spec.node)?.clone())
}
