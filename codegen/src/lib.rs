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
//! | [`page`] | documentation pages to spec, and what changed in them since |

pub mod catalog;
pub mod check;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod explain;
pub mod files;
pub mod git;
mod imports;
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
use spec::Spec;

/// What a set of spec files says, and what it becomes in Rust.
#[derive(Debug)]
pub struct Compiled {
    /// The spec.
    pub spec: Spec,
    /// The plan.
    pub plan: Plan,
}

/// Loads, checks and lowers a set of spec files.
///
/// # Errors
/// Every problem of every file, each at its place.
pub fn compile(files: &[files::SpecFile]) -> Result<Compiled, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let documents = load::load(files, &mut diagnostics);
    check::check(&documents, &mut diagnostics);
    finish(documents, diagnostics)
}

/// Loads and lowers a set of spec files that passed the checks of its time, which may have been others.
///
/// # Errors
/// What keeps a file from being read, or a name from being settled.
pub fn compile_old(files: &[files::SpecFile]) -> Result<Compiled, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let documents = load::load(files, &mut diagnostics);
    finish(documents, diagnostics)
}

fn finish(documents: load::Documents, mut diagnostics: Diagnostics) -> Result<Compiled, Diagnostics> {
    let plan = lower::lower(&documents, &mut diagnostics);
    let (spec, plan) = diagnostics.or((documents.into_spec(), plan))?;
    // Without a problem there is a platform, and with it a plan.
    let missing = || Diagnostics::default();
    Ok(Compiled { spec: spec.ok_or_else(missing)?, plan: plan.ok_or_else(missing)? })
}
