//! Untyped values, for what the documents do not describe.

use std::collections::HashMap;
use std::fmt;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use crate::time;

/// A value of a message, verbatim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// JSON `null`.
    Null,
    /// JSON `true` or `false`.
    Bool(bool),
    /// A JSON number, with all its digits.
    Number(String),
    /// A text. In XML, every leaf is a text.
    Text(String),
    /// A JSON array, or elements of the same name in XML.
    List(Vec<Value>),
    /// Named values, in order.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The value of a field, if this is an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a leaf. `None` for lists, objects and `null`.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            _ => None,
        }
    }

    /// The items of a list. Any other value counts as a list of one item, because XML cannot tell the difference.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    /// A name for it where its content must not be shown.
    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "number",
            Self::Text(_) => "text",
            Self::List(_) => "list",
            Self::Object(_) => "object",
        }
    }

    /// Whether it is `null`, `""`, `{}` or `[]`.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(fields) => fields.is_empty(),
            Self::Bool(_) | Self::Number(_) => false,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// China Standard Time, in the form that the gateway accepts.
impl From<NaiveDateTime> for Value {
    fn from(time: NaiveDateTime) -> Self {
        Self::Text(time::format(time))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

/// `None` is `null`.
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

macro_rules! from_numbers {
    ($($number:ty)*) => {$(
        impl From<$number> for Value {
            fn from(number: $number) -> Self {
                Self::Number(number.to_string())
            }
        }
    )*};
}
from_numbers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize Decimal);

/// Named values in their original order. Repeated names become a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    entries: Vec<(String, Value)>,
    /// The index of each name, if there are many, which keeps decoding linear.
    places: Option<HashMap<String, usize>>,
}

impl Fields {
    pub(crate) fn push(&mut self, name: &str, value: Value) {
        match self.place(name).and_then(|place| self.entries.get_mut(place)) {
            Some((_, Value::List(items))) => items.push(value),
            Some((_, first)) => *first = Value::List(vec![std::mem::replace(first, Value::Null), value]),
            None => {
                if let Some(places) = &mut self.places {
                    places.insert(name.to_owned(), self.entries.len());
                }
                self.entries.push((name.to_owned(), value));
            }
        }
    }

    fn place(&mut self, name: &str) -> Option<usize> {
        /// So many names are found without an index.
        const FEW: usize = 16;
        if self.entries.len() <= FEW {
            return self.entries.iter().position(|(known, _)| known == name);
        }
        let names = || self.entries.iter().enumerate().map(|(place, (name, _))| (name.clone(), place));
        self.places.get_or_insert_with(|| names().collect()).get(name).copied()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Eq for Fields {}

impl From<Fields> for Value {
    fn from(fields: Fields) -> Self {
        Self::Object(fields.entries)
    }
}

/// Undocumented fields, and values that cannot be read as their documented type, by wire name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(Option<Box<Fields>>);

impl Extra {
    pub(crate) const fn new() -> Self {
        Self(None)
    }

    /// The value of a wire name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// All names and values, in their original order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let entries = self.0.as_ref().map_or(&[][..], |fields| &fields.entries);
        entries.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there is nothing undocumented.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// A copy as an object.
    pub(crate) fn to_value(&self) -> Value {
        self.0.as_deref().cloned().unwrap_or_default().into()
    }

    pub(crate) fn push(&mut self, name: &str, value: Value) {
        self.0.get_or_insert_default().push(name, value);
    }

    /// Adds a parameter. `null` is left out.
    pub(crate) fn add(&mut self, name: &str, value: Value) {
        if value != Value::Null {
            self.push(name, value);
        }
    }

    /// Sets a parameter, in place of any earlier value.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        let others = self.0.take().into_iter().flat_map(|fields| fields.entries).filter(|(key, _)| key != name);
        for (key, value) in others {
            self.push(&key, value);
        }
        self.push(name, value);
    }
}

/// Shows only names and kinds, because any value may be a secret.
impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.iter() {
            map.entry(&name, &format_args!("[{}]", value.kind()));
        }
        map.finish()
    }
}
