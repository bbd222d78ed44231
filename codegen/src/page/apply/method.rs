//! Turns a draft into a new method, or into an update of a known method.

use indexmap::IndexMap;

use super::change;
use super::fingerprint::fingerprint;
use crate::lower::name_collisions;
use crate::page::read::Finding;
use crate::page::read::text::is_same;
use crate::page::reconcile::Draft;
use crate::spec::{Day, Effect, ErrorEntry, Evidence, Example, Examples, Field, Fields, Method, MethodName, Type};

/// Creates a method from a draft. What only people can decide gets the safest value and a finding.
pub(super) fn first(draft: &Draft, name: &MethodName, day: Day, findings: &mut Vec<Finding>) -> Method {
    let mut to_confirm = |message: String| findings.push(Finding::new(1, message));
    if draft.title.is_none() {
        to_confirm("the page has no title; add a `title`".to_owned());
    }
    let effect = Effect::of(name);
    to_confirm(format!(
        "pages do not state the effect; derived `{}` from the name, confirm it and remove `effect_derived`",
        effect.as_str()
    ));
    let mut errors = draft.errors.clone().unwrap_or_default();
    name_collisions(&mut errors);
    Method {
        method: name.clone(),
        name: None,
        title: draft.title.clone(),
        page: name.page(),
        evidence: Evidence::Page,
        sources: Vec::new(),
        effect,
        effect_derived: true,
        node: draft.node.clone().unwrap_or_default(),
        verified: Some(day),
        fingerprint: Some(fingerprint(draft)),
        request: draft.request.clone().unwrap_or_default(),
        rules: Vec::new(),
        response_list: draft.response_list,
        paging: None,
        success: IndexMap::new(),
        response_partial: false,
        response: draft.response.clone().unwrap_or_default(),
        errors,
        quirks: draft.quirks.clone(),
        examples: draft.examples.clone(),
    }
}

/// Updates the documented facts from a draft, and keeps what people added.
pub(super) fn update(old: &Method, draft: &Draft, day: Day) -> Method {
    let mut new = old.clone();
    if let Some(title) = &draft.title {
        new.title = Some(old.title.clone().filter(|old| is_same(old, title)).unwrap_or_else(|| title.clone()));
    }
    if let Some(node) = &draft.node {
        new.node.clone_from(node);
        new.response_list = draft.response_list;
    }
    // A whole page outranks SDKs and its own beginning. What it does not state stays, and says where it is from.
    new.evidence = Evidence::Page;
    new.sources.retain(|source| source != "page");
    new.response_partial = false;
    new.request = table(&old.request, draft.request.as_ref(), old.evidence);
    new.response = table(&old.response, draft.response.as_ref(), old.evidence);
    if let Some(errors) = &draft.errors {
        new.errors = errors.iter().map(|(code, entry)| (code.clone(), error(old.errors.get(code), entry))).collect();
        // People or SDKs added the codes that no page lists.
        let kept = old.errors.iter().filter(|(code, entry)| !is_documented(entry) && !errors.contains_key(*code));
        new.errors.extend(kept.map(|(code, entry)| (code.clone(), entry.clone())));
        name_collisions(&mut new.errors);
    }
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
    new.verified = Some(day);
    new.fingerprint = Some(fingerprint(draft));
    new
}

/// Whether a page lists a code.
pub(super) fn is_documented(entry: &ErrorEntry) -> bool {
    entry.undocumented.is_none() && entry.message.is_some()
}

/// A table of fields. Without one on the page, it stays.
fn table(old: &Fields, new: Option<&Fields>, own: Evidence) -> Fields {
    let kept = |(name, field): (&String, &Field)| {
        let field = if field.is_only_in_sdks(own) { from_sdks(field) } else { field.clone() };
        (name.clone(), field)
    };
    new.map_or_else(|| old.iter().map(kept).collect(), |new| fields(old, new, own))
}

/// The fields of a page with what people added to them, and those that only SDKs have, in a method that was known from `own`.
fn fields(old: &Fields, new: &Fields, own: Evidence) -> Fields {
    let renamed = change::renamed(old, new);
    let mut fields: Fields = new
        .iter()
        .map(|(name, field)| {
            let before = old.get(name).or_else(|| {
                let (before, _) = renamed.iter().find(|(_, now)| now == name)?;
                old.get(before)
            });
            (name.clone(), before.map_or_else(|| field.clone(), |before| merged(before, field, own)))
        })
        .collect();
    let is_gone = |name: &String| !new.contains_key(name) && renamed.iter().all(|(before, _)| before != name);
    for (name, field) in old.iter().filter(|(name, field)| is_gone(name) && field.is_only_in_sdks(own)) {
        fields.insert(name.clone(), from_sdks(field));
    }
    fields
}

/// A field with all inside it, marked as known only from SDKs.
fn from_sdks(field: &Field) -> Field {
    let fields = field.fields.iter().map(|(name, inside)| (name.clone(), from_sdks(inside))).collect();
    Field { evidence: Some(Evidence::Sdk), fields, ..field.clone() }
}

fn merged(old: &Field, new: &Field, own: Evidence) -> Field {
    let mut values = new.values.clone();
    for (code, entry) in &mut values {
        if let Some(known) = old.values.get(code) {
            entry.name.clone_from(&known.name);
            entry.description = kept_text(&known.description, &entry.description);
        }
    }
    let (example, description) = if change::same_cells(old, new) {
        (old.example.clone(), old.description.clone())
    } else {
        (new.example.clone(), new.description.clone())
    };
    Field {
        name: old.name.clone(),
        required: new.required,
        list: new.list,
        kind: if new.kind == Type::Text && values.is_empty() && new.fields.is_empty() { old.kind } else { new.kind },
        secret: old.secret,
        personal: old.personal,
        evidence: None,
        example,
        description,
        values,
        fields: fields(&old.fields, &new.fields, own),
    }
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
