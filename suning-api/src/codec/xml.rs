//! XML: models are filled straight from the parser's events.

use std::fmt;

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesRef, Event};

use super::{MAX_DEPTH, Malformed, Path, keep, put};
use crate::model::{Field, Model, Objects, Slot};
use crate::value::{Fields, Value};

/// Writes the fields of a model as elements, in document order, without blanks.
///
/// Characters that XML 1.0 can not hold are an error with the path of their field.
pub(crate) fn encode(model: &dyn Model) -> Result<String, Malformed> {
    let mut out = String::new();
    let path = Path::default();
    write_model(&mut out, model, &path).map_err(|fault| path.malformed(fault))?;
    Ok(out)
}

fn write_model(out: &mut String, model: &dyn Model, path: &Path) -> Result<(), Fault> {
    let mut result = Ok(());
    model.visit(&mut |name, field| {
        if result.is_ok() {
            result = path.within(name, || write_field(out, name, field, path));
        }
    });
    result?;
    for (name, value) in model.extra().iter() {
        write_value(out, name, value);
    }
    Ok(())
}

fn write_field(out: &mut String, name: &str, field: Field<'_>, path: &Path) -> Result<(), Fault> {
    let mut result = Ok(());
    match field {
        Field::Scalars(scalars) | Field::Secret(scalars) => scalars.each(&mut |text| {
            if let Some(c) = text.chars().find(|c| !is_allowed(*c)) {
                let reason = format!("XML can not hold the character U+{:04X}; send JSON or take it out", u32::from(c));
                result = Err(Fault(reason));
            }
            write_element(out, name, |out| out.push_str(&escape(&*text)));
        }),
        Field::Objects(objects) => objects.each(&mut |object| {
            write_element(out, name, |out| {
                if result.is_ok() {
                    result = write_model(out, object, path);
                }
            });
        }),
    }
    result
}

/// The characters of XML 1.0.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn write_element(out: &mut String, name: &str, content: impl FnOnce(&mut String)) {
    let start = out.len();
    out.extend(["<", name, ">"]);
    let inside = out.len();
    content(out);
    if out.len() == inside {
        out.truncate(start);
        out.extend(["<", name, "/>"]);
    } else {
        out.extend(["</", name, ">"]);
    }
}

/// Writes a tree as elements of a name.
pub(crate) fn write_value(out: &mut String, name: &str, value: &Value) {
    for item in value.items() {
        write_element(out, name, |out| match item {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| write_value(out, name, value)),
            Value::List(_) => write_value(out, name, item),
            leaf => out.push_str(&escape(leaf.as_text().unwrap_or_default())),
        });
    }
}

/// Fills a model from a document; its root element is a field of the model.
pub(crate) fn decode(text: &str, model: &mut dyn Model) -> Result<(), Malformed> {
    let path = Path::default();
    let mut decoder = Decoder { events: Reader::from_str(text), path: &path };
    decoder.events.config_mut().expand_empty_elements = true;
    let result = decoder.document(model);
    result.map_err(|error| path.malformed(error))
}

/// Parses a document with one root element as a tree, with the root as its one field.
///
/// The error is the byte offset of the problem and not its description, which would quote the document.
#[cfg(feature = "mock")]
pub(crate) fn parse(text: &str) -> Result<Value, u64> {
    let path = Path::default();
    let mut decoder = Decoder { events: Reader::from_str(text), path: &path };
    decoder.events.config_mut().expand_empty_elements = true;
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

/// What the parser says next, once markup that carries no data is passed over.
enum Piece {
    Start(String),
    Text(String),
    /// Text that stands as it is, blanks included.
    Literal(String),
    End,
    /// Of the whole document.
    Eof,
}

#[derive(Debug)]
struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Decoder<'_> {
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
        let mut roots = 0;
        loop {
            match self.next()? {
                Piece::Start(name) => {
                    roots += 1;
                    self.field(model, &name)?;
                }
                Piece::Text(text) if text.trim().is_empty() => {}
                Piece::Text(_) | Piece::Literal(_) => {
                    return Err(Fault("text stands outside of the root element".to_owned()));
                }
                Piece::End | Piece::Eof if roots == 0 => return Err(Fault("there is no root element".to_owned())),
                Piece::End | Piece::Eof => return Ok(()),
            }
        }
    }

    /// Reads one element into the field of its name.
    fn field(&mut self, model: &mut dyn Model, name: &str) -> Result<(), Fault> {
        let path = self.path;
        let rest = path.within(name, || match model.slot(name) {
            Slot::Scalars(scalars) => Ok(put(scalars, self.tree(MAX_DEPTH)?)),
            Slot::Objects(objects) => self.object(objects),
            Slot::Unknown => self.tree(MAX_DEPTH).map(Some),
        })?;
        keep(model, name, rest);
        Ok(())
    }

    /// Fills one more object; an element without children is none, and its text is given back.
    fn object(&mut self, objects: &mut dyn Objects) -> Result<Option<Value>, Fault> {
        let mut stray = String::new();
        let first = loop {
            match self.next()? {
                Piece::Start(name) => break name,
                Piece::Text(text) | Piece::Literal(text) => stray += &text,
                Piece::End => return Ok(text_value(&stray)),
                Piece::Eof => return Err(cut_off()),
            }
        };
        let Some(model) = objects.add() else {
            return self.tree_from(Some(first), MAX_DEPTH).map(Some);
        };
        self.field(model, &first)?;
        loop {
            match self.next()? {
                Piece::Start(name) => self.field(model, &name)?,
                Piece::Text(text) | Piece::Literal(text) => stray += &text,
                Piece::End => return Ok(text_value(&stray)),
                Piece::Eof => return Err(cut_off()),
            }
        }
    }

    /// Reads what is left of an element as a tree.
    fn tree(&mut self, depth: usize) -> Result<Value, Fault> {
        self.tree_from(None, depth)
    }

    fn tree_from(&mut self, first: Option<String>, depth: usize) -> Result<Value, Fault> {
        if depth == 0 {
            return Err(Fault(format!("elements nest deeper than {MAX_DEPTH} levels")));
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
                    // Blanks alone are layout.
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
    Fault("the document ends inside of an element".to_owned())
}

fn text_value(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.trim().to_owned()))
}

fn resolve(name: &BytesRef<'_>) -> Result<String, Fault> {
    if let Some(c) = name.resolve_char_ref().map_err(|error| Fault(error.to_string()))? {
        return Ok(c.to_string());
    }
    resolve_predefined_entity(name)
        .map(str::to_owned)
        .ok_or_else(|| Fault(format!("the entity `&{};` is not defined", &**name)))
}
