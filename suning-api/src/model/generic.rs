//! Generic operations on models, through their tables.

use std::borrow::Cow;
use std::fmt;

use super::{Loan, Model, Shown, Slot, Table, View, flags};
use crate::value::{Extra, Fields, Value};

/// Creates the view of a model, for the generated code.
pub(crate) fn view<'a, const N: usize>(table: Table<'a>, slots: [&'a dyn Slot; N], extra: &'a Extra) -> View<'a> {
    View { table, slots: slots.into(), extra }
}

/// Creates the loan of a model, for the generated code.
pub(crate) fn lend<'a, const N: usize>(
    table: Table<'a>,
    slots: [&'a mut dyn Slot; N],
    extra: &'a mut Extra,
) -> Loan<'a> {
    Loan { table, slots: slots.into(), extra }
}

/// Converts a model to a tree, including `extra`. Fields without a value are omitted.
#[must_use]
pub(crate) fn to_value(model: &dyn Model) -> Value {
    let view = model.view();
    let mut fields = Fields::default();
    for (name, slot) in view.fields() {
        let mut items = Vec::new();
        slot.for_each(&mut |shown| {
            items.push(match shown {
                Shown::Text(text) => Value::Text(text.into_owned()),
                Shown::Object(object) => to_value(object),
            });
        });
        match items.len() {
            0 => {}
            1 if !slot.is_list() => items.into_iter().for_each(|item| fields.push(name, item)),
            _ => fields.push(name, Value::List(items)),
        }
    }
    for (name, value) in view.extra.iter() {
        if fields.has(name) {
            // A second value that did not fit joins the first.
            value.items().iter().for_each(|item| fields.push(name, item.clone()));
        } else {
            fields.push(name, value.clone());
        }
    }
    fields.into()
}

/// Paths of the required fields that are missing or empty, in document order.
pub(crate) fn missing(model: &dyn Model) -> Vec<String> {
    let (view, mut found) = (model.view(), Vec::new());
    for (name, slot) in view.fields() {
        if view.table.has(name, flags::required) && slot.is_empty() {
            found.push(name.to_owned());
        }
        slot.for_each(&mut |shown| {
            if let Shown::Object(object) = shown {
                found.extend(missing(object).into_iter().map(|path| format!("{name}.{path}")));
            }
        });
    }
    found
}

/// Whether no field of a model reports a failure.
pub(crate) fn is_success(model: &dyn Model) -> bool {
    let view = model.view();
    let mut expected = view.table.success.iter();
    expected.all(|(name, value)| {
        let (mut fields, mut is_success) = (view.fields(), false);
        if let Some((_, slot)) = fields.find(|(field, _)| field == name) {
            slot.for_each(&mut |shown| is_success |= matches!(shown, Shown::Text(text) if text == *value));
        }
        is_success
    })
}

/// `Debug`: the fields that are set, by wire name; secrets and personal data are hidden.
pub(crate) fn debug(model: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let view = model.view();
    let mut out = f.debug_struct(view.table.name);
    for (name, slot) in view.fields() {
        let mut items = Vec::new();
        slot.for_each(&mut |shown| items.push(Item(shown)));
        match (slot.is_list(), items.as_slice()) {
            (_, []) => {}
            _ if view.table.has(name, flags::secret | flags::personal) => {
                out.field(name, &format_args!("[hidden]"));
            }
            (false, [item]) => {
                out.field(name, item);
            }
            _ => {
                out.field(name, &items);
            }
        }
    }
    if !view.extra.is_empty() {
        out.field("extra", view.extra);
    }
    out.finish()
}

struct Item<'a>(Shown<'a>);

impl fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Shown::Text(text) => <Cow<'_, str> as fmt::Debug>::fmt(text, f),
            Shown::Object(object) => debug(*object, f),
        }
    }
}

/// `Clone`, field by field.
pub(crate) fn clone<M: Model + Default>(model: &M) -> M {
    let mut copy = M::default();
    let (from, to) = (model.view(), copy.lend());
    to.slots.into_iter().zip(from.slots).for_each(|(to, from)| to.assign(from));
    to.extra.clone_from(from.extra);
    copy
}

/// `PartialEq`, field by field.
pub(crate) fn equals<M: Model>(left: &M, right: &M) -> bool {
    let (left, right) = (left.view(), right.view());
    left.extra == right.extra && left.slots.iter().zip(right.slots).all(|(left, right)| left.equals(right))
}
