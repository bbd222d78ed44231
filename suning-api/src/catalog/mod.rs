//! Everything that is documented, as data for tools and tests.
//!
//! It contains all methods, even those of namespaces that are not compiled in.
//!
//! # Examples
//! ```
//! let method = suning_api::catalog::method("suning.custom.virtual.get").unwrap();
//! assert_eq!(method.node, "getVirtual");
//! assert_eq!(method.title, Some("API单笔虚拟订单行查询服务"));
//! assert_eq!(method.request[0].description, Some("苏宁订单行号"));
//! ```

pub(crate) mod explain;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

pub use self::explain::{Answer, Explanation, Origin, explain};
use crate::facts::{Check, Effect, ErrorInfo, ErrorRow, Retry, RuleInfo};
use crate::generated::{catalog, common};
use crate::value::Value;
use crate::wire::{Format, json};

/// A documented method.
#[derive(Debug)]
#[non_exhaustive]
pub struct MethodInfo {
    /// Full wire name, such as `suning.custom.virtual.get`.
    pub name: &'static str,
    /// Title of the documentation page, if known.
    pub title: Option<&'static str>,
    /// URL of the documentation page.
    pub page: &'static str,
    /// Business node that holds request and reply.
    pub node: &'static str,
    /// What the facts come from.
    pub source: Source,
    /// Names of the SDKs and pages that state the facts, for a method that was not transcribed from its whole page.
    pub sources: Vec<&'static str>,
    /// Whether the method changes anything.
    pub effect: Effect,
    /// Whether the effect was derived from the name of the method.
    pub effect_derived: bool,
    /// Request parameters, in document order.
    pub request: Vec<FieldInfo>,
    /// Reply fields, in document order. Empty if they are not known.
    pub response: Vec<FieldInfo>,
    /// Whether the business node of a reply repeats, once for each row.
    pub response_list: bool,
    /// Whether the reply has more fields than are known.
    pub response_partial: bool,
    /// What a valid request must satisfy beyond the required parameters.
    pub rules: Vec<RuleInfo>,
    /// Error codes of the method. The common ones are in [`common_errors`].
    pub errors: Vec<ErrorInfo>,
    pub(crate) error_rows: &'static [ErrorRow],
    examples: &'static Value,
}

/// A documented parameter or reply field.
#[expect(clippy::struct_excessive_bools, reason = "independent properties of a field")]
#[derive(Debug)]
#[non_exhaustive]
pub struct FieldInfo {
    /// Wire name.
    pub name: &'static str,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Whether it can occur more than once.
    pub list: bool,
    /// Whether it is hidden by `Debug` and serialized only on request.
    pub secret: bool,
    /// Whether it is hidden by `Debug`.
    pub personal: bool,
    /// Its type.
    pub kind: Kind,
    /// What the field is known from.
    pub source: Source,
    /// Documented sample.
    pub example: Option<&'static str>,
    /// Documented description.
    pub description: Option<&'static str>,
    /// Documented codes. The empty code says what a missing value means.
    pub values: Vec<ValueInfo>,
    /// Fields inside this one.
    pub fields: Vec<FieldInfo>,
}

/// What a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// The documentation page of the method.
    Page,
    /// Official SDKs, which state names, nesting and required parameters, but no meanings, codes or types.
    Sdk,
}

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Verbatim.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number, such as an amount in yuan.
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

/// A line of the data files, which begins with the name of its method, and what it says, once somebody asks.
type Line = (&'static str, OnceLock<MethodInfo>);

static LINES: LazyLock<BTreeMap<&'static str, Line>> = LazyLock::new(|| {
    let lines = catalog::NAMESPACES.iter().flat_map(|namespace| namespace.lines());
    let name = |line: &'static str| line.strip_prefix(r#"{"method":""#)?.split('"').next();
    lines.filter_map(|line| Some((name(line)?, (line, OnceLock::new())))).collect()
});

fn info((line, info): &'static Line) -> &'static MethodInfo {
    info.get_or_init(|| Entry(leak(line)).method())
}

/// All methods, by name.
pub fn methods() -> impl ExactSizeIterator<Item = &'static MethodInfo> {
    LINES.values().map(info)
}

/// Finds a method by its full wire name.
#[must_use]
pub fn method(name: &str) -> Option<&'static MethodInfo> {
    LINES.get(name).map(info)
}

/// The error codes that any method can return, including undocumented ones seen in practice.
#[must_use]
pub fn common_errors() -> Vec<ErrorInfo> {
    common::ERRORS.iter().map(ErrorInfo::from).collect()
}

impl MethodInfo {
    /// The documented request, including the envelope.
    #[must_use]
    pub fn example_request(&self, format: Format) -> Option<&'static str> {
        self.example("request", format)
    }

    /// The documented reply, including the envelope.
    #[must_use]
    pub fn example_response(&self, format: Format) -> Option<&'static str> {
        self.example("response", format)
    }

    /// The documented error reply, including the envelope. On most pages it contains placeholders.
    #[must_use]
    pub fn example_error(&self, format: Format) -> Option<&'static str> {
        self.example("error", format)
    }

    fn example(&self, part: &str, format: Format) -> Option<&'static str> {
        self.examples.get(part)?.get(format.as_str())?.as_text()
    }
}

/// A method of which only name and business node are known.
#[cfg(feature = "mock")]
pub(crate) fn undocumented_method(name: &str, node: &str) -> &'static MethodInfo {
    let line = serde_json::json!({ "method": name, "node": node }).to_string();
    Box::leak(Box::new(Entry(leak(&line)).method()))
}

/// A method from its line of the data file.
#[cfg(test)]
pub(crate) fn parse_method(line: &str) -> MethodInfo {
    Entry(leak(line)).method()
}

/// The catalog lives as long as the program, so that its texts can be borrowed from anywhere.
fn leak(line: &str) -> &'static Value {
    Box::leak(Box::new(json::parse(line).unwrap_or(Value::Null)))
}

/// An object of the data file.
#[derive(Clone, Copy)]
struct Entry(&'static Value);

impl Entry {
    fn text(self, name: &str) -> &'static str {
        self.option(name).unwrap_or_default()
    }

    fn option(self, name: &str) -> Option<&'static str> {
        self.0.get(name)?.as_text()
    }

    fn is(self, name: &str) -> bool {
        self.text(name) == "true"
    }

    fn number<T: std::str::FromStr + Default>(self, name: &str) -> T {
        self.text(name).parse().unwrap_or_default()
    }

    fn entry(self, name: &str) -> Option<Self> {
        self.0.get(name).map(Entry)
    }

    fn list(self, name: &str) -> impl Iterator<Item = Entry> {
        self.0.get(name).map(Value::items).unwrap_or_default().iter().map(Entry)
    }

    fn method(self) -> MethodInfo {
        let error_rows = self.error_rows();
        MethodInfo {
            name: self.text("method"),
            title: self.option("title"),
            page: self.text("page"),
            node: self.text("node"),
            source: self.source(),
            sources: self.list("sources").filter_map(|source| source.0.as_text()).collect(),
            effect_derived: self.is("effect_derived"),
            effect: if self.text("effect") == "read" { Effect::Read } else { Effect::Write },
            request: self.list("request").map(Entry::field).collect(),
            response: self.list("response").map(Entry::field).collect(),
            response_list: self.is("response_list"),
            response_partial: self.is("response_partial"),
            rules: self.list("rules").filter_map(Entry::rule).collect(),
            errors: error_rows.iter().map(ErrorInfo::from).collect(),
            error_rows,
            examples: self.0.get("examples").unwrap_or(&Value::Null),
        }
    }

    fn source(self) -> Source {
        if self.text("source") == "sdk" { Source::Sdk } else { Source::Page }
    }

    fn field(self) -> FieldInfo {
        let values: Vec<_> = self.list("values").map(Entry::value).collect();
        FieldInfo {
            name: self.text("name"),
            required: self.is("required"),
            list: self.is("list"),
            secret: self.is("secret"),
            personal: self.is("personal"),
            kind: match self.text("type") {
                "integer" => Kind::Integer,
                "decimal" => Kind::Decimal,
                "datetime" => Kind::DateTime,
                "object" => Kind::Object,
                _ if values.iter().any(|known| !known.value.is_empty()) => Kind::Code,
                _ => Kind::Text,
            },
            source: self.source(),
            example: self.option("example"),
            description: self.option("description"),
            values,
            fields: self.list("fields").map(Entry::field).collect(),
        }
    }

    fn value(self) -> ValueInfo {
        ValueInfo { value: self.text("value"), description: self.text("description") }
    }

    /// One row for each code. The data has one for each meaning, one after the other.
    fn error_rows(self) -> &'static [ErrorRow] {
        let rows: Vec<_> = self.list("errors").map(Entry::error).collect();
        let meanings = |rows: &[ErrorRow]| rows.iter().filter_map(|row| Some((row.1?, row.2))).collect::<Vec<_>>();
        let row = |rows: &[ErrorRow]| {
            let (code, message, remedy, _, retry, documented) = rows[0];
            (code, message, remedy, &*meanings(&rows[1..]).leak(), retry, documented)
        };
        rows.chunk_by(|one, next| one.0 == next.0).map(row).collect::<Vec<ErrorRow>>().leak()
    }

    fn error(self) -> ErrorRow {
        let retry = match self.text("retry") {
            "later" => Retry::Later,
            "slow-down" => Retry::SlowDown,
            "resync-clock" => Retry::ResyncClock,
            "refresh-token" => Retry::RefreshToken,
            _ => Retry::Never,
        };
        (self.text("code"), self.option("message"), self.option("remedy"), &[], retry, self.is("documented"))
    }

    /// A rule that can be checked. Others are notes.
    fn rule(self) -> Option<RuleInfo> {
        let paths = |list: Entry| -> &'static [&'static str] {
            list.0.items().iter().filter_map(Value::as_text).collect::<Vec<_>>().leak()
        };
        let check = None
            .or_else(|| Some(Check::AnyOf(paths(self.entry("any_of")?))))
            .or_else(|| Some(Check::NotEmpty(paths(self.entry("not_empty")?))))
            .or_else(|| {
                let range = self.entry("range")?;
                Some(Check::Range(range.text("field"), range.number("min"), range.number("max")))
            })
            .or_else(|| {
                let limit = self.entry("max_length")?;
                Some(Check::MaxLength(limit.text("field"), limit.number("max")))
            })
            .or_else(|| {
                let limit = self.entry("max_items")?;
                Some(Check::MaxItems(limit.text("field"), limit.number("max")))
            })
            .or_else(|| {
                let span = self.entry("ascending")?;
                Some(Check::Ascending(span.text("from"), span.text("to")))
            })
            .or_else(|| {
                let span = self.entry("max_span")?;
                Some(Check::MaxSpan(span.text("from"), span.text("to"), span.number("days")))
            })
            .or_else(|| {
                let age = self.entry("max_age")?;
                Some(Check::MaxAge(age.text("field"), age.number("months")))
            })?;
        Some(RuleInfo::new(check, self.text("text"), self.option("error")))
    }
}
