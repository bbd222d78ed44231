//! XML. Models are filled directly from the events of the parser.

use std::borrow::Cow;
use std::fmt;

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{MAX_DEPTH, Malformed, Path};
use crate::model::{Loan, Model, Place, Shown, Slot, for_each_field, keep, store};
use crate::value::{Extra, Fields, Value};

/// Writes a value as an element, in order and without whitespace.
///
/// A character that XML 1.0 does not allow is an error with the path of its field. So is a name that is not one of XML.
pub(crate) fn write_field(out: &mut Vec<u8>, name: &str, value: &Shown<'_>) -> Result<(), Malformed> {
    let path = Path::default();
    write_element(out, name, value, &path).map_err(|fault| path.malformed(fault))
}

/// Writes the fields of an object, each as an element of its name.
#[cfg(feature = "mock")]
pub(crate) fn write_fields(out: &mut Vec<u8>, object: &Shown<'_>) -> Result<(), Malformed> {
    let path = Path::default();
    write_content(out, "", object, &path).map_err(|fault| path.malformed(fault))
}

/// Writes one element, or one for each item of a list.
fn write_elements(out: &mut Vec<u8>, name: &str, value: &Shown<'_>, path: &Path) -> Result<(), Fault> {
    if let Shown::Value(Value::List(items)) = value {
        return items.iter().try_for_each(|item| write_element(out, name, &Shown::Value(item), path));
    }
    write_element(out, name, value, path)
}

fn write_element(out: &mut Vec<u8>, name: &str, value: &Shown<'_>, path: &Path) -> Result<(), Fault> {
    if !is_name(name) {
        return Err(Fault(format!("XML does not allow the name {name:?}; send JSON or rename it")));
    }
    let start = out.len();
    write_tag(out, ["<", name, ">"]);
    let inside = out.len();
    write_content(out, name, value, path)?;
    if out.len() == inside {
        out.truncate(start);
        write_tag(out, ["<", name, "/>"]);
    } else {
        write_tag(out, ["</", name, ">"]);
    }
    Ok(())
}

fn write_tag(out: &mut Vec<u8>, parts: [&str; 3]) {
    parts.into_iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
}

/// Writes the content of an element.
fn write_content(out: &mut Vec<u8>, name: &str, value: &Shown<'_>, path: &Path) -> Result<(), Fault> {
    match value {
        Shown::Text(text) => write_text(out, text),
        Shown::Object(model) => {
            let mut written = Ok(());
            for_each_field(*model, &mut |name, _, values| {
                let mut fields =
                    || path.within(name, || values.iter().try_for_each(|value| write_elements(out, name, value, path)));
                if written.is_ok() {
                    written = fields();
                }
            });
            written
        }
        Shown::Value(Value::Object(fields)) => fields
            .iter()
            .try_for_each(|(name, value)| path.within(name, || write_elements(out, name, &Shown::Value(value), path))),
        Shown::Value(Value::List(_)) => write_elements(out, name, value, path),
        Shown::Value(leaf) => write_text(out, leaf.as_text().unwrap_or_default()),
    }
}

fn write_text(out: &mut Vec<u8>, text: &str) -> Result<(), Fault> {
    if let Some(c) = text.chars().find(|c| !is_allowed(*c)) {
        let code = u32::from(c);
        return Err(Fault(format!("XML does not allow the character U+{code:04X}; send JSON or remove it")));
    }
    for (index, line) in escape(text).split('\r').enumerate() {
        if index > 0 {
            // Parsers read a bare carriage return as a line feed.
            out.extend_from_slice(b"&#13;");
        }
        out.extend_from_slice(line.as_bytes());
    }
    Ok(())
}

/// The characters of XML 1.0.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Whether an element can have this name. A colon would announce a namespace.
fn is_name(name: &str) -> bool {
    let is_ascii_name = |c: char| c.is_ascii_alphabetic() || c == '_';
    let mut chars = name.chars();
    chars.next().is_some_and(|first| is_ascii_name(first) || is_name_start(first))
        && chars.all(|c| {
            is_ascii_name(c)
                || matches!(c, '0'..='9' | '-' | '.' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
                || is_name_start(c)
        })
}

/// The characters other than ASCII that a name in XML 1.0 can begin with.
fn is_name_start(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
        | '\u{37f}'..='\u{1fff}' | '\u{200c}' | '\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

/// Fills a model from a document; its root element is a field of the model.
pub(crate) fn decode(text: &str, model: &mut dyn Model) -> Result<(), Malformed> {
    let path = Path::default();
    Decoder::new(text, &path).document(model).map_err(|error| path.malformed(error))
}

/// Parses a document with one root element to a tree, with the root as its only field.
///
/// The error is the byte offset of the problem and not its description, which would quote the document.
#[cfg(feature = "mock")]
pub(crate) fn parse(text: &str) -> Result<Value, u64> {
    let path = Path::default();
    let mut decoder = Decoder::new(text, &path);
    match decoder.content(MAX_DEPTH).map(Value::from) {
        // A second root element would be a second field, or make the first a list; so would text.
        Ok(Value::Object(roots)) if roots.len() == 1 && !matches!(roots[0].1, Value::List(_)) => {
            Ok(Value::Object(roots))
        }
        _ => Err(decoder.events.buffer_position()),
    }
}

struct Decoder<'a> {
    events: Reader<&'a [u8]>,
    path: &'a Path,
}

/// A parser event. Markup without data is skipped.
enum Piece<'a> {
    Start(BytesStart<'a>),
    Text(Cow<'a, str>),
    /// Verbatim text, whitespace included.
    Literal(Cow<'a, str>),
    End,
    /// End of the document.
    Eof,
}

/// The content of an element.
enum Content<'a> {
    Text(Cow<'a, str>),
    Fields(Fields),
}

#[derive(Debug)]
struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'a> Decoder<'a> {
    fn new(text: &'a str, path: &'a Path) -> Self {
        let mut events = Reader::from_str(text);
        events.config_mut().expand_empty_elements = true;
        Self { events, path }
    }

    fn next(&mut self) -> Result<Piece<'a>, Fault> {
        loop {
            let at = self.events.buffer_position();
            let fault = |error: &dyn fmt::Display| Fault(format!("{error}, at byte {at}"));
            return Ok(match self.events.read_event().map_err(|error| fault(&error))? {
                Event::Start(tag) => Piece::Start(tag),
                Event::End(_) => Piece::End,
                Event::Eof => Piece::Eof,
                Event::Text(text) => Piece::Text(text.xml10_content()),
                Event::CData(text) => Piece::Literal(text.xml10_content()),
                Event::GeneralRef(name) => Piece::Text(resolve(&name).map_err(|error| fault(&error))?),
                _ => continue,
            });
        }
    }

    fn document(&mut self, model: &mut dyn Model) -> Result<(), Fault> {
        let mut stray = String::new();
        let Some(first) = self.first_child(&mut stray)? else {
            return Err(Fault("no root element".to_owned()));
        };
        self.fill(model, first, &mut stray)?;
        if stray.trim().is_empty() { Ok(()) } else { Err(Fault("text outside the root element".to_owned())) }
    }

    /// The first child element. Text before it goes to `stray`.
    fn first_child(&mut self, stray: &mut String) -> Result<Option<BytesStart<'a>>, Fault> {
        loop {
            match self.next()? {
                Piece::Start(tag) => return Ok(Some(tag)),
                Piece::Text(text) | Piece::Literal(text) => push_stray(stray, &text),
                Piece::End | Piece::Eof => return Ok(None),
            }
        }
    }

    /// Reads the child elements into the fields of their names, and returns the event that ended them.
    fn fill(&mut self, model: &mut dyn Model, first: BytesStart<'a>, stray: &mut String) -> Result<Piece<'a>, Fault> {
        let (mut next, mut ended) = (Some(Piece::Start(first)), Ok(Piece::Eof));
        model.lend(&mut |loan: Loan<'_, '_>| {
            if let Some(next) = next.take() {
                ended = self.fill_fields(loan, next, stray);
            }
        });
        ended
    }

    fn fill_fields(
        &mut self,
        mut loan: Loan<'_, '_>,
        mut next: Piece<'a>,
        stray: &mut String,
    ) -> Result<Piece<'a>, Fault> {
        let mut expected = Place::default();
        loop {
            match next {
                Piece::Start(tag) => {
                    let (path, name) = (self.path, local_name(&tag));
                    let (slot, extra) = loan.slot(name, &mut expected);
                    path.within(name, || self.field(name, slot, extra))?;
                }
                Piece::Text(text) | Piece::Literal(text) => push_stray(stray, &text),
                end => return Ok(end),
            }
            next = self.next()?;
        }
    }

    /// Reads one element into a field. What does not fit goes to `extra`.
    fn field(&mut self, name: &str, slot: Option<&mut dyn Slot>, extra: &mut Extra) -> Result<(), Fault> {
        let rest = match slot {
            Some(slot) => {
                slot.mark_present();
                if slot.holds_objects() {
                    self.objects(slot)?
                } else {
                    match self.content(MAX_DEPTH)? {
                        Content::Text(text) if text.is_empty() || slot.push_text(&text) => return Ok(()),
                        content => store(slot, content.into()),
                    }
                }
            }
            None => Some(self.content(MAX_DEPTH)?.into()),
        };
        keep(extra, name, rest);
        Ok(())
    }

    /// Reads one element into a field of objects, and returns what does not fit.
    fn objects(&mut self, slot: &mut dyn Slot) -> Result<Option<Value>, Fault> {
        // An element without children is not an object. Its text does not fit.
        let mut stray = String::new();
        let Some(first) = self.first_child(&mut stray)? else { return Ok(text_value(&stray)) };
        let Some(model) = slot.push_object() else {
            return self
                .content_from(Cow::Borrowed(""), Piece::Start(first), MAX_DEPTH)
                .map(|content| Some(content.into()));
        };
        match self.fill(model, first, &mut stray)? {
            Piece::Eof => Err(cut_off()),
            _ => Ok(text_value(&stray)),
        }
    }

    /// Reads the rest of an element.
    fn content(&mut self, depth: usize) -> Result<Content<'a>, Fault> {
        let (text, next) = match self.next()? {
            Piece::Text(text) => (text, self.next()?),
            next => (Cow::Borrowed(""), next),
        };
        match next {
            Piece::End => Ok(Content::Text(without_layout(text))),
            next => self.content_from(text, next, depth),
        }
    }

    /// Reads the rest of an element, whose content begins with a text and an event.
    fn content_from(
        &mut self,
        mut text: Cow<'a, str>,
        mut next: Piece<'a>,
        depth: usize,
    ) -> Result<Content<'a>, Fault> {
        if depth == 0 {
            return Err(Fault(format!("elements nested deeper than {MAX_DEPTH} levels")));
        }
        let (mut is_literal, mut fields) = (false, Fields::default());
        loop {
            match next {
                Piece::Start(tag) => {
                    let (path, name) = (self.path, local_name(&tag));
                    let content = path.within(name, || self.content(depth - 1))?;
                    fields.push(name, content.into());
                }
                Piece::Text(more) => text += more,
                Piece::Literal(more) => {
                    text += more;
                    is_literal = true;
                }
                // The root of a document read as a tree ends with it.
                Piece::Eof if depth < MAX_DEPTH => return Err(cut_off()),
                Piece::End | Piece::Eof if fields.is_empty() => {
                    return Ok(Content::Text(if is_literal { text } else { without_layout(text) }));
                }
                Piece::End | Piece::Eof => {
                    // Text between elements has no name of its own.
                    if let Some(text) = text_value(&text) {
                        fields.push("", text);
                    }
                    return Ok(Content::Fields(fields));
                }
            }
            next = self.next()?;
        }
    }
}

impl From<Content<'_>> for Value {
    fn from(content: Content<'_>) -> Self {
        match content {
            Content::Text(text) => Self::Text(text.into_owned()),
            Content::Fields(fields) => fields.into(),
        }
    }
}

/// The name of an element without the prefix of its namespace.
fn local_name<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    let name = tag.name().into_inner();
    // Names are too short for the searches that work by words.
    name.bytes().position(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
}

/// Whitespace alone is layout.
fn without_layout(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.trim_start().is_empty() { Cow::Borrowed("") } else { text }
}

fn cut_off() -> Fault {
    Fault("the document ends inside an element".to_owned())
}

/// Adds text between elements. Layout before it is skipped.
fn push_stray(stray: &mut String, text: &str) {
    if !stray.is_empty() || !text.trim().is_empty() {
        stray.push_str(text);
    }
}

fn text_value(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.trim().to_owned()))
}

fn resolve<'a>(name: &BytesRef<'_>) -> Result<Cow<'a, str>, Fault> {
    if let Some(c) = name.resolve_char_ref().map_err(|error| Fault(error.to_string()))? {
        return Ok(c.to_string().into());
    }
    resolve_predefined_entity(name).map(Cow::Borrowed).ok_or_else(|| Fault(format!("undefined entity `&{};`", &**name)))
}
