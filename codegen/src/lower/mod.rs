//! Spec to plan: every name in Rust is settled here, once. What can not be settled is a located error.

mod errors;
mod method;
mod names;
mod object;

use std::collections::BTreeMap;

pub(crate) use names::error as error_name;

use crate::diagnostic::Diagnostics;
use crate::load::{Document, Documents};
use crate::plan::{MethodPlan, NamespacePlan, Plan, PlatformPlan};
use crate::spec::{Method, Platform};
use crate::yaml::Source;

/// Lowers all documents; names that collide are reported.
pub fn lower(documents: &Documents, diagnostics: &mut Diagnostics) -> Option<Plan> {
    let spec = documents.platform.as_ref().map(|document| &document.value);
    let namespaces = namespaces(&documents.methods, spec, diagnostics);
    let platform = platform(documents.platform.as_ref()?, diagnostics);
    Some(Plan { platform, namespaces })
}

fn namespaces(
    methods: &[Document<Method>],
    platform: Option<&Platform>,
    diagnostics: &mut Diagnostics,
) -> Vec<NamespacePlan> {
    let mut namespaces: BTreeMap<String, (NamespacePlan, BTreeMap<String, String>)> = BTreeMap::new();
    for document in methods {
        let wire = document.value.method.namespace();
        let module = names::namespace(wire);
        let (namespace, modules) = namespaces.entry(module.clone()).or_insert_with(|| {
            let handle = names::handle(wire);
            (NamespacePlan { wire: wire.to_owned(), module, handle, methods: Vec::new() }, BTreeMap::new())
        });
        if namespace.wire != wire {
            let message =
                format!("the namespaces `{wire}` and `{}` are both `{}` in Rust", namespace.wire, namespace.module);
            diagnostics.push(document.source.at(&["method"], message));
            continue;
        }
        let method = method::lower(document, platform, diagnostics);
        if let Some(other) = modules.insert(method.module.clone(), method.spec.method.to_string()) {
            collide(document, &method, &other, diagnostics);
            continue;
        }
        namespace.methods.push(method);
    }
    namespaces.into_values().map(|(namespace, _)| namespace).collect()
}

fn collide(document: &Document<Method>, method: &MethodPlan, other: &str, diagnostics: &mut Diagnostics) {
    let name = method.spec.method.as_str();
    let message = if name == other {
        format!("`{name}` has another file too; keep the one at spec/{}", method.spec.method.spec_path().display())
    } else {
        format!("`{name}` and `{other}` are both `{}` in Rust; give one of them a `name`", method.module)
    };
    diagnostics.push(document.source.at(&["method"], message));
}

fn platform(document: &Document<Platform>, diagnostics: &mut Diagnostics) -> PlatformPlan {
    let Document { value: spec, source, .. } = document;
    let envelope = &spec.envelope;
    let mut lower = |name: &str, summary: &str, fields, key| {
        let mut context = context(source, diagnostics);
        context.object(name.to_owned(), summary.to_owned(), fields, &["envelope", key], "")
    };
    let head = lower("Head", "Where a reply stands in a result.", &envelope.head_fields, "head_fields");
    let error_body = lower(
        "ErrorBody",
        "What stands in place of a result when a call fails.",
        &envelope.error_fields,
        "error_fields",
    );
    let errors = errors::lower("CommonErrorCode".to_owned(), &spec.errors, source, diagnostics);
    PlatformPlan { spec: spec.clone(), head, error_body, errors }
}

fn context<'a>(source: &'a Source, diagnostics: &'a mut Diagnostics) -> object::Context<'a> {
    object::Context {
        source,
        diagnostics,
        quirks: &[],
        side: names::Side::Reply,
        prefix: String::new(),
        types: names::Types::default(),
        objects: Vec::new(),
        codes: Vec::new(),
    }
}
