//! Reading documentation pages.

mod bad;
mod decisions;
mod drift;
mod faults;
mod import;
mod layouts;
mod reconcile;
