//! What the types of the spec cannot rule out. What passed here is not checked again.

mod examples;
mod fields;
mod platform;
mod quirks;
mod references;

pub(crate) use fields::is_readable;

use crate::diagnostic::Diagnostics;
use crate::load::Documents;

/// Checks every document and reports all problems.
pub fn check(documents: &Documents, diagnostics: &mut Diagnostics) {
    let platform = &documents.platform;
    for document in &documents.methods {
        fields::check(document, diagnostics);
        references::check(document, &platform.value, diagnostics);
        // What the examples contradict would be reported once more for the quirks.
        if let Some(samples) = examples::check(document, &platform.value, diagnostics) {
            quirks::check(document, &samples, diagnostics);
        }
    }
    platform::check(platform, diagnostics);
}

/// Appends a step to a path of keys.
fn below<'a>(path: &[&'a str], steps: &[&'a str]) -> Vec<&'a str> {
    [path, steps].concat()
}
