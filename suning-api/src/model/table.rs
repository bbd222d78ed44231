//! Models as the codecs see them.

use super::Slot;
use crate::value::Extra;

/// A request, a reply or an object inside one.
pub trait Model {
    /// Shows its fields.
    fn view(&self) -> View<'_>;

    /// Lends its fields to be filled.
    fn lend(&mut self) -> Loan<'_>;
}

/// The content of a model.
pub struct View<'a> {
    /// Names and flags of its fields.
    pub table: Table<'a>,
    /// Its fields, in the order of the table.
    pub slots: Vec<&'a dyn Slot>,
    /// Undocumented content.
    pub extra: &'a Extra,
}

/// The content of a model, to be filled.
pub struct Loan<'a> {
    /// Names and flags of its fields.
    pub table: Table<'a>,
    /// Its fields, in the order of the table.
    pub slots: Vec<&'a mut dyn Slot>,
    /// Undocumented content.
    pub extra: &'a mut Extra,
}

/// The facts about a model that encoding and decoding need.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// Name of the struct.
    pub name: &'static str,
    /// Wire names of the fields, in document order.
    pub names: &'a [&'a str],
    /// Fields with [flags].
    pub flagged: &'a [(&'a str, u8)],
    /// Other accepted spellings, each with its wire name.
    pub aliases: &'a [(&'a str, &'a str)],
    /// Fields of a reply that can report a failure, each with the value that means success.
    pub success: &'a [(&'a str, &'a str)],
}

/// Properties of a field.
#[expect(non_upper_case_globals, reason = "they are written in lower case in the tables")]
pub(crate) mod flags {
    /// A request without it is refused.
    pub(crate) const required: u8 = 1;
    /// It is hidden by `Debug` and serialized only on request.
    pub(crate) const secret: u8 = 2;
    /// It is hidden by `Debug`.
    pub(crate) const personal: u8 = 4;
}

impl<'a> Table<'a> {
    /// A table of fields without flags.
    pub(crate) const fn plain(names: &'a [&'a str]) -> Self {
        Self { name: "", names, flagged: &[], aliases: &[], success: &[] }
    }

    /// The index of a wire name. The search starts at `from`, because fields usually arrive in document order.
    pub(crate) fn find(self, name: &str, from: usize) -> Option<usize> {
        let (before, after) = self.names.split_at(from.min(self.names.len()));
        let found = after.iter().position(|wire| *wire == name).map(|index| before.len() + index);
        found.or_else(|| before.iter().position(|wire| *wire == name)).or_else(|| {
            let (_, wire) = self.aliases.iter().find(|(alias, _)| *alias == name)?;
            self.names.iter().position(|known| known == wire)
        })
    }

    /// Whether a field has any of these flags.
    pub(crate) fn has(self, name: &str, flags: u8) -> bool {
        self.flagged.iter().any(|(flagged, set)| *flagged == name && set & flags != 0)
    }
}

impl Loan<'_> {
    /// The field at an index of the table, if any.
    pub(crate) fn slot(&mut self, index: Option<usize>) -> Option<&mut dyn Slot> {
        match self.slots.get_mut(index?) {
            Some(slot) => Some(&mut **slot),
            None => None,
        }
    }
}

impl<'a> View<'a> {
    /// The fields with their wire names, in document order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'a str, &'a dyn Slot)> {
        self.table.names.iter().copied().zip(self.slots.iter().copied())
    }
}
