//! YAML in and out: a tree that knows where everything stands, typed reading that reports every
//! problem, and the one canonical form.

mod de;
mod tree;
mod write;

pub use de::read;
pub use tree::{Content, Node, Position, Source, parse};
pub use write::to_canonical;
