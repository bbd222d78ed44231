//! How much beyond the documents is let pass.

/// How much beyond the documents is let pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// What deployed clients send.
    Lenient,
    /// Only what the documents allow.
    Strict,
}
