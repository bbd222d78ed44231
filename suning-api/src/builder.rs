//! The states of a required parameter in a builder.

/// The parameter is given.
#[derive(Debug, Clone, Copy)]
pub struct Set;

/// The parameter is missing, so the builder can neither be built nor sent.
#[derive(Debug, Clone, Copy)]
pub struct Unset;
