//! Changes in the codes of a field.

use super::change::{Changes, Place};
use super::fields::Table;
use super::pair::Entry;
use crate::plan::{CodePlan, CodeVariant, FieldType};

/// Compares the codes of two fields. Does nothing unless both have codes.
pub(super) fn compare(
    old: &Table<'_>,
    new: &Table<'_>,
    before: &Entry<'_>,
    after: &Entry<'_>,
    field: &Place,
    changes: &mut Changes<'_>,
) {
    let (FieldType::Code(before), FieldType::Code(after)) = (&before.plan.kind, &after.plan.kind) else { return };
    let (Some(before), Some(after)) = (old.code(before), new.code(after)) else { return };
    let rules = new.side.rules();
    let at = |code: &str, module: &str, plan: &CodePlan, variant: &str| Place {
        keys: field.keys.iter().cloned().chain(["values".to_owned(), code.to_owned()]).collect(),
        subject: format!("{}.{code}", field.subject),
        item: Some(format!("{module}::{}::{variant}", plan.name)),
    };
    // If a code is gone and its name has another, new code, the code has changed.
    let recoded = |value: &CodeVariant| {
        let is_new = |other: &&CodeVariant| before.variants.iter().all(|old| old.code != other.code);
        after.variants.iter().find(|other| other.name == value.name).filter(is_new)
    };
    for value in &before.variants {
        let place = at(&value.code, &old.module, before, &value.name);
        if let Some(same) = after.variants.iter().find(|other| other.code == value.code) {
            changes.push_if_different(&rules.value_renamed, &place.key("name"), &value.name, &same.name);
            let place = place.key("description");
            changes.push_if_different(&rules.documentation_changed, &place, &value.description, &same.description);
        } else if let Some(same) = recoded(value) {
            let place = at(&same.code, &old.module, before, &value.name);
            changes.push(&rules.value_recoded, &place, &value.code, &same.code);
        } else {
            changes.push(&rules.value_removed, &place, &value.code, "");
        }
    }
    let is_gone = |value: &CodeVariant| after.variants.iter().all(|new| new.code != value.code);
    for value in &after.variants {
        let is_known = before.variants.iter().any(|old| old.code == value.code);
        let is_recoded = before.variants.iter().any(|old| old.name == value.name && is_gone(old));
        if !is_known && !is_recoded {
            changes.push(&rules.value_added, &at(&value.code, &new.module, after, &value.name), "", &value.code);
        }
    }
}
