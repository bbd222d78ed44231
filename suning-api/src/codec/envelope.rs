//! The elements around the business node, as models of their own.

use bytes::Bytes;

use super::{Format, Malformed, json, xml};
use crate::generated::platform::{self, ErrorBody, Head};
use crate::model::{Field, Model, Objects, Slot};
use crate::value::Extra;

/// Writes a request: the business node with its parameters, in the envelope.
pub(crate) fn encode(format: Format, node: &str, request: &dyn Model) -> Result<Bytes, Malformed> {
    let (root, body) = (platform::REQUEST_ROOT, platform::BODY);
    Ok(match format {
        Format::Json => {
            let node = serde_json::Value::from(node);
            format!(r#"{{"{root}":{{"{body}":{{{node}:{}}}}}}}"#, json::encode(request))
        }
        Format::Xml => match xml::encode(request)?.as_str() {
            "" => format!("<{root}><{body}><{node}/></{body}></{root}>"),
            fields => format!("<{root}><{body}><{node}>{fields}</{node}></{body}></{root}>"),
        },
    }
    .into())
}

/// A reply, with the business node going to the caller's objects.
#[derive(Debug)]
pub(crate) struct Envelope<'a> {
    content: Content<'a>,
    /// Whether the root element was there.
    pub(crate) has_root: bool,
    extra: Extra,
}

/// What is inside the root element.
#[derive(Debug)]
pub(crate) struct Content<'a> {
    pub(crate) head: Option<Head>,
    pub(crate) error: Option<ErrorBody>,
    pub(crate) body: Body<'a>,
    pub(crate) extra: Extra,
}

/// What holds the business node.
#[derive(Debug)]
pub(crate) struct Body<'a> {
    node: &'a str,
    rows: &'a mut dyn Objects,
    /// Whether the body was there.
    pub(crate) is_present: bool,
    /// Whether the business node was there, even if empty.
    pub(crate) has_node: bool,
    /// Whether nothing but the business node was there.
    pub(crate) is_empty: bool,
    extra: Extra,
}

impl<'a> Envelope<'a> {
    /// An empty reply, to be filled by a decoder.
    pub(crate) fn new(node: &'a str, rows: &'a mut dyn Objects) -> Self {
        let body = Body { node, rows, is_present: false, has_node: false, is_empty: true, extra: Extra::default() };
        let content = Content { head: None, error: None, body, extra: Extra::default() };
        Self { content, has_root: false, extra: Extra::default() }
    }

    /// What is inside, with all that the documents do not describe in one place.
    pub(crate) fn into_content(mut self) -> Content<'a> {
        self.content.body.is_empty = self.content.body.extra.is_empty();
        for (name, value) in self.extra.iter().chain(self.content.body.extra.iter()) {
            self.content.extra.push(name, value.clone());
        }
        self.content
    }
}

/// Lends a part of the envelope to a decoder as often as the wire repeats it.
macro_rules! part {
    ($part:ident<$life:lifetime>) => {
        impl Objects for $part<$life> {
            fn is_list(&self) -> bool {
                false
            }

            fn add(&mut self) -> Option<&mut dyn Model> {
                Some(self)
            }

            fn each<'b>(&'b self, show: &mut dyn FnMut(&'b dyn Model)) {
                show(self);
            }
        }
    };
}
part!(Content<'_>);
part!(Body<'_>);

impl Model for Envelope<'_> {
    fn slot(&mut self, name: &str) -> Slot<'_> {
        if name != platform::RESPONSE_ROOT {
            return Slot::Unknown;
        }
        self.has_root = true;
        Slot::Objects(&mut self.content)
    }

    fn visit<'b>(&'b self, visit: &mut dyn FnMut(&'static str, Field<'b>)) {
        visit(platform::RESPONSE_ROOT, Field::Objects(&self.content));
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

impl Model for Content<'_> {
    fn slot(&mut self, name: &str) -> Slot<'_> {
        match name {
            platform::HEAD => Slot::Objects(&mut self.head),
            platform::ERROR => Slot::Objects(&mut self.error),
            platform::BODY => {
                self.body.is_present = true;
                Slot::Objects(&mut self.body)
            }
            _ => Slot::Unknown,
        }
    }

    fn visit<'b>(&'b self, visit: &mut dyn FnMut(&'static str, Field<'b>)) {
        visit(platform::HEAD, Field::Objects(&self.head));
        visit(platform::BODY, Field::Objects(&self.body));
        visit(platform::ERROR, Field::Objects(&self.error));
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

impl Model for Body<'_> {
    fn slot(&mut self, name: &str) -> Slot<'_> {
        if name != self.node {
            return Slot::Unknown;
        }
        self.has_node = true;
        Slot::Objects(self.rows)
    }

    fn visit<'b>(&'b self, _: &mut dyn FnMut(&'static str, Field<'b>)) {}

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}
