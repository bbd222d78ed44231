//! The Rust types of values.

use std::borrow::Cow;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use super::{Model, View, for_each_field, to_value};
use crate::time;
use crate::value::Value;

/// One value of a field: a parsed text, or an object.
pub trait Element: Clone + PartialEq + 'static {
    /// Whether it is an object.
    const IS_OBJECT: bool = false;

    /// Parses a text. `None` if it is not of this type.
    fn parse(text: &str) -> Option<Self>;

    /// The value as it is sent.
    fn show(&self) -> Shown<'_>;

    /// An object without any fields.
    fn empty_object() -> Option<Self> {
        None
    }

    /// The object, to fill it.
    fn as_model_mut(&mut self) -> Option<&mut dyn Model> {
        None
    }

    /// The code, if it is undocumented.
    fn undocumented_code(&self) -> Option<&str> {
        None
    }
}

/// A value as it is sent.
pub enum Shown<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// An object.
    Object(&'a dyn Model),
    /// An undocumented value.
    Value(&'a Value),
}

impl Shown<'_> {
    /// Whether there is nothing to send.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Value(value) => value.is_empty(),
            Self::Object(model) => {
                let mut is_empty = true;
                for_each_field(*model, &mut |_, _, _| is_empty = false);
                is_empty
            }
        }
    }

    /// The text, if it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Value(value) => value.as_text(),
            Self::Object(_) => None,
        }
    }

    /// Calls a function with each value of a field, if this is an object.
    pub(crate) fn for_each_in(&self, field: &str, each: &mut dyn FnMut(&Shown<'_>)) {
        match self {
            Self::Text(_) => {}
            Self::Value(object) => {
                object.get(field).into_iter().flat_map(Value::items).for_each(|item| each(&Shown::Value(item)));
            }
            Self::Object(model) => model.view(&mut |view: View<'_>| {
                if let Some(slot) = view.slot(field) {
                    slot.for_each(&mut |shown| each(&shown));
                }
                view.extra.get(field).into_iter().flat_map(Value::items).for_each(|item| each(&Shown::Value(item)));
            }),
        }
    }

    /// A copy as a tree.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Text(text) => Value::Text(text.to_string()),
            Self::Object(object) => to_value(*object),
            Self::Value(value) => Value::clone(value),
        }
    }
}

impl<T: Model + Default + Clone + PartialEq + 'static> Element for T {
    const IS_OBJECT: bool = true;

    fn parse(_: &str) -> Option<Self> {
        None
    }

    fn show(&self) -> Shown<'_> {
        Shown::Object(self)
    }

    fn empty_object() -> Option<Self> {
        Some(Self::default())
    }

    fn as_model_mut(&mut self) -> Option<&mut dyn Model> {
        Some(self)
    }
}

impl Element for String {
    fn parse(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn show(&self) -> Shown<'_> {
        Shown::Text(Cow::Borrowed(self))
    }
}

impl Element for i64 {
    /// The gateway may add a fraction of zeros: `1.00000`.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if fraction.bytes().all(|digit| digit == b'0') { whole.parse().ok() } else { None }
    }

    fn show(&self) -> Shown<'_> {
        Shown::Text(Cow::Owned(self.to_string()))
    }
}

impl Element for Decimal {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::from_str_exact(text).ok().or_else(|| {
            // Digits that do not fit must not be rounded.
            let (mantissa, _) = text.split_once(['e', 'E'])?;
            Self::from_str_exact(mantissa).and_then(|_| Self::from_scientific(text)).ok()
        })
    }

    fn show(&self) -> Shown<'_> {
        Shown::Text(Cow::Owned(self.to_string()))
    }
}

impl Element for NaiveDateTime {
    fn parse(text: &str) -> Option<Self> {
        time::parse(text.trim())
    }

    fn show(&self) -> Shown<'_> {
        Shown::Text(Cow::Owned(time::format(*self)))
    }
}
