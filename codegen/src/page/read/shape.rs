//! The structure that the examples of a message show: names, nesting, lists, values.

use indexmap::IndexMap;
use serde_json::Value;

use super::message::{Format, Message, Part};
use super::row::Samples;
use crate::spec::{Field, Fields};

/// Deepest nesting of fields that an example can show. No method comes close, and a spec file has two levels for each.
const MAX_DEPTH: usize = 16;

/// What the examples show at one path.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::page) struct Shape {
    /// The fields inside, in the order of the examples.
    pub(in crate::page) children: IndexMap<String, Shape>,
    /// The values shown, without empty ones.
    pub(in crate::page) values: Vec<String>,
    /// Whether it occurs more than once: an array, or repeated elements.
    pub(in crate::page) is_list: bool,
    /// Formats of whole examples that show it as a list, and of those that show a single value.
    pub(in crate::page) lists: Vec<Format>,
    pub(in crate::page) singles: Vec<Format>,
    /// The field in the spec, without those inside it, where the examples do not decide alone.
    pub(in crate::page) known: Option<Field>,
}

/// The business node of a message.
#[derive(Debug, Clone, Default)]
pub(in crate::page) struct Node {
    /// Its name. `None` if no example shows it.
    pub(in crate::page) name: Option<String>,
    /// Its content.
    pub(in crate::page) shape: Shape,
    /// Lines of the examples.
    pub(in crate::page) lines: Vec<(Format, usize)>,
    /// Contradictions, by line.
    pub(in crate::page) conflicts: Vec<(usize, String)>,
    /// Whether an example shows all of it.
    is_whole: bool,
}

/// Merges the examples of one part.
pub(in crate::page) fn merge(messages: &[Message], part: Part) -> Node {
    let mut node = Node::default();
    // JSON first: it distinguishes lists from single objects.
    for format in [Format::Json, Format::Xml] {
        let fit = |message: &&Message| message.part == part && message.format == format;
        for message in messages.iter().filter(fit) {
            let Ok(content) = &message.content else { continue };
            node.add(message, content);
        }
    }
    node
}

/// What the content of a pushed message shows.
pub(super) fn of_content(message: &Message) -> Node {
    let mut node = Node { is_whole: !message.is_cut, lines: vec![(message.format, message.line)], ..Node::default() };
    if let Ok(content) = &message.content
        && depth(content) <= MAX_DEPTH
    {
        node.shape.add(content, Some(message.format).filter(|_| !message.is_cut));
    }
    node
}

/// The names in the head of the reply examples.
pub(in crate::page) fn head(messages: &[Message]) -> Vec<String> {
    let heads = messages
        .iter()
        .filter(|message| message.part == Part::Response)
        .filter_map(|message| message.content.as_ref().ok()?.as_object()?.values().next()?.get("sn_head")?.as_object());
    heads.flat_map(|head| head.keys().cloned()).collect()
}

/// The number of levels of a value.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

impl Node {
    fn add(&mut self, message: &Message, content: &Value) {
        let Some(body) = content.as_object().and_then(|root| root.values().next()?.get("sn_body")) else {
            if message.is_cut {
                return;
            }
            self.conflicts
                .push((message.line, "the example has no `sn_body`; kept it, but it shows no fields".to_owned()));
            return;
        };
        let Some(entries) = body.as_object() else { return };
        let Some((name, value)) = entries.iter().next() else { return };
        if entries.len() > 1 {
            let names = entries.keys().map(String::as_str).collect::<Vec<_>>().join("`, `");
            let text = format!("several nodes in `sn_body`: `{names}`; used the first as the business node");
            self.conflicts.push((message.line, text));
        }
        match &self.name {
            Some(known) if known != name => {
                let text = format!("the business node is `{name}` here and `{known}` in the other example");
                self.conflicts.push((message.line, text));
            }
            _ if depth(value) > MAX_DEPTH => {
                let text = format!("the example has more than {MAX_DEPTH} levels; kept it, but it shows no fields");
                self.conflicts.push((message.line, text));
            }
            _ => {
                self.name = Some(name.clone());
                self.is_whole |= !message.is_cut;
                self.lines.push((message.format, message.line));
                self.shape.add(value, Some(message.format).filter(|_| !message.is_cut));
            }
        }
    }
}

impl Node {
    /// Adds the structure in the spec where the examples leave it open.
    pub(in crate::page) fn add_known(&mut self, fields: &Fields) {
        let shown: Vec<String> = self.shape.paths().into_iter().flatten().collect();
        let is_open = |name: &str| !self.is_whole || !shown.iter().any(|shown| shown.eq_ignore_ascii_case(name));
        self.shape.add_known(fields, &is_open);
    }

    /// Whether a whole example shows what contains a field, and so would show the field.
    pub(in crate::page) fn would_show(&self, path: &[String]) -> bool {
        let above = &path[..path.len().saturating_sub(1)];
        self.is_whole && self.shape.at(above).is_some_and(Shape::is_shown)
    }
}

impl Shape {
    fn add_known(&mut self, fields: &Fields, is_open: &dyn Fn(&str) -> bool) {
        for (name, field) in fields {
            if !self.children.contains_key(name) && !is_open(name) {
                continue;
            }
            let child = self.children.entry(name.clone()).or_default();
            child.known = Some(Field { fields: Fields::new(), ..field.clone() });
            if child.values.is_empty() {
                child.add_known(&field.fields, is_open);
            }
        }
    }

    /// Whether a whole example shows it.
    pub(in crate::page) fn is_shown(&self) -> bool {
        !self.lists.is_empty() || !self.singles.is_empty()
    }

    /// Whether it is a list, as far as the page or the spec can tell. In XML, one element can be either.
    pub(in crate::page) fn list(&self) -> Option<bool> {
        match &self.known {
            _ if self.is_list => Some(true),
            _ if self.singles.contains(&Format::Json) => Some(false),
            Some(known) => Some(known.list),
            None => None,
        }
    }

    /// Adds what an example shows. `format` is that of a whole example, which is evidence for a quirk.
    fn add(&mut self, value: &Value, format: Option<Format>) {
        match value {
            Value::Array(items) => {
                self.is_list = true;
                self.lists.extend(format);
                items.iter().for_each(|item| self.add_one(item, format));
            }
            single => {
                self.singles.extend(format);
                self.add_one(single, format);
            }
        }
    }

    fn add_one(&mut self, value: &Value, format: Option<Format>) {
        match value {
            Value::Object(entries) => {
                for (name, value) in entries {
                    self.children.entry(name.clone()).or_default().add(value, format);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.add_one(item, format)),
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            Value::String(text) => self.values.push(text.clone()),
            other => self.values.push(other.to_string()),
        }
    }

    /// The paths of everything below, in order.
    pub(in crate::page) fn paths(&self) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        for (name, child) in &self.children {
            found.push(vec![name.clone()]);
            found.extend(child.paths().into_iter().map(|below| [vec![name.clone()], below].concat()));
        }
        found
    }

    /// The shape at a path.
    pub(in crate::page) fn at(&self, path: &[String]) -> Option<&Shape> {
        match path {
            [] => Some(self),
            [first, rest @ ..] => self.children.get(first)?.at(rest),
        }
    }

    /// All values by field name, at any level.
    pub(super) fn samples(&self) -> Samples {
        let mut samples = Samples::new();
        for path in self.paths() {
            if let (Some(name), Some(shape)) = (path.last(), self.at(&path)) {
                samples.entry(name.clone()).or_default().extend(shape.values.iter().cloned());
            }
        }
        samples
    }
}
