//! An error code to answer with, and why.

use crate::catalog::MethodInfo;
use crate::facts::ErrorRow;
use crate::facts::codes::find;
use crate::generated::common;

/// The common codes that no table entry of a method leads to.
pub(super) mod code {
    pub(in crate::mock) const ACCESS_TOKEN_UNKNOWN: &str = "sys.oauth.check.access_token:inexistence";
    pub(in crate::mock) const APP_KEY_UNKNOWN: &str = "sys.check.user-permission:inexistence";
    pub(in crate::mock) const BATCH_NOT_SUPPORTED: &str = "biz.handler.batch-handler:no-support";
    pub(in crate::mock) const BODY_MISSING: &str = "sys.check.missing-nestElement:sn_body";
    pub(in crate::mock) const HEADER_MISSING: &str = "sys.check.header-param:null";
    pub(in crate::mock) const METHOD_UNKNOWN: &str = "sys.check.api-permission:inexistence";
    pub(in crate::mock) const REQUEST_MALFORMED: &str = "sys.check.request-params:error";
    pub(in crate::mock) const REQUEST_TIME_MISSING: &str = "sys.check.missing-parameter:appRequestTime";
    pub(in crate::mock) const REQUEST_TIME_SKEWED: &str = "sys.check.app-time:error";
    pub(in crate::mock) const SIGNATURE_MISSING: &str = "sys.check.app-sign:null";
    pub(in crate::mock) const SIGNATURE_WRONG: &str = "sys.check.app-sign:error";
    pub(in crate::mock) const TOO_MANY_NODES: &str = "biz.handler.request-message:error";
    pub(in crate::mock) const VERSION_MISSING: &str = "sys.check.missing-parameter:apiversion";
}

/// An error code to answer with, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The code, with names in place of its wildcards.
    pub(super) code: String,
    /// The reason, for the log only.
    pub(super) reason: String,
}

impl Refusal {
    pub(super) fn new(code: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { code: code.into(), reason: reason.into() }
    }

    /// What the documents say the code means, in the words of the method where it has its own.
    pub(super) fn message(&self, method: Option<&MethodInfo>) -> Option<&'static str> {
        let own = method.map_or(&[][..], |method| method.error_rows);
        let found = find(own, &self.code).or_else(|| find(common::ERRORS, &self.code))?;
        found.info.documented.then_some(found.info.message)
    }
}

/// The documented code for a parameter that is not there, or is there without a value.
pub(super) fn missing_parameter(method: &'static MethodInfo, name: &str, is_there: bool) -> String {
    let lower = name.to_lowercase();
    let time = if is_there { format!("{lower}-value:null") } else { format!("miss-time:{lower}") };
    own_code(method, "missing-parameter", name)
        .or_else(|| code_with(common::ERRORS, &time))
        .or_else(|| code_with(common::ERRORS, &format!("{lower}-format")))
        .unwrap_or_else(|| code::REQUEST_MALFORMED.to_owned())
}

/// The documented code for a parameter whose text is not of its kind.
pub(super) fn unreadable_parameter(method: &'static MethodInfo, name: &str) -> String {
    let format = format!("{}-format", name.to_lowercase());
    own_code(method, "format-error", name)
        .or_else(|| code_with(method.error_rows, &format))
        .or_else(|| code_with(common::ERRORS, &format))
        .unwrap_or_else(|| code::REQUEST_MALFORMED.to_owned())
}

/// A code of the method's own table: the one for this very parameter, else the one for any.
fn own_code(method: &'static MethodInfo, fault: &str, name: &str) -> Option<String> {
    let any = format!("{fault}:*");
    code_with(method.error_rows, &format!("{fault}:{name}")).or_else(|| {
        let wildcard = method.error_rows.iter().find(|row| row.0.ends_with(&any))?;
        Some(wildcard.0.trim_end_matches('*').to_owned() + name)
    })
}

/// The first code of a table that has these words as parts, in any case.
fn code_with(table: &'static [ErrorRow], words: &str) -> Option<String> {
    let words = words.to_lowercase();
    let is_part = |code: &str| {
        let code = code.to_lowercase();
        let found = code.find(&words).map(|start| (&code[..start], &code[start + words.len()..]));
        found.is_some_and(|(before, after)| before.ends_with('.') && !after.starts_with(char::is_alphanumeric))
    };
    table.iter().find(|row| is_part(row.0)).map(|row| row.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_gateway_is_in_the_common_table() {
        for code in [
            code::ACCESS_TOKEN_UNKNOWN,
            code::APP_KEY_UNKNOWN,
            code::BATCH_NOT_SUPPORTED,
            code::BODY_MISSING,
            code::HEADER_MISSING,
            code::METHOD_UNKNOWN,
            code::REQUEST_MALFORMED,
            code::REQUEST_TIME_MISSING,
            code::REQUEST_TIME_SKEWED,
            code::SIGNATURE_MISSING,
            code::SIGNATURE_WRONG,
            code::TOO_MANY_NODES,
            code::VERSION_MISSING,
        ] {
            assert!(common::ERRORS.iter().any(|row| row.0 == code), "{code} is not in the table");
        }
    }
}
