//! Text to typed documents.

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::files::SpecFile;
use crate::message::{parse_json, parse_xml};
use crate::schema;
use crate::spec::{Examples, Method, Platform, Spec};
use crate::yaml::{self, Position, Source};

/// Name of the file that holds what all methods share, below `spec/`.
pub const PLATFORM_FILE: &str = "platform.yaml";

/// A typed document and the positions of its parts.
#[derive(Debug)]
pub struct Document<T> {
    /// The content.
    pub value: T,
    /// The positions.
    pub source: Source,
}

/// A method with its positions, and the messages of its page.
#[derive(Debug)]
pub struct MethodDocument {
    /// The content.
    pub spec: Method,
    /// The positions.
    pub source: Source,
    /// The documented messages, in document order.
    pub messages: Vec<Message>,
}

/// A documented message, parsed.
#[derive(Debug)]
pub struct Message {
    /// Key of the example: `request`, `response` or `error`.
    pub part: &'static str,
    /// Key of the format: `json` or `xml`.
    pub format: &'static str,
    /// The message, or why it is invalid.
    pub content: Result<Value, String>,
}

/// The documents whose shape is right.
#[derive(Debug, Default)]
pub struct Documents {
    /// What all methods share.
    pub platform: Option<Document<Platform>>,
    /// The methods, by name.
    pub methods: Vec<MethodDocument>,
}

/// Reads all files, and reports those whose shape is wrong.
pub fn load(files: &[SpecFile], diagnostics: &mut Diagnostics) -> Documents {
    let mut documents = Documents::default();
    let schemas = [schema::of::<Platform>(), schema::of::<Method>()];
    let mut report = |problems: Diagnostics| diagnostics.extend(problems);
    for file in files {
        if file.path == *PLATFORM_FILE {
            documents.platform = document(file, &schemas[0]).map_err(&mut report).ok();
        } else if let Ok(Document { value: spec, source }) = document::<Method>(file, &schemas[1]).map_err(&mut report)
        {
            report(misplaced(file, &spec, &source));
            documents.methods.push(MethodDocument { messages: messages(&spec.examples), spec, source });
        }
    }
    if !files.iter().any(|file| file.path == *PLATFORM_FILE) {
        let message = "the file is missing; add it: it describes what all methods share";
        report(Diagnostic::new("spec/platform.yaml", Position { line: 1, column: 1 }, message).into());
    }
    documents.methods.sort_by(|a, b| a.spec.method.cmp(&b.spec.method));
    documents
}

/// Reads what the files say, without what it becomes in Rust.
///
/// # Errors
/// Every file whose shape is wrong.
pub fn spec(files: &[SpecFile]) -> Result<Spec, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let Documents { platform, methods } = load(files, &mut diagnostics);
    match platform {
        Some(platform) => {
            let methods = methods.into_iter().map(|MethodDocument { spec, .. }| (spec.method.clone(), spec));
            diagnostics.or(Spec { platform: platform.value, methods: methods.collect() })
        }
        None => Err(diagnostics.sorted()),
    }
}

fn document<T: DeserializeOwned>(file: &SpecFile, schema: &Value) -> Result<Document<T>, Diagnostics> {
    let source = yaml::parse(&file.display, &file.text)?;
    Ok(Document { value: yaml::read(&source, schema)?, source })
}

/// A method is in the file that its name says, so that no two files can describe the same one.
fn misplaced(file: &SpecFile, method: &Method, source: &Source) -> Diagnostics {
    let expected = method.method.spec_path();
    let message = || {
        let (name, path) = (&method.method, expected.display());
        source.at(&["method"], format!("`{name}` belongs in spec/{path}; move the file or fix the name"))
    };
    if file.path == expected { Diagnostics::default() } else { message().into() }
}

fn messages(examples: &Examples) -> Vec<Message> {
    let mut messages = Vec::new();
    for (part, example) in examples.parts() {
        let json = example.json.as_deref().map(|text| ("json", parse_json(text)));
        let xml = example.xml.as_deref().map(|text| ("xml", parse_xml(text)));
        messages.extend(json.into_iter().chain(xml).map(|(format, content)| Message { part, format, content }));
    }
    messages
}

/// The canonical form of one file.
///
/// # Errors
/// Why it cannot be read; fix it by hand first.
pub fn canonical(file: &SpecFile) -> Result<String, Diagnostics> {
    if file.path == *PLATFORM_FILE { canonical_of::<Platform>(file) } else { canonical_of::<Method>(file) }
}

fn canonical_of<T>(file: &SpecFile) -> Result<String, Diagnostics>
where
    T: DeserializeOwned + JsonSchema + Serialize + PartialEq,
{
    let schema = schema::of::<T>();
    let value = document::<T>(file, &schema)?.value;
    let text = yaml::to_canonical(&value);
    // Formatting must never change what a file says.
    if document::<T>(&SpecFile { text: text.clone(), ..file.clone() }, &schema)?.value == value {
        return Ok(text);
    }
    let message = "the canonical form does not mean the same as the file; please report this as a bug";
    Err(Diagnostics::from(Diagnostic::new(&file.display, Position { line: 1, column: 1 }, message)))
}
