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

/// Fields of one level by wire name, in the order of the documents.
pub type Fields = IndexMap<String, Field>;

/// A method as its documentation page describes it, with the decisions that people added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Full wire name, such as `suning.custom.virtual.get`.
    pub method: MethodName,
    /// Name in Rust, in snake case. Only needed if the name derived from the wire name is not good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Title of the documentation page, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// URL of the documentation page.
    pub page: String,
    /// What the facts about the method come from.
    #[serde(default, rename = "source", skip_serializing_if = "Evidence::is_page")]
    pub evidence: Evidence,
    /// Names of the SDKs and pages that an imported inventory was made from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Whether the method changes anything. Every call is a POST, so the HTTP verb does not say.
    pub effect: Effect,
    /// Whether the effect was derived from the last word of the name and not yet confirmed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub effect_derived: bool,
    /// Business node that contains the request and the reply. It cannot be derived from the method name.
    pub node: String,
    /// Day on which the documented facts were last checked against the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Day>,
    /// Request parameters.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub request: Fields,
    /// Rules for valid requests beyond the tables, and notes for callers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Whether the business node of a reply repeats, once per row.
    #[serde(default, skip_serializing_if = "is_false")]
    pub response_list: bool,
    /// How to page through the reply, if it is paged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// Which reply fields must have which values for the call to have succeeded, if a reply can report a failure.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub success: IndexMap<String, String>,
    /// Whether the source of the reply was cut off, so that more fields are documented than listed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub response_partial: bool,
    /// Reply fields. Without any, the reply is not known.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub response: Fields,
    /// Business error codes of this method.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub errors: IndexMap<String, ErrorEntry>,
    /// Contradictions within the page or with the gateway, and what was decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quirks: Vec<Quirk>,
    /// Examples on the page.
    #[serde(default, skip_serializing_if = "Examples::is_empty")]
    pub examples: Examples,
    /// What the page showed on the day of `verified`: each note, row and example with a digest of its text. Written by the import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

impl Method {
    /// A method of which nothing but the name is known.
    #[must_use]
    pub fn unknown(name: &MethodName) -> Self {
        Self {
            method: name.clone(),
            name: None,
            title: None,
            page: name.page(),
            evidence: Evidence::Page,
            sources: Vec::new(),
            effect: Effect::of(name),
            effect_derived: true,
            node: String::new(),
            verified: None,
            fingerprint: None,
            request: Fields::new(),
            rules: Vec::new(),
            response_list: false,
            paging: None,
            success: IndexMap::new(),
            response_partial: false,
            response: Fields::new(),
            errors: IndexMap::new(),
            quirks: Vec::new(),
            examples: Examples::default(),
        }
    }
}

/// What a fact comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The documentation page of the method. It outranks an SDK.
    #[default]
    Page,
    /// Official SDKs, which state names, nesting and required parameters, but no meanings, codes or types.
    Sdk,
}

impl Evidence {
    /// The word used in the spec.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Sdk => "sdk",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
    pub(super) fn is_page(&self) -> bool {
        *self == Self::Page
    }
}

/// How to page through a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// Request parameter with the page number, counted from 1.
    pub page: String,
}

/// Whether a method can be repeated safely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Read-only: repeating it is safe.
    Read,
    /// Not idempotent: repeating it can have its effect twice.
    Write,
}

impl Effect {
    /// What the last word of a method's name suggests: `get` and `query` read.
    #[must_use]
    pub fn of(method: &MethodName) -> Self {
        let verb = method.as_str().rsplit('.').next();
        if matches!(verb, Some("get" | "query")) { Self::Read } else { Self::Write }
    }

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
    /// Whether there are no examples.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|(_, example)| example.is_empty())
    }

    /// The examples with their keys in the spec.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &Example); 3] {
        [("request", &self.request), ("response", &self.response), ("error", &self.error)]
    }

    /// The text of an example, by its keys in the spec.
    #[must_use]
    pub fn text(&self, part: &str, format: &str) -> Option<&str> {
        let (_, example) = self.parts().into_iter().find(|(key, _)| *key == part)?;
        let text = if format == "xml" { &example.xml } else { &example.json };
        text.as_deref()
    }
}

/// A documented message in both formats.
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
    /// Whether there is no example in either format.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.json.is_none() && self.xml.is_none()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
pub(super) fn is_false(value: &bool) -> bool {
    !*value
}
