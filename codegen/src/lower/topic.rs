//! One topic of pushed messages.

use super::{names, object};
use crate::diagnostic::Diagnostics;
use crate::load::TopicDocument;
use crate::plan::TopicPlan;
use crate::spec::{Platform, Topic};

pub(super) fn lower(document: TopicDocument, platform: &Platform, diagnostics: &mut Diagnostics) -> TopicPlan {
    let TopicDocument { spec, source, message: _ } = document;
    // Every key is named here, so that a new one does not compile until somebody decides what becomes of it.
    let Topic { topic, name, title, evidence, sources, verified: _, fields, example, fingerprint: _ } = spec;
    let module = names::module(name, topic.rest(), &source, diagnostics);
    let mut context = object::Context::new(&source, diagnostics, platform);
    context.prefix = names::pascal(module.as_str());
    let own = context.own("", topic.as_str());
    let summary = format!("A message of the topic `{topic}`.");
    let object = context.object(own, summary, fields, &["fields"], "fields");
    TopicPlan { source, topic, title, evidence, sources, module, object, example }
}
