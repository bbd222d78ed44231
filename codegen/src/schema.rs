//! The spec format as JSON Schema, from the types of the spec: for editors, and for the loader.

use std::path::{Path, PathBuf};

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::inventory::Entry;
use crate::spec::{AcceptedBreaks, Method, Platform, Topic};

/// The schemas, by path below the project.
const PATHS: [&str; 5] = [
    "spec/schema/accepted-breaks.json",
    "spec/schema/method.json",
    "spec/schema/platform.json",
    "spec/schema/topic.json",
    "spec/schema/inventory.json",
];

/// The schemas of the kinds of spec files and of inventories, by path below the project.
#[must_use]
pub fn files() -> Vec<(PathBuf, String)> {
    let inventory = SchemaSettings::draft07().into_generator().into_root_schema_for::<Entry>().to_value();
    let schemas = [of::<AcceptedBreaks>(), of::<Method>(), of::<Platform>(), of::<Topic>(), inventory];
    PATHS.map(PathBuf::from).into_iter().zip(schemas.map(|schema| format!("{schema:#}\n"))).collect()
}

/// Whether a path below the project is that of a schema.
pub(crate) fn is_path(path: &Path) -> bool {
    PATHS.iter().any(|schema| path == Path::new(schema))
}

/// The schema of a type. Draft 7 is what the YAML language server knows best.
pub(crate) fn of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().with_transform(GivenOrLeftOut);
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// An optional key is left out, and never `null`, which the loader refuses.
#[derive(Debug, Clone)]
struct GivenOrLeftOut;

impl Transform for GivenOrLeftOut {
    fn transform(&mut self, schema: &mut Schema) {
        let null = Value::from("null");
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|kind| *kind != null);
            if let [kind] = types.as_slice() {
                let kind = kind.clone();
                schema.insert("type".to_owned(), kind);
            }
        }
        if let Some(Value::Array(mut choices)) = schema.remove("anyOf") {
            choices.retain(|choice| choice.get("type") != Some(&null));
            // A problem inside an only choice is shown where it is, not at the choice.
            let key = if choices.len() == 1 { "allOf" } else { "anyOf" };
            schema.insert(key.to_owned(), Value::Array(choices));
        }
        transform_subschemas(self, schema);
    }
}
