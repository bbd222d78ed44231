//! Error codes of the wire and the documented codes they stand for.

use std::fmt;

use crate::info::ErrorInfo;

/// The error codes of a method, or those all methods share.
///
/// Every implementation has a variant for each documented code and one that keeps any other.
pub trait ErrorCode: fmt::Debug + Clone + PartialEq + Send + Sync + 'static {
    /// The variant of a code as it came.
    fn from_wire(code: &str) -> Self;

    /// What the documents say of it; `None` for a code they do not list.
    fn info(&self) -> Option<&'static ErrorInfo>;
}

/// A documented code found for a code of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found<'a> {
    /// The row of the table.
    pub(crate) info: &'static ErrorInfo,
    /// What stands where the table shows `*` or `?`.
    pub(crate) part: &'a str,
    /// What follows the documented code.
    pub(crate) detail: &'a str,
}

/// Finds the row of a table that a code of the wire stands for.
///
/// The gateway puts a part in place of `*` or `?`, and may append further parts after a colon, or
/// free text after a tab.
pub(crate) fn find<'a>(table: &'static [ErrorInfo], code: &'a str) -> Option<Found<'a>> {
    let (head, text) = code.split_once('\t').unwrap_or((code, ""));
    let head = head.trim();
    let exact = || {
        let info = table.iter().find(|info| info.code == head)?;
        Some(Found { info, part: "", detail: text })
    };
    let wildcard = || {
        table.iter().find_map(|info| {
            let rest = head.strip_prefix(info.code.strip_suffix(['*', '?'])?).filter(|rest| !rest.is_empty())?;
            let (part, more) = rest.split_once(':').unwrap_or((rest, ""));
            Some(Found { info, part, detail: if more.is_empty() { text } else { more } })
        })
    };
    let prefix = || {
        let longest = table.iter().filter_map(|info| {
            let detail = head.strip_prefix(info.code)?.strip_prefix(':')?;
            Some(Found { info, part: "", detail })
        });
        longest.max_by_key(|found| found.info.code.len())
    };
    exact().or_else(wildcard).or_else(prefix)
}

/// What follows the documented code in a code of the wire, such as a name or free text.
pub(crate) fn detail(info: &'static ErrorInfo, code: &str) -> Option<String> {
    let detail = find(std::slice::from_ref(info), code)?.detail.trim();
    (!detail.is_empty()).then(|| detail.to_owned())
}
