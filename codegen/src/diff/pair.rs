//! Pairs the fields of the old spec with those of the new one.

use std::collections::BTreeMap;

use crate::plan::{FieldPlan, FieldType, ObjectPlan};
use crate::spec::Field;

/// The fields of one level: removed, added or kept.
#[derive(Debug, Default)]
pub(super) struct Pairing<'a> {
    pub(super) removed: Vec<&'a FieldPlan>,
    pub(super) added: Vec<&'a FieldPlan>,
    /// Old and new, under the same wire name or certainly renamed.
    pub(super) kept: Vec<(&'a FieldPlan, &'a FieldPlan)>,
}

pub(super) fn pair<'a>(old: &'a ObjectPlan, new: &'a ObjectPlan) -> Pairing<'a> {
    let mut pairing = Pairing { added: new.fields.iter().collect(), ..Pairing::default() };
    for field in &old.fields {
        match pairing.added.iter().position(|other| other.wire == field.wire) {
            Some(index) => pairing.kept.push((field, pairing.added.remove(index))),
            None => pairing.removed.push(field),
        }
    }
    for is_same in [reads_old_name, has_rust_name, is_word_for_word] {
        pairing.rename(is_same);
    }
    pairing
}

/// The paths of fields that were renamed on the wire: what an old path is now.
#[derive(Debug, Default)]
pub(super) struct Renames(BTreeMap<String, String>);

impl Renames {
    pub(super) fn new(old: &ObjectPlan, new: &ObjectPlan) -> Self {
        let mut renames = Self::default();
        renames.collect(old, new, ["", ""]);
        renames
    }

    /// What an old path is now.
    pub(super) fn now<'a>(&'a self, path: &'a str) -> &'a str {
        self.0.get(path).map_or(path, String::as_str)
    }

    fn collect(&mut self, old: &ObjectPlan, new: &ObjectPlan, [was, is]: [&str; 2]) {
        for (before, after) in pair(old, new).kept {
            let (was, is) = (format!("{was}{}", before.wire), format!("{is}{}", after.wire));
            if let (FieldType::Object(before), FieldType::Object(after)) = (&before.kind, &after.kind) {
                self.collect(before, after, [&format!("{was}."), &format!("{is}.")]);
            }
            self.0.insert(was, is);
        }
    }
}

impl Pairing<'_> {
    /// Joins what was removed with what was added where one can only be the other.
    fn rename(&mut self, is_same: fn(&FieldPlan, &FieldPlan) -> bool) {
        for old in std::mem::take(&mut self.removed) {
            let mut same = self.added.iter().enumerate().filter(|(_, new)| is_same(old, new)).map(|(index, _)| index);
            match (same.next(), same.next()) {
                (Some(index), None) => self.kept.push((old, self.added.remove(index))),
                _ => self.removed.push(old),
            }
        }
    }
}

/// The new field says by a quirk that it also reads the old name.
fn reads_old_name(old: &FieldPlan, new: &FieldPlan) -> bool {
    new.aliases.contains(&old.wire)
}

/// The new field keeps the old name in Rust.
fn has_rust_name(old: &FieldPlan, new: &FieldPlan) -> bool {
    old.name == new.name
}

/// The documents say the same of both, and say something.
fn is_word_for_word(old: &FieldPlan, new: &FieldPlan) -> bool {
    let facts = |field: &FieldPlan| Field { name: None, ..field.spec.clone() };
    old.spec.description.is_some() && facts(old) == facts(new) && old.kind.has_same_facts(&new.kind)
}
