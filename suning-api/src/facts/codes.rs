//! Documented error codes, and how codes of the gateway match them.

use super::Retry;
use crate::error::{CommonErrorCode, ErrorCode};
use crate::generated::common;

/// A row of an error table: code, message, remedy, further meanings with their remedies, retry class, whether it is documented.
pub type ErrorRow = (&'static str, Option<&'static str>, Option<&'static str>, &'static [Meaning], Retry, bool);

/// A meaning of a code, and its remedy.
type Meaning = (&'static str, Option<&'static str>);

/// A documented error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorInfo {
    /// The code in the table. `*` and `?` stand for a variable part.
    pub code: &'static str,
    /// What it means. `None` for a code from an SDK, which does not explain it.
    pub message: Option<&'static str>,
    /// What to do about it. `无` means nothing.
    pub remedy: Option<&'static str>,
    /// Further meanings of a code that the table lists more than once, each with its remedy.
    pub also: &'static [(&'static str, Option<&'static str>)],
    /// Whether sending the same request again can help.
    pub retry: Retry,
    /// Whether a document lists the code. Otherwise it was only seen in practice.
    pub documented: bool,
}

impl From<&ErrorRow> for ErrorInfo {
    fn from(&(code, message, remedy, also, retry, documented): &ErrorRow) -> Self {
        Self { code, message, remedy, also, retry, documented }
    }
}

/// A documented code that matches a code of the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found<'a> {
    /// The row of the table.
    pub(crate) info: ErrorInfo,
    /// The text in place of `*` or `?`.
    pub(crate) part: &'a str,
    /// What follows the documented code.
    pub(crate) detail: &'a str,
}

/// Parses a code of the gateway to the enum of its method, and finds its row in the tables.
pub(crate) fn parse<C: ErrorCode>(errors: &'static [ErrorRow], code: &str) -> (C, Option<ErrorInfo>) {
    if let Some(found) = find(errors, code)
        && let Some(variant) = C::from_row(found.info.code, found.part)
    {
        return (variant, Some(found.info));
    }
    let found = find(common::ERRORS, code);
    let variant = found.and_then(|found| CommonErrorCode::from_row(found.info.code, found.part));
    (variant.map_or_else(|| C::other(code.to_owned()), C::from_common), found.map(|found| found.info))
}

/// Finds the row of a table that matches a code of the gateway.
///
/// The gateway puts a part in place of `*` or `?`, and may append further parts after a colon, or free text after a tab.
pub(crate) fn find<'a>(table: &'static [ErrorRow], code: &'a str) -> Option<Found<'a>> {
    let (head, text) = code.split_once('\t').unwrap_or((code, ""));
    let head = head.trim();
    let found = |row, part, detail| Some(Found { info: ErrorInfo::from(row), part, detail });
    let exact = || found(table.iter().find(|row| row.0 == head)?, "", text);
    let wildcard = || {
        table.iter().find_map(|row| {
            let rest = head.strip_prefix(row.0.strip_suffix(['*', '?'])?).filter(|rest| !rest.is_empty())?;
            let (part, more) = rest.split_once(':').unwrap_or((rest, ""));
            found(row, part, if more.is_empty() { text } else { more })
        })
    };
    let prefix = || {
        let longest = table.iter().filter_map(|row| found(row, "", head.strip_prefix(row.0)?.strip_prefix(':')?));
        longest.max_by_key(|found| found.info.code.len())
    };
    exact().or_else(wildcard).or_else(prefix)
}

/// What follows the documented code in a code of the gateway, such as a name or free text.
pub(crate) fn detail(documented: &str, code: &str) -> Option<String> {
    let (head, text) = code.split_once('\t').unwrap_or((code, ""));
    let rest = head.trim().strip_prefix(documented.trim_end_matches(['*', '?'])).unwrap_or_default();
    let more = rest.split_once(':').map_or("", |(_, more)| more);
    let detail = if more.is_empty() { text.trim() } else { more.trim() };
    (!detail.is_empty()).then(|| detail.to_owned())
}
