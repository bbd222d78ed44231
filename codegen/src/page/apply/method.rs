//! The documented facts of a draft into a method. What the page does not show, and what people added, stays.

use indexmap::IndexMap;

use super::cells::{self, Relation};
use super::change;
use crate::lower::name_collisions;
use crate::page::read::Part;
use crate::page::read::text::is_same;
use crate::page::reconcile::Draft;
use crate::spec::{
    Effect, ErrorEntry, Evidence, Example, Examples, Field, Fields, Method, MethodName, Type, ValueEntry,
};

/// A method of which nothing but the name is known.
pub(super) fn unknown(name: &MethodName) -> Method {
    Method {
        method: name.clone(),
        name: None,
        title: None,
        page: name.page(),
        evidence: Evidence::Page,
        sources: Vec::new(),
        effect: Effect::of(name),
        effect_derived: true,
        node: String::new(),
        verified: None,
        fingerprint: None,
        request: Fields::new(),
        rules: Vec::new(),
        response_list: false,
        paging: None,
        success: IndexMap::new(),
        response_partial: false,
        response: Fields::new(),
        errors: IndexMap::new(),
        quirks: Vec::new(),
        examples: Examples::default(),
    }
}

/// Updates a method from the draft of its page.
pub(super) fn update(old: &Method, draft: &Draft, fingerprint: &str) -> Method {
    let is_unchanged = old.fingerprint.as_deref() == Some(fingerprint);
    let update = Update { own: old.evidence, is_unchanged, open: draft.open };
    let mut new = old.clone();
    if let Some(title) = &draft.title {
        new.title = Some(old.title.clone().filter(|old| is_same(old, title)).unwrap_or_else(|| title.clone()));
    }
    if let Some(node) = &draft.node {
        new.node.clone_from(node);
        new.response_list = draft.response_list;
    }
    // A page outranks SDKs and its own beginning. What it does not state stays, and says where it is from.
    new.evidence = Evidence::Page;
    new.sources.retain(|source| source != "page");
    new.response_partial &= draft.open == Some(Part::Response) || draft.response.is_none();
    new.request = update.table(&old.request, draft.request.as_ref(), Part::Request);
    new.response = update.table(&old.response, draft.response.as_ref(), Part::Response);
    new.errors = update.errors(&old.errors, draft.errors.as_ref());
    new.examples = Examples {
        request: example(&old.examples.request, &draft.examples.request),
        response: example(&old.examples.response, &draft.examples.response),
        error: example(&old.examples.error, &draft.examples.error),
    };
    for quirk in &draft.quirks {
        let is_known = old.quirks.iter().any(|known| known.kind == quirk.kind && known.field == quirk.field);
        if !is_known {
            new.quirks.push(quirk.clone());
        }
    }
    new.fingerprint = Some(fingerprint.to_owned());
    new
}

/// Whether a page lists a code.
pub(super) fn is_documented(entry: &ErrorEntry) -> bool {
    entry.undocumented.is_none() && entry.message.is_some()
}

pub(super) struct Update {
    /// What the method or topic was known from.
    pub(super) own: Evidence,
    /// Whether the page is the same as at the last import, so that people made every difference.
    pub(super) is_unchanged: bool,
    /// The part in whose table the page ends.
    pub(super) open: Option<Part>,
}

impl Update {
    /// A table of fields. Without rows on the page, it stays.
    pub(super) fn table(&self, old: &Fields, new: Option<&Fields>, part: Part) -> Fields {
        let Some(new) = new.filter(|new| !new.is_empty()) else {
            let kept = |(name, field): (&String, &Field)| {
                let field = if field.is_only_in_sdks(self.own) { from_sdks(field) } else { field.clone() };
                (name.clone(), field)
            };
            return old.iter().map(kept).collect();
        };
        let mut new = new.clone();
        let mut last_shown = None;
        let paths = paths(old, &[]);
        for (index, path) in paths.iter().enumerate() {
            last_shown = at(&new, path).map(|_| index).or(last_shown);
        }
        let is_unseen = |index: usize| self.open == Some(part) && last_shown.is_none_or(|last| index > last);
        for (_, path) in paths.iter().enumerate().filter(|(index, _)| self.is_unchanged || is_unseen(*index)) {
            let Some(field) = at(old, path).filter(|field| !field.is_only_in_sdks(self.own)) else { continue };
            let Some((name, parents)) = path.split_last() else { continue };
            let level = parents.iter().try_fold(&mut new, |level, name| Some(&mut level.get_mut(name)?.fields));
            if let Some(level) = level {
                level.entry(name.clone()).or_insert_with(|| Field { fields: Fields::new(), ..field.clone() });
            }
        }
        self.fields(old, &new)
    }

    /// The fields of a page with what people added to them, and those that only SDKs have.
    fn fields(&self, old: &Fields, new: &Fields) -> Fields {
        let renamed = change::renamed(old, new);
        let mut fields: Fields = new
            .iter()
            .map(|(name, field)| {
                let before = old.get(name).or_else(|| {
                    let (before, _) = renamed.iter().find(|(_, now)| now == name)?;
                    old.get(before)
                });
                (name.clone(), before.map_or_else(|| field.clone(), |before| self.field(before, field)))
            })
            .collect();
        let is_gone = |name: &String| !new.contains_key(name) && renamed.iter().all(|(before, _)| before != name);
        for (name, field) in old.iter().filter(|(name, field)| is_gone(name) && field.is_only_in_sdks(self.own)) {
            fields.insert(name.clone(), from_sdks(field));
        }
        fields
    }

    fn field(&self, old: &Field, new: &Field) -> Field {
        let keeps_text = match cells::compare(old, new) {
            Relation::Same => true,
            Relation::Part => self.is_unchanged,
            Relation::Different => false,
        };
        let shown = if keeps_text { old } else { new };
        let values = if new.values.is_empty() || keeps_text { old.values.clone() } else { values(old, new) };
        let is_unstated = new.kind == Type::Text && new.values.is_empty() && new.fields.is_empty();
        Field {
            name: old.name.clone(),
            required: new.required,
            list: new.list,
            kind: if is_unstated || self.is_unchanged { old.kind } else { new.kind },
            secret: old.secret,
            personal: old.personal,
            evidence: None,
            example: shown.example.clone().or_else(|| old.example.clone()),
            description: shown.description.clone().or_else(|| old.description.clone()),
            values,
            fields: self.fields(&old.fields, &new.fields),
        }
    }

    /// The errors of a page, and those that people or SDKs added. Without rows on the page, they stay.
    fn errors(
        &self,
        old: &IndexMap<String, ErrorEntry>,
        new: Option<&IndexMap<String, ErrorEntry>>,
    ) -> IndexMap<String, ErrorEntry> {
        let Some(new) = new.filter(|new| !new.is_empty()) else { return old.clone() };
        let last_shown = old.keys().rposition(|code| new.contains_key(code));
        let is_unseen = |index: usize| self.open == Some(Part::Error) && last_shown.is_none_or(|last| index > last);
        let mut errors: IndexMap<_, _> =
            new.iter().map(|(code, entry)| (code.clone(), error(old.get(code), entry))).collect();
        for (index, (code, entry)) in old.iter().enumerate().filter(|(_, (code, _))| !new.contains_key(*code)) {
            if self.is_unchanged || is_unseen(index) || !is_documented(entry) {
                errors.insert(code.clone(), entry.clone());
            }
        }
        name_collisions(&mut errors);
        errors
    }
}

/// The paths of all fields, each before those inside it.
fn paths(fields: &Fields, above: &[String]) -> Vec<Vec<String>> {
    let below = |(name, field): (&String, &Field)| {
        let path = [above, std::slice::from_ref(name)].concat();
        let inside = paths(&field.fields, &path);
        std::iter::once(path).chain(inside)
    };
    fields.iter().flat_map(below).collect()
}

fn at<'f>(fields: &'f Fields, path: &[String]) -> Option<&'f Field> {
    let (name, parents) = path.split_last()?;
    parents.iter().try_fold(fields, |fields, name| Some(&fields.get(name)?.fields))?.get(name)
}

/// A field with all inside it, marked as known only from SDKs.
fn from_sdks(field: &Field) -> Field {
    let fields = field.fields.iter().map(|(name, inside)| (name.clone(), from_sdks(inside))).collect();
    Field { evidence: Some(Evidence::Sdk), fields, ..field.clone() }
}

/// The codes of a page with the names that people gave them.
fn values(old: &Field, new: &Field) -> IndexMap<String, ValueEntry> {
    let named = |(code, entry): (&String, &ValueEntry)| {
        let entry = old.values.get(code).map_or_else(
            || entry.clone(),
            |known| ValueEntry {
                name: known.name.clone(),
                description: kept_text(&known.description, &entry.description),
            },
        );
        (code.clone(), entry)
    };
    new.values.iter().map(named).collect()
}

fn error(old: Option<&ErrorEntry>, new: &ErrorEntry) -> ErrorEntry {
    let Some(old) = old else { return new.clone() };
    let documented = if change::same_error(old, new) { old } else { new };
    ErrorEntry {
        message: documented.message.clone(),
        remedy: documented.remedy.clone(),
        also: documented.also.clone(),
        undocumented: None,
        ..old.clone()
    }
}

fn example(old: &Example, new: &Example) -> Example {
    let newer = |old: &Option<String>, new: &Option<String>| new.clone().or_else(|| old.clone());
    Example { json: newer(&old.json, &new.json), xml: newer(&old.xml, &new.xml) }
}

fn kept_text(old: &str, new: &str) -> String {
    if is_same(old, new) { old.to_owned() } else { new.to_owned() }
}
