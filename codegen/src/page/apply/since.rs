//! What has changed on a page since it was last imported. Where nothing has, people made the difference from the spec.

use std::collections::BTreeMap;

use super::change::{PageChange, PageChangeKind};
use super::fingerprint::{Fingerprint, digest, is_same_text, of_row};
use crate::page::read::{self as page, Page};
use crate::page::reconcile::Draft;
use crate::spec::Method;

/// A page compared with the record of its last import.
#[derive(Debug, Clone)]
pub(super) struct Since {
    before: Fingerprint,
    now: Fingerprint,
    /// How the rows of fields compare, by path.
    rows: BTreeMap<String, Row>,
    /// Keys of rows that now have another name, and their new keys.
    renamed: Vec<(String, String)>,
}

/// How a row compares with that of the last import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Same,
    /// Its name is another one, or whether it is required.
    SameText,
    Changed,
}

impl Since {
    /// Compares the page of a method.
    pub(super) fn of_method(known: Option<&Method>, page: &Page, draft: &Draft) -> Self {
        let before = known.map(Fingerprint::of_spec).unwrap_or_default();
        let now = Fingerprint::of_page(page, &before);
        Self::new(before, now, &draft.rows)
    }

    /// Compares the rows of fields, by path.
    pub(super) fn new(before: Fingerprint, now: Fingerprint, rows: &[(String, page::Row)]) -> Self {
        let mut since = Self { before, now, rows: BTreeMap::new(), renamed: Vec::new() };
        for (path, row) in rows {
            let section = path.split('.').next().unwrap_or_default();
            let key = format!("{section}.{}", row.name);
            let digest = of_row(row);
            let old_key = if row.is_bare() { None } else { since.old_key(section, &key, &digest) };
            let compared = if since.before.digests(&key).any(|known| row.is_cut || known == digest) {
                Row::Same
            } else if since.before.digests(&key).any(|known| is_same_text(known, &digest)) || old_key.is_some() {
                Row::SameText
            } else {
                Row::Changed
            };
            since.renamed.extend(old_key.map(|old_key| (old_key, key)));
            since.rows.insert(path.clone(), compared);
        }
        since
    }

    /// The key of the only row with this text that the page no longer shows, for a new row.
    fn old_key(&self, section: &str, key: &str, digest: &str) -> Option<String> {
        let is_gone = |old: &&str| !self.now.has(old) && self.renamed.iter().all(|(before, _)| before != old);
        let mut gone = self.before.with_text(section, digest).filter(is_gone);
        let only = gone.next().filter(|_| gone.next().is_none() && !self.had(key))?;
        Some(only.to_owned())
    }

    /// What the spec is to record. `None` for a page that shows too little.
    pub(super) fn record(&self) -> Option<String> {
        Some(self.now.to_string()).filter(|record| !record.is_empty())
    }

    /// Whether the page showed a row.
    pub(super) fn had(&self, key: &str) -> bool {
        self.before.has(key)
    }

    /// Whether the page showed a row, and no longer does.
    pub(super) fn is_gone(&self, key: &str) -> bool {
        self.before.digests(key).count() > self.now.digests(key).count()
    }

    /// Whether a field has a row. A container may have none.
    pub(super) fn has_row(&self, path: &str) -> bool {
        self.rows.contains_key(path)
    }

    /// Whether the row of a field is the same.
    pub(super) fn has_same_row(&self, path: &str) -> bool {
        self.rows.get(path) == Some(&Row::Same)
    }

    /// Whether the row of a field has the same text.
    pub(super) fn has_same_text(&self, path: &str) -> bool {
        matches!(self.rows.get(path), Some(Row::Same | Row::SameText))
    }

    /// Whether title, error or example is the same.
    pub(super) fn is_same(&self, key: &str) -> bool {
        self.had(key) && self.before.digests(key).eq(self.now.digests(key))
    }

    /// Whether the examples of a part are the same, as far as the page shows them.
    pub(super) fn has_same_examples(&self, part: &str) -> bool {
        self.now.is_within(&format!("examples.{part}."), &self.before)
    }

    /// Whether an example is the same, or was only restored from one that is the same.
    pub(super) fn is_same_example(&self, part: &str, format: &str) -> bool {
        let key = format!("examples.{part}.{format}");
        if self.now.has(&key) {
            self.is_same(&key)
        } else {
            self.now.has(&format!("examples.{part}.json")) && self.has_same_examples(part)
        }
    }

    /// The notes that have changed. A note that only has another number is the same.
    pub(super) fn notes(&self, page: &Page) -> Vec<PageChange> {
        const NOTES: &str = "notes";
        if !self.before.is_recorded() {
            return Vec::new();
        }
        let is_new = |digest: &str| self.before.with_text(NOTES, digest).next().is_none();
        let is_gone = |digest: &str| self.now.with_text(NOTES, digest).next().is_none();
        let new = page.notes().filter(|note| is_new(&digest(&note.text))).map(|note| {
            let key = format!("{NOTES}.{}", note.number);
            let is_other = self.before.digests(&key).any(is_gone);
            PageChange::new(PageChangeKind::Notes, key, is_other.then_some("another text"), Some(&note.text))
        });
        let gone = self.before.section(NOTES).filter(|(key, digest)| is_gone(digest) && !self.now.has(key));
        new.chain(gone.map(|(key, _)| PageChange::new(PageChangeKind::Notes, key, Some("a note"), None))).collect()
    }

    /// Whether a contradiction at a path of the spec may be new.
    pub(super) fn may_contradict(&self, path: &str) -> bool {
        let part = path.strip_prefix("examples.").unwrap_or(path).split('.').next().unwrap_or_default();
        !self.has_same_examples(part) || self.rows.get(path) == Some(&Row::Changed)
    }

    /// Whether a row was renamed.
    pub(super) fn is_renamed(&self, before: &str, now: &str) -> bool {
        self.renamed.iter().any(|(old, new)| old == before && new == now)
    }
}
