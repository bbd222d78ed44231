//! What the documents say, as static data: methods, fields, error codes, rules.
//!
//! The generated code fills these tables; the error enums, the mock gateway and the
//! [catalog](crate::catalog) read them.

use std::fmt;

/// A documented method.
#[derive(Debug)]
#[non_exhaustive]
pub struct MethodInfo {
    /// Full wire name, such as `suning.custom.virtual.get`.
    pub name: &'static str,
    /// Title of the documentation page.
    pub title: &'static str,
    /// Address of the documentation page.
    pub page: &'static str,
    /// Business node that holds request and reply.
    pub node: &'static str,
    /// Whether the method changes anything.
    pub effect: Effect,
    /// Request parameters, in document order.
    pub request: &'static [FieldInfo],
    /// Reply fields, in document order.
    pub response: &'static [FieldInfo],
    /// Whether the business node of a reply repeats, one for each row.
    pub response_list: bool,
    /// What a valid request must satisfy beyond the required flags.
    pub rules: &'static [RuleInfo],
    /// Business error codes; the common ones are in [`catalog::COMMON_ERRORS`](crate::catalog::COMMON_ERRORS).
    pub errors: &'static [ErrorInfo],
}

/// Whether a method may be repeated without harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Only reads: repeating it changes nothing.
    Read,
    /// Changes something: repeating it may do so twice.
    Write,
}

/// A documented parameter or reply field.
#[derive(Debug)]
#[non_exhaustive]
pub struct FieldInfo {
    /// Wire name.
    pub name: &'static str,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Whether it can occur more than once.
    pub list: bool,
    /// Whether its value is never shown in logs.
    pub secret: bool,
    /// How its text is read.
    pub kind: Kind,
    /// Documented sample.
    pub example: Option<&'static str>,
    /// Documented description.
    pub description: Option<&'static str>,
    /// Documented codes; the empty code says what an absent value means.
    pub values: &'static [ValueInfo],
    /// Fields inside this one.
    pub fields: &'static [FieldInfo],
}

impl FieldInfo {
    /// An optional text of which nothing is said, for the generated tables to begin with.
    pub(crate) const TEXT: Self = Self {
        name: "",
        required: false,
        list: false,
        secret: false,
        kind: Kind::Text,
        example: None,
        description: None,
        values: &[],
        fields: &[],
    };
}

/// How the text of a field is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// As it stands.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number, such as an amount of money in yuan.
    Decimal,
    /// `yyyy-MM-dd HH:mm:ss` in China Standard Time.
    DateTime,
    /// One of the documented codes.
    Code,
    /// A container of fields.
    Object,
}

/// A documented code of a field.
#[derive(Debug)]
#[non_exhaustive]
pub struct ValueInfo {
    /// The code on the wire.
    pub value: &'static str,
    /// Documented meaning.
    pub description: &'static str,
}

/// A documented error code.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorInfo {
    /// The code as the table shows it; `*` and `?` stand for a part that varies.
    pub code: &'static str,
    /// What it means.
    pub message: &'static str,
    /// What to do about it; `无` where the table says that there is nothing.
    pub remedy: Option<&'static str>,
    /// Further meanings, of a code the table lists more than once, each with its remedy.
    pub also: &'static [(&'static str, Option<&'static str>)],
    /// Whether sending the same request again can help.
    pub retry: Retry,
    /// Whether a document lists the code, or it was only seen in practice.
    pub documented: bool,
}

impl ErrorInfo {
    /// A documented code of which nothing is said, for the generated tables to begin with.
    pub(crate) const ROW: Self =
        Self { code: "", message: "", remedy: None, also: &[], retry: Retry::Never, documented: true };
}

/// Whether sending the same request again can help, and what to do first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// The same request will fail again.
    Never,
    /// A passing fault; whether the gateway acted is not known.
    Later,
    /// Refused by a limit before anything was done: slow down.
    SlowDown,
    /// Refused for its time before anything was done: set the clock right and sign again.
    ResyncClock,
    /// Refused for its access token before anything was done: refresh the token.
    RefreshToken,
}

impl Retry {
    /// Whether the same request can succeed later with nothing done but waiting.
    #[must_use]
    pub fn can_help(self) -> bool {
        matches!(self, Self::Later | Self::SlowDown)
    }
}

/// A rule a request must satisfy, where it is stated, and the error that answers a broken one.
#[derive(Debug)]
#[non_exhaustive]
pub struct RuleInfo {
    /// The rule.
    pub check: Check,
    /// Error code the gateway answers when it is broken, where the documents name one.
    pub error: Option<&'static str>,
    /// Where the page states it.
    pub stated: &'static str,
}

/// A rule. Paths of fields are dotted wire names below the business node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Check {
    /// At least one of the fields is given.
    AnyOf(&'static [&'static str]),
    /// The fields are not empty wherever their container occurs.
    NotEmpty(&'static [&'static str]),
    /// A number is within bounds, both included.
    Range {
        /// The number.
        field: &'static str,
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// A text is not longer than this many characters.
    MaxLength {
        /// The text.
        field: &'static str,
        /// Largest number of characters.
        max: usize,
    },
    /// A list does not hold more items than this.
    MaxItems {
        /// The list.
        field: &'static str,
        /// Largest number of items.
        max: usize,
    },
    /// One time comes before another.
    Ascending {
        /// The earlier time.
        from: &'static str,
        /// The later time.
        to: &'static str,
    },
    /// Two times are not further apart than this.
    MaxSpan {
        /// The earlier time.
        from: &'static str,
        /// The later time.
        to: &'static str,
        /// Largest number of days.
        days: u32,
    },
    /// A time does not lie further in the past than this.
    MaxAge {
        /// The time.
        field: &'static str,
        /// Largest number of calendar months.
        months: u32,
    },
    /// Something to know that can not be checked.
    Note(&'static str),
}

impl fmt::Display for Check {
    /// What a request must satisfy, in a sentence without its full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyOf(fields) => write!(f, "at least one of `{}` must be given", fields.join("`, `")),
            Self::NotEmpty(fields) => write!(f, "none of `{}` may be empty", fields.join("`, `")),
            Self::Range { field, min, max } => write!(f, "`{field}` must be from {min} to {max}"),
            Self::MaxLength { field, max } => write!(f, "`{field}` may have at most {max} characters"),
            Self::MaxItems { field, max } => write!(f, "`{field}` may have at most {max} items"),
            Self::Ascending { from, to } => write!(f, "`{from}` must be before `{to}`"),
            Self::MaxSpan { from, to, days } => write!(f, "`{from}` and `{to}` may be at most {days} days apart"),
            Self::MaxAge { field, months } => write!(f, "`{field}` may lie at most {months} months in the past"),
            Self::Note(note) => f.write_str(note.trim_end_matches('.')),
        }
    }
}
