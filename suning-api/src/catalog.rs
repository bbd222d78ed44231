//! Everything that is documented, as data: for tools, for tests, for a look at run time.
//!
//! # Examples
//! ```
//! # #[cfg(feature = "custom")] {
//! let method = suning_api::catalog::method("suning.custom.virtual.get").unwrap();
//! assert_eq!(method.node, "getVirtual");
//! # }
//! ```

pub use crate::explain::{Answer, Explanation, Origin, explain};
use crate::generated;
use crate::info::{ErrorInfo, MethodInfo};

/// The error codes all methods share, and those seen in practice that no document lists.
pub const COMMON_ERRORS: &[ErrorInfo] = generated::common::ERRORS;

/// The methods of all namespaces that are compiled in, by name.
#[must_use]
pub fn methods() -> &'static [&'static MethodInfo] {
    generated::METHODS
}

/// The method of a full wire name.
#[must_use]
pub fn method(name: &str) -> Option<&'static MethodInfo> {
    methods().iter().find(|method| method.name == name).copied()
}
