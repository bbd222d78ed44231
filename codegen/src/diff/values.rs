//! Changes in the codes of a field.

use super::change::{Changes, Place};
use super::rules::FieldRules;
use crate::plan::{CodePlan, CodeVariant, RustName};

/// Compares the codes of two fields. Does nothing unless both have codes.
pub(super) fn compare(
    rules: &'static FieldRules,
    [old, new]: [&str; 2],
    [before, after]: [&CodePlan; 2],
    field: &Place,
    changes: &mut Changes<'_>,
) {
    let at = |code: &str, module: &str, plan: &CodePlan, variant: &RustName| Place {
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
        let place = at(&value.code, old, before, &value.name);
        if let Some(same) = after.variants.iter().find(|other| other.code == value.code) {
            changes.push_if_different(
                &rules.value_renamed,
                &place.key("name"),
                value.name.as_str(),
                same.name.as_str(),
            );
            let place = place.key("description");
            changes.push_if_different(&rules.documentation_changed, &place, &value.description, &same.description);
        } else if let Some(same) = recoded(value) {
            let place = at(&same.code, old, before, &value.name);
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
            changes.push(&rules.value_added, &at(&value.code, new, after, &value.name), "", &value.code);
        }
    }
}
