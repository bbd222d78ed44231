//! JSON. Models are filled directly from the parser, in one pass.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{MAX_DEPTH, Malformed, Path};
use crate::error::RequestError;
use crate::model::{Loan, Model, Place, Shown, Slot, for_each_field, keep, store};
use crate::value::{self, Value};

/// Writes a value, in order and without whitespace.
pub(crate) fn write(out: &mut Vec<u8>, value: &Shown<'_>) {
    match value {
        Shown::Text(text) => write_text(out, text),
        Shown::Object(model) => {
            out.push(b'{');
            for_each_field(*model, &mut |name, is_list, values| match values {
                [value] if !is_list => write_field(out, name, value),
                values => {
                    write_name(out, name);
                    out.push(b'[');
                    values.iter().for_each(|value| write_item(out, value));
                    out.push(b']');
                }
            });
            out.push(b'}');
        }
        Shown::Value(Value::Null) => out.extend_from_slice(b"null"),
        Shown::Value(Value::Bool(flag)) => out.extend_from_slice(if *flag { b"true" } else { b"false" }),
        Shown::Value(Value::Number(number)) => out.extend_from_slice(number.as_bytes()),
        Shown::Value(Value::Text(text)) => write_text(out, text),
        Shown::Value(Value::List(items)) => {
            out.push(b'[');
            items.iter().for_each(|item| write_item(out, &Shown::Value(item)));
            out.push(b']');
        }
        Shown::Value(Value::Object(fields)) => {
            out.push(b'{');
            fields.iter().for_each(|(name, value)| write_field(out, name, &Shown::Value(value)));
            out.push(b'}');
        }
    }
}

/// Writes a field into an object that has begun.
pub(crate) fn write_field(out: &mut Vec<u8>, name: &str, value: &Shown<'_>) {
    write_name(out, name);
    write(out, value);
}

fn write_name(out: &mut Vec<u8>, name: &str) {
    write_comma(out);
    write_text(out, name);
    out.push(b':');
}

fn write_item(out: &mut Vec<u8>, value: &Shown<'_>) {
    write_comma(out);
    write(out, value);
}

fn write_comma(out: &mut Vec<u8>) {
    if !matches!(out.last(), None | Some(b'{' | b'[')) {
        out.push(b',');
    }
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(out, text);
}

/// Fills a model from one JSON object.
pub(crate) fn decode(text: &str, model: &mut dyn Model) -> Result<(), Malformed> {
    let source = Source { text, path: Path::default() };
    let mut parser = serde_json::Deserializer::from_str(text);
    FillOne { model, source: &source }
        .deserialize(&mut parser)
        .and_then(|()| parser.end())
        .map_err(|error| source.path.malformed(error))
}

/// Any value that serializes, as JSON text.
pub(crate) fn encode(value: &(impl Serialize + ?Sized)) -> Result<String, RequestError> {
    let unwritable = |reason| RequestError::Unwritable { path: String::new(), reason };
    serde_json::to_string(value).map_err(|error| unwritable(error.to_string()))
}

/// Parses any JSON text to a tree.
pub(crate) fn parse(text: &str) -> Result<Value, Malformed> {
    let raw = serde_json::from_str::<&RawValue>(text).map_err(|error| Path::default().malformed(error))?;
    Ok(tree(raw, MAX_DEPTH))
}

/// Converts a valid JSON value to a tree. What is nested too deeply stays a text.
fn tree(raw: &RawValue, depth: usize) -> Value {
    let text = raw.get();
    let read = match text.as_bytes().first() {
        _ if depth == 0 => None,
        Some(b'{') => serde_json::from_str::<Fields<'_>>(text).ok().map(|fields| fields.tree(depth - 1)),
        Some(b'[') => serde_json::from_str::<Vec<&RawValue>>(text)
            .ok()
            .map(|items| Value::List(items.into_iter().map(|item| tree(item, depth - 1)).collect())),
        Some(b'"') => serde_json::from_str(text).ok().map(Value::Text),
        Some(b'n') => Some(Value::Null),
        Some(b't') => Some(Value::Bool(true)),
        Some(b'f') => Some(Value::Bool(false)),
        _ => Some(Value::Number(text.to_owned())),
    };
    read.unwrap_or_else(|| Value::Text(text.to_owned()))
}

/// The unparsed fields of an object, in order.
struct Fields<'de>(Vec<(Cow<'de, str>, &'de RawValue)>);

impl Fields<'_> {
    fn tree(self, depth: usize) -> Value {
        let mut fields = value::Fields::default();
        for (name, value) in self.0 {
            fields.push(&name, tree(value, depth));
        }
        fields.into()
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(parser: D) -> Result<Self, D::Error> {
        parser.deserialize_map(ReadFields)
    }
}

struct ReadFields;

impl<'de> Visitor<'de> for ReadFields {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some((Text(name), value)) = map.next_entry()? {
            fields.push((name, value));
        }
        Ok(Fields(fields))
    }
}

/// A text, borrowed where it has no escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(parser: D) -> Result<Self, D::Error> {
        parser.deserialize_str(ReadText)
    }
}

struct ReadText;

impl<'de> Visitor<'de> for ReadText {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }
}

/// What is decoded, and where it fails.
struct Source<'de> {
    text: &'de str,
    path: Path,
}

impl Source<'_> {
    /// The first byte of the value that follows a name, which is a part of the source.
    ///
    /// The parser does not tell the kind of the next value, and converts fractions to `f64`. Where a text follows, it can be
    /// read directly; anything else is read as a [`RawValue`], so that numbers keep all their digits.
    fn byte_after(&self, name: &str) -> Option<u8> {
        let end = name.as_ptr().addr() + name.len() - self.text.as_ptr().addr();
        let mut after_quote = self.text.as_bytes().iter().skip(end + 1);
        after_quote.find(|byte| !matches!(byte, b':' | b' ' | b'\n' | b'\r' | b'\t')).copied()
    }
}

/// Fills one model from one object.
struct FillOne<'a, 'de> {
    model: &'a mut dyn Model,
    source: &'a Source<'de>,
}

impl<'de> DeserializeSeed<'de> for FillOne<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FillOne<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut filled = Ok(());
        self.model.lend(&mut |loan: Loan<'_, '_>| filled = fill(loan, &mut map, self.source));
        filled
    }
}

fn fill<'de, A: MapAccess<'de>>(mut loan: Loan<'_, '_>, map: &mut A, source: &Source<'de>) -> Result<(), A::Error> {
    let mut expected = Place::default();
    while let Some(Text(name)) = map.next_key()? {
        let (slot, extra) = loan.slot(&name, &mut expected);
        let rest = source.path.within(&name, || match slot {
            Some(slot) => read(map, &name, slot, source),
            None => map.next_value().map(|raw| Some(tree(raw, MAX_DEPTH))),
        })?;
        keep(extra, &name, rest);
    }
    Ok(())
}

/// Reads the value of a field and returns what does not fit.
fn read<'de, A: MapAccess<'de>>(
    map: &mut A,
    name: &Cow<'de, str>,
    slot: &mut dyn Slot,
    source: &Source<'de>,
) -> Result<Option<Value>, A::Error> {
    slot.mark_present();
    let first = match name {
        Cow::Borrowed(name) => source.byte_after(name),
        Cow::Owned(_) => None,
    };
    // The parser would convert a number in place of an object.
    if slot.holds_objects() && !matches!(first, Some(b'-' | b'0'..=b'9')) {
        return map.next_value_seed(FillAll { slot, source });
    }
    if first == Some(b'"') {
        let Text(text) = map.next_value()?;
        let is_stored = text.is_empty() || slot.push_text(&text);
        return Ok((!is_stored).then(|| Value::Text(text.into_owned())));
    }
    let raw = map.next_value::<&RawValue>()?;
    let is_number = raw.get().starts_with(|c: char| c == '-' || c.is_ascii_digit());
    if is_number && slot.push_text(raw.get()) { Ok(None) } else { Ok(store(slot, tree(raw, MAX_DEPTH))) }
}

/// Fills one object or several, and returns what is not an object.
struct FillAll<'a, 'de> {
    slot: &'a mut dyn Slot,
    source: &'a Source<'de>,
}

impl<'de> DeserializeSeed<'de> for FillAll<'_, 'de> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Option<Value>, D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for FillAll<'_, 'de> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<Value>, A::Error> {
        match self.slot.push_object() {
            Some(model) => FillOne { model, source: self.source }.visit_map(map).map(|()| None),
            None => ReadFields.visit_map(map).map(|fields| Some(fields.tree(MAX_DEPTH))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Option<Value>, A::Error> {
        let mut rest = Vec::new();
        for index in 0.. {
            let seed = FillAll { slot: &mut *self.slot, source: self.source };
            match self.source.path.within(format_args!("[{index}]"), || items.next_element_seed(seed))? {
                Some(left) => rest.extend(left),
                None => break,
            }
        }
        Ok((!rest.is_empty()).then_some(Value::List(rest)))
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<Value>, E> {
        Ok((!text.is_empty()).then(|| Value::Text(text.to_owned())))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Option<Value>, E> {
        Ok(Some(Value::Bool(flag)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Option<Value>, E> {
        Ok(Some(Value::Number(number.to_string())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Option<Value>, E> {
        Ok(Some(Value::Number(number.to_string())))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Option<Value>, E> {
        Ok(Some(Value::Number(number.to_string())))
    }
}
