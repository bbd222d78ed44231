//! What replies hold that no document lists: the news of a platform that changes without saying so.
//!
//! A client tells each of it to a hook, which costs nothing as long as there is none. The reply is read all the same, with
//! what is new in its `extra`, in `Other`, or as text.
//!
//! ```
//! # #[cfg(feature = "reqwest")] {
//! use suning_api::{Client, Credentials};
//!
//! let client = Client::builder(Credentials::new("my-app-key", "my-app-secret"))
//!     .on_undocumented(|found| {
//!         eprintln!("{found}");
//!         if let Some(yaml) = found.yaml() {
//!             eprintln!("# {}\n{yaml}", found.spec_file());
//!         }
//!     })
//!     .build()?;
//! # }
//! # Ok::<(), suning_api::BuildError>(())
//! ```
//!
//! Of fields it tells names and forms alone, because their values may be somebody's; of codes, the code; of errors, code
//! and message as they came, which may name what the call was about.

use std::collections::BTreeSet;
use std::fmt;

use crate::error::ApiError;
use crate::generated::platform;
use crate::info::{FieldInfo, Kind, MethodInfo};
use crate::model::{Field, Model};
use crate::reply::Reply;
use crate::request::Response;
use crate::value::Value;

/// Something in a reply that no document lists. `Display` says it in a line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Undocumented {
    /// Full name of the method that was called.
    pub method: &'static str,
    /// Dotted path to the place: `response.…` for what the business node holds, and wire names from the root for what stands
    /// around it; empty for an error code.
    pub path: String,
    /// What is there.
    pub what: What,
    yaml: Option<String>,
}

/// What no document lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// A field.
    Field,
    /// A documented field in another form than the documented one, or more often.
    Form,
    /// A code of a field.
    Code(String),
    /// An error code, as it came.
    ErrorCode(String),
}

impl Undocumented {
    /// What to paste into the spec, nested from its top level on; `None` where the spec has no place for it.
    ///
    /// Names and descriptions are there to be filled in.
    #[must_use]
    pub fn yaml(&self) -> Option<&str> {
        self.yaml.as_deref()
    }

    /// The file of the spec that it belongs to, such as `spec/custom/virtual.get.yaml`.
    #[must_use]
    pub fn spec_file(&self) -> String {
        if self.path.starts_with(platform::HEAD) {
            return "spec/platform.yaml".to_owned();
        }
        let name = self.method.strip_prefix("suning.").unwrap_or(self.method);
        format!("spec/{}.yaml", name.replacen('.', "/", 1))
    }
}

impl fmt::Display for Undocumented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, what, .. } = self;
        match what {
            What::Field => write!(f, "{method}: no document lists the field `{path}`"),
            What::Form => write!(f, "{method}: `{path}` has another form than the documents say, or comes more often"),
            What::Code(code) => write!(f, "{method}: no document lists the code `{code}` of `{path}`"),
            What::ErrorCode(code) => write!(f, "{method}: no document lists the error code `{code}`"),
        }
    }
}

/// Everything in a reply that no document lists, each once.
pub(crate) fn in_reply<T: Response>(method: &'static MethodInfo, reply: &Reply<T>) -> BTreeSet<Undocumented> {
    let mut search = Search { method, found: BTreeSet::new() };
    let response = Place { keys: vec!["response"], path: "response".to_owned() };
    for row in reply.rows() {
        search.model(row, method.response, &response);
    }
    for (name, value) in reply.head().extra.iter() {
        let yaml = nested(&["envelope", "head_fields", name], &shape(value));
        search.push(format!("{}.{name}", platform::HEAD), What::Field, Some(yaml));
    }
    for (name, _) in reply.extra().iter() {
        if name == method.node {
            let yaml = (!method.response_list).then(|| "response_list: true\n".to_owned());
            search.push(name.to_owned(), What::Form, yaml);
        } else {
            search.push(name.to_owned(), What::Field, None);
        }
    }
    search.found
}

/// The error code of a reply, if no document lists it.
pub(crate) fn in_error<C>(method: &'static MethodInfo, error: &ApiError<C>) -> Option<Undocumented> {
    if error.info.is_some() {
        return None;
    }
    let code = error.wire_code.trim();
    let message = scalar(error.message.as_deref().unwrap_or("unknown"));
    let yaml = nested(&["errors", code], &format!("{{ message: {message}, undocumented: a reply }}"));
    Some(Undocumented {
        method: method.name,
        path: String::new(),
        what: What::ErrorCode(code.to_owned()),
        yaml: Some(yaml),
    })
}

/// A place in the tables of the documents.
struct Place<'a> {
    /// Keys of the spec that lead there.
    keys: Vec<&'a str>,
    /// The same without what is not on the wire, dotted.
    path: String,
}

impl<'a> Place<'a> {
    fn keys<'b>(&self, more: &[&'b str]) -> Vec<&'b str>
    where
        'a: 'b,
    {
        self.keys.iter().chain(more).copied().collect()
    }

    fn path(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }
}

struct Search {
    method: &'static MethodInfo,
    found: BTreeSet<Undocumented>,
}

impl Search {
    fn push(&mut self, path: String, what: What, yaml: Option<String>) {
        self.found.insert(Undocumented { method: self.method.name, path, what, yaml });
    }

    fn model(&mut self, model: &dyn Model, fields: &'static [FieldInfo], place: &Place<'_>) {
        for (name, value) in model.extra().iter() {
            let is_listed = fields.iter().any(|field| field.name == name);
            let what = if is_listed { What::Form } else { What::Field };
            self.push(place.path(name), what, Some(nested(&place.keys(&[name]), &shape(value))));
        }
        model.visit(&mut |name, field| {
            let Some(info) = fields.iter().find(|info| info.name == name) else { return };
            match field {
                Field::Scalars(scalars) if info.kind == Kind::Code => {
                    scalars.each(&mut |code| self.code(&code, info, place));
                }
                Field::Scalars(_) | Field::Secret(_) => {}
                Field::Objects(objects) => {
                    let inner = Place { keys: place.keys(&[name, "fields"]), path: place.path(name) };
                    objects.each(&mut |object| self.model(object, info.fields, &inner));
                }
            }
        });
    }

    fn code(&mut self, code: &str, info: &'static FieldInfo, place: &Place<'_>) {
        if info.values.iter().any(|known| known.value == code) {
            return;
        }
        let name: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        let entry = format!("{{ name: Code{name}, description: unknown }}");
        let yaml = nested(&place.keys(&[info.name, "values", code]), &entry);
        self.push(place.path(info.name), What::Code(code.to_owned()), Some(yaml));
    }
}

/// The entry of a field that looks like this.
fn shape(value: &Value) -> String {
    let one = value.items().first().unwrap_or(value);
    let list = if matches!(value, Value::List(_)) { Some("list: true".to_owned()) } else { None };
    let fields = match one {
        Value::Object(fields) if !fields.is_empty() => {
            let fields: Vec<_> =
                fields.iter().map(|(name, value)| format!("{}: {}", scalar(name), shape(value))).collect();
            Some(format!("fields: {{ {} }}", fields.join(", ")))
        }
        _ => None,
    };
    let facts: Vec<_> = list.into_iter().chain(fields).collect();
    if facts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", facts.join(", ")) }
}

/// An entry below its keys, a line each.
fn nested(keys: &[&str], entry: &str) -> String {
    let line = |(depth, key): (usize, &&str)| format!("{:indent$}{}:", "", scalar(key), indent = 2 * depth);
    let lines: Vec<_> = keys.iter().enumerate().map(line).collect();
    format!("{} {entry}\n", lines.join("\n"))
}

/// A text of YAML, quoted unless it is plainly a word.
fn scalar(text: &str) -> String {
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-'))
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    if is_word { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
