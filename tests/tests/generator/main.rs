//! From the spec to generated code, and the commands about the spec.

mod check_text;
mod diagnostics;
mod diff;
mod explain;
mod inventory;
mod inventory_known;
mod regen;
mod schema;
mod snapshots;
mod topics;
mod undocumented;
