//! What a valid request must satisfy beyond the required flags.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rule with the place that states it and the error the gateway answers when it is broken.
///
/// Exactly one of the keys from `any_of` to `note` says what the rule is.
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
    /// At least one of these request fields must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub any_of: Option<Vec<String>>,
    /// These request fields must not be empty wherever their container occurs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_empty: Option<Vec<String>>,
    /// Bounds of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// How many characters a text may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<Limit>,
    /// How many items a list may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<Limit>,
    /// One time must come before another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ascending: Option<Span>,
    /// How far two times may be apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_span: Option<MaxSpan>,
    /// How far a time may lie in the past.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age: Option<MaxAge>,
    /// What can not be checked but a caller should know, in a sentence of our own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Error code the gateway answers when the rule is broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Where the page states the rule, such as `note 1`.
    pub stated: String,
}

/// Bounds of a number, both included.
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

/// An upper bound, included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Path of the field.
    pub field: String,
    /// Largest number.
    pub max: usize,
}

/// Two times of which the first must come before the second.
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
    /// Number of days, included.
    pub days: u32,
}

/// The oldest time the gateway answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaxAge {
    /// Path of the field.
    pub field: String,
    /// Number of calendar months before now.
    pub months: u32,
}

/// A rule by its one kind.
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
    /// The kinds that are given; a valid rule has exactly one.
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

    /// Paths of the request fields the rule speaks of, each with where it stands below the rule.
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
