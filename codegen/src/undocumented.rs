//! Reports of undocumented fields and codes, as the client's hook serializes them, turned into YAML for the spec.
//!
//! The client knows nothing about the spec and its files, so the reports name places on the wire. This module knows
//! where each belongs.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::message::reason;
use crate::spec::{ErrorEntry, Field, Fields, MethodName, ValueEntry};
use crate::yaml::{Position, to_canonical};

/// What each entry leaves for people to fill in.
const UNKNOWN: &str = "unknown";

/// One undocumented thing in a reply.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Raw")]
pub struct Report {
    method: MethodName,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// A field of the business node, undocumented or in another form than documented.
    Field { path: Vec<String>, shape: Shape, is_documented: bool },
    /// A code of a field of the business node.
    Code { path: Vec<String>, code: String },
    /// The business node itself, in another form than documented.
    Node { name: String, shape: Shape },
    /// A field of the head.
    HeadField { name: String, shape: Shape },
    /// A field elsewhere in the envelope.
    EnvelopeField { name: String },
    /// An error code.
    ErrorCode { code: String },
}

/// The form of a value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, expecting = "a JSON object")]
struct Shape {
    list: bool,
    fields: IndexMap<String, Shape>,
}

impl Shape {
    fn is_scalar(&self) -> bool {
        !self.list && self.fields.is_empty()
    }
}

/// A report as it is serialized. Other keys, such as those a log adds, are ignored.
#[derive(Deserialize)]
#[serde(expecting = "a JSON object")]
struct Raw {
    method: MethodName,
    part: Part,
    path: Vec<String>,
    what: Kind,
    #[serde(default)]
    shape: Shape,
    code: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    Response,
    Head,
    Envelope,
    Errors,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Field,
    Form,
    Code,
    ErrorCode,
}

impl TryFrom<Raw> for Report {
    type Error = &'static str;

    fn try_from(raw: Raw) -> Result<Self, Self::Error> {
        let Raw { method, part, mut path, what, shape, code } = raw;
        let code = code.ok_or("missing field `code`");
        let what = match (part, what) {
            (Part::Errors, Kind::ErrorCode) => What::ErrorCode { code: code? },
            _ if path.is_empty() => return Err("`path` is empty"),
            (Part::Response, Kind::Code) => What::Code { path, code: code? },
            (Part::Response, Kind::Field) => What::Field { path, shape, is_documented: false },
            (Part::Response, Kind::Form) => What::Field { path, shape, is_documented: true },
            (Part::Head, Kind::Field) => What::HeadField { name: path.swap_remove(0), shape },
            (Part::Envelope, Kind::Form) => What::Node { name: path.swap_remove(0), shape },
            (Part::Envelope, Kind::Field) => What::EnvelopeField { name: path.join(".") },
            _ => return Err("`what` does not occur in this `part`"),
        };
        Ok(Self { method, what })
    }
}

/// Reads reports from JSON lines or from one JSON array. `source` is the file name for messages.
///
/// # Errors
/// Every line that is not a report, with its line number.
pub fn read(source: &str, text: &str) -> Result<Vec<Report>, Diagnostics> {
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(|error| malformed(source, 0, &error).into());
    }
    let mut reports = Vec::new();
    let mut problems = Diagnostics::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(report) => reports.push(report),
            Err(error) => problems.push(malformed(source, index, &error)),
        }
    }
    problems.or(reports)
}

fn malformed(source: &str, lines_before: usize, error: &serde_json::Error) -> Diagnostic {
    let position = Position { line: lines_before + error.line().max(1), column: error.column().max(1) };
    let reason = reason(error);
    let remedy = "write one JSON object per line, as `serde_json::to_string` returns it for an `Undocumented`";
    Diagnostic::new(source, position, format!("not a report: {reason}; {remedy}"))
}

/// What reports add to the spec.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Additions {
    /// YAML in the canonical form, by path of the spec file.
    pub files: BTreeMap<String, String>,
    /// What people have to look at, because the spec has no key for it. One sentence each.
    pub notes: BTreeSet<String>,
}

/// Collects what reports add to the spec. Reports about the same place are merged.
#[must_use]
pub fn additions(reports: &[Report]) -> Additions {
    let mut files: BTreeMap<String, Keys> = BTreeMap::new();
    let mut notes = BTreeSet::new();
    for report in reports {
        if let Some(note) = note(report) {
            notes.insert(note);
            continue;
        }
        let path = match report.what {
            What::HeadField { .. } => "spec/platform.yaml".to_owned(),
            _ => format!("spec/{}", report.method.spec_path().display()),
        };
        files.entry(path).or_default().add(report);
    }
    let files = files.iter().map(|(path, keys)| (path.clone(), to_canonical(keys))).collect();
    Additions { files, notes }
}

/// What to say about a report that the spec has no key for.
fn note(report: &Report) -> Option<String> {
    let method = &report.method;
    let note = match &report.what {
        What::Field { path, shape, is_documented: true } if shape.is_scalar() => {
            let path = path.join(".");
            format!("{method}: `response.{path}` has a value that is not of its documented `type`")
        }
        What::Node { name, shape } if !shape.list => {
            format!("{method}: `{name}` contains something other than objects")
        }
        What::EnvelopeField { name } => {
            format!("{method}: the spec has no key for `{name}`, outside the business node")
        }
        _ => return None,
    };
    Some(note.replace(char::is_control, " "))
}

/// Keys of the spec, in the order of its types.
#[derive(Default, Serialize)]
struct Keys {
    #[serde(skip_serializing_if = "Option::is_none")]
    envelope: Option<Envelope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_list: Option<bool>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response: Fields,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    errors: IndexMap<String, ErrorEntry>,
}

#[derive(Default, Serialize)]
struct Envelope {
    head_fields: Fields,
}

impl Keys {
    fn add(&mut self, report: &Report) {
        match &report.what {
            What::Field { path, shape, .. } => {
                if let Some(field) = field_at(&mut self.response, path) {
                    add_shape(field, shape);
                }
            }
            What::Code { path, code } => {
                if let Some(field) = field_at(&mut self.response, path) {
                    add_code(field, code);
                }
            }
            What::HeadField { name, shape } => {
                let envelope = self.envelope.get_or_insert_default();
                add_shape(envelope.head_fields.entry(name.clone()).or_default(), shape);
            }
            What::Node { .. } => self.response_list = Some(true),
            What::EnvelopeField { .. } => {}
            What::ErrorCode { code } => {
                let entry = ErrorEntry {
                    message: Some(UNKNOWN.to_owned()),
                    undocumented: Some("a reply".to_owned()),
                    ..ErrorEntry::default()
                };
                self.errors.entry(code.clone()).or_insert(entry);
            }
        }
    }
}

/// The field at a path, created with its parents; `None` for an empty path.
fn field_at<'a>(fields: &'a mut Fields, path: &[String]) -> Option<&'a mut Field> {
    let (name, rest) = path.split_first()?;
    let field = fields.entry(name.clone()).or_default();
    if rest.is_empty() { Some(field) } else { field_at(&mut field.fields, rest) }
}

fn add_shape(field: &mut Field, shape: &Shape) {
    field.list |= shape.list;
    for (name, shape) in &shape.fields {
        add_shape(field.fields.entry(name.clone()).or_default(), shape);
    }
}

fn add_code(field: &mut Field, code: &str) {
    if field.values.contains_key(code) {
        return;
    }
    let suffix: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = format!("Code{suffix}");
    let is_taken = |name: &str| field.values.values().any(|value| value.name == name);
    let numbered = (2..).map(|number| format!("{name}N{number}"));
    let name = std::iter::once(name.clone()).chain(numbered).find(|name| !is_taken(name)).unwrap_or(name);
    field.values.insert(code.to_owned(), ValueEntry { name, description: UNKNOWN.to_owned() });
}
