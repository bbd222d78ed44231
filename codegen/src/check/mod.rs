//! What the types of the spec cannot rule out. What passed here is not checked again.

mod accepted;
mod characters;
mod examples;
mod fields;
mod platform;
mod quirks;
mod references;

pub(crate) use fields::is_readable;

use crate::diagnostic::Diagnostics;
use crate::files::SpecFile;
use crate::load::{Document, Documents};

/// Checks every document and reports all problems. Without a platform, only what does not depend on it.
pub fn check(files: &[SpecFile], documents: &Documents, diagnostics: &mut Diagnostics) {
    let Documents { platform, accepted, methods, topics } = documents;
    files.iter().for_each(|file| characters::check(file, diagnostics));
    for document in methods {
        fields::check(document, diagnostics);
        if let Some(Document { value: platform, .. }) = platform {
            let evidence = examples::check(document, platform, diagnostics);
            references::check(document, platform, &evidence, diagnostics);
            quirks::check(document, &evidence, diagnostics);
        }
    }
    for document in topics {
        fields::check_topic(document, diagnostics);
        examples::check_topic(document, diagnostics);
    }
    if let Some(document) = platform {
        platform::check(document, diagnostics);
    }
    if let Some(document) = accepted {
        accepted::check(document, diagnostics);
    }
}

/// Appends a step to a path of keys.
fn below<'a>(path: &[&'a str], steps: &[&'a str]) -> Vec<&'a str> {
    [path, steps].concat()
}
