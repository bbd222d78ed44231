//! Refusals: an error code and the reason for it.

use crate::catalog::COMMON_ERRORS;
use crate::error_code::find;
use crate::info::{ErrorInfo, MethodInfo};

/// The common codes that the gateway's own checks answer with.
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

/// An error code to answer with, and the reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The code, with names substituted for its wildcards.
    pub(super) code: String,
    /// The reason, which only the log shows.
    pub(super) reason: String,
}

impl Refusal {
    pub(super) fn new(code: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { code: code.into(), reason: reason.into() }
    }

    /// The documented message of the code: the method's own if it has one, else the common one.
    pub(super) fn message(&self, method: Option<&MethodInfo>) -> Option<&'static str> {
        let own: &'static [ErrorInfo] = method.map_or(&[], |method| method.errors);
        let found = find(own, &self.code).or_else(|| find(COMMON_ERRORS, &self.code))?;
        found.info.documented.then_some(found.info.message)
    }
}

/// The documented code for a parameter that is missing, or present without a value.
pub(super) fn missing_parameter(method: &'static MethodInfo, name: &str, is_there: bool) -> String {
    let lower = name.to_lowercase();
    let time = if is_there { format!("{lower}-value:null") } else { format!("miss-time:{lower}") };
    own_code(method, "missing-parameter", name)
        .or_else(|| code_with(COMMON_ERRORS, &time))
        .or_else(|| code_with(COMMON_ERRORS, &format!("{lower}-format")))
        .unwrap_or_else(|| code::REQUEST_MALFORMED.to_owned())
}

/// The documented code for a parameter that cannot be parsed as its type.
pub(super) fn unreadable_parameter(method: &'static MethodInfo, name: &str) -> String {
    let format = format!("{}-format", name.to_lowercase());
    own_code(method, "format-error", name)
        .or_else(|| code_with(method.errors, &format))
        .or_else(|| code_with(COMMON_ERRORS, &format))
        .unwrap_or_else(|| code::REQUEST_MALFORMED.to_owned())
}

/// A code of the method's own table: for this parameter, else for any parameter.
fn own_code(method: &'static MethodInfo, fault: &str, name: &str) -> Option<String> {
    let any = format!("{fault}:*");
    code_with(method.errors, &format!("{fault}:{name}")).or_else(|| {
        let wildcard = method.errors.iter().find(|error| error.code.ends_with(&any))?;
        Some(wildcard.code.trim_end_matches('*').to_owned() + name)
    })
}

/// The first code of a table that has these words as parts, ignoring case.
fn code_with(table: &'static [ErrorInfo], words: &str) -> Option<String> {
    let words = words.to_lowercase();
    let is_part = |code: &str| {
        let code = code.to_lowercase();
        let found = code.find(&words).map(|start| (&code[..start], &code[start + words.len()..]));
        found.is_some_and(|(before, after)| before.ends_with('.') && !after.starts_with(char::is_alphanumeric))
    };
    table.iter().find(|error| is_part(error.code)).map(|error| error.code.to_owned())
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
            assert!(COMMON_ERRORS.iter().any(|error| error.code == code), "{code} is not in the table");
        }
    }
}
