//! JSON. Models are filled directly from the parser, in one pass.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{MAX_DEPTH, Malformed, Path};
use crate::error::RequestError;
use crate::model::{Model, Slot, keep, store};
use crate::value::{self, Value};

/// Writes a tree, in order and without whitespace.
pub(crate) fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(number),
        Value::Text(text) => write_text(out, text),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write_value(out, item);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (index, (name, value)) in fields.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write_text(out, name);
                out.push(':');
                write_value(out, value);
            }
            out.push('}');
        }
    }
}

fn write_text(out: &mut String, text: &str) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

/// Fills a model from one JSON object.
pub(crate) fn decode(bytes: &[u8], model: &mut dyn Model) -> Result<(), Malformed> {
    let path = Path::default();
    let mut parser = serde_json::Deserializer::from_slice(bytes);
    Fill { model, path: &path }
        .deserialize(&mut parser)
        .and_then(|()| parser.end())
        .map_err(|error| path.malformed(error))
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
struct Fields<'de>(Vec<(String, &'de RawValue)>);

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
        while let Some(entry) = map.next_entry()? {
            fields.push(entry);
        }
        Ok(Fields(fields))
    }
}

/// The name of a field, borrowed where it has no escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(parser: D) -> Result<Self, D::Error> {
        parser.deserialize_str(ReadName)
    }
}

struct ReadName;

impl<'de> Visitor<'de> for ReadName {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}

/// Fills one model from one object.
struct Fill<'a> {
    model: &'a mut dyn Model,
    path: &'a Path,
}

impl<'de> DeserializeSeed<'de> for Fill<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fill<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { model, path } = self;
        let mut loan = model.lend();
        let mut expected = 0;
        while let Some(Name(name)) = map.next_key()? {
            let index = loan.table.find(&name, expected);
            expected = index.map_or(expected, |index| index + 1);
            let slot = loan.slot(index);
            let rest = path.within(&name, || read(&mut map, slot, path))?;
            keep(loan.extra, &name, rest);
        }
        Ok(())
    }
}

/// Reads the value of a field and returns what does not fit.
fn read<'de, A: MapAccess<'de>>(
    map: &mut A,
    slot: Option<&mut dyn Slot>,
    path: &Path,
) -> Result<Option<Value>, A::Error> {
    let Some(slot) = slot else {
        return Ok(Some(tree(map.next_value::<&RawValue>()?, MAX_DEPTH)));
    };
    slot.mark_present();
    if slot.holds_objects() {
        return map.next_value_seed(FillAll { slot, path });
    }
    let raw = map.next_value::<&RawValue>()?;
    // The common case needs no tree: a string without escapes, and room for it.
    match raw.get().strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(text) if !text.is_empty() && !text.contains('\\') && slot.push_text(text) => Ok(None),
        _ => Ok(store(slot, tree(raw, MAX_DEPTH))),
    }
}

/// Fills one object or several, and returns what is not an object.
struct FillAll<'a> {
    slot: &'a mut dyn Slot,
    path: &'a Path,
}

impl<'de> DeserializeSeed<'de> for FillAll<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Option<Value>, D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for FillAll<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<Value>, A::Error> {
        match self.slot.push_object() {
            Some(model) => Fill { model, path: self.path }.visit_map(map).map(|()| None),
            None => ReadFields.visit_map(map).map(|fields| Some(fields.tree(MAX_DEPTH))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Option<Value>, A::Error> {
        let mut rest = Vec::new();
        for index in 0.. {
            let seed = FillAll { slot: &mut *self.slot, path: self.path };
            match self.path.within(&format!("[{index}]"), || items.next_element_seed(seed))? {
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
