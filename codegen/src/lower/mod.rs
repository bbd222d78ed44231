//! Spec to plan: every name in Rust is settled here, once. What cannot be settled is a located error.

mod errors;
mod method;
mod names;
mod object;
mod topic;

use std::collections::BTreeMap;
use std::mem::take;

use indexmap::IndexMap;
use rayon::prelude::*;

pub(crate) use errors::name_collisions;
pub(crate) use names::error as error_name;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::{Document, MethodDocument, TopicDocument};
use crate::plan::{NamespacePlan, Plan, PlatformPlan, RustName, TopicPlan};
use crate::spec::Platform;

/// Lowers a whole spec; names that collide are reported.
pub fn lower(
    platform: Document<Platform>,
    methods: Vec<MethodDocument>,
    topics: Vec<TopicDocument>,
    diagnostics: &mut Diagnostics,
) -> Plan {
    let namespaces = namespaces(methods, &platform.value, diagnostics);
    let topics = self::topics(topics, &platform.value, diagnostics);
    Plan { platform: self::platform(platform, diagnostics), namespaces, topics }
}

fn topics(documents: Vec<TopicDocument>, platform: &Platform, diagnostics: &mut Diagnostics) -> Vec<TopicPlan> {
    let mut topics: Vec<TopicPlan> = Vec::new();
    for document in documents {
        let topic = topic::lower(document, platform, diagnostics);
        // `Other` stands for the topics that are not documented.
        let is_like = |other: &TopicPlan| other.module == topic.module || other.object.name == topic.object.name;
        let other = topics.iter().find(|other| is_like(other)).map(|other| other.topic.as_str());
        match other.or((topic.object.name.as_str() == "Other").then_some("any other topic")) {
            Some(other) => {
                let message = format!("`{}` and `{other}` have the same name in Rust; add a `name`", topic.topic);
                diagnostics.push(topic.source.at(&["topic"], message));
            }
            None => topics.push(topic),
        }
    }
    topics
}

fn namespaces(methods: Vec<MethodDocument>, platform: &Platform, diagnostics: &mut Diagnostics) -> Vec<NamespacePlan> {
    let lowered: Vec<_> = methods
        .into_par_iter()
        .map(|document| {
            let mut problems = Diagnostics::default();
            (method::lower(document, platform, &mut problems), problems)
        })
        .collect();
    let mut namespaces: BTreeMap<RustName, NamespacePlan> = BTreeMap::new();
    for (method, problems) in lowered {
        diagnostics.extend(problems);
        let wire = method.method.namespace().to_owned();
        let module = names::namespace(&wire);
        let namespace = namespaces.entry(module.clone()).or_insert_with(|| {
            let handle = names::handle(&wire);
            NamespacePlan { wire: wire.clone(), module, handle, methods: Vec::new() }
        });
        if namespace.wire != wire {
            let message = format!(
                "the namespaces `{wire}` and `{}` are both `{}` in Rust; remove one of them",
                namespace.wire, namespace.module
            );
            diagnostics.push(method.source.at(&["method"], message));
            continue;
        }
        // The methods come in the order of their names, but a `name` can be that of any other.
        match namespace.methods.iter().find(|other| other.module == method.module) {
            Some(other) => diagnostics.push(collision(&method, other)),
            None => namespace.methods.push(method),
        }
    }
    namespaces.into_values().collect()
}

fn collision(method: &crate::plan::MethodPlan, other: &crate::plan::MethodPlan) -> Diagnostic {
    let (name, other) = (&method.method, &other.method);
    let message = if name == other {
        format!("`{name}` also has another file; keep spec/{}", name.spec_path().display())
    } else {
        format!("`{name}` and `{other}` are both `{}` in Rust; give one of them a `name`", method.module)
    };
    method.source.at(&["method"], message)
}

fn platform(document: Document<Platform>, diagnostics: &mut Diagnostics) -> PlatformPlan {
    let Document { value: mut spec, source } = document;
    let names = Platform { errors: IndexMap::new(), quirks: Vec::new(), ..spec.clone() };
    let mut lower = |name: &str, summary: &str, fields, key| {
        let mut context = object::Context::new(&source, diagnostics, &names);
        context.object(RustName::new(name), summary.to_owned(), fields, &["envelope", key], "")
    };
    let envelope = &mut spec.envelope;
    let head = lower("Head", "The page of a result.", take(&mut envelope.head_fields), "head_fields");
    let summary = "What is in place of a result when a call fails.";
    let error_body = lower("ErrorBody", summary, take(&mut envelope.error_fields), "error_fields");
    let errors = errors::lower(RustName::new("CommonErrorCode"), take(&mut spec.errors), &source, diagnostics);
    PlatformPlan { spec, source, head, error_body, errors }
}
