//! Documentation pages: what they state about a method, and what has changed in them.
//!
//! ```text
//! bytes ──read──▶ Page ──reconcile──▶ Draft ──apply──▶ Method
//!                                       └─────apply──▶ changes against the spec
//! ```
//!
//! | module | subject |
//! |---|---|
//! | `read` | bytes in any encoding and layout into rows and examples |
//! | `reconcile` | what tables and examples say together |
//! | `apply` | the documented facts into the spec, and what changed in them |
//!
//! Each depends on those above it only.

mod apply;
mod read;
mod reconcile;

pub use apply::{
    Import, PageChange, PageChangeKind, Reading, Report, Status, TopicImport, compare, import, import_topic, json,
    markdown, problems, status, text, topic_problems,
};
pub(crate) use read::legend::{Legend, read as legend};
pub use read::{ErrorRow, Finding, Format, Hints, Message, Name, Page, Part, Refusal, Row, is_of_topic, read};
pub use reconcile::{Draft, draft};
