//! Replies, built from the rows of a message.

use std::fmt;

use super::{Element, Model};

/// A reply: one object, a list of rows, or either.
pub trait Response: Sized {
    /// One object of the reply.
    type Row: Model + Element + Default + fmt::Debug;

    /// Whether the business node may repeat, once for each row.
    const IS_LIST: bool;

    /// Takes as many rows as fit. `None` if there are too few.
    fn from_rows(rows: &mut Vec<Self::Row>) -> Option<Self>;

    /// The rows it was made from.
    fn rows(&self) -> &[Self::Row];

    /// The same, by value.
    fn into_rows(self) -> Vec<Self::Row>;
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

    fn into_rows(self) -> Vec<T> {
        vec![self]
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

    fn into_rows(self) -> Vec<T> {
        self
    }
}
