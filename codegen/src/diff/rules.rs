//! The kinds of changes. Rules for requests and replies mirror each other.

use super::class::Class::{Breaking, Compatible, Unchanged};
use super::class::Rule;

/// Declares the rules of a table of fields, for requests and for replies.
macro_rules! field_rules {
    ($($field:ident $name:literal, $request:expr, $response:expr;)*) => {
        /// The rules of one table of fields.
        #[derive(Debug)]
        pub(super) struct FieldRules {
            $(pub(super) $field: Rule,)*
        }

        impl FieldRules {
            fn all(&'static self) -> Vec<&'static Rule> {
                vec![$(&self.$field),*]
            }
        }

        pub(super) static REQUEST: FieldRules =
            FieldRules { $($field: Rule::new(concat!("request-parameter-", $name), $request)),* };

        pub(super) static RESPONSE: FieldRules =
            FieldRules { $($field: Rule::new(concat!("response-field-", $name), $response)),* };
    };
}

field_rules! {
    // In a reply, what was in `extra` is in a field now, or a variant where it was `Other`.
    added "added", [Compatible, Compatible, Unchanged], [Compatible, Compatible, Compatible];
    removed "removed", [Breaking, Breaking, Unchanged], [Breaking, Breaking, Unchanged];
    renamed_on_wire "renamed-on-wire", [Breaking, Unchanged, Unchanged], [Breaking, Unchanged, Unchanged];
    renamed_in_rust "renamed-in-rust", [Unchanged, Breaking, Unchanged], [Unchanged, Breaking, Unchanged];
    became_list "became-list", [Breaking, Breaking, Unchanged], [Breaking, Breaking, Unchanged];
    became_single "became-single", [Breaking, Breaking, Unchanged], [Breaking, Breaking, Unchanged];
    // Every value is text on the wire. A value that does not fit the new type is in the `extra` of a reply, and stored
    // requests and replies are read as the new type.
    type_changed "type-changed", [Unchanged, Breaking, Breaking], [Unchanged, Breaking, Breaking];
    type_renamed "type-renamed", [Unchanged, Breaking, Unchanged], [Unchanged, Breaking, Unchanged];
    structure_changed "structure-changed", [Breaking, Breaking, Unchanged], [Breaking, Breaking, Unchanged];
    value_added "value-added", [Compatible, Compatible, Unchanged], [Compatible, Compatible, Compatible];
    value_removed "value-removed", [Breaking, Breaking, Unchanged], [Compatible, Breaking, Unchanged];
    value_recoded "value-recoded", [Breaking, Unchanged, Unchanged], [Breaking, Unchanged, Unchanged];
    value_renamed "value-renamed", [Unchanged, Breaking, Unchanged], [Unchanged, Breaking, Unchanged];
    // Secrets are serialized only on request.
    became_secret "became-secret", [Unchanged, Unchanged, Breaking], [Unchanged, Unchanged, Breaking];
    no_longer_secret "no-longer-secret", [Unchanged, Unchanged, Breaking], [Unchanged, Unchanged, Breaking];
    became_personal "became-personal", [Unchanged, Unchanged, Compatible], [Unchanged, Unchanged, Compatible];
    no_longer_personal "no-longer-personal", [Unchanged, Unchanged, Breaking], [Unchanged, Unchanged, Breaking];
    // Requests are written with the one name; other spellings are only read, by the mock gateway.
    alias_added "alias-added", [Unchanged, Unchanged, Compatible], [Unchanged, Unchanged, Compatible];
    alias_removed "alias-removed", [Unchanged, Unchanged, Compatible], [Unchanged, Unchanged, Breaking];
    documentation_changed "documentation-changed", [Unchanged; 3], [Unchanged; 3];
}

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
    // What it speaks of has changed, so somebody has to read it again.
    QUIRK_UNCHANGED = "quirk-may-be-outdated", [Unchanged, Unchanged, Unchanged];

    // Messages of an undocumented topic are in `Message::Other`.
    TOPIC_ADDED = "topic-added", [Compatible, Compatible, Compatible];
    TOPIC_REMOVED = "topic-removed", [Breaking, Breaking, Unchanged];
    TOPIC_RENAMED = "topic-renamed-in-rust", [Unchanged, Breaking, Unchanged];
    TOPIC_DOCUMENTATION = "topic-documentation-changed", [Unchanged, Unchanged, Unchanged];

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
