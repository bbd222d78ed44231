//! The elements around the business node, as models.

use bytes::Bytes;

use super::{Format, Malformed, json, xml};
use crate::generated::platform::{self, ErrorBody, Head};
use crate::model::{Fill, Loan, Model, Show, Shown, Slot, Table, View, store};
use crate::value::{Extra, Value};

/// Encodes a request: the business node with its parameters, in the envelope.
pub(crate) fn encode(format: Format, node: &str, parameters: &dyn Model) -> Result<Bytes, Malformed> {
    let (root, body, parameters) = (platform::REQUEST_ROOT, platform::BODY, Shown::Object(parameters));
    let mut out = Vec::with_capacity(1024);
    match format {
        Format::Json => {
            out.extend_from_slice(format!(r#"{{"{root}":{{"{body}":{{"#).as_bytes());
            json::write_field(&mut out, node, &parameters);
            out.extend_from_slice(b"}}}");
        }
        Format::Xml => {
            out.extend_from_slice(format!("<{root}><{body}>").as_bytes());
            xml::write_field(&mut out, node, &parameters)?;
            out.extend_from_slice(format!("</{body}></{root}>").as_bytes());
        }
    }
    Ok(out.into())
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
    name: &'a str,
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
        let body =
            Body { node: Node { rows, is_present: false }, name: node, is_present: false, extra: Extra::default() };
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
        if let Some(substitute) = substitute(self.name, &self.extra, documented) {
            self.node.is_present = true;
            store(&mut self.node, substitute);
        }
    }
}

/// What can only be meant as the business node: the one child that has another name, or the fields of the reply themselves.
///
/// `documented` are the fields of the reply. If there are none, any fields will do.
fn substitute(node: &str, body: &Extra, documented: Table<'_>) -> Option<Value> {
    let is_documented = |name: &str| documented.contains(name);
    let is_reply = |names: &[&str]| documented.is_empty() || names.iter().any(|name| is_documented(name));
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
    let mut is_error = false;
    ErrorBody::default().view(&mut |error: View<'_>| {
        is_error = fields.iter().any(|name| error.table.contains(name) && !is_documented(name));
    });
    (!is_error).then_some(substitute)
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

const ROOT: Table<'static> = Table(platform::RESPONSE_ROOT);
const CONTENT: Table<'static> = Table(platform::CONTENT);

impl Model for ReplyDocument<'_> {
    fn view(&self, show: &mut dyn Show) {
        show.show(View { name: "", table: ROOT, slots: &[&self.content], extra: &self.extra });
    }

    fn lend(&mut self, fill: &mut dyn Fill) {
        fill.fill(Loan { table: ROOT, slots: &mut [&mut self.content], extra: &mut self.extra });
    }
}

impl Model for Content<'_> {
    fn view(&self, show: &mut dyn Show) {
        show.show(View { name: "", table: CONTENT, slots: &[&self.head, &self.body, &self.error], extra: &self.extra });
    }

    fn lend(&mut self, fill: &mut dyn Fill) {
        let Self { head, body, error, extra, .. } = self;
        fill.fill(Loan { table: CONTENT, slots: &mut [head, body, error], extra });
    }
}

impl Model for Body<'_> {
    fn view(&self, show: &mut dyn Show) {
        show.show(View { name: "", table: Table(self.name), slots: &[&self.node], extra: &self.extra });
    }

    fn lend(&mut self, fill: &mut dyn Fill) {
        fill.fill(Loan { table: Table(self.name), slots: &mut [&mut self.node], extra: &mut self.extra });
    }
}
