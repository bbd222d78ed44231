//! From a draft to the spec: a new or updated method, and what changed in the documentation.
//!
//! | module | subject |
//! |---|---|
//! | `fingerprint` | what the page showed, as digests of its rows |
//! | `since` | what has changed on the page since the last import |
//! | `method` | the documented facts of a draft into a method |
//! | `table` | a table of fields, as part of that |
//! | `cells` | whether two fields say the same |
//! | `change` | the facts that differ |
//! | `decision` | what people have to decide at the first import |
//! | `import` | a page from its bytes, imported or compared |
//! | `topic` | the same for the page of a topic of pushed messages |
//! | `report` | changes as text, Markdown or JSON |

mod cells;
mod change;
mod decision;
mod fingerprint;
mod import;
mod method;
mod report;
mod since;
mod table;
mod topic;

pub use change::{PageChange, PageChangeKind};
pub use import::{Import, Reading, Status, compare, import, problems, status};
pub use report::{Report, json, markdown, text};
pub use topic::{TopicImport, import_topic, topic_problems};
