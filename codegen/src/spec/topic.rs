//! One topic of messages that the platform pushes: the content of `spec/topics/<topic>.yaml`.

use std::fmt;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::day::Day;
use super::method::{Evidence, Fields};

/// A topic as its documentation page describes it, with the decisions that people added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Name on the wire, such as `suning_order_virtual_resend`.
    pub topic: TopicName,
    /// Name in Rust, in snake case. Only needed if the name derived from the wire name is not good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Title of the documentation page, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What the facts about the topic come from.
    #[serde(default, rename = "source", skip_serializing_if = "Evidence::is_page")]
    pub evidence: Evidence,
    /// Names of the SDKs that the facts come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Day on which the documented facts were last checked against the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Day>,
    /// Fields of a message.
    pub fields: Fields,
    /// Content of a message, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// What the page showed on the day of `verified`: each row with a digest of its text. Written by the import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// Name of a topic on the wire: letters, digits and underscores.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[A-Za-z][A-Za-z0-9_]*$"))]
pub struct TopicName(String);

impl TopicName {
    /// The folder of the topics, below `spec/`.
    pub const FOLDER: &'static str = "topics";

    /// The name on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without the word that all topics begin with.
    #[must_use]
    pub fn rest(&self) -> &str {
        self.0.strip_prefix("suning_").filter(|rest| !rest.is_empty()).unwrap_or(&self.0)
    }

    /// Path of the spec file, relative to `spec/`.
    #[must_use]
    pub fn spec_path(&self) -> PathBuf {
        Path::new(Self::FOLDER).join(format!("{self}.yaml"))
    }
}

impl TryFrom<String> for TopicName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if is_name { Ok(Self(name)) } else { Err(format!("`{name}` is not a topic; write `suning_like_this`")) }
    }
}

impl From<TopicName> for String {
    fn from(name: TopicName) -> Self {
        name.0
    }
}

impl fmt::Display for TopicName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
