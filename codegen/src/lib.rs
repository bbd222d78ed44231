//! From the spec of the platform to the crate `suning-api`.
//!
//! ```text
//! files ──load──▶ Documents ──check──▶ Spec ──lower──▶ Plan ──emit──▶ Output ──files──▶ disk
//! ```
//!
//! | module | subject |
//! |---|---|
//! | [`files`], [`git`] | the one place that reads and writes files, and the one that asks git |
//! | [`yaml`] | YAML with positions, and the canonical form |
//! | [`spec`] | the spec as typed data |
//! | [`load`], [`check`] | text to spec, with every problem located |
//! | [`lower`], [`plan`] | spec to a plan in Rust terms; all names are settled here |
//! | [`emit`] | plan to source text |
//! | [`catalog`] | the spec as JSON |
//! | [`schema`] | the spec format as JSON Schema |
//! | [`diff`] | what a change of the spec means for callers |
//! | [`explain`] | what an error code means |
//! | [`undocumented`] | reports of the client to YAML for the spec |
//! | [`inventory`] | what official SDKs state, to spec |
//! | [`page`] | documentation pages to spec, and what changed in them since |

pub mod catalog;
pub mod check;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod explain;
pub mod files;
pub mod git;
pub mod inventory;
pub mod load;
pub mod lower;
pub mod message;
pub mod page;
pub mod plan;
pub mod schema;
pub mod spec;
pub mod undocumented;
pub mod yaml;

pub use diagnostic::{Diagnostic, Diagnostics};

use plan::Plan;

/// Which checks a spec must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checks {
    /// All of them.
    All,
    /// Only those without which it cannot be lowered: an older spec passed the checks of its time.
    Shape,
}

/// Loads, checks and lowers a set of spec files.
///
/// A file of the wrong shape is not checked any further.
///
/// # Errors
/// Every problem of every file, each at its place.
pub fn compile(files: &[files::SpecFile], checks: Checks) -> Result<Plan, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let documents = load::load(files, &mut diagnostics);
    if checks == Checks::All {
        check::check(files, &documents, &mut diagnostics);
    }
    // Without a platform, its problems are among the diagnostics.
    let Some(platform) = documents.platform else { return Err(diagnostics.sorted()) };
    let plan = lower::lower(platform, documents.methods, documents.topics, &mut diagnostics);
    diagnostics.or(plan)
}
