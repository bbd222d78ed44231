//! Documentation pages: what they state about a method, and what has changed in them.
//!
//! ```text
//! bytes ──read──▶ Page ──draft──▶ Draft ──method──▶ Method
//!                                   └──drift──▶ changes against a spec
//! ```
//!
//! | module | subject |
//! |---|---|
//! | `decode`, `html`, `line` | any encoding and layout into lines with cells |
//! | `section`, `message` | lines into tables, examples and prose |
//! | `row`, `error_row`, `name` | rows; the examples show where run-together cells split |
//! | `read` | the steps above, into a [`Page`] that no longer depends on the layout |
//! | `shape`, `place`, `legend`, `fields` | tables and examples reconciled |
//! | `draft` | the steps above, into the documented facts |

mod change;
mod column;
mod decode;
mod draft;
mod error_row;
mod fields;
mod finding;
mod fingerprint;
mod html;
mod import;
mod layout;
mod legend;
mod line;
mod message;
mod method;
mod name;
mod place;
mod read;
mod report;
mod row;
mod section;
mod shape;
mod text;
mod value;

pub use change::{PageChange, PageChangeKind};
pub use draft::{Draft, draft};
pub use error_row::ErrorRow;
pub use finding::{Finding, Refusal};
pub use import::{Import, Reading, Status, compare, import, problems, status};
pub use message::{Format, Message, Part};
pub use name::{Hints, Name};
pub use read::{Page, read};
pub use report::{Report, json, markdown, text};
pub use row::Row;
