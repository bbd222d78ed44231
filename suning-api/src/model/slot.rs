//! The field of a model: one value or several.

use std::any::Any;

use super::{Element, Model, Shown};

/// A field of a model, whatever its type.
pub trait Slot {
    /// Whether several values are documented.
    fn is_list(&self) -> bool {
        false
    }

    /// Whether its values are objects.
    fn holds_objects(&self) -> bool {
        true
    }

    /// Notes that the field is there, whatever it holds.
    fn mark_present(&mut self) {}

    /// Adds a text; `false` when it cannot be read or there is no room.
    fn put(&mut self, _: &str) -> bool {
        false
    }

    /// Adds an empty object to fill; `None` when there is no room.
    fn add(&mut self) -> Option<&mut dyn Model> {
        None
    }

    /// Shows every value.
    fn each<'a>(&'a self, show: &mut dyn FnMut(Shown<'a>));

    /// The codes it holds that no document lists.
    fn undocumented_codes(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Itself, for a slot of the same type to copy or compare.
    fn as_any(&self) -> Option<&dyn Any> {
        None
    }

    /// Becomes a copy of a slot of the same type.
    fn assign(&mut self, _: &dyn Slot) {}

    /// Whether a slot of the same type holds the same.
    fn equals(&self, _: &dyn Slot) -> bool {
        false
    }
}

impl dyn Slot + '_ {
    /// Whether it holds nothing to send.
    pub(crate) fn is_empty(&self) -> bool {
        let mut is_empty = true;
        self.each(&mut |shown| is_empty &= matches!(shown, Shown::Text(text) if text.is_empty()));
        is_empty
    }
}

impl<T: Element> Slot for Option<T> {
    fn holds_objects(&self) -> bool {
        T::IS_OBJECT
    }

    fn put(&mut self, text: &str) -> bool {
        if self.is_none() {
            *self = T::parse(text);
            return self.is_some();
        }
        false
    }

    fn add(&mut self) -> Option<&mut dyn Model> {
        if self.is_some() {
            return None;
        }
        *self = T::empty_object();
        self.as_mut()?.as_model_mut()
    }

    fn each<'a>(&'a self, show: &mut dyn FnMut(Shown<'a>)) {
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
}

impl<T: Element> Slot for Vec<T> {
    fn is_list(&self) -> bool {
        true
    }

    fn holds_objects(&self) -> bool {
        T::IS_OBJECT
    }

    fn put(&mut self, text: &str) -> bool {
        let value = T::parse(text);
        let is_read = value.is_some();
        self.extend(value);
        is_read
    }

    fn add(&mut self) -> Option<&mut dyn Model> {
        self.extend(T::empty_object());
        self.last_mut()?.as_model_mut()
    }

    fn each<'a>(&'a self, show: &mut dyn FnMut(Shown<'a>)) {
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
}

/// The slot at an index of a table, if there is one.
pub(crate) fn slot_at<'a>(slots: &'a mut [&mut dyn Slot], index: Option<usize>) -> Option<&'a mut dyn Slot> {
    match slots.get_mut(index?) {
        Some(slot) => Some(&mut **slot),
        None => None,
    }
}

fn same_type<T: 'static>(slot: &dyn Slot) -> Option<&T> {
    slot.as_any()?.downcast_ref()
}
