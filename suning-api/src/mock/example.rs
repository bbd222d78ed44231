//! The documented examples.

use crate::catalog;
use crate::wire::Format;

/// The documented request of a method, including the envelope.
///
/// # Examples
/// ```
/// use suning_api::Format;
/// use suning_api::mock::documented_request;
///
/// let request = documented_request("suning.custom.virtual.get", Format::Xml).unwrap();
/// assert!(request.contains("<orderItemCode>101254223501</orderItemCode>"));
/// ```
#[must_use]
pub fn documented_request(method: &str, format: Format) -> Option<&'static str> {
    catalog::method(method)?.example_request(format)
}

/// The documented reply of a method, including the envelope.
#[must_use]
pub fn documented_response(method: &str, format: Format) -> Option<&'static str> {
    catalog::method(method)?.example_response(format)
}

/// The documented error reply of a method, including the envelope. On most pages it contains placeholders.
#[must_use]
pub fn documented_error(method: &str, format: Format) -> Option<&'static str> {
    catalog::method(method)?.example_error(format)
}
