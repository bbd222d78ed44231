//! Pairs the fields of the old spec with those of the new one.

use crate::plan::{FieldPlan, ObjectPlan};
use crate::spec::{Field, Fields};

/// A field in the spec and in the plan.
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

/// The fields of one level: removed, added or kept.
#[derive(Debug, Default)]
pub(super) struct Pairing<'a> {
    pub(super) removed: Vec<Entry<'a>>,
    pub(super) added: Vec<Entry<'a>>,
    /// Old and new, with the same wire name or certainly renamed.
    pub(super) kept: Vec<(Entry<'a>, Entry<'a>)>,
}

pub(super) fn entries<'a>(fields: &'a Fields, object: &'a ObjectPlan) -> Vec<Entry<'a>> {
    fields.values().zip(&object.fields).map(|(spec, plan)| Entry { spec, plan }).collect()
}

pub(super) fn pair<'a>(old: Vec<Entry<'a>>, new: &[Entry<'a>]) -> Pairing<'a> {
    let mut pairing = Pairing { added: new.to_vec(), ..Pairing::default() };
    for entry in old {
        match remove_first(&mut pairing.added, |other| other.wire() == entry.wire()) {
            Some(same) => pairing.kept.push((entry, same)),
            None => pairing.removed.push(entry),
        }
    }
    for is_same in [reads_old_name, has_rust_name, is_word_for_word] {
        pairing.rename(is_same);
    }
    pairing
}

fn remove_first<'a>(entries: &mut Vec<Entry<'a>>, is: impl Fn(&Entry<'a>) -> bool) -> Option<Entry<'a>> {
    let index = entries.iter().position(is)?;
    Some(entries.remove(index))
}

impl Pairing<'_> {
    /// Pairs a removed field with an added one if exactly one added field matches.
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

/// An alias quirk of the new field names the old one.
fn reads_old_name(old: &Entry<'_>, new: &Entry<'_>) -> bool {
    new.plan.aliases.iter().any(|alias| alias == old.wire())
}

/// Both fields have the same name in Rust.
fn has_rust_name(old: &Entry<'_>, new: &Entry<'_>) -> bool {
    old.plan.name == new.plan.name
}

/// Both fields are documented identically, and not just empty.
fn is_word_for_word(old: &Entry<'_>, new: &Entry<'_>) -> bool {
    old.spec.description.is_some()
        && Field { name: None, ..old.spec.clone() } == Field { name: None, ..new.spec.clone() }
}
