//! Documented facts that calls need: effects, rules, error codes.
//!
//! Everything else that is documented, such as titles, descriptions and examples, is in the module `catalog` (feature
//! `catalog`).

#[cfg(feature = "catalog")]
pub mod catalog;
pub(crate) mod codes;
#[cfg(feature = "catalog")]
pub(crate) mod explain;
mod method;
pub(crate) mod rules;
pub mod undocumented;

pub use codes::{ErrorInfo, ErrorRow};
pub use method::{Check, Effect, Method, Retry, RuleInfo};
pub use rules::Violation;
