//! From the tree to typed data.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::shape;
use super::tree::{Content, Node, Source};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Reads typed data.
///
/// # Errors
/// Everything in which the document differs from the schema of the type, or else the first value that the type refuses.
pub fn read<T: DeserializeOwned>(source: &Source, schema: &Value) -> Result<T, Diagnostics> {
    let mut problems = source.problems.clone();
    problems.extend(shape::check(source, schema));
    problems.or(())?;
    serde_path_to_error::deserialize(value(&source.root)).map_err(|error| {
        let steps = error.path().iter().filter_map(|step| match step {
            Segment::Map { key } => Some(key.clone()),
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        let steps: Vec<String> = steps.collect();
        let (_, refused) = source.find(&steps.iter().map(String::as_str).collect::<Vec<_>>());
        Diagnostic::new(&source.path, refused.position, error.inner().to_string()).into()
    })
}

/// The data of a node.
#[must_use]
pub fn value(node: &Node) -> Value {
    match &node.content {
        Content::Null => Value::Null,
        Content::Text(text) => Value::from(text.as_str()),
        // A number, `true` or `false`.
        Content::Plain(text) => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str())),
        Content::List(items) => items.iter().map(value).collect(),
        Content::Map(entries) => entries.iter().map(|entry| (entry.key.clone(), value(&entry.value))).collect(),
    }
}
