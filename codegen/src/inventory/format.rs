//! One line of an inventory.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::message::reason;
use crate::spec::{Evidence, MethodName, Type};
use crate::yaml::Position;

/// What SDKs state of one method. `null` means that they do not say.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Full wire name, such as `suning.custom.virtual.get`.
    pub method: MethodName,
    /// Title of the documentation page.
    #[serde(default)]
    pub title: Option<String>,
    /// Business node of the request, and of the reply unless that names another.
    pub node: String,
    /// Names of the SDKs that have the method; `page` for the beginning of its documentation page.
    pub sources: Vec<String>,
    /// Whether the reply comes in pages that the parameter `pageNo` selects.
    pub paged: bool,
    /// Request parameters.
    pub request: Vec<Item>,
    /// The reply. `null` if it is not known.
    pub response: Option<Reply>,
    /// Error codes.
    pub errors: Vec<String>,
}

/// What SDKs state of a reply.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Business node of the reply.
    #[serde(default)]
    pub node: Option<String>,
    /// Whether the business node repeats, once for each row.
    #[serde(default)]
    pub list: Option<bool>,
    /// Whether fields are missing because the source was cut off.
    #[serde(default)]
    pub partial: bool,
    /// Reply fields.
    pub fields: Vec<Item>,
}

/// A parameter or reply field.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Wire name.
    pub name: String,
    /// Whether an SDK or the page requires it. Only `true` becomes a requirement.
    #[serde(default)]
    pub required: Option<bool>,
    /// Whether it can repeat.
    #[serde(default)]
    pub list: Option<bool>,
    /// Type in the SDK. That of a reply field is not used: what an SDK declares as a number can arrive as any text.
    #[serde(default, rename = "type")]
    pub kind: Option<Type>,
    /// Label on the page, with the codes behind it: `结果: Y 成功, N 失败`.
    #[serde(default)]
    pub label: Option<String>,
    /// Sample.
    #[serde(default)]
    pub example: Option<String>,
    /// What the field is known from, if that is not the SDKs.
    #[serde(default)]
    pub source: Option<Evidence>,
    /// Fields inside it.
    #[serde(default)]
    pub fields: Vec<Item>,
}

/// Reads an inventory: its entries with their line numbers.
///
/// # Errors
/// Every line that is not an entry, and every method that is listed twice.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<(usize, Entry)>, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let mut entries: Vec<(usize, Entry)> = Vec::new();
    let mut first: BTreeMap<MethodName, usize> = BTreeMap::new();
    for (line, text) in bytes.split(|byte| *byte == b'\n').enumerate().map(|(index, text)| (index + 1, text)) {
        if text.trim_ascii().is_empty() {
            continue;
        }
        let mut report = |column: usize, message: String| {
            diagnostics.push(Diagnostic::new(file, Position { line, column }, message));
        };
        match serde_json::from_slice::<Entry>(text) {
            Ok(entry) => match first.insert(entry.method.clone(), line) {
                Some(first) => report(1, format!("`{}` is also on line {first}; join the two", entry.method)),
                None => entries.push((line, entry)),
            },
            Err(error) => report(error.column().max(1), reason(&error)),
        }
    }
    diagnostics.or(entries)
}
