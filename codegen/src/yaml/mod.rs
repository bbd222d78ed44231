//! YAML in and out: a tree with positions, its check against a schema, typed data, and the one canonical form.

mod de;
mod lines;
mod shape;
mod tree;
mod write;

pub(crate) use tree::BYTE_ORDER_MARK;

pub use de::{read, value};
pub use tree::{Content, Entry, Node, Position, Source, parse};
pub use write::to_canonical;
