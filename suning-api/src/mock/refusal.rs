//! Refusals: an error code and the reason for it.

use crate::catalog::MethodInfo;
use crate::facts::ErrorRow;
use crate::facts::codes::find;
use crate::generated::common;

/// The common codes that the gateway's own checks answer with.
pub(super) mod code {
    macro_rules! codes {
        ($($name:ident = $code:literal;)*) => {
            $(pub(in crate::mock) const $name: &str = $code;)*
            #[cfg(test)]
            pub(super) const ALL: &[&str] = &[$($name),*];
        };
    }
    codes! {
        ACCESS_TOKEN_EXPIRED = "sys.oauth.check.access_token:overdue";
        ACCESS_TOKEN_UNKNOWN = "sys.oauth.check.access_token:inexistence";
        APP_KEY_UNKNOWN = "sys.check.user-permission:inexistence";
        BATCH_NOT_SUPPORTED = "biz.handler.batch-handler:no-support";
        BODY_MISSING = "sys.check.missing-nestElement:sn_body";
        HEADER_MISSING = "sys.check.header-param:null";
        METHOD_UNKNOWN = "sys.check.api-permission:inexistence";
        REQUEST_MALFORMED = "sys.check.request-params:error";
        REQUEST_TIME_MISSING = "sys.check.missing-parameter:appRequestTime";
        REQUEST_TIME_SKEWED = "sys.check.app-time:error";
        SIGNATURE_MISSING = "sys.check.app-sign:null";
        SIGNATURE_WRONG = "sys.check.app-sign:error";
        TOO_MANY_NODES = "biz.handler.request-message:error";
        VERSION_MISSING = "sys.check.missing-parameter:apiversion";
    }
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
        let own = method.map_or(&[][..], |method| method.error_rows);
        let found = find(own, &self.code).or_else(|| find(common::ERRORS, &self.code))?;
        found.info.message.filter(|_| found.info.documented)
    }
}

/// The documented code for a parameter that is missing, or present without a value.
pub(super) fn missing_parameter(method: &'static MethodInfo, name: &str, is_there: bool) -> String {
    let lower = name.to_lowercase();
    let time = if is_there { format!("{lower}-value:null") } else { format!("miss-time:{lower}") };
    own_code(method, "missing-parameter", name)
        .or_else(|| code_with(common::ERRORS, &time))
        .or_else(|| code_with(common::ERRORS, &format!("{lower}-format")))
        .unwrap_or_else(|| code::REQUEST_MALFORMED.to_owned())
}

/// The documented code for a parameter that cannot be parsed as its type.
pub(super) fn unreadable_parameter(method: &'static MethodInfo, name: &str) -> String {
    let format = format!("{}-format", name.to_lowercase());
    own_code(method, "format-error", name)
        .or_else(|| code_with(method.error_rows, &format))
        .or_else(|| code_with(common::ERRORS, &format))
        .unwrap_or_else(|| code::REQUEST_MALFORMED.to_owned())
}

/// A code of the method's own table: for this parameter, else for any parameter.
fn own_code(method: &'static MethodInfo, fault: &str, name: &str) -> Option<String> {
    let any = format!("{fault}:*");
    code_with(method.error_rows, &format!("{fault}:{name}")).or_else(|| {
        let wildcard = method.error_rows.iter().find(|row| row.0.ends_with(&any))?;
        Some(wildcard.0.trim_end_matches('*').to_owned() + name)
    })
}

/// The first code of a table that has these words as parts, ignoring case.
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
        for code in code::ALL {
            assert!(common::ERRORS.iter().any(|row| row.0 == *code), "{code} is not in the table");
        }
    }
}
