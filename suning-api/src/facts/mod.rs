//! Documented facts that calls need: effects, rules, error codes.
//!
//! Everything else that is documented, such as titles, descriptions and examples, is in the module `catalog` (feature
//! `catalog`).

pub(crate) mod codes;
mod method;
pub(crate) mod rules;

pub use codes::{ErrorInfo, ErrorRow};
pub use method::{Check, Effect, Method, Retry, RuleInfo};
pub use rules::Violation;
