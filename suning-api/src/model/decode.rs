//! Decodes values to types of the caller, as leniently as the codecs fill models.

use std::fmt::Display;
use std::iter::Enumerate;
use std::slice;

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::ser::Serialize;

use crate::error::{DecodeError, RequestError};
use crate::value::Value;
use crate::wire::json;

impl Value {
    /// Decodes the value to any type that implements `serde::Deserialize`, such as a struct of yours.
    ///
    /// The gateway does not distinguish types strictly, so this does not either:
    ///
    /// | asked for | also accepted |
    /// |---|---|
    /// | a number | text: `"3"`, and `"1.00000"` for an integer |
    /// | text | a number or a bool; `null` and `""` are the empty text |
    /// | a bool | the texts `true` and `false` |
    /// | an `Option` | `null` and `""` are `None` |
    /// | a list | one value is a list of one; `null`, `""` and `{}` are the empty list |
    /// | one value | a list of one |
    /// | a struct or map | `null`, `""` and `[]` have no fields |
    /// | an enum without data | the text of a variant |
    ///
    /// Fields that the type does not have are ignored. Inside `#[serde(flatten)]` and untagged enums, serde does not tell which
    /// type is asked for, so texts stay texts.
    ///
    /// # Errors
    /// The value does not fit the type. The error has the path, and does not show the value.
    ///
    /// # Examples
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use suning_api::value::Value;
    ///
    /// let stock: Value = serde_json::from_str(r#"[{"100001": "3", "100002": 0}, {"100001": "none"}]"#)?;
    /// let first: BTreeMap<String, u32> = stock.items()[0].decode()?;
    /// assert_eq!(first["100001"], 3);
    ///
    /// let error = stock.decode::<Vec<BTreeMap<String, u32>>>().unwrap_err();
    /// assert_eq!(error.to_string(), "cannot decode `[1].100001`: expected u32, found text");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        T::deserialize(Decoder(self))
    }

    /// Makes a value of any type that implements `serde::Serialize`, for a parameter.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    ///
    /// # Examples
    /// ```
    /// use suning_api::value::Value;
    ///
    /// let line = Value::encode(&serde_json::json!({ "count": 2 }))?;
    /// assert_eq!(line.get("count"), Some(&Value::from(2)));
    /// # Ok::<(), suning_api::error::RequestError>(())
    /// ```
    pub fn encode(value: &(impl Serialize + ?Sized)) -> Result<Self, RequestError> {
        json::parse(&json::encode(value)?)
            .map_err(|error| RequestError::Unwritable { path: error.path, reason: error.reason })
    }

    /// The only item of a list of one, or the value itself.
    fn single(&self) -> &Self {
        match self {
            Self::List(items) if items.len() == 1 => items[0].single(),
            value => value,
        }
    }

    /// Whether it is `null` or `""`.
    fn is_blank(&self) -> bool {
        matches!(self, Self::Null | Self::Text(_)) && self.is_empty()
    }
}

#[derive(Clone, Copy)]
struct Decoder<'a>(&'a Value);

/// Whole numbers may have a fraction of zeros: `1.00000`.
fn parse_whole(text: &str) -> Option<i128> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if fraction.bytes().all(|digit| digit == b'0') { whole.parse().ok() } else { None }
}

fn parse_finite(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

impl Decoder<'_> {
    /// Passes on the value as what it is, for types that take anything, and for the error of those that do not.
    fn any<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        /// All numbers of so many digits survive the conversion.
        const EXACT_DIGITS: usize = 15;
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Number(text) => {
                let digits = text.bytes().filter(u8::is_ascii_digit).count();
                if let Ok(number) = text.parse::<i64>() {
                    visitor.visit_i64(number)
                } else if let Ok(number) = text.parse::<u64>() {
                    visitor.visit_u64(number)
                } else if let Some(number) = parse_finite(text).filter(|_| digits <= EXACT_DIGITS) {
                    visitor.visit_f64(number)
                } else {
                    visitor.visit_str(text)
                }
            }
            Value::Text(text) => visitor.visit_str(text),
            Value::List(items) => visitor.visit_seq(Items(items.iter().enumerate())),
            Value::Object(fields) => visitor.visit_map(Entries::new(fields)),
        }
    }

    fn bool<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let value = self.0.single();
        match value.as_text().and_then(|text| text.parse().ok()) {
            Some(flag) => visitor.visit_bool(flag),
            None => Decoder(value).any(visitor),
        }
    }

    fn integer<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let value = self.0.single();
        let Some(number) = value.as_text().and_then(parse_whole) else { return Decoder(value).any(visitor) };
        if let Ok(number) = i64::try_from(number) {
            visitor.visit_i64(number)
        } else if let Ok(number) = u64::try_from(number) {
            visitor.visit_u64(number)
        } else {
            visitor.visit_i128(number)
        }
    }

    fn float<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let value = self.0.single();
        match value.as_text().and_then(parse_finite) {
            Some(number) => visitor.visit_f64(number),
            None => Decoder(value).any(visitor),
        }
    }

    fn text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let value = self.0.single();
        match value.as_text() {
            Some(text) => visitor.visit_str(text),
            None if value.is_empty() => visitor.visit_str(""),
            None => Decoder(value).any(visitor),
        }
    }

    fn unit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        if self.0.is_empty() { visitor.visit_unit() } else { self.any(visitor) }
    }

    fn list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let items = if self.0.is_empty() { &[] } else { self.0.items() };
        visitor.visit_seq(Items(items.iter().enumerate()))
    }

    fn object<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0.single() {
            value if value.is_empty() => visitor.visit_map(Entries::new(&[])),
            // The items are not the fields in their order.
            Value::List(_) => Err(DecodeError::invalid_type(Unexpected::Seq, &visitor)),
            value => Decoder(value).any(visitor),
        }
    }
}

/// One function for each kind of type that can be asked for.
macro_rules! deserialize {
    ($($as:ident: $($name:ident($($argument:ty),*))+;)*) => {$($(
        fn $name<V: Visitor<'de>>(self, $(_: $argument,)* visitor: V) -> Result<V::Value, DecodeError> {
            self.$as(visitor)
        }
    )+)*};
}

impl<'de> Deserializer<'de> for Decoder<'_> {
    type Error = DecodeError;

    deserialize! {
        any: deserialize_any() deserialize_bytes() deserialize_byte_buf();
        bool: deserialize_bool();
        integer: deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_i128();
        integer: deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128();
        float: deserialize_f32() deserialize_f64();
        text: deserialize_char() deserialize_str() deserialize_string() deserialize_identifier();
        unit: deserialize_unit() deserialize_unit_struct(&'static str);
        list: deserialize_seq() deserialize_tuple(usize) deserialize_tuple_struct(&'static str, usize);
        object: deserialize_map() deserialize_struct(&'static str, &'static [&'static str]);
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        if self.0.is_blank() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match self.0.single() {
            Value::Object(fields) => visitor.visit_enum(MapAccessDeserializer::new(Entries::new(fields))),
            value => match value.as_text() {
                Some(text) => visitor.visit_enum(text.into_deserializer()),
                None => Decoder(value).any(visitor),
            },
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }
}

/// The items of a list.
struct Items<'a>(Enumerate<slice::Iter<'a, Value>>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        let Some((index, item)) = self.0.next() else { return Ok(None) };
        seed.deserialize(Decoder(item)).map(Some).map_err(|error| error.within(&format!("[{index}]")))
    }
}

/// The fields of an object.
struct Entries<'a> {
    rest: slice::Iter<'a, (String, Value)>,
    /// The field whose name was read last.
    current: Option<&'a (String, Value)>,
}

impl<'a> Entries<'a> {
    fn new(fields: &'a [(String, Value)]) -> Self {
        Self { rest: fields.iter(), current: None }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DecodeError> {
        self.current = self.rest.next();
        let Some((name, _)) = self.current else { return Ok(None) };
        // A map may have numbers as keys.
        let key = Value::Text(name.clone());
        seed.deserialize(Decoder(&key)).map(Some).map_err(|error| error.within(name))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, DecodeError> {
        let Some((name, value)) = self.current.take() else { return Err(DecodeError::new("a value without a name")) };
        seed.deserialize(Decoder(value)).map_err(|error| error.within(name))
    }
}

/// Creates errors without the values that serde passes along.
impl Error for DecodeError {
    fn custom<T: Display>(_: T) -> Self {
        Self::new("the type does not accept the value")
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {}", kind(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {} that does not fit", kind(found)))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {length} items"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("expected one of {}", quoted(expected)))
    }

    fn unknown_field(name: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown field `{name}`, expected one of {}", quoted(expected)))
    }

    fn missing_field(name: &'static str) -> Self {
        Self::new(format!("missing field `{name}`"))
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::new(format!("duplicate field `{name}`"))
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A name for a value that must not be shown.
fn kind(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "true or false",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "number",
        Unexpected::Char(_) | Unexpected::Str(_) => "text",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "list",
        Unexpected::Map => "object",
        _ => "another value",
    }
}
