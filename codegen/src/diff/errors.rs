//! Changes in a table of error codes.

use super::change::{Changes, Place};
use super::rules::{
    ERROR_ADDED, ERROR_BECAME_RETRYABLE, ERROR_DOCUMENTATION, ERROR_NO_LONGER_RETRYABLE, ERROR_RECODED, ERROR_REMOVED,
    ERROR_RENAMED, ERROR_RETRY_CHANGED, ERROR_SPLIT_OFF,
};
use crate::explain::find;
use crate::plan::{ErrorVariant, ErrorsPlan, RustName};
use crate::spec::{ErrorEntry, Meaning, Retry};

/// Compares two tables in the module of a path; `read_before` are the old tables that a code was looked up in.
pub(super) fn compare(
    old: &ErrorsPlan,
    new: &ErrorsPlan,
    read_before: &[&ErrorsPlan],
    module: &str,
    changes: &mut Changes<'_>,
) {
    let at = |code: &str, name: &RustName| {
        Place::new(&["errors", code]).with_item(format!("{module}::{}::{name}", old.name))
    };
    let is_in = |plan: &ErrorsPlan, code: &str| plan.variants.iter().any(|variant| variant.code == code);
    // A name whose code changes still compiles if the varying part is the same.
    let is_same = |one: &ErrorVariant, other: &ErrorVariant| one.name == other.name && one.part == other.part;
    for before in &old.variants {
        let place = at(&before.code, &before.name);
        if let Some(after) = new.variants.iter().find(|after| after.code == before.code) {
            changes.push_if_different(&ERROR_RENAMED, &place.key("name"), before.name.as_str(), after.name.as_str());
            entry(&before.entry, &after.entry, &place, changes);
        } else if let Some(after) = new.variants.iter().find(|after| is_same(before, after) && !is_in(old, &after.code))
        {
            let place = at(&after.code, &before.name);
            changes.push(&ERROR_RECODED, &place, &before.code, &after.code);
            entry(&before.entry, &after.entry, &place, changes);
        } else {
            changes.push(&ERROR_REMOVED, &place, &before.code, "");
        }
    }
    for after in new.variants.iter().filter(|after| !is_in(old, &after.code)) {
        let is_recoded = old.variants.iter().any(|before| is_same(before, after) && !is_in(new, &before.code));
        if !is_recoded {
            let was_read = read_before.iter().find_map(|table| read_as(table, &after.code));
            let rule = if was_read.is_some() { &ERROR_SPLIT_OFF } else { &ERROR_ADDED };
            changes.push(rule, &at(&after.code, &after.name), was_read.unwrap_or_default(), &after.code);
        }
    }
}

/// The documented code that a table reads this one as.
fn read_as<'a>(table: &'a ErrorsPlan, code: &str) -> Option<&'a str> {
    find(table, code).map(|found| found.documented)
}

fn entry(old: &ErrorEntry, new: &ErrorEntry, place: &Place, changes: &mut Changes<'_>) {
    // All keys are listed, so that a new key does not compile until it is compared.
    let ErrorEntry { name: _, message, remedy, also, retry, undocumented } = old;
    let rule = match (retry, new.retry) {
        (Retry::Never, _) => &ERROR_BECAME_RETRYABLE,
        (_, Retry::Never) => &ERROR_NO_LONGER_RETRYABLE,
        _ => &ERROR_RETRY_CHANGED,
    };
    changes.push_if_different(rule, &place.key("retry"), retry.as_str(), new.retry.as_str());
    for (key, old, new) in [
        ("message", message, &new.message),
        ("remedy", remedy, &new.remedy),
        ("undocumented", undocumented, &new.undocumented),
    ] {
        let [old, new] = [old, new].map(|text| text.as_deref().unwrap_or_default());
        changes.push_if_different(&ERROR_DOCUMENTATION, &place.key(key), old, new);
    }
    if *also != new.also {
        let meanings = |also: &[Meaning]| also.iter().map(|also| also.message.clone()).collect::<Vec<_>>().join("; ");
        changes.push(&ERROR_DOCUMENTATION, &place.key("also"), &meanings(also), &meanings(&new.also));
    }
}
