//! Specs for tests.

use std::path::{Path, PathBuf};

use codegen::files::{SpecFile, read_spec};

/// The folder of the project.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The checked-in file that all methods share.
///
/// # Panics
/// When the project has no such file.
#[must_use]
pub fn platform() -> SpecFile {
    let files = read_spec(&root()).expect("the spec can be read");
    files.into_iter().find(|file| file.path == Path::new("platform.yaml")).expect("there is a platform file")
}

/// A spec file of a test.
#[must_use]
pub fn file(path: &str, text: &str) -> SpecFile {
    SpecFile { path: PathBuf::from(path), display: format!("spec/{path}"), text: text.to_owned() }
}

/// The platform and one method.
#[must_use]
pub fn with_method(path: &str, text: &str) -> Vec<SpecFile> {
    vec![platform(), file(path, text)]
}
