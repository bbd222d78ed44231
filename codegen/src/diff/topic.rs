//! Changes in the topics of pushed messages.

use std::collections::BTreeMap;

use super::change::{Changes, Place, SpecChange};
use super::fields::{self, Side, Table};
use super::rules::{TOPIC_ADDED, TOPIC_DOCUMENTATION, TOPIC_REMOVED, TOPIC_RENAMED};
use crate::plan::{Plan, TopicPlan};

pub(super) fn compare(old: &Plan, new: &Plan) -> Vec<SpecChange> {
    let (before, after) = (by_name(old), by_name(new));
    let mut found = Vec::new();
    for (name, topic) in &after {
        let mut changes = changes(topic);
        match before.get(name) {
            Some(was) => one(was, topic, &mut changes),
            None => changes.push(&TOPIC_ADDED, &place(topic, "topic"), "", name),
        }
        found.extend(changes.into_found());
    }
    for (name, topic) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        let mut changes = changes(topic);
        changes.push(&TOPIC_REMOVED, &place(topic, "topic"), name, "");
        found.extend(changes.into_found());
    }
    found
}

fn by_name(plan: &Plan) -> BTreeMap<&str, &TopicPlan> {
    plan.topics.iter().map(|topic| (topic.topic.as_str(), topic)).collect()
}

fn changes(topic: &TopicPlan) -> Changes<'_> {
    Changes::new(Some(topic.topic.to_string()), &topic.source)
}

fn place(topic: &TopicPlan, key: &str) -> Place {
    let place = Place { subject: topic.topic.to_string(), ..Place::new(&[key]) };
    place.with_item(format!("suning_api::push::Message::{}", topic.object.name))
}

fn one(old: &TopicPlan, new: &TopicPlan, changes: &mut Changes<'_>) {
    // Every fact is named here, so that a new one does not compile until somebody compares it.
    let TopicPlan { source: _, topic: _, title, evidence, sources, module, object, example } = old;
    changes.push_if_different(&TOPIC_RENAMED, &place(old, "name"), module.as_str(), new.module.as_str());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    for (key, old_text, new_text) in [
        ("title", text(title), text(&new.title)),
        ("source", evidence.as_str().to_owned(), new.evidence.as_str().to_owned()),
        ("sources", sources.join(", "), new.sources.join(", ")),
        ("example", text(example), text(&new.example)),
    ] {
        changes.push_if_different(&TOPIC_DOCUMENTATION, &place(old, key), &old_text, &new_text);
    }
    let [was, is] = [(old, object), (new, &new.object)].map(|(topic, object)| {
        let module = format!("suning_api::push::topics::{}", topic.module);
        Table { side: Side::Response, object, holder: format!("{module}::{}", object.name), module }
    });
    fields::compare(&was, &is, &["fields"], "fields", changes);
}
