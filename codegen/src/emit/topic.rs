//! The topics of pushed messages: a module for each, and the enum of all.

use quote::quote;

use super::object::{self, Documented};
use super::source::{File, Table};
use super::{code, docs};
use crate::plan::TopicPlan;

/// The file of one topic.
pub(super) fn module(topic: &TopicPlan) -> String {
    let mut lines = vec![docs::topic(topic)];
    lines.extend(docs::evidence(topic.evidence, &topic.sources));
    if let Some(example) = &topic.example {
        lines.extend(["", "```json"].map(str::to_owned));
        lines.extend(example.trim_end().lines().map(str::to_owned));
        lines.push("```".to_owned());
    }
    let mut file = File::new(&docs::inner_lines(lines));
    file.push(&quote!(
        use crate::model::prelude::*;
    ));
    object::emit(&mut file, &topic.object, Documented::Here);
    for inner in topic.object.objects() {
        object::emit(&mut file, inner, Documented::Here);
    }
    for code in topic.codes() {
        code::emit(&mut file, code);
    }
    file.print(&format!("spec/{}", topic.topic.spec_path().display()))
}

/// The list of the topics, and the enum of their messages.
pub(super) fn root(topics: &[TopicPlan]) -> String {
    let mut file = File::new(&docs::inner_lines(["The topics of pushed messages: a module for each."]));
    let modules = topics.iter().map(|topic| &topic.module);
    let variants = topics.iter().map(|topic| {
        let (module, name) = (&topic.module, &topic.object.name);
        let docs = docs::lines([docs::topic(topic)]);
        quote!(#docs #name(Box<#module::#name>),)
    });
    file.push(&quote! {
        #(pub mod #modules;)*

        use crate::model::prelude::*;

        /// The content of a pushed message, by its topic.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Message {
            #(#variants)*
            /// Content of a topic that is not documented, or that is not a JSON object.
            ///
            /// If the topic is documented later, its messages get a variant of their own.
            Other(Value),
        }
    });
    let row = |topic: &TopicPlan| format!("{} = {:?}", topic.object.name, topic.topic.as_str());
    file.table(Table { makes: "topics", head: "Message".to_owned(), rows: topics.iter().map(row).collect() });
    file.print("spec/topics")
}
