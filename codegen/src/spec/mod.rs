//! The spec as typed data. It does not depend on YAML or files, so a page import can build it too.

mod accepted;
mod day;
mod error;
mod field;
mod method;
mod name;
mod platform;
mod quirk;
mod rule;
mod topic;

use std::collections::BTreeMap;

pub use accepted::{AcceptedBreak, AcceptedBreaks};
pub use day::Day;
pub use error::{ErrorEntry, Meaning, Retry};
pub use field::{Field, Type, ValueEntry};
pub use method::{Effect, Evidence, Example, Examples, Fields, Method, Paging};
pub use name::MethodName;
pub use platform::{CommonParameter, Endpoints, Envelope, Platform};
pub use quirk::{Quirk, QuirkKind};
pub use rule::{Limit, MaxAge, MaxSpan, Range, Rule, RuleKind, Span};
pub use topic::{Topic, TopicName};

/// Everything that is documented.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// What all methods share.
    pub platform: Platform,
    /// The methods by name.
    pub methods: BTreeMap<MethodName, Method>,
    /// The topics of pushed messages by name.
    pub topics: BTreeMap<TopicName, Topic>,
}

/// Finds the field at a dotted path.
#[must_use]
pub fn field_at<'a>(fields: &'a Fields, path: &str) -> Option<&'a Field> {
    match path.split_once('.') {
        None => fields.get(path),
        Some((first, rest)) => field_at(&fields.get(first)?.fields, rest),
    }
}
