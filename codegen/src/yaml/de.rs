//! From the tree to typed data.

use std::fmt;

use serde::de::value::{SeqDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde_json::Value;

use super::shape;
use super::tree::{Content, Entry, Node, Position, Source};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Reads typed data.
///
/// # Errors
/// Everything in which the document differs from the schema of the type, or else the first value that the type refuses.
pub fn read<T: DeserializeOwned>(source: &Source, schema: &Value) -> Result<T, Diagnostics> {
    let mut problems = source.problems.clone();
    problems.extend(shape::check(source, schema));
    problems.or(())?;
    T::deserialize(Reader(&source.root)).map_err(|Refusal { message, at }| {
        Diagnostic::new(&source.path, at.unwrap_or(source.root.position), message).into()
    })
}

/// Why a type refuses a value, and where the value is.
#[derive(Debug)]
struct Refusal {
    message: String,
    at: Option<Position>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

impl de::Error for Refusal {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), at: None }
    }
}

/// A node whose shape is right.
struct Reader<'de>(&'de Node);

impl<'de> IntoDeserializer<'de, Refusal> for Reader<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = Refusal;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match &self.0.content {
            Content::Null => visitor.visit_unit(),
            Content::Text(text) => visitor.visit_borrowed_str(text),
            Content::Plain(text) => match (text.parse(), text.parse(), text.parse()) {
                (Ok(flag), ..) => visitor.visit_bool(flag),
                (_, Ok(number), _) => visitor.visit_u64(number),
                (.., Ok(number)) => visitor.visit_i64(number),
                _ => visitor.visit_borrowed_str(text),
            },
            Content::List(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Reader))),
            Content::Map(entries) => visitor.visit_map(Entries { left: entries.iter(), value: None }),
        }
    }

    /// An optional key is left out, so what is there is a value.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        let Content::Text(word) = &self.0.content else { return self.deserialize_any(visitor) };
        visitor.visit_enum(StrDeserializer::new(word))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Entries<'de> {
    left: std::slice::Iter<'de, Entry>,
    value: Option<&'de Node>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Refusal;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refusal> {
        let Some(entry) = self.left.next() else { return Ok(None) };
        self.value = Some(&entry.value);
        seed.deserialize(StrDeserializer::new(&entry.key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refusal> {
        let node = self.value.take().ok_or_else(|| de::Error::custom("a value without a key"))?;
        // The innermost value that is refused is the place.
        seed.deserialize(Reader(node)).map_err(|refusal| Refusal { at: refusal.at.or(Some(node.position)), ..refusal })
    }
}
