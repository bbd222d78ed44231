//! Which rows were returned before.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};

use crate::model::{Model, Shown};
use crate::wire::json;

/// Two hashes with different random keys, which no two rows share by accident.
type Fingerprint = [u64; 2];

/// Recognizes rows by a key.
pub(super) struct Distinct<Row> {
    fingerprint: Box<dyn Fn(&Row) -> Fingerprint + Send + Sync>,
    returned: HashSet<Fingerprint>,
}

impl<Row> Distinct<Row> {
    pub(super) fn by<K: Hash>(key: impl Fn(&Row) -> K + Send + Sync + 'static) -> Self {
        let hashers = [RandomState::new(), RandomState::new()];
        let fingerprint = move |row: &Row| {
            let key = key(row);
            hashers.each_ref().map(|hasher| hasher.hash_one(&key))
        };
        Self { fingerprint: Box::new(fingerprint), returned: HashSet::new() }
    }

    /// Recognizes rows that are equal in every field.
    pub(super) fn by_content() -> Self
    where
        Row: Model,
    {
        Self::by(|row: &Row| {
            let mut text = Vec::new();
            json::write(&mut text, &Shown::Object(row));
            text
        })
    }

    /// Removes the rows that were returned before.
    pub(super) fn retain_new(&mut self, rows: &mut Vec<Row>) {
        rows.retain(|row| self.returned.insert((self.fingerprint)(row)));
    }
}
