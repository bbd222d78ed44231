//! The kinds of changes. Rules for requests and replies mirror each other.

use super::class::Class::{Breaking, Compatible, Unchanged};
use super::class::Rule;

/// The rules of one table of fields.
#[derive(Debug)]
pub(super) struct FieldRules {
    pub(super) added: Rule,
    pub(super) removed: Rule,
    pub(super) renamed_on_wire: Rule,
    pub(super) renamed_in_rust: Rule,
    pub(super) became_list: Rule,
    pub(super) became_single: Rule,
    pub(super) type_changed: Rule,
    pub(super) type_renamed: Rule,
    pub(super) structure_changed: Rule,
    pub(super) value_added: Rule,
    pub(super) value_removed: Rule,
    pub(super) value_recoded: Rule,
    pub(super) value_renamed: Rule,
    pub(super) became_secret: Rule,
    pub(super) no_longer_secret: Rule,
    pub(super) became_personal: Rule,
    pub(super) no_longer_personal: Rule,
    pub(super) alias_added: Rule,
    pub(super) alias_removed: Rule,
    pub(super) documentation_changed: Rule,
}

impl FieldRules {
    fn all(&'static self) -> [&'static Rule; 20] {
        [
            &self.added,
            &self.removed,
            &self.renamed_on_wire,
            &self.renamed_in_rust,
            &self.became_list,
            &self.became_single,
            &self.type_changed,
            &self.type_renamed,
            &self.structure_changed,
            &self.value_added,
            &self.value_removed,
            &self.value_recoded,
            &self.value_renamed,
            &self.became_secret,
            &self.no_longer_secret,
            &self.became_personal,
            &self.no_longer_personal,
            &self.alias_added,
            &self.alias_removed,
            &self.documentation_changed,
        ]
    }
}

pub(super) static REQUEST: FieldRules = FieldRules {
    added: Rule::new("request-parameter-added", [Compatible, Compatible, Unchanged]),
    removed: Rule::new("request-parameter-removed", [Breaking, Breaking, Unchanged]),
    renamed_on_wire: Rule::new("request-parameter-renamed-on-wire", [Breaking, Unchanged, Unchanged]),
    renamed_in_rust: Rule::new("request-parameter-renamed-in-rust", [Unchanged, Breaking, Unchanged]),
    became_list: Rule::new("request-parameter-became-list", [Breaking, Breaking, Unchanged]),
    became_single: Rule::new("request-parameter-became-single", [Breaking, Breaking, Unchanged]),
    // Every value is text on the wire, and stored requests are read as the new type.
    type_changed: Rule::new("request-parameter-type-changed", [Unchanged, Breaking, Breaking]),
    type_renamed: Rule::new("request-parameter-type-renamed", [Unchanged, Breaking, Unchanged]),
    structure_changed: Rule::new("request-parameter-structure-changed", [Breaking, Breaking, Unchanged]),
    value_added: Rule::new("request-parameter-value-added", [Compatible, Compatible, Unchanged]),
    value_removed: Rule::new("request-parameter-value-removed", [Breaking, Breaking, Unchanged]),
    value_recoded: Rule::new("request-parameter-value-recoded", [Breaking, Unchanged, Unchanged]),
    value_renamed: Rule::new("request-parameter-value-renamed", [Unchanged, Breaking, Unchanged]),
    // Secrets are serialized only on request.
    became_secret: Rule::new("request-parameter-became-secret", [Unchanged, Unchanged, Breaking]),
    no_longer_secret: Rule::new("request-parameter-no-longer-secret", [Unchanged, Unchanged, Breaking]),
    became_personal: Rule::new("request-parameter-became-personal", [Unchanged, Unchanged, Compatible]),
    no_longer_personal: Rule::new("request-parameter-no-longer-personal", [Unchanged, Unchanged, Breaking]),
    // Requests are written with the one name; other spellings are only read, by the mock gateway.
    alias_added: Rule::new("request-parameter-alias-added", [Unchanged, Unchanged, Compatible]),
    alias_removed: Rule::new("request-parameter-alias-removed", [Unchanged, Unchanged, Compatible]),
    documentation_changed: Rule::new("request-parameter-documentation-changed", [Unchanged; 3]),
};

pub(super) static RESPONSE: FieldRules = FieldRules {
    // What was in `extra` is in a field now, or a variant where it was `Other`.
    added: Rule::new("response-field-added", [Compatible, Compatible, Compatible]),
    removed: Rule::new("response-field-removed", [Breaking, Breaking, Unchanged]),
    renamed_on_wire: Rule::new("response-field-renamed-on-wire", [Breaking, Unchanged, Unchanged]),
    renamed_in_rust: Rule::new("response-field-renamed-in-rust", [Unchanged, Breaking, Unchanged]),
    became_list: Rule::new("response-field-became-list", [Breaking, Breaking, Unchanged]),
    became_single: Rule::new("response-field-became-single", [Breaking, Breaking, Unchanged]),
    // A value that does not fit the new type is in `extra`, and stored ones are read as the new type.
    type_changed: Rule::new("response-field-type-changed", [Unchanged, Breaking, Breaking]),
    type_renamed: Rule::new("response-field-type-renamed", [Unchanged, Breaking, Unchanged]),
    structure_changed: Rule::new("response-field-structure-changed", [Breaking, Breaking, Unchanged]),
    value_added: Rule::new("response-field-value-added", [Compatible, Compatible, Compatible]),
    value_removed: Rule::new("response-field-value-removed", [Compatible, Breaking, Unchanged]),
    value_recoded: Rule::new("response-field-value-recoded", [Breaking, Unchanged, Unchanged]),
    value_renamed: Rule::new("response-field-value-renamed", [Unchanged, Breaking, Unchanged]),
    became_secret: Rule::new("response-field-became-secret", [Unchanged, Unchanged, Breaking]),
    no_longer_secret: Rule::new("response-field-no-longer-secret", [Unchanged, Unchanged, Breaking]),
    became_personal: Rule::new("response-field-became-personal", [Unchanged, Unchanged, Compatible]),
    no_longer_personal: Rule::new("response-field-no-longer-personal", [Unchanged, Unchanged, Breaking]),
    alias_added: Rule::new("response-field-alias-added", [Unchanged, Unchanged, Compatible]),
    alias_removed: Rule::new("response-field-alias-removed", [Unchanged, Unchanged, Breaking]),
    documentation_changed: Rule::new("response-field-documentation-changed", [Unchanged; 3]),
};

/// Declares rules without a mirror, and a list of them.
macro_rules! rules {
    ($($name:ident = $id:literal, [$wire:ident, $rust:ident, $behaviour:ident];)*) => {
        $(pub(super) static $name: Rule = Rule::new($id, [$wire, $rust, $behaviour]);)*
        static ALONE: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    REQUEST_REQUIRED_ADDED = "request-parameter-added-required", [Breaking, Breaking, Unchanged];
    REQUEST_BECAME_REQUIRED = "request-parameter-became-required", [Breaking, Breaking, Unchanged];
    REQUEST_BECAME_OPTIONAL = "request-parameter-became-optional", [Compatible, Compatible, Unchanged];
    RESPONSE_BECAME_LIST = "response-became-list", [Breaking, Breaking, Unchanged];
    RESPONSE_BECAME_SINGLE = "response-became-single", [Breaking, Breaking, Unchanged];
    RESPONSE_BECAME_OPEN = "response-became-open", [Unchanged, Breaking, Unchanged];
    RESPONSE_BECAME_TYPED = "response-became-typed", [Unchanged, Breaking, Unchanged];

    METHOD_ADDED = "method-added", [Compatible, Compatible, Unchanged];
    METHOD_REMOVED = "method-removed", [Breaking, Breaking, Unchanged];
    METHOD_RENAMED = "method-renamed-in-rust", [Unchanged, Breaking, Unchanged];
    METHOD_BECAME_WRITE = "method-became-write", [Unchanged, Unchanged, Breaking];
    // The client retries by itself what only reads.
    METHOD_BECAME_READ = "method-became-read", [Unchanged, Unchanged, Breaking];
    METHOD_BECAME_PAGED = "method-became-paged", [Unchanged, Compatible, Unchanged];
    METHOD_NO_LONGER_PAGED = "method-no-longer-paged", [Unchanged, Breaking, Unchanged];
    METHOD_PAGED_OTHERWISE = "method-paging-changed", [Unchanged, Unchanged, Breaking];
    METHOD_GOT_SPAN = "method-got-longest-span", [Unchanged, Compatible, Unchanged];
    METHOD_LOST_SPAN = "method-lost-longest-span", [Unchanged, Breaking, Unchanged];
    METHOD_SPAN_CHANGED = "method-longest-span-changed", [Unchanged, Unchanged, Breaking];
    METHOD_DOCUMENTATION = "method-documentation-changed", [Unchanged, Unchanged, Unchanged];
    SUCCESS_CHANGED = "method-success-changed", [Unchanged, Unchanged, Breaking];
    NODE_CHANGED = "business-node-changed", [Breaking, Unchanged, Unchanged];
    EXAMPLES_CHANGED = "examples-changed", [Unchanged, Unchanged, Unchanged];
    QUIRKS_CHANGED = "quirks-changed", [Unchanged, Unchanged, Unchanged];

    // The name stays, and leads to another type.
    ERRORS_BECAME_OWN = "errors-became-own", [Unchanged, Breaking, Unchanged];
    ERRORS_BECAME_STANDARD = "errors-became-standard", [Unchanged, Breaking, Unchanged];
    ERROR_ADDED = "error-added", [Unchanged, Compatible, Compatible];
    ERROR_SPLIT_OFF = "error-split-off", [Unchanged, Compatible, Breaking];
    ERROR_REMOVED = "error-removed", [Unchanged, Breaking, Unchanged];
    ERROR_RECODED = "error-recoded", [Breaking, Unchanged, Unchanged];
    ERROR_RENAMED = "error-renamed-in-rust", [Unchanged, Breaking, Unchanged];
    ERROR_BECAME_RETRYABLE = "error-became-retryable", [Unchanged, Unchanged, Compatible];
    ERROR_NO_LONGER_RETRYABLE = "error-no-longer-retryable", [Unchanged, Unchanged, Breaking];
    ERROR_RETRY_CHANGED = "error-retry-changed", [Unchanged, Unchanged, Breaking];
    ERROR_DOCUMENTATION = "error-documentation-changed", [Unchanged, Unchanged, Unchanged];

    REQUIREMENT_ADDED = "rule-added", [Breaking, Unchanged, Breaking];
    REQUIREMENT_REMOVED = "rule-removed", [Compatible, Unchanged, Compatible];
    REQUIREMENT_TIGHTENED = "rule-tightened", [Breaking, Unchanged, Breaking];
    REQUIREMENT_LOOSENED = "rule-loosened", [Compatible, Unchanged, Compatible];
    REQUIREMENT_ERROR = "rule-error-changed", [Compatible, Unchanged, Compatible];
    REQUIREMENT_DOCUMENTATION = "rule-documentation-changed", [Unchanged, Unchanged, Unchanged];

    ENDPOINT_CHANGED = "endpoint-changed", [Breaking, Unchanged, Unchanged];
    VERSION_CHANGED = "protocol-version-changed", [Breaking, Unchanged, Unchanged];
    CLOCK_TIGHTENED = "clock-tolerance-tightened", [Breaking, Unchanged, Breaking];
    CLOCK_LOOSENED = "clock-tolerance-loosened", [Compatible, Unchanged, Compatible];
    COMMON_ADDED = "common-parameter-added", [Compatible, Unchanged, Unchanged];
    COMMON_REMOVED = "common-parameter-removed", [Breaking, Unchanged, Unchanged];
    COMMON_CHANGED = "common-parameter-changed", [Breaking, Unchanged, Unchanged];
    COMMON_DOCUMENTATION = "common-parameter-documentation-changed", [Unchanged, Unchanged, Unchanged];
    ENVELOPE_CHANGED = "envelope-changed", [Breaking, Unchanged, Unchanged];
    // What it means is reported for each field.
    PERSONAL_CHANGED = "personal-fields-changed", [Unchanged, Unchanged, Unchanged];
    SECRET_CHANGED = "secret-fields-changed", [Unchanged, Unchanged, Unchanged];
}

/// Rules for requests or replies that have no mirror on the other side, and why.
pub const UNMIRRORED: &[(&str, &str)] = &[
    ("request-parameter-added-required", "replies have no required fields"),
    ("request-parameter-became-required", "replies have no required fields"),
    ("request-parameter-became-optional", "replies have no required fields"),
    ("response-became-list", "a request has one business node"),
    ("response-became-single", "a request has one business node"),
    ("response-became-open", "the parameters of every method are known"),
    ("response-became-typed", "the parameters of every method are known"),
];

/// All rules.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    [REQUEST.all(), RESPONSE.all()].into_iter().flatten().chain(ALONE.iter().copied()).collect()
}
