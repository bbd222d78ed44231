//! What a gateway accepts beyond the documents.

/// What a gateway accepts beyond the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Whatever deployed clients send.
    Lenient,
    /// Nothing.
    Strict,
}
