//! YAML in and out: a tree with positions, its check against a schema, typed data, and the one canonical form.

mod de;
mod shape;
mod tree;
mod write;

pub use de::read;
pub use tree::{Content, Entry, Node, Position, Source, parse};
pub use write::to_canonical;
