//! The common parameters of a request, which are HTTP headers.

use http::HeaderMap;

use super::refusal::{Refusal, code};
use crate::generated::platform;
use crate::wire::Format;

/// The common parameters of a request. None of them is empty.
#[derive(Clone, Copy)]
pub(super) struct Common<'a> {
    pub(super) method: &'a str,
    pub(super) time: &'a str,
    pub(super) format: Format,
    pub(super) app_key: &'a str,
    pub(super) version: &'a str,
    pub(super) access_token: Option<&'a str>,
}

impl<'a> Common<'a> {
    /// Reads them, and checks that a method named in the path is the same one.
    pub(super) fn read(headers: &'a HeaderMap, path: &str) -> Result<Self, Refusal> {
        let required = |name: &'static str, code: &str| {
            let missing = || Refusal::new(code, format!("the header {name} is missing, empty or not ASCII"));
            value(headers, name).ok_or_else(missing)
        };
        let common = Self {
            method: required(platform::APP_METHOD, code::HEADER_MISSING)?,
            time: required(platform::APP_REQUEST_TIME, code::REQUEST_TIME_MISSING)?,
            app_key: required(platform::APP_KEY, code::HEADER_MISSING)?,
            version: required(platform::VERSION_NO, code::VERSION_MISSING)?,
            access_token: value(headers, platform::ACCESS_TOKEN),
            format: format(headers)?,
        };
        required(platform::SIGN_INFO, code::SIGNATURE_MISSING)?;
        common.check_version()?;
        common.check_path(path)?;
        Ok(common)
    }

    fn check_version(&self) -> Result<(), Refusal> {
        if self.version == platform::VERSION {
            return Ok(());
        }
        let reason = format!("the header {} is not `{}`, the only version", platform::VERSION_NO, platform::VERSION);
        Err(Refusal::new(code::VERSION_MISSING, reason))
    }

    fn check_path(&self, path: &str) -> Result<(), Refusal> {
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        if !last.starts_with("suning.") || last == self.method {
            return Ok(());
        }
        let reason = format!("the method in the path differs from the header {}", platform::APP_METHOD);
        Err(Refusal::new(code::REQUEST_MALFORMED, reason))
    }
}

/// The format of the reply, even to a request that cannot be parsed. Default: XML.
pub(super) fn reply_format(headers: &HeaderMap) -> Format {
    format(headers).unwrap_or(Format::Xml)
}

/// The method to name in a log, limited to 100 bytes.
pub(super) fn called_method(headers: &HeaderMap) -> Option<&str> {
    let method = value(headers, platform::APP_METHOD)?;
    Some(method.get(..100).unwrap_or(method))
}

/// The app and the access token that a request names, valid or not.
pub(super) fn caller(headers: &HeaderMap) -> (Option<&str>, Option<&str>) {
    (value(headers, platform::APP_KEY), value(headers, platform::ACCESS_TOKEN))
}

fn format(headers: &HeaderMap) -> Result<Format, Refusal> {
    let Some(name) = value(headers, platform::FORMAT) else {
        return Ok(Format::Xml);
    };
    // The documents write `XML`, clients write `xml`.
    [Format::Xml, Format::Json].into_iter().find(|format| name.eq_ignore_ascii_case(format.as_str())).ok_or_else(|| {
        let reason = format!("the header {} is neither `xml` nor `json`", platform::FORMAT);
        Refusal::new(code::REQUEST_MALFORMED, reason)
    })
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty())
}
