//! Values into models, and `Serialize` and `Deserialize` for values.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Loan, Model, Place, Response, Slot, to_value};
use crate::value::{Extra, Fields, Value};

/// Serializes a request, an object, or the content of a reply with its secrets, such as card passwords.
///
/// Without this, serializing a value with secrets is an error, so that no secret ends up in a log by accident. Personal data is
/// serialized either way.
///
/// ```
/// # #[cfg(all(feature = "selfmarket", feature = "serde"))] {
/// use suning_api::WithSecrets;
/// use suning_api::methods::selfmarket::leaguerstatus_add::Card;
///
/// let card = Card::default().card_code("1234567899");
/// assert!(serde_json::to_string(&card).is_err());
/// let stored = serde_json::to_string(&WithSecrets(&card)).unwrap();
/// assert_eq!(stored, r#"{"cardCode":"1234567899"}"#);
/// assert_eq!(serde_json::from_str::<Card>(&stored).unwrap(), card);
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct WithSecrets<'a, M>(pub &'a M);

impl<M: fmt::Debug> fmt::Debug for WithSecrets<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<M: Response> Serialize for WithSecrets<'_, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.rows() {
            [row] if !M::IS_LIST => to_value(row).serialize(serializer),
            rows => serializer.collect_seq(rows.iter().map(|row| to_value(row))),
        }
    }
}

/// The model that a tree makes; what does not fit is kept in its `extra`.
#[cfg(feature = "mock")]
pub(crate) fn from_value<M: Model + Default>(value: &Value) -> M {
    let mut model = M::default();
    if let Value::Object(fields) = value {
        fill(&mut model, fields.clone());
    }
    model
}

/// Fills a model from a tree. What does not fit is kept in its `extra`.
pub(super) fn fill(model: &mut dyn Model, fields: Vec<(String, Value)>) {
    let (mut fields, mut expected) = (fields, Place::default());
    model.lend(&mut |mut loan: Loan<'_, '_>| {
        for (name, value) in fields.drain(..) {
            let (slot, extra) = loan.slot(&name, &mut expected);
            let rest = match slot {
                Some(slot) => store(slot, value),
                None => Some(value),
            };
            keep(extra, &name, rest);
        }
    });
}

/// Stores a value in a field and returns what does not fit.
pub(crate) fn store(slot: &mut dyn Slot, value: Value) -> Option<Value> {
    match value {
        Value::List(items) => {
            let rest: Vec<_> = items.into_iter().filter_map(|item| store(slot, item)).collect();
            (!rest.is_empty()).then_some(Value::List(rest))
        }
        Value::Object(fields) => match slot.push_object() {
            Some(object) => {
                fill(object, fields);
                None
            }
            None => Some(Value::Object(fields)),
        },
        value if value.is_empty() => None,
        value => match value.as_text() {
            Some(text) if slot.push_text(text) => None,
            _ => Some(value),
        },
    }
}

/// Keeps what did not fit into a field.
pub(crate) fn keep(extra: &mut Extra, name: &str, rest: Option<Value>) {
    if let Some(value) = rest {
        extra.push(name, value);
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            // As text, a number keeps all its digits.
            Self::Number(text) | Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                fields.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadValue)
    }
}

struct ReadValue;

/// One function for each kind of simple value.
macro_rules! visit {
    ($($name:ident: $type:ty, $value:ident => $made:expr;)*) => {$(
        fn $name<E>(self, $value: $type) -> Result<Value, E> {
            Ok($made)
        }
    )*};
}

impl<'de> Visitor<'de> for ReadValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    visit! {
        visit_bool: bool, flag => Value::Bool(flag);
        visit_i64: i64, number => Value::Number(number.to_string());
        visit_u64: u64, number => Value::Number(number.to_string());
        visit_f64: f64, number => Value::Number(number.to_string());
        visit_str: &str, text => Value::Text(text.to_owned());
        visit_string: String, text => Value::Text(text);
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Fields::default();
        while let Some((name, value)) = map.next_entry::<Cow<'de, str>, Value>()? {
            fields.push(&name, value);
        }
        Ok(fields.into())
    }
}
