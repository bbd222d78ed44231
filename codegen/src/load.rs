//! Text to typed documents.

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::files::SpecFile;
use crate::spec::{Method, Platform, Spec};
use crate::yaml::{self, Position, Source};

/// Name of the file that holds what all methods share, below `spec/`.
pub const PLATFORM_FILE: &str = "platform.yaml";

/// A typed document and the positions of its parts.
#[derive(Debug, Clone)]
pub struct Document<T> {
    /// The content.
    pub value: T,
    /// The positions.
    pub source: Source,
}

/// The documents of a spec.
#[derive(Debug)]
pub struct Documents {
    /// What all methods share.
    pub platform: Document<Platform>,
    /// The methods, by name.
    pub methods: Vec<Document<Method>>,
}

/// Reads all files and reports what is wrong with the shape of each; gives `None` without a file for the platform, and leaves
/// out methods whose files are wrong.
pub fn load(files: &[SpecFile], diagnostics: &mut Diagnostics) -> Option<Documents> {
    let (mut platform, mut methods) = (None, Vec::new());
    for file in files {
        let Some(source) = yaml::parse(&file.display, &file.text, diagnostics) else { continue };
        if file.path == *PLATFORM_FILE {
            platform = yaml::read(&source, diagnostics).map(|value| Document { value, source });
        } else if let Some(value) = yaml::read::<Method>(&source, diagnostics) {
            place(file, &value, &source, diagnostics);
            methods.push(Document { value, source });
        }
    }
    if !files.iter().any(|file| file.path == *PLATFORM_FILE) {
        let message = "the file is missing; it holds what all methods share";
        diagnostics.push(Diagnostic::new("spec/platform.yaml", Position { line: 1, column: 1 }, message));
    }
    methods.sort_by(|a, b| a.value.method.cmp(&b.value.method));
    Some(Documents { platform: platform?, methods })
}

/// Reads the spec without checking what its types cannot rule out.
///
/// # Errors
/// What keeps a file from being read.
pub fn spec(files: &[SpecFile]) -> Result<Spec, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let documents = load(files, &mut diagnostics);
    let documents = diagnostics.require(documents)?;
    let methods = documents.methods.into_iter().map(|document| (document.value.method.clone(), document.value));
    Ok(Spec { methods: methods.collect(), platform: documents.platform.value })
}

/// A method is where its name says, so that no two files describe the same one.
fn place(file: &SpecFile, method: &Method, source: &Source, diagnostics: &mut Diagnostics) {
    let expected = method.method.spec_path();
    if file.path != expected {
        let message =
            format!("the file of `{}` is spec/{}; move it or fix the name", method.method, expected.display());
        diagnostics.push(source.at(&["method"], message));
    }
}

/// The canonical form of one file.
///
/// # Errors
/// What keeps it from being read, to be fixed by hand first.
pub fn canonical(file: &SpecFile) -> Result<String, Diagnostics> {
    if file.path == *PLATFORM_FILE { canonical_of::<Platform>(file) } else { canonical_of::<Method>(file) }
}

fn canonical_of<T: DeserializeOwned + JsonSchema + Serialize + PartialEq>(
    file: &SpecFile,
) -> Result<String, Diagnostics> {
    let value = value_of::<T>(file)?;
    let text = yaml::to_canonical(&value);
    // Formatting must never change what a file says.
    if value_of::<T>(&SpecFile { text: text.clone(), ..file.clone() })? == value {
        return Ok(text);
    }
    let message = "the canonical form would change the meaning; please report this file";
    Err(Diagnostics::from(Diagnostic::new(&file.display, Position { line: 1, column: 1 }, message)))
}

fn value_of<T: DeserializeOwned + JsonSchema>(file: &SpecFile) -> Result<T, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let source = yaml::parse(&file.display, &file.text, &mut diagnostics);
    let value = source.and_then(|source| yaml::read(&source, &mut diagnostics));
    diagnostics.require(value)
}
