//! Shared test support.

pub mod accepted;
pub mod changes;
pub mod conformance;
pub mod fuzz;
pub mod inventory;
pub mod measure;
pub mod misbehaving;
pub mod orders;
pub mod page;
pub mod proxy;
pub mod push;
pub mod rejected;
pub mod script;
pub mod spec;
pub mod surface;
pub mod workspace;
