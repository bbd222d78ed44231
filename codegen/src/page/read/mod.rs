//! From the bytes of a file to a [`Page`] that no longer depends on its layout.
//!
//! | module | subject |
//! |---|---|
//! | `decode`, `html`, `line`, `stacked` | any encoding and layout into lines with cells |
//! | `column`, `text` | the words and characters that pages use |
//! | `message`, `beginning`, `section` | lines into tables, examples and prose |
//! | `shape` | the structure and the values that the examples show |
//! | `row`, `split`, `error_row` | rows; the examples show where run-together cells split |
//! | `name`, `legend` | names of methods in prose, and codes in descriptions |
//! | `page`, `topic` | the steps above, for the page of a method and of a topic |
//! | `finding` | what people have to check, and why a page is refused |

mod beginning;
mod column;
mod decode;
mod error_row;
mod finding;
mod html;
pub(super) mod legend;
mod line;
mod message;
pub(super) mod name;
mod page;
mod row;
mod section;
pub(super) mod shape;
mod split;
mod stacked;
pub(super) mod text;
mod topic;

pub use error_row::ErrorRow;
pub use finding::{Finding, Refusal};
pub use message::{Format, Message, Part};
pub(super) use name::file_stem;
pub use name::{Hints, Name};
pub(super) use page::Note;
pub use page::{Page, read};
pub use row::Row;
pub use topic::is_of_topic;
pub(super) use topic::{TopicPage, read_topic};
