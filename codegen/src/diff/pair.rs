//! Which field of the old spec is which of the new one.

use crate::plan::{FieldPlan, ObjectPlan};
use crate::spec::{Field, Fields};

/// A field as the spec has it and as Rust has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) spec: &'a Field,
    pub(super) plan: &'a FieldPlan,
}

impl Entry<'_> {
    pub(super) fn wire(&self) -> &str {
        &self.plan.wire
    }
}

/// The fields of one level, by what became of them.
#[derive(Debug, Default)]
pub(super) struct Pairing<'a> {
    pub(super) removed: Vec<Entry<'a>>,
    pub(super) added: Vec<Entry<'a>>,
    /// Old and new, under the same wire name or certainly renamed.
    pub(super) kept: Vec<(Entry<'a>, Entry<'a>)>,
}

pub(super) fn entries<'a>(fields: &'a Fields, object: &'a ObjectPlan) -> Vec<Entry<'a>> {
    fields.values().zip(&object.fields).map(|(spec, plan)| Entry { spec, plan }).collect()
}

pub(super) fn pair<'a>(old: Vec<Entry<'a>>, new: &[Entry<'a>]) -> Pairing<'a> {
    let mut pairing = Pairing { added: new.to_vec(), ..Pairing::default() };
    for entry in old {
        match take(&mut pairing.added, |other| other.wire() == entry.wire()) {
            Some(same) => pairing.kept.push((entry, same)),
            None => pairing.removed.push(entry),
        }
    }
    for is_same in [reads_old_name, has_rust_name, is_word_for_word] {
        pairing.rename(is_same);
    }
    pairing
}

fn take<'a>(entries: &mut Vec<Entry<'a>>, is: impl Fn(&Entry<'a>) -> bool) -> Option<Entry<'a>> {
    let index = entries.iter().position(is)?;
    Some(entries.remove(index))
}

impl Pairing<'_> {
    /// Joins what was removed with what was added where one can only be the other.
    fn rename(&mut self, is_same: fn(&Entry<'_>, &Entry<'_>) -> bool) {
        for old in std::mem::take(&mut self.removed) {
            let mut same = self.added.iter().enumerate().filter(|(_, new)| is_same(&old, new)).map(|(index, _)| index);
            match (same.next(), same.next()) {
                (Some(index), None) => self.kept.push((old, self.added.remove(index))),
                _ => self.removed.push(old),
            }
        }
    }
}

/// The new field says by a quirk that it also reads the old name.
fn reads_old_name(old: &Entry<'_>, new: &Entry<'_>) -> bool {
    new.plan.aliases.iter().any(|alias| alias == old.wire())
}

/// The new field keeps the old name in Rust.
fn has_rust_name(old: &Entry<'_>, new: &Entry<'_>) -> bool {
    old.plan.name == new.plan.name
}

/// The documents say the very same of both, and say something.
fn is_word_for_word(old: &Entry<'_>, new: &Entry<'_>) -> bool {
    old.spec.description.is_some()
        && Field { name: None, ..old.spec.clone() } == Field { name: None, ..new.spec.clone() }
}
