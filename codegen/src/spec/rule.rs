//! Rules for valid requests beyond the required flags.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rule, where the page states it, and the error that the gateway returns for a violation.
///
/// Exactly one of the keys from `any_of` to `note` must be present.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    { "required": ["any_of"] },
    { "required": ["not_empty"] },
    { "required": ["range"] },
    { "required": ["max_length"] },
    { "required": ["max_items"] },
    { "required": ["ascending"] },
    { "required": ["max_span"] },
    { "required": ["max_age"] },
    { "required": ["note"] },
]))]
pub struct Rule {
    /// At least one of these request fields is required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub any_of: Option<Vec<String>>,
    /// These request fields must not be empty if their container is present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_empty: Option<Vec<String>>,
    /// Allowed range of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// Largest number of characters in a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<Limit>,
    /// Largest number of items in a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<Limit>,
    /// One time must be before another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ascending: Option<Span>,
    /// Longest span between two times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_span: Option<MaxSpan>,
    /// Oldest allowed time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age: Option<MaxAge>,
    /// Something that cannot be checked but that callers should know, as one sentence in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Error code that the gateway returns for a violation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Where the page states the rule, such as `note 1`.
    pub stated: String,
}

/// Range of a number, inclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Path of the field.
    pub field: String,
    /// Smallest value.
    pub min: i64,
    /// Largest value.
    pub max: i64,
}

/// An upper bound, inclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Path of the field.
    pub field: String,
    /// Largest number.
    pub max: usize,
}

/// Two times. The first must be before the second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Path of the earlier time.
    pub from: String,
    /// Path of the later time.
    pub to: String,
}

/// The longest span between two times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaxSpan {
    /// Path of the earlier time.
    pub from: String,
    /// Path of the later time.
    pub to: String,
    /// Largest number of days, inclusive.
    pub days: u32,
}

/// The oldest time that the gateway accepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaxAge {
    /// Path of the field.
    pub field: String,
    /// Number of calendar months before the current time.
    pub months: u32,
}

/// The kind of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RuleKind<'a> {
    /// See [`Rule::any_of`].
    AnyOf(&'a [String]),
    /// See [`Rule::not_empty`].
    NotEmpty(&'a [String]),
    /// See [`Rule::range`].
    Range(&'a Range),
    /// See [`Rule::max_length`].
    MaxLength(&'a Limit),
    /// See [`Rule::max_items`].
    MaxItems(&'a Limit),
    /// See [`Rule::ascending`].
    Ascending(&'a Span),
    /// See [`Rule::max_span`].
    MaxSpan(&'a MaxSpan),
    /// See [`Rule::max_age`].
    MaxAge(&'a MaxAge),
    /// See [`Rule::note`].
    Note(&'a str),
}

impl Rule {
    /// The kinds that are present. A valid rule has exactly one.
    #[must_use]
    pub fn kinds(&self) -> Vec<RuleKind<'_>> {
        [
            self.any_of.as_deref().map(RuleKind::AnyOf),
            self.not_empty.as_deref().map(RuleKind::NotEmpty),
            self.range.as_ref().map(RuleKind::Range),
            self.max_length.as_ref().map(RuleKind::MaxLength),
            self.max_items.as_ref().map(RuleKind::MaxItems),
            self.ascending.as_ref().map(RuleKind::Ascending),
            self.max_span.as_ref().map(RuleKind::MaxSpan),
            self.max_age.as_ref().map(RuleKind::MaxAge),
            self.note.as_deref().map(RuleKind::Note),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl<'a> RuleKind<'a> {
    /// The word used in the spec.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AnyOf(_) => "any_of",
            Self::NotEmpty(_) => "not_empty",
            Self::Range(_) => "range",
            Self::MaxLength(_) => "max_length",
            Self::MaxItems(_) => "max_items",
            Self::Ascending(_) => "ascending",
            Self::MaxSpan(_) => "max_span",
            Self::MaxAge(_) => "max_age",
            Self::Note(_) => "note",
        }
    }

    /// Paths of the request fields in the rule, each with its place in the rule.
    #[must_use]
    pub fn fields(self) -> Vec<(String, &'a str)> {
        let key = self.as_str();
        let list = |paths: &'a [String]| {
            paths.iter().enumerate().map(|(i, path)| (format!("{key}.{i}"), path.as_str())).collect()
        };
        let at = |name: &str, path: &'a str| (format!("{key}.{name}"), path);
        match self {
            Self::AnyOf(paths) | Self::NotEmpty(paths) => list(paths),
            Self::Range(range) => vec![at("field", &range.field)],
            Self::MaxLength(limit) | Self::MaxItems(limit) => vec![at("field", &limit.field)],
            Self::Ascending(span) => vec![at("from", &span.from), at("to", &span.to)],
            Self::MaxSpan(span) => vec![at("from", &span.from), at("to", &span.to)],
            Self::MaxAge(age) => vec![at("field", &age.field)],
            Self::Note(_) => Vec::new(),
        }
    }
}
