//! Models as the codecs see them.

use super::Slot;
use crate::value::Extra;

/// A request, a reply or an object inside one.
///
/// Its content is passed to a function, and not returned, so that the list of its fields needs no allocation.
pub trait Model {
    /// Shows its content to a function.
    fn view(&self, show: &mut dyn Show);

    /// Lends its content to a function that fills it.
    fn lend(&mut self, fill: &mut dyn Fill);
}

/// A function to which a model shows its content. As a trait of its own, it costs each model less to compile than `dyn FnMut`.
pub trait Show {
    /// Calls the function.
    fn show(&mut self, view: View<'_>);
}

impl<F: FnMut(View<'_>)> Show for F {
    fn show(&mut self, view: View<'_>) {
        self(view);
    }
}

/// A function to which a model lends its content; see [`Show`].
pub trait Fill {
    /// Calls the function.
    fn fill(&mut self, loan: Loan<'_, '_>);
}

impl<F: FnMut(Loan<'_, '_>)> Fill for F {
    fn fill(&mut self, loan: Loan<'_, '_>) {
        self(loan);
    }
}

/// The content of a model.
pub struct View<'a> {
    /// Names and flags of its fields.
    pub table: Table<'a>,
    /// Its fields, in the order of the table.
    pub slots: &'a [&'a dyn Slot],
    /// Undocumented content.
    pub extra: &'a Extra,
}

/// The content of a model, to be filled.
pub struct Loan<'a, 's> {
    /// Names and flags of its fields.
    pub table: Table<'a>,
    /// Its fields, in the order of the table.
    pub slots: &'s mut [&'a mut dyn Slot],
    /// Undocumented content.
    pub extra: &'a mut Extra,
}

/// Shows the content of a model, for the generated code.
pub(crate) fn view<'a, const N: usize>(
    show: &mut dyn Show,
    table: Table<'a>,
    slots: [&'a dyn Slot; N],
    extra: &'a Extra,
) {
    show.show(View { table, slots: &slots, extra });
}

/// Lends the content of a model, for the generated code.
pub(crate) fn lend<'a, const N: usize>(
    fill: &mut dyn Fill,
    table: Table<'a>,
    mut slots: [&'a mut dyn Slot; N],
    extra: &'a mut Extra,
) {
    fill.fill(Loan { table, slots: &mut slots, extra });
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

    /// The index of a wire name, without the blanks that can stray into the names of pushed messages. The search starts at `from`,
    /// because fields usually arrive in document order.
    pub(crate) fn find(&self, name: &str, from: usize) -> Option<usize> {
        let name = name.trim_ascii();
        let (before, after) = self.names.split_at(from.min(self.names.len()));
        let found = after.iter().position(|wire| *wire == name).map(|index| before.len() + index);
        found.or_else(|| before.iter().position(|wire| *wire == name)).or_else(|| {
            let (_, wire) = self.aliases.iter().find(|(alias, _)| *alias == name)?;
            self.names.iter().position(|known| known == wire)
        })
    }

    /// Whether a field has any of these flags.
    pub(crate) fn has(&self, name: &str, flags: u8) -> bool {
        self.flagged.iter().any(|(flagged, set)| *flagged == name && set & flags != 0)
    }
}

impl Loan<'_, '_> {
    /// The field with a wire name, if any, and where to keep what does not fit. The field after it is expected next.
    pub(crate) fn slot(&mut self, name: &str, expected: &mut usize) -> (Option<&mut dyn Slot>, &mut Extra) {
        let index = self.table.find(name, *expected);
        *expected = index.map_or(*expected, |index| index + 1);
        let slot = index.and_then(|index| self.slots.get_mut(index)).map(|slot| &mut **slot as &mut dyn Slot);
        (slot, self.extra)
    }
}

impl<'a> View<'a> {
    /// The fields with their wire names, in document order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'a str, &'a dyn Slot)> {
        self.table.names.iter().copied().zip(self.slots.iter().copied())
    }
}
