//! What several tests use.

pub mod conformance;
pub mod spec;
pub mod surface;
pub mod workspace;
