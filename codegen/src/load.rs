//! Text to typed documents.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::files::SpecFile;
use crate::spec::{Method, Platform, Spec};
use crate::yaml::{self, Position, Reading, Source};

/// Name of the file that holds what all methods share, below `spec/`.
pub const PLATFORM_FILE: &str = "platform.yaml";

/// A typed document and where each of its parts stands.
#[derive(Debug, Clone)]
pub struct Document<T> {
    /// The content.
    pub value: T,
    /// Whether nothing required is missing; empty values of one that is not whole mean nothing.
    pub is_whole: bool,
    /// The positions.
    pub source: Source,
}

impl<T> Document<T> {
    fn new(reading: Reading<T>, source: Source) -> Self {
        let Reading { value, is_whole, left_out } = reading;
        Self { value, is_whole, source: source.without_items(left_out) }
    }
}

/// Everything that could be read.
#[derive(Debug, Default)]
pub struct Documents {
    /// What all methods share; missing when its file is missing or can not be read.
    pub platform: Option<Document<Platform>>,
    /// The methods, by path.
    pub methods: Vec<Document<Method>>,
}

impl Documents {
    /// The content alone.
    #[must_use]
    pub fn into_spec(self) -> Option<Spec> {
        let methods = self.methods.into_iter().map(|document| (document.value.method.clone(), document.value));
        Some(Spec { platform: self.platform?.value, methods: methods.collect() })
    }
}

/// Reads all files and reports what is wrong with each on its own.
pub fn load(files: &[SpecFile], diagnostics: &mut Diagnostics) -> Documents {
    let mut documents = Documents::default();
    for file in files {
        let Some(source) = yaml::parse(&file.display, &file.text, diagnostics) else { continue };
        if file.path == *PLATFORM_FILE {
            let reading = yaml::read(&source, diagnostics);
            documents.platform = reading.map(|reading| Document::new(reading, source));
        } else if let Some(reading) = yaml::read::<Method>(&source, diagnostics) {
            place(file, &reading.value, &source, diagnostics);
            documents.methods.push(Document::new(reading, source));
        }
    }
    if !files.iter().any(|file| file.path == *PLATFORM_FILE) {
        let message = "the file is missing; it states what all methods share";
        diagnostics.push(Diagnostic::new("spec/platform.yaml", Position { line: 1, column: 1 }, message));
    }
    documents.methods.sort_by(|a, b| a.value.method.cmp(&b.value.method));
    documents
}

/// Reads the spec without checking what its types can not rule out.
///
/// # Errors
/// What keeps a file from being read.
pub fn spec(files: &[SpecFile]) -> Result<Spec, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let documents = load(files, &mut diagnostics);
    // Without a problem there is a platform.
    diagnostics.or(documents.into_spec())?.ok_or_else(Diagnostics::default)
}

/// A method lies where its name says, so that two files can not speak of the same one.
fn place(file: &SpecFile, method: &Method, source: &Source, diagnostics: &mut Diagnostics) {
    let expected = method.method.spec_path();
    if file.path != expected {
        let message =
            format!("`{}` belongs into spec/{}; move the file or mend the name", method.method, expected.display());
        diagnostics.push(source.at(&["method"], message));
    }
}

/// The canonical form of one file.
///
/// # Errors
/// What keeps it from being read; then it must be mended by hand first.
pub fn canonical(file: &SpecFile) -> Result<String, Diagnostics> {
    if file.path == *PLATFORM_FILE { canonical_of::<Platform>(file) } else { canonical_of::<Method>(file) }
}

fn canonical_of<T: DeserializeOwned + Serialize + PartialEq>(file: &SpecFile) -> Result<String, Diagnostics> {
    let value = value_of::<T>(file)?;
    let text = yaml::to_canonical(&value);
    // Formatting must never change what a file says.
    if value_of::<T>(&SpecFile { text: text.clone(), ..file.clone() })? == value {
        return Ok(text);
    }
    let message = "the canonical form would say something else; please report this file";
    Err(Diagnostics::from(Diagnostic::new(&file.display, Position { line: 1, column: 1 }, message)))
}

fn value_of<T: DeserializeOwned>(file: &SpecFile) -> Result<T, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let source = yaml::parse(&file.display, &file.text, &mut diagnostics);
    let reading = source.and_then(|source| yaml::read::<T>(&source, &mut diagnostics));
    match (diagnostics.or(()), reading) {
        (Ok(()), Some(reading)) => Ok(reading.value),
        (outcome, _) => Err(outcome.err().unwrap_or_default()),
    }
}
