//! Documentation pages, and what they state of a method.
//!
//! ```text
//! bytes ──read──▶ Page ──draft──▶ Draft
//! ```
//!
//! | module | subject |
//! |---|---|
//! | `decode`, `html`, `line` | any encoding and layout to lines with cells |
//! | `section`, `message` | lines to tables, examples and prose |
//! | `row`, `error_row`, `name` | rows, where the examples tell run-together cells apart |
//! | `read` | all of that, to a neutral [`Page`] |
//! | `shape`, `place`, `legend`, `fields` | tables and examples reconciled |
//! | `draft` | all of that, to the documented facts |

mod column;
mod decode;
mod draft;
mod error_row;
mod fields;
mod finding;
mod html;
mod layout;
mod legend;
mod line;
mod message;
mod name;
mod place;
mod read;
mod row;
mod section;
mod shape;
mod text;
mod value;

pub use draft::{Draft, draft};
pub use error_row::ErrorRow;
pub use finding::{Finding, Refusal};
pub use message::{Format, Message, Part};
pub use name::Name;
pub use read::{Page, read};
pub use row::Row;
