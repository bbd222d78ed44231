//! What several tests use.

pub mod conformance;
pub mod page;
pub mod spec;
pub mod surface;
pub mod workspace;
