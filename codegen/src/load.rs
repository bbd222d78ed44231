//! Text to typed documents.

use std::path::Path;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::files::SpecFile;
use crate::message::{self, SyntaxError};
use crate::schema;
use crate::spec::{AcceptedBreaks, Examples, Method, Platform, Spec, Topic, TopicName};
use crate::yaml::{self, Position, Source};

/// Name of the file that holds what all methods share, below `spec/`.
pub const PLATFORM_FILE: &str = "platform.yaml";

/// Name of the file with the accepted breaking changes, below `spec/`.
pub const ACCEPTED_FILE: &str = "accepted-breaks.yaml";

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

/// A topic with its positions.
#[derive(Debug)]
pub struct TopicDocument {
    /// The content.
    pub spec: Topic,
    /// The positions.
    pub source: Source,
    /// The documented message, or why it is invalid.
    pub message: Option<Result<Value, SyntaxError>>,
}

/// A documented message, parsed.
#[derive(Debug)]
pub struct Message {
    /// Key of the example: `request`, `response` or `error`.
    pub part: &'static str,
    /// Key of the format: `json` or `xml`.
    pub format: &'static str,
    /// The message, or why it is invalid.
    pub content: Result<Value, SyntaxError>,
}

/// The documents whose shape is right.
#[derive(Debug, Default)]
pub struct Documents {
    /// What all methods share.
    pub platform: Option<Document<Platform>>,
    /// The breaking changes that people have accepted, if there is a file of them.
    pub accepted: Option<Document<AcceptedBreaks>>,
    /// The methods, by name.
    pub methods: Vec<MethodDocument>,
    /// The topics of pushed messages, by name.
    pub topics: Vec<TopicDocument>,
}

/// What a file holds, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Platform,
    Accepted,
    Method,
    Topic,
}

impl Kind {
    fn of(file: &SpecFile) -> Result<Self, Diagnostics> {
        let is_yaml = file.path.extension().is_some_and(|extension| extension == "yaml");
        match file.path.to_str() {
            Some(PLATFORM_FILE) => Ok(Self::Platform),
            Some(ACCEPTED_FILE) => Ok(Self::Accepted),
            _ if is_yaml && file.path.parent() == Some(Path::new(TopicName::FOLDER)) => Ok(Self::Topic),
            _ if is_yaml && file.path.components().count() == 2 => Ok(Self::Method),
            _ => {
                let message = format!(
                    "not a file of the spec, which has `{PLATFORM_FILE}`, `{ACCEPTED_FILE}`, \
                     `<namespace>/<method>.yaml` and `topics/<topic>.yaml`; rename, move or remove it"
                );
                Err(Diagnostic::new(&file.display, Position::FIRST, message).into())
            }
        }
    }
}

/// What a file says.
enum Content {
    Platform(Document<Platform>),
    Accepted(Document<AcceptedBreaks>),
    Method(MethodDocument),
    Topic(TopicDocument),
}

/// Reads all files, on all cores, and reports those whose shape is wrong.
pub fn load(files: &[SpecFile], diagnostics: &mut Diagnostics) -> Documents {
    let mut documents = Documents::default();
    let schema = schema::of::<Method>();
    let contents: Vec<_> = files.par_iter().map(|file| content(file, &schema)).collect();
    for content in contents {
        match content {
            Ok((content, problems)) => {
                diagnostics.extend(problems);
                match content {
                    Content::Platform(platform) => documents.platform = Some(platform),
                    Content::Accepted(accepted) => documents.accepted = Some(accepted),
                    Content::Method(method) => documents.methods.push(method),
                    Content::Topic(topic) => documents.topics.push(topic),
                }
            }
            Err(problems) => diagnostics.extend(problems),
        }
    }
    if !files.iter().any(|file| file.path == *PLATFORM_FILE) {
        let message = "the file is missing; add it: it describes what all methods share";
        diagnostics.push(Diagnostic::new("spec/platform.yaml", Position::FIRST, message));
    }
    documents.methods.sort_by(|a, b| a.spec.method.cmp(&b.spec.method));
    documents.topics.sort_by(|a, b| a.spec.topic.cmp(&b.spec.topic));
    documents
}

/// What a file says, and problems that do not keep it from being read.
fn content(file: &SpecFile, schema: &Value) -> Result<(Content, Diagnostics), Diagnostics> {
    let mut problems = Diagnostics::default();
    let content = match Kind::of(file)? {
        Kind::Platform => Content::Platform(document(file)?),
        Kind::Accepted => Content::Accepted(document(file)?),
        Kind::Method => {
            let Document { value: spec, source } = document_with::<Method>(file, schema)?;
            problems = misplaced(file, "method", spec.method.as_str(), &spec.method.spec_path(), &source);
            Content::Method(MethodDocument { messages: messages(&spec.examples), spec, source })
        }
        Kind::Topic => {
            let Document { value: spec, source } = document::<Topic>(file)?;
            problems = misplaced(file, "topic", spec.topic.as_str(), &spec.topic.spec_path(), &source);
            let message = spec.example.as_deref().map(message::json);
            Content::Topic(TopicDocument { spec, source, message })
        }
    };
    Ok((content, problems))
}

/// Reads what the files say, without what it becomes in Rust.
///
/// # Errors
/// Every file whose shape is wrong.
pub fn spec(files: &[SpecFile]) -> Result<Spec, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let Documents { platform, methods, topics, .. } = load(files, &mut diagnostics);
    match platform {
        Some(platform) => {
            let methods = methods.into_iter().map(|MethodDocument { spec, .. }| (spec.method.clone(), spec));
            let topics = topics.into_iter().map(|TopicDocument { spec, .. }| (spec.topic.clone(), spec));
            diagnostics.or(Spec { platform: platform.value, methods: methods.collect(), topics: topics.collect() })
        }
        None => Err(diagnostics.sorted()),
    }
}

/// Reads the breaking changes that people have accepted, if there is a file of them.
///
/// # Errors
/// A file whose shape is wrong.
pub fn accepted(files: &[SpecFile]) -> Result<Option<Document<AcceptedBreaks>>, Diagnostics> {
    files.iter().find(|file| file.path == *ACCEPTED_FILE).map(document).transpose()
}

fn document<T: DeserializeOwned + JsonSchema>(file: &SpecFile) -> Result<Document<T>, Diagnostics> {
    document_with(file, &schema::of::<T>())
}

fn document_with<T: DeserializeOwned>(file: &SpecFile, schema: &Value) -> Result<Document<T>, Diagnostics> {
    let source = yaml::parse(&file.display, &file.text)?;
    Ok(Document { value: yaml::read(&source, schema)?, source })
}

/// A method or topic is in the file that its name says, so that no two files can describe the same one.
fn misplaced(file: &SpecFile, key: &str, name: &str, expected: &Path, source: &Source) -> Diagnostics {
    let message = || {
        let path = expected.display();
        source.at(&[key], format!("`{name}` belongs in spec/{path}; move the file or fix the name"))
    };
    if file.path == expected { Diagnostics::default() } else { message().into() }
}

fn messages(examples: &Examples) -> Vec<Message> {
    let mut messages = Vec::new();
    for (part, example) in examples.parts() {
        let json = example.json.as_deref().map(|text| ("json", message::json(text)));
        let xml = example.xml.as_deref().map(|text| ("xml", message::xml(text)));
        messages.extend(json.into_iter().chain(xml).map(|(format, content)| Message { part, format, content }));
    }
    messages
}

/// The canonical form of one file.
///
/// # Errors
/// Why it cannot be read; fix it by hand first.
pub fn canonical(file: &SpecFile) -> Result<String, Diagnostics> {
    match Kind::of(file)? {
        Kind::Platform => canonical_of::<Platform>(file),
        Kind::Accepted => canonical_of::<AcceptedBreaks>(file),
        Kind::Method => canonical_of::<Method>(file),
        Kind::Topic => canonical_of::<Topic>(file),
    }
}

fn canonical_of<T>(file: &SpecFile) -> Result<String, Diagnostics>
where
    T: DeserializeOwned + JsonSchema + Serialize + PartialEq,
{
    let schema = schema::of::<T>();
    let value = document_with::<T>(file, &schema)?.value;
    let text = yaml::to_canonical(&value);
    // Formatting must never change what a file says.
    if document_with::<T>(&SpecFile { text: text.clone(), ..file.clone() }, &schema)?.value == value {
        return Ok(text);
    }
    let message = "the canonical form does not mean the same as the file; please report this as a bug";
    Err(Diagnostics::from(Diagnostic::new(&file.display, Position::FIRST, message)))
}
