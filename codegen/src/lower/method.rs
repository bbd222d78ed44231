//! One method.

use super::{errors, names, object};
use crate::diagnostic::Diagnostics;
use crate::load::Document;
use crate::plan::MethodPlan;
use crate::spec::Method;

pub(super) fn lower(document: &Document<Method>, diagnostics: &mut Diagnostics) -> MethodPlan {
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
        types.take(std::slice::from_ref(&name), &spec.node).unwrap_or(name)
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
        prefix,
        types,
        objects: Vec::new(),
        codes: Vec::new(),
    };
    let summary = format!("A request of `{}`.", spec.method);
    let request = context.object(request, summary, &spec.request, &["request"]);
    let request_objects = std::mem::take(&mut context.objects);
    let what = if spec.response_list { "A row of the reply to" } else { "The reply to" };
    let summary = format!("{what} `{}`.", spec.method);
    let response = context.object(response, summary, &spec.response, &["response"]);
    let response_objects = std::mem::take(&mut context.objects);
    let codes = context.codes;
    MethodPlan {
        source: format!("spec/{}", spec.method.spec_path().display()),
        spec: spec.clone(),
        module,
        builder,
        request,
        response,
        request_objects,
        response_objects,
        codes,
        errors,
    }
}
