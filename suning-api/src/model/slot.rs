//! The fields of a model.

use std::any::Any;

use super::{Element, Model, Shown};
use crate::value::Extra;

/// A field of a model, whatever its type.
pub trait Slot {
    /// Whether it can have several values.
    fn is_list(&self) -> bool {
        false
    }

    /// Whether its values are objects.
    fn holds_objects(&self) -> bool {
        true
    }

    /// Records that the field is present, even if empty.
    fn mark_present(&mut self) {}

    /// Adds a text. Returns `false` if it cannot be parsed or does not fit.
    fn push_text(&mut self, _: &str) -> bool {
        false
    }

    /// Adds an empty object to fill. `None` if it does not fit.
    fn push_object(&mut self) -> Option<&mut dyn Model> {
        None
    }

    /// Calls a function with every value.
    fn for_each<'a>(&'a self, show: &mut dyn FnMut(Shown<'a>));

    /// The undocumented codes among its values.
    fn undocumented_codes(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Access for a slot of the same type, to copy or compare.
    fn as_any(&self) -> Option<&dyn Any> {
        None
    }

    /// Copies the values of a slot of the same type.
    fn assign(&mut self, _: &dyn Slot) {}

    /// Whether a slot of the same type has equal values.
    fn equals(&self, _: &dyn Slot) -> bool {
        false
    }
}

impl dyn Slot + '_ {
    /// Whether there is nothing to send.
    pub(crate) fn is_empty(&self) -> bool {
        let mut is_empty = true;
        self.for_each(&mut |shown| is_empty &= matches!(shown, Shown::Text(text) if text.is_empty()));
        is_empty
    }
}

/// A field without a value. A constant costs each model less to compile than a call of `Default::default`.
pub trait Empty {
    /// The field.
    const EMPTY: Self;
}

impl<T> Empty for Option<T> {
    const EMPTY: Self = None;
}

impl<T> Empty for Vec<T> {
    const EMPTY: Self = Vec::new();
}

impl Empty for Extra {
    const EMPTY: Self = Self::new();
}

/// What an `Option` and a `Vec` of values have in common.
macro_rules! values {
    () => {
        fn holds_objects(&self) -> bool {
            T::IS_OBJECT
        }

        fn for_each<'a>(&'a self, show: &mut dyn FnMut(Shown<'a>)) {
            self.iter().for_each(|value| show(value.show()));
        }

        fn undocumented_codes(&self) -> Vec<&str> {
            self.iter().filter_map(T::undocumented_code).collect()
        }

        fn as_any(&self) -> Option<&dyn Any> {
            Some(self)
        }

        fn assign(&mut self, other: &dyn Slot) {
            if let Some(other) = same_type::<Self>(other) {
                self.clone_from(other);
            }
        }

        fn equals(&self, other: &dyn Slot) -> bool {
            same_type::<Self>(other) == Some(self)
        }
    };
}

impl<T: Element> Slot for Option<T> {
    fn push_text(&mut self, text: &str) -> bool {
        if self.is_none() {
            *self = T::parse(text);
            return self.is_some();
        }
        false
    }

    fn push_object(&mut self) -> Option<&mut dyn Model> {
        if self.is_some() {
            return None;
        }
        *self = T::empty_object();
        self.as_mut()?.as_model_mut()
    }

    values!();
}

impl<T: Element> Slot for Vec<T> {
    fn is_list(&self) -> bool {
        true
    }

    fn push_text(&mut self, text: &str) -> bool {
        let value = T::parse(text);
        let is_read = value.is_some();
        self.extend(value);
        is_read
    }

    fn push_object(&mut self) -> Option<&mut dyn Model> {
        self.extend(T::empty_object());
        self.last_mut()?.as_model_mut()
    }

    values!();
}

fn same_type<T: 'static>(slot: &dyn Slot) -> Option<&T> {
    slot.as_any()?.downcast_ref()
}
