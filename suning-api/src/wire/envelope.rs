//! The elements around the business node, as models.

use bytes::Bytes;

use super::{Format, Malformed, json, xml};
use crate::generated::platform::{self, ErrorBody, Head};
use crate::model::{Loan, Model, Shown, Slot, Table, View, lend, store, view};
use crate::value::{Extra, Value};

/// Encodes a request: the business node with its parameters, in the envelope.
pub(crate) fn encode(format: Format, node: &str, parameters: &Value) -> Result<Bytes, Malformed> {
    let (root, body) = (platform::REQUEST_ROOT, platform::BODY);
    let mut content = String::new();
    Ok(match format {
        Format::Json => {
            json::write_value(&mut content, parameters);
            let node = serde_json::Value::from(node);
            format!(r#"{{"{root}":{{"{body}":{{{node}:{content}}}}}}}"#)
        }
        Format::Xml => {
            xml::write_fields(&mut content, parameters)?;
            match content.as_str() {
                "" => format!("<{root}><{body}><{node}/></{body}></{root}>"),
                content => format!("<{root}><{body}><{node}>{content}</{node}></{body}></{root}>"),
            }
        }
    }
    .into())
}

/// A whole reply, to be filled by a decoder. The business node goes to the caller's slot.
pub(crate) struct ReplyDocument<'a> {
    content: Content<'a>,
    extra: Extra,
}

/// What is inside the root element.
pub(crate) struct Content<'a> {
    /// Whether the root element is there.
    pub(crate) is_present: bool,
    pub(crate) head: Option<Head>,
    pub(crate) error: Option<ErrorBody>,
    pub(crate) body: Body<'a>,
    pub(crate) extra: Extra,
}

/// The parent of the business node.
pub(crate) struct Body<'a> {
    pub(crate) node: Node<'a>,
    /// Wire name of the business node.
    name: [&'a str; 1],
    /// Whether the body is there.
    pub(crate) is_present: bool,
    extra: Extra,
}

/// The business node.
pub(crate) struct Node<'a> {
    rows: &'a mut dyn Slot,
    /// Whether it is there, even if empty.
    pub(crate) is_present: bool,
}

impl<'a> ReplyDocument<'a> {
    /// An empty reply.
    pub(crate) fn new(node: &'a str, rows: &'a mut dyn Slot) -> Self {
        let (name, node) = ([node], Node { rows, is_present: false });
        let body = Body { node, name, is_present: false, extra: Extra::default() };
        let content = Content { is_present: false, head: None, error: None, body, extra: Extra::default() };
        Self { content, extra: Extra::default() }
    }

    /// What is inside the root element. Undocumented content around it joins its `extra`.
    pub(crate) fn into_content(mut self) -> Content<'a> {
        for (name, value) in self.extra.iter().chain(self.content.body.extra.iter()) {
            self.content.extra.push(name, value.clone());
        }
        self.content
    }
}

impl Body<'_> {
    /// Whether it contains nothing but the business node.
    pub(crate) fn is_empty(&self) -> bool {
        self.extra.is_empty()
    }

    /// Reads what is in place of the business node, if that is absent. It is undocumented and stays in `extra` as well.
    pub(crate) fn read_substitute(&mut self, documented: Table<'_>) {
        if self.node.is_present {
            return;
        }
        if let Some(substitute) = substitute(self.name[0], &self.extra, documented) {
            self.node.is_present = true;
            store(&mut self.node, substitute);
        }
    }
}

/// What can only be meant as the business node: the one child that has another name, or the fields of the reply themselves.
///
/// `documented` are the fields of the reply. If there are none, any fields will do.
fn substitute(node: &str, body: &Extra, documented: Table<'_>) -> Option<Value> {
    let is_documented = |name: &str| documented.find(name, 0).is_some();
    let is_reply = |names: &[&str]| documented.names.is_empty() || names.iter().any(|name| is_documented(name));
    let (names, values): (Vec<_>, Vec<_>) = body.iter().unzip();
    let (substitute, fields) = match (names.as_slice(), values.as_slice()) {
        ([name], [value]) if !is_documented(name) => {
            let is_respelled = letters(name).eq(letters(node));
            let fields = object_fields(value).or_else(|| (is_respelled && value.is_empty()).then(Vec::new))?;
            (is_respelled || fields.is_empty() || is_reply(&fields)).then(|| ((*value).clone(), fields))
        }
        ([], _) => None,
        _ => is_reply(&names).then(|| (body.to_value(), names)),
    }?;
    // An error must never look like a result.
    let errors = ErrorBody::default();
    let is_error = |name: &&str| errors.view().table.find(name, 0).is_some() && !is_documented(name);
    (!fields.iter().any(is_error)).then_some(substitute)
}

/// The names of the fields of an object, or of all objects of a list. `None` for anything else.
fn object_fields(value: &Value) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for item in value.items() {
        let Value::Object(fields) = item else { return None };
        names.extend(fields.iter().map(|(name, _)| name.as_str()));
    }
    Some(names)
}

/// The letters and digits of a name, in lower case.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase())
}

/// Lends a part of the envelope to a decoder as often as the wire repeats it.
macro_rules! part {
    ($part:ty) => {
        impl Slot for $part {
            fn mark_present(&mut self) {
                self.is_present = true;
            }

            fn push_object(&mut self) -> Option<&mut dyn Model> {
                Some(self)
            }

            fn for_each<'b>(&'b self, show: &mut dyn FnMut(Shown<'b>)) {
                show(Shown::Object(self));
            }
        }
    };
}
part!(Content<'_>);
part!(Body<'_>);

impl Slot for Node<'_> {
    fn is_list(&self) -> bool {
        self.rows.is_list()
    }

    fn mark_present(&mut self) {
        self.is_present = true;
    }

    fn push_object(&mut self) -> Option<&mut dyn Model> {
        self.rows.push_object()
    }

    fn for_each<'b>(&'b self, show: &mut dyn FnMut(Shown<'b>)) {
        self.rows.for_each(show);
    }
}

const ROOT: Table<'static> = Table::plain(&[platform::RESPONSE_ROOT]);
const CONTENT: Table<'static> = Table::plain(&[platform::HEAD, platform::BODY, platform::ERROR]);

impl Model for ReplyDocument<'_> {
    fn view(&self) -> View<'_> {
        view(ROOT, [&self.content], &self.extra)
    }

    fn lend(&mut self) -> Loan<'_> {
        lend(ROOT, [&mut self.content], &mut self.extra)
    }
}

impl Model for Content<'_> {
    fn view(&self) -> View<'_> {
        view(CONTENT, [&self.head, &self.body, &self.error], &self.extra)
    }

    fn lend(&mut self) -> Loan<'_> {
        lend(CONTENT, [&mut self.head, &mut self.body, &mut self.error], &mut self.extra)
    }
}

impl Model for Body<'_> {
    fn view(&self) -> View<'_> {
        view(Table::plain(&self.name), [&self.node], &self.extra)
    }

    fn lend(&mut self) -> Loan<'_> {
        lend(Table::plain(&self.name), [&mut self.node], &mut self.extra)
    }
}
