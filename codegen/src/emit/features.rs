//! The feature list in the manifest of the crate: a feature for each namespace.

use std::fmt;

use toml_edit::{Array, DocumentMut, Item, TableLike, Value};

use crate::plan::NamespacePlan;

/// The feature that turns on all namespaces.
const ALL: &str = "full";

/// Why the feature list cannot be updated.
#[derive(Debug)]
pub struct FeatureError(String);

impl fmt::Display for FeatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", super::MANIFEST, self.0)
    }
}

impl std::error::Error for FeatureError {}

/// The manifest with the features of these namespaces and of no others; all else stays as it is.
pub(super) fn update(manifest: &str, namespaces: &[NamespacePlan]) -> Result<String, FeatureError> {
    let mut document: DocumentMut =
        manifest.parse().map_err(|error| FeatureError(format!("not valid TOML: {error}")))?;
    let features = document
        .get_mut("features")
        .and_then(Item::as_table_like_mut)
        .ok_or_else(|| FeatureError("the table `[features]` is missing; add it".to_owned()))?;
    remove_old(features)?;
    let mut all = Array::new();
    for namespace in namespaces {
        let name = namespace.module.as_str();
        if features.contains_key(name) {
            return Err(FeatureError(format!(
                "the namespace `{name}` has the name of another feature; give that another name"
            )));
        }
        features.insert(name, Item::Value(Value::Array(Array::new())));
        all.push(name);
    }
    features.insert(ALL, Item::Value(Value::Array(all)));
    Ok(document.to_string())
}

fn remove_old(features: &mut dyn TableLike) -> Result<(), FeatureError> {
    let all = features.get(ALL).and_then(Item::as_array);
    let all = all.ok_or_else(|| FeatureError(format!("the feature `{ALL} = []` is missing; add it")))?;
    let old: Vec<String> = all.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    for name in old {
        let is_ours = features.get(&name).and_then(Item::as_array).is_none_or(Array::is_empty);
        if !is_ours {
            return Err(FeatureError(format!(
                "`{ALL}` lists `{name}`, which turns on other features; remove it from the list"
            )));
        }
        features.remove(&name);
    }
    Ok(())
}
