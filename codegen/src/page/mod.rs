//! Documentation pages: what they state of a method, and what changed in them since.
//!
//! ```text
//! bytes ──read──▶ Page ──draft──▶ Draft ──method──▶ Method
//!                                   └──drift──▶ changes against a spec
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

pub use change::{Change, ChangeKind};
pub use draft::{Draft, draft};
pub use error_row::ErrorRow;
pub use finding::{Finding, Refusal};
pub use import::{Import, Reading, Standing, compare, import, problems, standing};
pub use message::{Format, Message, Part};
pub use name::{Hints, Name};
pub use read::{Page, read};
pub use report::{Report, json, markdown, text};
pub use row::Row;
