//! Models as field tables: how the codecs fill and write any request or reply.
//!
//! A model implements one object-safe trait with two tables, one that gives the place of a wire
//! name and one that shows all fields. The codecs drive these tables, so a model costs the
//! compiler next to nothing and every quirk of the wire is handled in one place.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::scalar::Scalar;
use crate::value::{Extra, Fields, Value};

/// A type the codecs can fill and write, field by field.
pub trait Model: fmt::Debug + Send + Sync {
    /// The place for the value of a wire field.
    fn slot(&mut self, name: &str) -> Slot<'_>;

    /// Shows every field, in document order.
    fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'static str, Field<'a>));

    /// What a reply held beyond the documented fields.
    fn extra(&self) -> &Extra;

    /// The same, to add to it.
    fn extra_mut(&mut self) -> &mut Extra;
}

/// Where the value of a wire field goes.
#[derive(Debug)]
pub enum Slot<'a> {
    /// One text or several.
    Scalars(&'a mut dyn Scalars),
    /// One object or several.
    Objects(&'a mut dyn Objects),
    /// Nowhere: the field is not documented.
    Unknown,
}

/// A field to write.
#[derive(Debug, Clone, Copy)]
pub enum Field<'a> {
    /// One text or several.
    Scalars(&'a dyn Scalars),
    /// The same, never to be shown.
    Secret(&'a dyn Scalars),
    /// One object or several.
    Objects(&'a dyn Objects),
}

/// A field that holds text: `Option<T>` or `Vec<T>` of a [`Scalar`].
pub trait Scalars: fmt::Debug + Send + Sync {
    /// Whether several are documented.
    fn is_list(&self) -> bool;
    /// Takes a text from the wire; `false` when it can not be read or there is no more room.
    fn put(&mut self, text: &str) -> bool;
    /// Shows every text as it is sent.
    fn each<'a>(&'a self, show: &mut dyn FnMut(Cow<'a, str>));
}

/// A field that holds objects: `Option<T>` or `Vec<T>` of a [`Model`].
pub trait Objects: fmt::Debug + Send + Sync {
    /// Whether several are documented.
    fn is_list(&self) -> bool;
    /// Adds an empty object to fill; `None` when there is no more room.
    fn add(&mut self) -> Option<&mut dyn Model>;
    /// Shows every object.
    fn each<'a>(&'a self, show: &mut dyn FnMut(&'a dyn Model));
}

impl<T: Scalar> Scalars for Option<T> {
    fn is_list(&self) -> bool {
        false
    }

    fn put(&mut self, text: &str) -> bool {
        if self.is_none() {
            *self = T::read(text);
            return self.is_some();
        }
        false
    }

    fn each<'a>(&'a self, show: &mut dyn FnMut(Cow<'a, str>)) {
        self.iter().for_each(|value| show(value.write()));
    }
}

impl<T: Scalar> Scalars for Vec<T> {
    fn is_list(&self) -> bool {
        true
    }

    fn put(&mut self, text: &str) -> bool {
        let value = T::read(text);
        let is_read = value.is_some();
        self.extend(value);
        is_read
    }

    fn each<'a>(&'a self, show: &mut dyn FnMut(Cow<'a, str>)) {
        self.iter().for_each(|value| show(value.write()));
    }
}

impl<T: Model + Default> Objects for Option<T> {
    fn is_list(&self) -> bool {
        false
    }

    fn add(&mut self) -> Option<&mut dyn Model> {
        if self.is_some() {
            return None;
        }
        Some(self.insert(T::default()))
    }

    fn each<'a>(&'a self, show: &mut dyn FnMut(&'a dyn Model)) {
        self.iter().for_each(|object| show(object));
    }
}

impl<T: Model + Default> Objects for Vec<T> {
    fn is_list(&self) -> bool {
        true
    }

    fn add(&mut self) -> Option<&mut dyn Model> {
        self.push(T::default());
        self.last_mut().map(|object| object as &mut dyn Model)
    }

    fn each<'a>(&'a self, show: &mut dyn FnMut(&'a dyn Model)) {
        self.iter().for_each(|object| show(object));
    }
}

/// A model as a tree without types, with what it holds beyond the documents; empty fields are left out.
#[must_use]
pub fn to_value(model: &dyn Model) -> Value {
    let mut fields = Fields::default();
    model.visit(&mut |name, field| {
        let (items, is_list) = items_of(field);
        match (is_list, items.len()) {
            (_, 0) => {}
            (false, 1) => items.into_iter().for_each(|item| fields.push(name, item)),
            _ => fields.push(name, Value::List(items)),
        }
    });
    for (name, value) in model.extra().iter() {
        if fields.has(name) {
            // A second value that had no room joins the first.
            value.items().iter().for_each(|item| fields.push(name, item.clone()));
        } else {
            fields.push(name, value.clone());
        }
    }
    fields.into()
}

fn items_of(field: Field<'_>) -> (Vec<Value>, bool) {
    let mut items = Vec::new();
    match field {
        Field::Scalars(scalars) | Field::Secret(scalars) => {
            scalars.each(&mut |text| items.push(Value::Text(text.into_owned())));
            (items, scalars.is_list())
        }
        Field::Objects(objects) => {
            objects.each(&mut |object| items.push(to_value(object)));
            (items, objects.is_list())
        }
    }
}

/// `Debug` for every model: the fields that are set, by wire name, secrets hidden.
pub(crate) fn debug(name: &str, model: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(name);
    model.visit(&mut |name, field| match field {
        Field::Scalars(scalars) => {
            let mut texts = Vec::new();
            scalars.each(&mut |text| texts.push(text));
            match (scalars.is_list(), texts.as_slice()) {
                (_, []) => {}
                (false, [text]) => drop(out.field(name, text)),
                _ => drop(out.field(name, &texts)),
            }
        }
        Field::Secret(scalars) => {
            let mut count = 0;
            scalars.each(&mut |_| count += 1);
            if count > 0 {
                out.field(name, &format_args!("[hidden]"));
            }
        }
        Field::Objects(objects) => {
            let mut models = Vec::new();
            objects.each(&mut |object| models.push(object));
            match (objects.is_list(), models.as_slice()) {
                (_, []) => {}
                (false, [model]) => drop(out.field(name, model)),
                _ => drop(out.field(name, &models)),
            }
        }
    });
    if !model.extra().is_empty() {
        out.field("extra", model.extra());
    }
    out.finish()
}

/// `Serialize` for every reply: the fields that are set, by wire name.
pub(crate) fn serialize<S: Serializer>(model: &dyn Model, serializer: S) -> Result<S::Ok, S::Error> {
    to_value(model).serialize(serializer)
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) | Self::Text(number) => serializer.serialize_str(number),
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

/// Implements what every model has in common through its tables.
macro_rules! model_debug {
    ($($model:ident),* $(,)?) => {$(
        impl ::std::fmt::Debug for $model {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::model::debug(stringify!($model), self, f)
            }
        }
    )*};
}
pub(crate) use model_debug;

/// Implements `Serialize` for reply models through their tables.
macro_rules! model_serialize {
    ($($model:ident),* $(,)?) => {$(
        impl ::serde::Serialize for $model {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::model::serialize(self, serializer)
            }
        }
    )*};
}
pub(crate) use model_serialize;
