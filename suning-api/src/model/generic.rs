//! Generic operations on models, through their tables.

use std::fmt;

use super::{Loan, Model, Shown, View, property};
use crate::value::Value;

/// Calls a function with the wire name of each field that has a value, whether it is a list, and its values as they are sent.
/// `extra` is included.
pub(crate) fn for_each_field(model: &dyn Model, each: &mut dyn FnMut(&str, bool, &[Shown<'_>])) {
    model.view(&mut |view: View<'_>| {
        let (mut values, mut joined) = (Vec::new(), Vec::new());
        for (name, slot) in view.fields() {
            slot.for_each(&mut |shown| values.push(shown));
            if values.is_empty() {
                continue;
            }
            let more = view.extra.get(name);
            if let Some(more) = more {
                // A second value that did not fit joins the first.
                values.extend(more.items().iter().map(Shown::Value));
                joined.push(name);
            }
            each(name, slot.is_list() || more.is_some(), &values);
            values.clear();
        }
        for (name, value) in view.extra.iter().filter(|(name, _)| !joined.contains(name)) {
            each(name, false, &[Shown::Value(value)]);
        }
    });
}

/// Converts a model to a tree, including `extra`. Fields without a value are omitted.
#[must_use]
pub(crate) fn to_value(model: &dyn Model) -> Value {
    let mut fields = Vec::new();
    for_each_field(model, &mut |name, is_list, values| {
        let value = match values {
            [value] if !is_list => value.to_value(),
            values => Value::List(values.iter().map(Shown::to_value).collect()),
        };
        fields.push((name.to_owned(), value));
    });
    Value::Object(fields)
}

/// Paths of the required fields that are missing or empty, in document order.
pub(crate) fn missing(model: &dyn Model) -> Vec<String> {
    let mut found = Vec::new();
    model.view(&mut |view: View<'_>| {
        for (line, slot) in view.lines() {
            let name = line.name();
            if line.is(property::REQUIRED) && slot.is_empty() {
                found.push(name.to_owned());
            }
            if slot.holds_objects() {
                slot.for_each(&mut |shown| {
                    if let Shown::Object(object) = shown {
                        found.extend(missing(object).into_iter().map(|path| format!("{name}.{path}")));
                    }
                });
            }
        }
    });
    found
}

/// Whether no field of a model reports a failure.
pub(crate) fn is_success(model: &dyn Model) -> bool {
    let mut is_success = true;
    model.view(&mut |view: View<'_>| {
        is_success = view.lines().all(|(line, slot)| {
            let Some(success) = line.success() else { return true };
            let mut is_expected = false;
            slot.for_each(&mut |shown| is_expected |= matches!(shown, Shown::Text(text) if text == success));
            is_expected
        });
    });
    is_success
}

/// `Debug` of a model. A call of this costs each model less to compile than one that makes the reference.
#[inline]
pub(crate) fn debug_model<M: Model>(model: &M, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug(model, f)
}

/// `Debug`: the fields that are set, by wire name; secrets and personal data are hidden.
fn debug(model: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut result = Ok(());
    model.view(&mut |view: View<'_>| {
        let mut out = f.debug_struct(view.name);
        for (line, slot) in view.lines() {
            let name = line.name();
            let mut items = Vec::new();
            slot.for_each(&mut |shown| items.push(shown));
            match (slot.is_list(), items.as_slice()) {
                (_, []) => {}
                _ if line.is(property::SECRET) || line.is(property::PERSONAL) => {
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
        result = out.finish();
    });
    result
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => text.fmt(f),
            Self::Object(object) => debug(*object, f),
            Self::Value(value) => value.fmt(f),
        }
    }
}

/// `Clone`, field by field.
pub(crate) fn clone<M: Model + Default>(model: &M) -> M {
    let mut copy = M::default();
    assign(&mut copy, model);
    copy
}

fn assign(copy: &mut dyn Model, model: &dyn Model) {
    copy.lend(&mut |to: Loan<'_, '_>| {
        model.view(&mut |from: View<'_>| {
            to.slots.iter_mut().zip(from.slots).for_each(|(to, from)| to.assign(*from));
            to.extra.clone_from(from.extra);
        });
    });
}

/// `PartialEq` of models; see [`debug_model`].
#[inline]
pub(crate) fn equal_models<M: Model>(left: &M, right: &M) -> bool {
    equals(left, right)
}

/// `PartialEq`, field by field.
fn equals(left: &dyn Model, right: &dyn Model) -> bool {
    let mut is_equal = false;
    left.view(&mut |left: View<'_>| {
        right.view(&mut |right: View<'_>| {
            let mut slots = left.slots.iter().zip(right.slots);
            is_equal = left.extra == right.extra && slots.all(|(left, right)| left.equals(*right));
        });
    });
    is_equal
}
