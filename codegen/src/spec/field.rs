//! One row of a parameter table.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::method::{Evidence, Fields, is_false};

/// A documented parameter of a request or field of a reply.
#[expect(clippy::struct_excessive_bools, reason = "independent properties of a field")]
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name in Rust, in snake case. Only needed if the name derived from the wire name is not good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether a request without it is rejected. Only request tables state this.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether it can repeat.
    #[serde(default, skip_serializing_if = "is_false")]
    pub list: bool,
    /// Type of the value. The tables call every type `String`.
    #[serde(default, rename = "type", skip_serializing_if = "Type::is_text")]
    pub kind: Type,
    /// Whether its value must never appear in logs.
    #[serde(default, skip_serializing_if = "is_false")]
    pub secret: bool,
    /// Whether its value is personal data, which logs must not show.
    #[serde(default, skip_serializing_if = "is_false")]
    pub personal: bool,
    /// What the field is known from, if that is not the source of the method.
    #[serde(default, rename = "source", skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Documented sample.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// Documented description, without the list of codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Documented codes. The empty code says what an absent value means.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub values: IndexMap<String, ValueEntry>,
    /// Fields inside this field. A field with fields is a container.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub fields: Fields,
}

impl Field {
    /// Whether no page states it, in a method that is known from `own`.
    #[must_use]
    pub fn is_only_in_sdks(&self, own: Evidence) -> bool {
        self.evidence.unwrap_or(own) == Evidence::Sdk
    }

    /// Whether it is a container of fields.
    #[must_use]
    pub fn is_container(&self) -> bool {
        !self.fields.is_empty()
    }
}

/// Type of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Type {
    /// Text, verbatim. Identifiers are text too.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// A decimal number, such as an amount in yuan.
    Decimal,
    /// `yyyy-MM-dd HH:mm:ss` in China Standard Time.
    Datetime,
}

impl Type {
    /// The word used in the spec.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Datetime => "datetime",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
    fn is_text(&self) -> bool {
        *self == Self::Text
    }
}

/// A documented code of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueEntry {
    /// Name in Rust, in upper camel case.
    pub name: String,
    /// Documented meaning.
    pub description: String,
}

impl ValueEntry {
    /// A code with a default name, until someone picks one that says what it means.
    #[must_use]
    pub fn without_name(code: &str, description: &str) -> Self {
        let mut name = String::from("Code");
        for c in code.chars() {
            match c {
                '-' => name.push_str("Minus"),
                c if c.is_ascii_alphanumeric() => name.push(c),
                _ => {}
            }
        }
        let name = if code.is_empty() { "Absent".to_owned() } else { heck::AsUpperCamelCase(name).to_string() };
        Self { name, description: description.to_owned() }
    }
}
