//! From a page to a [`Draft`]: what tables and examples say together, and where they contradict each other.
//!
//! | module | subject |
//! |---|---|
//! | `place` | the level of each row of a flat table |
//! | `nesting` | containers that only the table suggests |
//! | `value` | types, and default names of codes |
//! | `fields` | rows and examples into fields |
//! | `layout` | examples as the spec lays them out |
//! | `draft` | the steps above, into the documented facts |

mod draft;
mod fields;
pub(super) mod layout;
mod nesting;
mod place;
mod value;

pub use draft::{Draft, draft};
pub(super) use fields::{Table, reconcile};
