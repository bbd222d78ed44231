//! `Serialize` and `Deserialize` for models, by wire name.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};

use super::serde::fill;
use super::{Model, Shown, View, property, to_value};
use crate::value::Value;

/// `Serialize` for every model: the fields that are set, by wire name.
pub(crate) fn serialize<S: Serializer>(model: &dyn Model, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(name) = secret(model) {
        return Err(S::Error::custom(format!("`{name}` is secret; to store it, serialize `WithSecrets(&value)`")));
    }
    to_value(model).serialize(serializer)
}

/// The wire name of a secret that is set.
fn secret(model: &dyn Model) -> Option<String> {
    let mut found = None;
    model.view(&mut |view: View<'_>| {
        for (line, slot) in view.lines() {
            if found.is_none() && line.is(property::SECRET) && !slot.is_empty() {
                found = Some(line.name().to_owned());
            }
            slot.for_each(&mut |shown| {
                if let Shown::Object(object) = shown {
                    found = found.take().or_else(|| secret(object));
                }
            });
        }
    });
    found
}

/// `Deserialize` for every model. Undocumented fields are kept in its `extra`.
pub(crate) fn deserialize<'de, M: Model + Default, D: Deserializer<'de>>(deserializer: D) -> Result<M, D::Error> {
    let Value::Object(fields) = Value::deserialize(deserializer)? else {
        return Err(D::Error::custom("expected an object"));
    };
    let mut model = M::default();
    fill(&mut model, fields);
    Ok(model)
}
