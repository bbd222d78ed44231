//! XML. Models are filled directly from the events of the parser.

use std::fmt;

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesRef, Event};

use super::{MAX_DEPTH, Malformed, Path};
use crate::model::{Model, Slot, keep, store};
use crate::value::{Fields, Value};

/// Writes the fields of an object as elements, in order and without whitespace.
///
/// A character that XML 1.0 does not allow is an error with the path of its field.
pub(crate) fn write_fields(out: &mut String, value: &Value) -> Result<(), Malformed> {
    let path = Path::default();
    write_content(out, "", value, &path).map_err(|fault| path.malformed(fault))
}

/// Writes the content of an element.
fn write_content(out: &mut String, name: &str, value: &Value, path: &Path) -> Result<(), Fault> {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                path.within(name, || value.items().iter().try_for_each(|item| write_element(out, name, item, path)))?;
            }
            Ok(())
        }
        Value::List(items) => items.iter().try_for_each(|item| write_element(out, name, item, path)),
        leaf => {
            let text = leaf.as_text().unwrap_or_default();
            if let Some(c) = text.chars().find(|c| !is_allowed(*c)) {
                let code = u32::from(c);
                return Err(Fault(format!("XML does not allow the character U+{code:04X}; send JSON or remove it")));
            }
            out.push_str(&escape(text));
            Ok(())
        }
    }
}

fn write_element(out: &mut String, name: &str, value: &Value, path: &Path) -> Result<(), Fault> {
    let start = out.len();
    out.extend(["<", name, ">"]);
    let inside = out.len();
    write_content(out, name, value, path)?;
    if out.len() == inside {
        out.truncate(start);
        out.extend(["<", name, "/>"]);
    } else {
        out.extend(["</", name, ">"]);
    }
    Ok(())
}

/// The characters of XML 1.0.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
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
    match decoder.tree(MAX_DEPTH) {
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
enum Piece {
    Start(String),
    Text(String),
    /// Verbatim text, whitespace included.
    Literal(String),
    End,
    /// End of the document.
    Eof,
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

    fn next(&mut self) -> Result<Piece, Fault> {
        loop {
            let at = self.events.buffer_position();
            let fault = |error: &dyn fmt::Display| Fault(format!("{error}, at byte {at}"));
            return Ok(match self.events.read_event().map_err(|error| fault(&error))? {
                Event::Start(tag) => Piece::Start(tag.local_name().as_ref().to_owned()),
                Event::End(_) => Piece::End,
                Event::Eof => Piece::Eof,
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Literal(text.xml10_content().into_owned()),
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
        self.fill(model, &first, &mut stray)?;
        if stray.trim().is_empty() { Ok(()) } else { Err(Fault("text outside the root element".to_owned())) }
    }

    /// The name of the first child element. Text before it goes to `stray`.
    fn first_child(&mut self, stray: &mut String) -> Result<Option<String>, Fault> {
        loop {
            match self.next()? {
                Piece::Start(name) => return Ok(Some(name)),
                Piece::Text(text) | Piece::Literal(text) => *stray += &text,
                Piece::End | Piece::Eof => return Ok(None),
            }
        }
    }

    /// Reads the child elements into the fields of their names, and returns the event that ended them.
    fn fill(&mut self, model: &mut dyn Model, first: &str, stray: &mut String) -> Result<Piece, Fault> {
        let mut loan = model.lend();
        let (mut next, mut expected) = (Piece::Start(first.to_owned()), 0);
        loop {
            match next {
                Piece::Start(name) => {
                    let index = loan.table.find(&name, expected);
                    expected = index.map_or(expected, |index| index + 1);
                    let (path, slot) = (self.path, loan.slot(index));
                    let rest = path.within(&name, || self.field(slot))?;
                    keep(loan.extra, &name, rest);
                }
                Piece::Text(text) | Piece::Literal(text) => *stray += &text,
                end => return Ok(end),
            }
            next = self.next()?;
        }
    }

    /// Reads one element into a field and returns what does not fit.
    fn field(&mut self, slot: Option<&mut dyn Slot>) -> Result<Option<Value>, Fault> {
        let Some(slot) = slot else { return self.tree(MAX_DEPTH).map(Some) };
        slot.mark_present();
        if !slot.holds_objects() {
            return Ok(store(slot, self.tree(MAX_DEPTH)?));
        }
        // An element without children is not an object. Its text does not fit.
        let mut stray = String::new();
        let Some(first) = self.first_child(&mut stray)? else { return Ok(text_value(&stray)) };
        let Some(model) = slot.push_object() else { return self.tree_from(Some(first), MAX_DEPTH).map(Some) };
        match self.fill(model, &first, &mut stray)? {
            Piece::Eof => Err(cut_off()),
            _ => Ok(text_value(&stray)),
        }
    }

    /// Reads the rest of an element as a tree.
    fn tree(&mut self, depth: usize) -> Result<Value, Fault> {
        self.tree_from(None, depth)
    }

    fn tree_from(&mut self, first: Option<String>, depth: usize) -> Result<Value, Fault> {
        if depth == 0 {
            return Err(Fault(format!("elements nested deeper than {MAX_DEPTH} levels")));
        }
        let mut text = String::new();
        let mut is_literal = false;
        let mut fields = Fields::default();
        let mut pending = first;
        loop {
            let piece = match pending.take() {
                Some(name) => Piece::Start(name),
                None => self.next()?,
            };
            match piece {
                Piece::Start(name) => {
                    let path = self.path;
                    let value = path.within(&name, || self.tree(depth - 1))?;
                    fields.push(&name, value);
                }
                Piece::Text(more) => text += &more,
                Piece::Literal(more) => {
                    text += &more;
                    is_literal = true;
                }
                // The root of a document read as a tree ends with it.
                Piece::Eof if depth < MAX_DEPTH => return Err(cut_off()),
                Piece::End | Piece::Eof if fields.is_empty() => {
                    // Whitespace alone is layout.
                    let is_blank = !is_literal && text.trim().is_empty();
                    return Ok(Value::Text(if is_blank { String::new() } else { text }));
                }
                Piece::End | Piece::Eof => {
                    // Text between elements has no name of its own.
                    if let Some(text) = text_value(&text) {
                        fields.push("", text);
                    }
                    return Ok(fields.into());
                }
            }
        }
    }
}

fn cut_off() -> Fault {
    Fault("the document ends inside an element".to_owned())
}

fn text_value(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.trim().to_owned()))
}

fn resolve(name: &BytesRef<'_>) -> Result<String, Fault> {
    if let Some(c) = name.resolve_char_ref().map_err(|error| Fault(error.to_string()))? {
        return Ok(c.to_string());
    }
    resolve_predefined_entity(name).map(str::to_owned).ok_or_else(|| Fault(format!("undefined entity `&{};`", &**name)))
}
