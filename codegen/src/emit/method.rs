//! The file of one method.

use quote::quote;

use super::object::{self, Documented};
use super::source::File;
use super::{builder, code, docs, error, facts};
use crate::plan::{MethodPlan, NamespacePlan};

/// The whole file.
pub(super) fn module(namespace: &NamespacePlan, method: &MethodPlan) -> String {
    let mut lines = vec![
        docs::title(method),
        String::new(),
        format!(
            "{} Called by [`{2}::{1}`](super::{2}::{1}). Business node: {3}.",
            docs::effect(method),
            method.module,
            namespace.handle,
            docs::code(&method.node)
        ),
    ];
    for line in docs::unknown(method, |item| format!("[`{item}`](crate::reply::{item})")) {
        lines.extend([String::new(), line]);
    }
    lines.extend(docs::rules(&method.rules));
    let mut file = File::new(&docs::inner_lines(lines));
    file.push(&quote!(
        use crate::model::prelude::*;
    ));
    request(&mut file, method);
    response(&mut file, method);
    for code in method.codes() {
        code::emit(&mut file, code);
    }
    error::method(&mut file, &method.errors, method.method.as_str());
    file.print(&format!("spec/{}", method.method.spec_path().display()))
}

fn request(file: &mut File, method: &MethodPlan) {
    object::emit(file, &method.request, Documented::OnSetters(method.builder.as_str()));
    facts::emit(file, method);
    builder::request(file, method);
    for inner in method.request.objects() {
        let holder = builder::object_builder(inner);
        let holder = if inner.has_required_fields() { holder.as_str() } else { "Self" };
        object::emit(file, inner, Documented::OnSetters(holder));
        builder::object(file, inner);
    }
}

fn response(file: &mut File, method: &MethodPlan) {
    if !method.is_reply_known() {
        return;
    }
    object::emit(file, &method.response, Documented::Here);
    for inner in method.response.objects() {
        object::emit(file, inner, Documented::Here);
    }
}
