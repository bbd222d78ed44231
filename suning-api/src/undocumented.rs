//! Reports of undocumented content in replies, so that you notice when the platform changes without an announcement.
//!
//! Set a hook with [`ClientBuilder::on_undocumented`](crate::ClientBuilder::on_undocumented). Without a hook, nothing is
//! collected. The reply is decoded either way: what is new is in its `extra`, in `Other`, or kept as text.
//!
//! ```
//! # #[cfg(feature = "http-client")] {
//! use suning_api::{Client, Credentials};
//!
//! let client = Client::builder(Credentials::new("my-app-key", "my-app-secret"))
//!     .on_undocumented(|found| match serde_json::to_string(found) {
//!         Ok(line) => eprintln!("{line}"),
//!         Err(error) => eprintln!("{found} ({error})"),
//!     })
//!     .build()?;
//! # }
//! # Ok::<(), suning_api::error::BuildError>(())
//! ```
//!
//! A report serializes to one JSON object. `cargo xtask undocumented FILE` turns a file of such lines into YAML for the spec.
//!
//! If the fields of a reply are not documented at all, each is reported, so the reports of a few calls document the method.
//!
//! Reports are safe to log. For a field they contain its name and form, never its value. For a code they contain the code.
//! For an error they contain the error code without its message, which may identify an order or a person.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::error::ApiError;
use crate::facts::Method;
use crate::generated::platform;
use crate::model::{Model, Response, Shown, View};
use crate::reply::Reply;
use crate::value::Value;

/// Something undocumented in a reply.
///
/// `Display` describes it in one line. `Serialize` writes a JSON object with these keys:
///
/// | key | content |
/// |---|---|
/// | `method` | full name of the method |
/// | `part` | [`Part`]: `response`, `head`, `envelope` or `errors` |
/// | `path` | wire names from that part to the field; empty for an error code |
/// | `what` | [`What`]: `field`, `form`, `code` or `error-code` |
/// | `code` | the code, for `code` and `error-code` |
/// | `shape` | for `field` and `form`: `list` if it repeats, `fields` with the shape of each field inside |
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Undocumented {
    /// Full name of the method that was called.
    pub method: &'static str,
    /// The part of the reply.
    pub part: Part,
    /// Wire names from that part to the field. Empty for an error code.
    pub path: Vec<String>,
    /// What was found.
    pub what: What,
    shape: Shape,
}

/// A part of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// Inside the business node.
    Response,
    /// Inside the head, which holds the page numbers.
    Head,
    /// Elsewhere in the envelope.
    Envelope,
    /// The error in place of a result.
    Errors,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// An undocumented field.
    Field,
    /// A documented field that does not have its documented form, such as a list in place of one object.
    Form,
    /// An undocumented code of a documented field.
    Code(String),
    /// An undocumented error code, without the free text that may follow it.
    ErrorCode(String),
}

/// The form of a value without the value: whether it repeats, and the fields inside.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    list: bool,
    fields: BTreeMap<String, Shape>,
}

impl Shape {
    /// Adds the shape of a value.
    fn include(&mut self, value: &Value) {
        self.list |= matches!(value, Value::List(_));
        for item in value.items() {
            match item {
                Value::Object(fields) => {
                    for (name, value) in fields {
                        self.fields.entry(name.clone()).or_default().include(value);
                    }
                }
                Value::List(_) => self.include(item),
                _ => {}
            }
        }
    }
}

impl Undocumented {
    /// The path as people read it: `response.…` for a field of the business node, wire names from the root for anything else.
    fn dotted_path(&self) -> String {
        let path = self.path.join(".");
        match self.part {
            Part::Response => format!("response.{path}"),
            Part::Head => format!("{}.{path}", platform::HEAD),
            Part::Envelope | Part::Errors => path,
        }
    }
}

impl fmt::Display for Undocumented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, path) = (self.method, self.dotted_path());
        match &self.what {
            What::Field => write!(f, "{method}: undocumented field `{path}`"),
            What::Form => write!(f, "{method}: `{path}` does not have its documented form"),
            What::Code(code) => write!(f, "{method}: undocumented code `{code}` of `{path}`"),
            What::ErrorCode(code) => write!(f, "{method}: undocumented error code `{code}`"),
        }
    }
}

impl Serialize for Undocumented {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("method", self.method)?;
        map.serialize_entry("part", self.part.as_str())?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("what", self.what.as_str())?;
        match &self.what {
            What::Field | What::Form => map.serialize_entry("shape", &self.shape)?,
            What::Code(code) | What::ErrorCode(code) => map.serialize_entry("code", code)?,
        }
        map.end()
    }
}

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if self.list {
            map.serialize_entry("list", &true)?;
        }
        if !self.fields.is_empty() {
            map.serialize_entry("fields", &self.fields)?;
        }
        map.end()
    }
}

impl Part {
    fn as_str(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Head => "head",
            Self::Envelope => "envelope",
            Self::Errors => "errors",
        }
    }
}

impl What {
    fn as_str(&self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Form => "form",
            Self::Code(_) => "code",
            Self::ErrorCode(_) => "error-code",
        }
    }
}

/// Everything undocumented in a reply, each once.
pub(crate) fn in_reply<T: Response>(method: &'static Method, reply: &Reply<T>) -> Vec<Undocumented> {
    let mut search = Search::default();
    for row in reply.rows() {
        search.model(row, &[]);
    }
    for (name, value) in reply.envelope().head.extra.iter() {
        search.value(Part::Head, vec![name.to_owned()], What::Field, value);
    }
    for (name, value) in reply.envelope().extra.iter() {
        let is_node = name == method.node;
        let what = if is_node { What::Form } else { What::Field };
        let shape = search.value(Part::Envelope, vec![name.to_owned()], what, value);
        // The reply contains the first object. The rest is here.
        shape.list |= is_node && !T::IS_LIST;
    }
    let found = search.found.into_iter();
    found.map(|((part, path, what), shape)| Undocumented { method: method.name, part, path, what, shape }).collect()
}

/// Paths of the documented fields of a reply whose values cannot be read as documented.
pub(crate) fn unread<T: Response>(reply: &Reply<T>) -> Vec<String> {
    let mut search = Search::default();
    reply.rows().iter().for_each(|row| search.model(row, &[]));
    let forms = search.found.into_keys().filter(|(_, _, what)| *what == What::Form);
    forms.map(|(_, path, _)| path.join(".")).collect()
}

/// The error code of a reply, if it is undocumented.
pub(crate) fn in_error<C>(method: &'static Method, error: &ApiError<C>) -> Option<Undocumented> {
    if error.info.is_some() {
        return None;
    }
    let code = error.wire_code.split('\t').next().unwrap_or_default().trim();
    Some(Undocumented {
        method: method.name,
        part: Part::Errors,
        path: Vec::new(),
        what: What::ErrorCode(code.to_owned()),
        shape: Shape::default(),
    })
}

/// The findings so far, each with the combined shape of all its occurrences.
#[derive(Default)]
struct Search {
    found: BTreeMap<(Part, Vec<String>, What), Shape>,
}

impl Search {
    fn value(&mut self, part: Part, path: Vec<String>, what: What, value: &Value) -> &mut Shape {
        let shape = self.found.entry((part, path, what)).or_default();
        shape.include(value);
        shape
    }

    /// Searches an object of the business node, at a path.
    fn model(&mut self, model: &dyn Model, path: &[&str]) {
        let path_to = |name: &str| path.iter().chain([&name]).map(ToString::to_string).collect::<Vec<_>>();
        model.view(&mut |view: View<'_>| {
            // A single value in place of an object has no name.
            let is_field = |name: &str| !(name.is_empty() && view.table.is_empty());
            for (name, value) in view.extra.iter().filter(|(name, _)| is_field(name)) {
                let what = if view.table.contains(name) { What::Form } else { What::Field };
                self.value(Part::Response, path_to(name), what, value);
            }
            for (name, slot) in view.fields() {
                // A field that has taken one value keeps any others in `extra`.
                if !slot.is_list() && view.extra.get(name).is_some() && !slot.is_empty() {
                    self.found.entry((Part::Response, path_to(name), What::Form)).or_default().list = true;
                }
                for code in slot.undocumented_codes() {
                    self.found.entry((Part::Response, path_to(name), What::Code(code.to_owned()))).or_default();
                }
                let inner: Vec<&str> = path.iter().copied().chain([name]).collect();
                slot.for_each(&mut |shown| {
                    if let Shown::Object(object) = shown {
                        self.model(object, &inner);
                    }
                });
            }
        });
    }
}
