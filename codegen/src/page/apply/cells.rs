//! Whether a field in the spec says the same as a row of a page, which may have been understood in another way.

use crate::page::read::text::is_same;
use crate::spec::Field;

/// How the texts of two fields relate: sample, description and codes together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They say the same. Where cells are split, or which part is a code, may differ.
    Same,
    /// One says the same as the other, and more.
    Part,
    Different,
}

/// Compares the texts of two fields.
pub(super) fn compare(spec: &Field, page: &Field) -> Relation {
    let same_codes = spec.values.keys().eq(page.values.keys())
        && spec.values.values().zip(page.values.values()).all(|(old, new)| is_same(&old.description, &new.description));
    if same_codes && is_same(&cells(spec), &cells(page)) {
        return Relation::Same;
    }
    // A code with another meaning is another fact, even if another code has it now.
    let has_changed = spec.values.iter().any(|(code, old)| {
        let new = page.values.get(code).map_or(&old.description, |new| &new.description);
        !new.starts_with(&old.description) && !old.description.starts_with(new.as_str())
    });
    let [old, new] = [spec, page].map(characters);
    match (contains(&old, &new), contains(&new, &old)) {
        _ if has_changed => Relation::Different,
        (true, true) if !same_codes => Relation::Same,
        (true, true) | (false, false) => Relation::Different,
        _ => Relation::Part,
    }
}

fn cells(field: &Field) -> String {
    [&field.example, &field.description].map(|cell| cell.as_deref().unwrap_or_default()).concat()
}

/// Whether one text says the same as the other, and maybe more.
pub(super) fn is_part(left: &str, right: &str) -> bool {
    let [left, right] = [left, right].map(sorted);
    contains(&left, &right) || contains(&right, &left)
}

fn characters(field: &Field) -> Vec<char> {
    let codes = field.values.iter().flat_map(|(code, entry)| [code.as_str(), &entry.description]);
    let texts = [&field.example, &field.description].into_iter().flatten().map(String::as_str).chain(codes);
    sorted(&texts.collect::<String>())
}

/// The characters of a text without those that only separate them, sorted, because a note can be on either side.
fn sorted(text: &str) -> Vec<char> {
    let text = text.replace("表示", "").replace("代表", "").replace("返回空", "");
    let mut characters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric() && !"空为是".contains(*c)).collect();
    characters.sort_unstable();
    characters
}

/// Whether sorted characters contain all others, as often as they occur.
fn contains(all: &[char], some: &[char]) -> bool {
    let mut rest = all.iter();
    some.iter().all(|c| rest.any(|other| other == c))
}
