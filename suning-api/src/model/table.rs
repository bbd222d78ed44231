//! Models as the codecs see them.

use std::iter;

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
    /// Name of its struct.
    pub name: &'static str,
    /// Facts about its fields.
    pub table: Table<'a>,
    /// Its fields, in the order of the table.
    pub slots: &'a [&'a dyn Slot],
    /// Undocumented content.
    pub extra: &'a Extra,
}

/// The content of a model, to be filled.
pub struct Loan<'a, 's> {
    /// Facts about its fields.
    pub table: Table<'a>,
    /// Its fields, in the order of the table.
    pub slots: &'s mut [&'a mut dyn Slot],
    /// Undocumented content.
    pub extra: &'a mut Extra,
}

/// Shows the content of a model, for the generated code.
pub(crate) fn view<'a, const N: usize>(
    show: &mut dyn Show,
    name: &'static str,
    fields: &'a str,
    slots: [&'a dyn Slot; N],
    extra: &'a Extra,
) {
    show.show(View { name, table: Table(fields), slots: &slots, extra });
}

/// Lends the content of a model, for the generated code.
pub(crate) fn lend<'a, const N: usize>(
    fill: &mut dyn Fill,
    fields: &'a str,
    mut slots: [&'a mut dyn Slot; N],
    extra: &'a mut Extra,
) {
    fill.fill(Loan { table: Table(fields), slots: &mut slots, extra });
}

/// The facts about the fields of a model that encoding and decoding need: a line for each, in document order.
///
/// It is one text because arrays of names and facts would take an eighth of the time in which the crate is checked.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a>(pub &'a str);

/// A line of a table: the wire name of a field and, after a tab each, its [properties](property), `|` with another spelling that is
/// read, and `=` with the value that means success.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a>(&'a str);

/// Properties of a field.
pub(crate) mod property {
    /// A request without it is refused.
    pub(crate) const REQUIRED: &str = "required";
    /// It is hidden by `Debug` and serialized only on request.
    pub(crate) const SECRET: &str = "secret";
    /// It is hidden by `Debug`.
    pub(crate) const PERSONAL: &str = "personal";
}

/// Where a line of a table is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    index: usize,
    offset: usize,
}

impl Table<'_> {
    /// Whether there are no fields.
    pub(crate) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is a field with a wire name.
    pub(crate) fn contains(self, name: &str) -> bool {
        self.find(name, Place::default()).is_some()
    }

    /// The place of a wire name, and the place after it. Blanks that can stray into the names of pushed messages are ignored. The
    /// search starts at a place, because fields usually arrive in document order.
    fn find(self, name: &str, from: Place) -> Option<(Place, Place)> {
        let name = name.trim_ascii();
        if let Some(next) = self.next(name, from) {
            return Some((from, next));
        }
        if !self.0.contains(name) {
            return None;
        }
        self.search(name, from)
            .or_else(|| self.search(name, Place::default()))
            .or_else(|| self.search_other_spellings(name))
    }

    /// The place after a field, if it is the one at a place.
    fn next(self, name: &str, place: Place) -> Option<Place> {
        let rest = self.0.as_bytes().get(place.offset..).filter(|rest| !rest.is_empty())?;
        let end = rest.iter().position(u8::is_ascii_control).unwrap_or(rest.len());
        (&rest[..end] == name.as_bytes()).then(|| place.after(end + line_length(&rest[end..])))
    }

    fn search(self, name: &str, from: Place) -> Option<(Place, Place)> {
        // Most names differ in the first byte, which is quicker than a call that compares them.
        let first = name.as_bytes().first();
        let mut places = self.places(from).filter(|place| self.0.as_bytes().get(place.offset) == first);
        places.find_map(|place| Some((place, self.next(name, place)?)))
    }

    fn search_other_spellings(self, name: &str) -> Option<(Place, Place)> {
        if !self.0.contains("\t|") {
            return None;
        }
        let mut lines = self.places(Place::default()).zip(self.0.lines());
        let (place, line) = lines.find(|(_, line)| Line(line).is_also_named(name))?;
        Some((place, place.after(line.len())))
    }

    /// The places of all fields from one on.
    fn places(self, from: Place) -> impl Iterator<Item = Place> {
        iter::successors(Some(from), move |place| {
            Some(place.after(line_length(self.0.as_bytes().get(place.offset..)?)))
        })
        .take_while(move |place| place.offset < self.0.len())
    }
}

/// Lines are short, so this is quicker than `str::find`.
fn line_length(rest: &[u8]) -> usize {
    rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
}

impl Place {
    /// The place after the line of a length here.
    fn after(self, length: usize) -> Self {
        Self { index: self.index + 1, offset: self.offset + length + 1 }
    }
}

impl<'a> Line<'a> {
    /// The wire name.
    pub(crate) fn name(self) -> &'a str {
        self.0.split_once('\t').map_or(self.0, |(name, _)| name)
    }

    fn facts(self) -> impl Iterator<Item = &'a str> {
        self.0.split('\t').skip(1)
    }

    /// Whether the field has a [property].
    pub(crate) fn is(self, property: &str) -> bool {
        self.facts().any(|fact| fact == property)
    }

    /// The value that means success, if the field can report a failure.
    pub(crate) fn success(self) -> Option<&'a str> {
        self.facts().find_map(|fact| fact.strip_prefix('='))
    }

    fn is_also_named(self, name: &str) -> bool {
        self.facts().any(|fact| fact.strip_prefix('|') == Some(name))
    }
}

impl Loan<'_, '_> {
    /// The field with a wire name, if any, and where to keep what does not fit. The field after it is expected next.
    pub(crate) fn slot(&mut self, name: &str, expected: &mut Place) -> (Option<&mut dyn Slot>, &mut Extra) {
        let Some((place, next)) = self.table.find(name, *expected) else { return (None, self.extra) };
        *expected = next;
        (self.slots.get_mut(place.index).map(|slot| &mut **slot as &mut dyn Slot), self.extra)
    }
}

impl<'a> View<'a> {
    /// The field with a wire name, if any.
    pub(crate) fn slot(&self, name: &str) -> Option<&'a dyn Slot> {
        let (place, _) = self.table.search(name, Place::default())?;
        self.slots.get(place.index).copied()
    }

    /// The fields with their wire names, in document order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'a str, &'a dyn Slot)> {
        self.lines().map(|(line, slot)| (line.name(), slot))
    }

    /// The fields with all facts, in document order.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (Line<'a>, &'a dyn Slot)> {
        self.table.0.lines().map(Line).zip(self.slots.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Table<'_> = Table("cardCode\tsecret\ncardFlag\t|cardflag\nresult\trequired\t=Y\n");

    fn index(name: &str, from: Place) -> Option<usize> {
        TABLE.find(name, from).map(|(place, _)| place.index)
    }

    #[test]
    fn fields_are_found_from_any_place_and_by_other_spellings() {
        let (_, after_code) = TABLE.find("cardCode", Place::default()).expect("a field");
        for from in [Place::default(), after_code] {
            assert_eq!(["cardCode", "cardFlag", " result "].map(|name| index(name, from)), [0, 1, 2].map(Some));
            assert_eq!(index("cardflag", from), Some(1));
        }
    }

    #[test]
    fn facts_are_not_names() {
        for name in ["", "card", "secret", "cardCode\tsecret", "cardCode\tsec", "|cardflag", "=Y", "cardCode\nresult"] {
            assert_eq!(index(name, Place::default()), None, "{name:?}");
        }
        assert!(!Table("").contains(""));
    }
}
