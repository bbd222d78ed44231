//! A table of fields: what a page states, with what people decided, and what the page does not show.

use indexmap::IndexMap;

use super::cells::{self, Relation};
use super::change;
use super::since::Since;
use crate::page::read::text::is_same;
use crate::spec::{Evidence, Field, Fields, Type, ValueEntry};

/// Updates the fields of a method or topic that was known from `own`. Without rows on the page, they stay.
pub(super) fn update(
    section: &'static str,
    old: &Fields,
    new: Option<&Fields>,
    own: Evidence,
    since: &Since,
) -> Fields {
    let Some(new) = new.filter(|new| !new.is_empty()) else {
        let kept = |(name, field): (&String, &Field)| {
            let field = if field.is_only_in_sdks(own) { from_sdks(field) } else { field.clone() };
            (name.clone(), field)
        };
        return old.iter().map(kept).collect();
    };
    let mut update = Update { section, own, since, moved: Vec::new() };
    update.moved = update.moved(old, new);
    let mut new = new.clone();
    update.leave_out(old, &mut new, section);
    update.keep(old, &mut new);
    update.fields(old, &new, section)
}

struct Update<'a> {
    section: &'static str,
    own: Evidence,
    since: &'a Since,
    /// Names of fields that new examples show at another place.
    moved: Vec<String>,
}

impl Update<'_> {
    fn key(&self, name: &str) -> String {
        format!("{}.{name}", self.section)
    }

    /// The names of fields that have left their place, if the examples are new. Else people moved them.
    fn moved(&self, old: &Fields, new: &Fields) -> Vec<String> {
        if self.since.has_same_examples(self.section) {
            return Vec::new();
        }
        let [old, new] = [old, new].map(|fields| paths(fields, ""));
        let names = |here: &[String], there: &[String]| -> Vec<String> {
            let only_here = here.iter().filter(|path| !there.contains(path));
            only_here.filter_map(|path| Some(path.rsplit('.').next()?.to_owned())).collect()
        };
        let gone = names(&old, &new);
        names(&new, &old).into_iter().filter(|name| gone.contains(name)).collect()
    }

    /// Removes what people left out, or moved: fields that the spec lacks although their rows are the same.
    fn leave_out(&self, old: &Fields, new: &mut Fields, path: &str) {
        new.retain(|name, field| {
            let here = format!("{path}.{name}");
            let before = old.get(name);
            let was_container = field.is_container();
            self.leave_out(before.map_or(&Fields::new(), |before| &before.fields), &mut field.fields, &here);
            let is_left_out = if self.since.has_row(&here) {
                self.since.has_same_row(&here) && !self.moved.contains(name)
            } else {
                was_container
            };
            before.is_some() || field.is_container() || !is_left_out
        });
    }

    /// Adds the fields that the page does not show, and did not show before.
    fn keep(&self, old: &Fields, new: &mut Fields) {
        for (name, field) in old.iter().filter(|(_, field)| !field.is_only_in_sdks(self.own)) {
            match new.get_mut(name) {
                Some(shown) => self.keep(&field.fields, &mut shown.fields),
                None => drop(self.kept(name, field).map(|kept| new.insert(name.clone(), kept))),
            }
        }
    }

    /// A field with what the page does not contradict inside. `None` if the page dropped it.
    fn kept(&self, name: &str, field: &Field) -> Option<Field> {
        let is_moved = self.moved.iter().any(|moved| moved == name);
        if self.since.is_gone(&self.key(name)) || is_moved && self.since.had(&self.key(name)) {
            return None;
        }
        let mut fields = Fields::new();
        self.keep(&field.fields, &mut fields);
        // A container without a row is where its fields are.
        let is_empty = field.is_container() && fields.is_empty() && !self.since.had(&self.key(name));
        (!is_empty).then(|| Field { fields, ..field.clone() })
    }

    /// The fields of a page with what people added to them, and those that only SDKs have.
    fn fields(&self, old: &Fields, new: &Fields, path: &str) -> Fields {
        let renamed = self.renamed(old, new);
        let before = |name: &String| {
            let pair = renamed.iter().find(|(_, now)| now == name);
            old.get(pair.map_or(name.as_str(), |(before, _)| before))
        };
        let update = |(name, field): (&String, &Field)| {
            let here = format!("{path}.{name}");
            (name.clone(), before(name).map_or_else(|| field.clone(), |known| self.field(known, field, &here)))
        };
        let mut fields: Fields = new.iter().map(update).collect();
        let now = |name: &'_ String| renamed.iter().find(|(before, _)| before == name).map(|(_, now)| now.clone());
        for (name, field) in old.iter().filter(|(_, field)| field.is_only_in_sdks(self.own)) {
            if !new.contains_key(name) && now(name).is_none() {
                fields.insert(name.clone(), from_sdks(field));
            }
        }
        match self.own {
            Evidence::Sdk => fields,
            Evidence::Page => {
                let order: Vec<String> = old.keys().map(|name| now(name).unwrap_or_else(|| name.clone())).collect();
                in_order(fields, order.iter())
            }
        }
    }

    /// Fields with a new name, before and now: by their rows, else by their descriptions.
    fn renamed(&self, old: &Fields, new: &Fields) -> Vec<(String, String)> {
        let gone = old.keys().filter(|name| !new.contains_key(*name));
        let now = |before: &String| {
            let mut added = new.keys().filter(|name| !old.contains_key(*name));
            added.find(|now| self.since.is_renamed(&self.key(before), &self.key(now))).cloned()
        };
        let mut pairs: Vec<_> = gone.filter_map(|before| Some((before.clone(), now(before)?))).collect();
        for (before, now) in change::renamed(old, new) {
            if pairs.iter().all(|(old, new)| *old != before && *new != now) {
                pairs.push((before, now));
            }
        }
        pairs
    }

    fn field(&self, old: &Field, new: &Field, path: &str) -> Field {
        let is_same = self.since.has_same_text(path);
        let keeps_text = match cells::compare(old, new) {
            Relation::Same => true,
            Relation::Part => is_same,
            Relation::Different => false,
        };
        let shown = if keeps_text { old } else { new };
        let values = if new.values.is_empty() || keeps_text { old.values.clone() } else { values(old, new) };
        let is_unstated = new.kind == Type::Text && new.values.is_empty() && new.fields.is_empty();
        Field {
            name: old.name.clone(),
            required: new.required,
            list: if self.since.has_same_examples(self.section) { old.list } else { new.list },
            kind: if is_unstated || is_same { old.kind } else { new.kind },
            secret: old.secret,
            personal: old.personal,
            evidence: None,
            example: shown.example.clone().or_else(|| old.example.clone()),
            description: shown.description.clone().or_else(|| old.description.clone()),
            values,
            fields: self.fields(&old.fields, &new.fields, path),
        }
    }
}

/// Puts entries in the order of the spec. A new one follows the entry that it follows on the page.
pub(super) fn in_order<'o, V>(
    mut entries: IndexMap<String, V>,
    spec: impl Iterator<Item = &'o String>,
) -> IndexMap<String, V> {
    let mut order: Vec<String> = spec.filter(|name| entries.contains_key(*name)).cloned().collect();
    let mut next = 0;
    for name in entries.keys() {
        let at = order.iter().position(|known| known == name).unwrap_or_else(|| {
            order.insert(next, name.clone());
            next
        });
        next = at + 1;
    }
    order.into_iter().filter_map(|name| entries.swap_remove_entry(&name)).collect()
}

/// The dotted paths of all fields.
fn paths(fields: &Fields, above: &str) -> Vec<String> {
    let below = |(name, field): (&String, &Field)| {
        let path = format!("{above}.{name}");
        [paths(&field.fields, &path), vec![path]].concat()
    };
    fields.iter().flat_map(below).collect()
}

/// A field with all inside it, marked as known only from SDKs.
fn from_sdks(field: &Field) -> Field {
    let fields = field.fields.iter().map(|(name, inside)| (name.clone(), from_sdks(inside))).collect();
    Field { evidence: Some(Evidence::Sdk), fields, ..field.clone() }
}

/// The codes of a page with the names that people gave them.
fn values(old: &Field, new: &Field) -> IndexMap<String, ValueEntry> {
    let named = |(code, entry): (&String, &ValueEntry)| {
        let kept = |known: &ValueEntry| {
            let documented = if is_same(&known.description, &entry.description) { known } else { entry };
            ValueEntry { name: known.name.clone(), description: documented.description.clone() }
        };
        (code.clone(), old.values.get(code).map_or_else(|| entry.clone(), kept))
    };
    new.values.iter().map(named).collect()
}
