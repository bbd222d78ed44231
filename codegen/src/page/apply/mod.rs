//! From a draft to the spec: a new or updated method, and what changed in the documentation.
//!
//! | module | subject |
//! |---|---|
//! | `fingerprint` | a digest of the documented facts |
//! | `change` | a page against the spec |
//! | `method` | a draft into a new method, or into an update of a known one |
//! | `import` | a page from its bytes, imported or compared |
//! | `report` | changes as text, Markdown or JSON |

mod change;
mod fingerprint;
mod import;
mod method;
mod report;

pub use change::{PageChange, PageChangeKind};
pub use import::{Import, Reading, Status, compare, import, problems, status};
pub use report::{Report, json, markdown, text};
