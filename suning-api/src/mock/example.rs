//! The documented messages of a method.

use crate::codec::Format;
use crate::generated::examples::examples;

/// The documented messages of a method.
#[derive(Debug)]
pub(crate) struct Examples {
    /// A request.
    pub(crate) request: Example,
    /// The reply to it.
    pub(crate) response: Example,
    /// A reply that reports an error.
    pub(crate) error: Example,
}

/// One documented message, in the formats the page shows it in.
#[derive(Debug)]
pub(crate) struct Example {
    /// As JSON.
    pub(crate) json: Option<&'static str>,
    /// As XML.
    pub(crate) xml: Option<&'static str>,
}

impl Example {
    /// The message in one format.
    pub(crate) fn get(&self, format: Format) -> Option<&'static str> {
        match format {
            Format::Json => self.json,
            Format::Xml => self.xml,
        }
    }
}

/// The request that the page of a method shows, envelope included.
///
/// # Examples
/// ```
/// # #[cfg(feature = "custom")] {
/// use suning_api::Format;
/// use suning_api::mock::documented_request;
///
/// let request = documented_request("suning.custom.virtual.get", Format::Xml).unwrap();
/// assert!(request.contains("<orderItemCode>101254223501</orderItemCode>"));
/// # }
/// ```
#[must_use]
pub fn documented_request(method: &str, format: Format) -> Option<&'static str> {
    examples(method)?.request.get(format)
}

/// The reply that the page of a method shows, envelope included.
#[must_use]
pub fn documented_response(method: &str, format: Format) -> Option<&'static str> {
    examples(method)?.response.get(format)
}

/// The error reply that the page of a method shows, envelope included; most pages fill it with placeholders.
#[must_use]
pub fn documented_error(method: &str, format: Format) -> Option<&'static str> {
    examples(method)?.error.get(format)
}
