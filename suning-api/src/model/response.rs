//! Replies, built from the rows of a message.

use std::fmt;

use super::{Element, Model};

/// A reply: one object, or a list of rows.
pub trait Response: Sized {
    /// One object of the reply.
    type Row: Model + Element + Default + fmt::Debug;

    /// Whether the business node repeats, once for each row.
    const IS_LIST: bool;

    /// Takes as many rows as fit. `None` if there are too few.
    fn from_rows(rows: &mut Vec<Self::Row>) -> Option<Self>;

    /// The rows it was made from.
    fn rows(&self) -> &[Self::Row];
}

impl<T: Model + Element + Default + fmt::Debug> Response for T {
    type Row = T;
    const IS_LIST: bool = false;

    fn from_rows(rows: &mut Vec<T>) -> Option<T> {
        (!rows.is_empty()).then(|| rows.remove(0))
    }

    fn rows(&self) -> &[T] {
        std::slice::from_ref(self)
    }
}

impl<T: Model + Element + Default + fmt::Debug> Response for Vec<T> {
    type Row = T;
    const IS_LIST: bool = true;

    fn from_rows(rows: &mut Vec<T>) -> Option<Vec<T>> {
        Some(std::mem::take(rows))
    }

    fn rows(&self) -> &[T] {
        self
    }
}
