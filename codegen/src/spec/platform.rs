//! What all methods share: the content of `spec/platform.yaml`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::ErrorEntry;
use super::field::Field;
use super::method::{Fields, is_false};
use super::quirk::Quirk;

/// The platform: endpoints, common parameters, envelope and common errors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// URLs of the gateway.
    pub endpoints: Endpoints,
    /// Version of the protocol, sent with every request.
    pub version: String,
    /// How far the timestamp of a request may be off, in minutes.
    pub clock_tolerance_minutes: u32,
    /// Parameters of every request, sent as HTTP headers.
    pub common_parameters: IndexMap<String, CommonParameter>,
    /// Names of the elements around the business node.
    pub envelope: Envelope,
    /// Wire names of fields that are personal data in every method, such as names and phone numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub personal: Vec<String>,
    /// Wire names of fields that are secret in every method, such as passwords.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secret: Vec<String>,
    /// Error codes that any method can return.
    pub errors: IndexMap<String, ErrorEntry>,
    /// Contradictions in the documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quirks: Vec<Quirk>,
}

/// URLs of the gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Endpoints {
    /// Production gateway.
    pub production: String,
    /// Pre-production gateway, for tests.
    pub pre_production: String,
}

/// A parameter of every request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommonParameter {
    /// Name of the HTTP header that carries it.
    pub header: String,
    /// Whether a request without it is rejected.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether its value must never appear in logs.
    #[serde(default, skip_serializing_if = "is_false")]
    pub secret: bool,
    /// Documented sample value.
    pub example: String,
    /// Documented description.
    pub description: String,
}

/// Names of the elements around the business node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Root of a request.
    pub request: String,
    /// Root of a reply.
    pub response: String,
    /// Element that contains the business node, in requests and replies.
    pub body: String,
    /// Element with paging information of a reply.
    pub head: String,
    /// Fields of the head.
    pub head_fields: Fields,
    /// Element in place of the body when a call fails.
    pub error: String,
    /// Fields of an error.
    pub error_fields: IndexMap<String, Field>,
}
