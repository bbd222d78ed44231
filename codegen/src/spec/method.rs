//! One documented method: the content of `spec/<namespace>/<rest>.yaml`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::day::Day;
use super::error::ErrorEntry;
use super::field::Field;
use super::name::MethodName;
use super::quirk::Quirk;
use super::rule::Rule;

/// The fields of one level by wire name, in document order.
pub type Fields = IndexMap<String, Field>;

/// A method as its documentation page states it, with the decisions people added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Full wire name, such as `suning.custom.virtual.get`.
    pub method: MethodName,
    /// Name in Rust, in snake case, where the wire name does not give a good one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Title of the documentation page.
    pub title: String,
    /// Address of the documentation page.
    pub page: String,
    /// Whether the method changes anything; every call is a POST, so the verb does not tell.
    pub effect: Effect,
    /// Business node that holds request and reply; can not be derived from the method name.
    pub node: String,
    /// Day on which the documented facts were last held against the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Day>,
    /// Digest of the facts that the page stated on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// Request parameters.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub request: Fields,
    /// What a valid request must satisfy beyond the tables, and what a caller should know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Whether the business node of a reply repeats, one for each row.
    #[serde(default, skip_serializing_if = "is_false")]
    pub response_list: bool,
    /// How the reply comes in pages, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// Reply fields.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub response: Fields,
    /// Business error codes of this method.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub errors: IndexMap<String, ErrorEntry>,
    /// Where the page contradicts itself or the gateway, and what was decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quirks: Vec<Quirk>,
    /// Examples of the page.
    #[serde(default, skip_serializing_if = "Examples::is_empty")]
    pub examples: Examples,
}

/// How a reply comes in pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// Request parameter with the number of the page, counted from 1.
    pub page: String,
}

/// Whether a method may be repeated without harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Only reads: repeating it changes nothing.
    Read,
    /// Changes something: repeating it may do so twice.
    Write,
}

impl Effect {
    /// The word used in the spec.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// The documented examples of one method.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// A request.
    #[serde(default, skip_serializing_if = "Example::is_empty")]
    pub request: Example,
    /// A successful reply.
    #[serde(default, skip_serializing_if = "Example::is_empty")]
    pub response: Example,
    /// A failed reply.
    #[serde(default, skip_serializing_if = "Example::is_empty")]
    pub error: Example,
}

impl Examples {
    /// Whether the page shows no example at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|(_, example)| example.is_empty())
    }

    /// The examples with the names they have in the spec.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &Example); 3] {
        [("request", &self.request), ("response", &self.response), ("error", &self.error)]
    }
}

/// One documented message in both formats.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// As JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<String>,
    /// As XML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xml: Option<String>,
}

impl Example {
    /// Whether neither format is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.json.is_none() && self.xml.is_none()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
pub(super) fn is_false(value: &bool) -> bool {
    !*value
}
