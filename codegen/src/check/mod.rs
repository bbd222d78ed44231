//! What the types of the spec cannot rule out. What passed here is not checked again.

mod examples;
mod fields;
mod platform;
mod quirks;
mod references;

pub(crate) use fields::is_readable;

use crate::diagnostic::Diagnostics;
use crate::load::{Document, MethodDocument};
use crate::spec::Platform;

/// Checks every document and reports all problems. Without a platform, only what does not depend on it.
pub fn check(platform: Option<&Document<Platform>>, methods: &[MethodDocument], diagnostics: &mut Diagnostics) {
    for document in methods {
        fields::check(document, diagnostics);
        if let Some(Document { value: platform, .. }) = platform {
            let evidence = examples::check(document, platform, diagnostics);
            references::check(document, platform, &evidence, diagnostics);
            quirks::check(document, &evidence, diagnostics);
        }
    }
    if let Some(document) = platform {
        platform::check(document, diagnostics);
    }
}

/// Appends a step to a path of keys.
fn below<'a>(path: &[&'a str], steps: &[&'a str]) -> Vec<&'a str> {
    [path, steps].concat()
}
