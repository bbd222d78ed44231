//! What changed in the documentation: the spec against what an import of the page makes of it.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use crate::message;
use crate::page::read::ErrorRow;
use crate::page::read::text::is_same;
use crate::spec::{ErrorEntry, Evidence, Example, Field, Fields, Method, QuirkKind};

/// What kind of fact changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageChangeKind {
    /// The page states something new.
    Added,
    /// The page no longer states it.
    Removed,
    /// The page uses another name.
    Renamed,
    /// Required or optional, one or many.
    Flag,
    /// The type of a value.
    Type,
    /// Documented codes.
    Values,
    /// Title, node, sample or description.
    Text,
    /// Error codes and their meanings.
    Errors,
    /// Examples.
    Examples,
    /// Numbered notes.
    Notes,
}

impl PageChangeKind {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Flag => "flag",
            Self::Type => "type",
            Self::Values => "values",
            Self::Text => "text",
            Self::Errors => "errors",
            Self::Examples => "examples",
            Self::Notes => "notes",
        }
    }
}

/// One documented fact that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageChange {
    /// What kind of fact.
    pub kind: PageChangeKind,
    /// Path in the spec.
    pub path: String,
    /// What the spec says. `None` for a new fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spec: Option<String>,
    /// What the page says. `None` for a removed fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

impl PageChange {
    pub(super) fn new(kind: PageChangeKind, path: impl Into<String>, spec: Option<&str>, page: Option<&str>) -> Self {
        Self { kind, path: path.into(), spec: spec.map(str::to_owned), page: page.map(str::to_owned) }
    }
}

/// Compares the documented facts of a method before and after an import.
pub(super) fn changes(old: &Method, new: &Method) -> Vec<PageChange> {
    let mut found = Vec::new();
    if !same_text(old.title.as_ref(), new.title.as_ref()) {
        let [spec, page] = [&old.title, &new.title].map(Option::as_deref);
        found.push(PageChange::new(PageChangeKind::Text, "title", spec, page));
    }
    if old.node != new.node {
        found.push(PageChange::new(PageChangeKind::Text, "node", Some(&old.node), Some(&new.node)));
    }
    for (path, spec, page) in [("request", &old.request, &new.request), ("response", &old.response, &new.response)] {
        table(path, [spec, page], [old.evidence, new.evidence], &mut found);
    }
    if old.response_list != new.response_list {
        let [spec, page] = [old, new].map(|method| if method.response_list { "rows" } else { "one" });
        found.push(PageChange::new(PageChangeKind::Flag, "response_list", Some(spec), Some(page)));
    }
    errors(old, new, &mut found);
    for ((name, spec), (_, page)) in old.examples.parts().into_iter().zip(new.examples.parts()) {
        // The error example is the same for all methods, and some layouts omit it.
        if name != "error" || !spec.is_empty() {
            example(name, spec, page, &mut found);
        }
    }
    // In another copy of the page, the example had no tags.
    found.retain(|change| {
        !old.quirks.iter().any(|quirk| quirk.kind == QuirkKind::Example && quirk.field == change.path)
    });
    found
}

/// Compares the fields that pages state, of what is known from this evidence.
pub(super) fn table(path: &str, [spec, page]: [&Fields; 2], [old, new]: [Evidence; 2], found: &mut Vec<PageChange>) {
    level(path, &documented(spec, old), &documented(page, new), found);
}

/// The fields that a page states, of a method that is known from `own`.
fn documented(fields: &Fields, own: Evidence) -> Fields {
    let fields = fields.iter().filter(|(_, field)| !field.is_only_in_sdks(own));
    fields
        .map(|(name, field)| (name.clone(), Field { fields: documented(&field.fields, own), ..field.clone() }))
        .collect()
}

/// Compares the common error table of a page with that of the platform. A page may show only part of it.
pub(super) fn common(known: &IndexMap<String, ErrorEntry>, page: &[ErrorRow]) -> Vec<PageChange> {
    let mut found = Vec::new();
    for row in page {
        let says = |meaning: (&str, &str)| {
            is_same(&[meaning.0, meaning.1].concat(), &[&row.message, row.remedy.as_deref().unwrap_or("")].concat())
        };
        let entry = known.get(&row.code);
        let is_known = entry.is_some_and(|entry| entry.meanings().any(says));
        if !is_known {
            let path = format!("platform.errors.{}", row.code);
            let before = entry.and_then(|entry| entry.message.as_deref());
            found.push(PageChange::new(PageChangeKind::Errors, path, before, Some(&row.message)));
        }
    }
    found
}

fn level(path: &str, spec: &Fields, page: &Fields, found: &mut Vec<PageChange>) {
    let renamed = renamed(spec, page);
    for (name, old) in spec {
        let here = format!("{path}.{name}");
        let new_name = renamed.iter().find(|(before, _)| before == name).map(|(_, now)| now);
        if let Some(new_name) = new_name {
            found.push(PageChange::new(PageChangeKind::Renamed, &here, Some(name), Some(new_name)));
        }
        match page.get(new_name.unwrap_or(name)) {
            Some(new) => field(&here, old, new, found),
            None => found.push(PageChange::new(PageChangeKind::Removed, here, Some(about(old)), None)),
        }
    }
    for (name, new) in page {
        if !spec.contains_key(name) && renamed.iter().all(|(_, now)| now != name) {
            let here = format!("{path}.{name}");
            found.push(PageChange::new(PageChangeKind::Added, &here, None, Some(about(new))));
            level(&here, &Fields::new(), &new.fields, found);
        }
    }
}

/// Fields with a new name: the description is the same, and neither name is on both sides.
pub(super) fn renamed(spec: &Fields, page: &Fields) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (before, old) in spec.iter().filter(|(name, _)| !page.contains_key(*name)) {
        let is_new = |name: &String| !spec.contains_key(name) && pairs.iter().all(|(_, taken)| taken != name);
        let is_like = |new: &Field| {
            old.is_container() == new.is_container()
                && if old.is_container() {
                    old.fields.keys().eq(new.fields.keys())
                } else {
                    old.description.is_some() && same_text(old.description.as_ref(), new.description.as_ref())
                }
        };
        if let Some((now, _)) = page.iter().find(|(name, new)| is_new(name) && is_like(new)) {
            pairs.push((before.clone(), now.clone()));
        }
    }
    pairs
}

fn about(field: &Field) -> &str {
    field.description.as_deref().unwrap_or(if field.is_container() { "a container" } else { "a field" })
}

fn field(path: &str, old: &Field, new: &Field, found: &mut Vec<PageChange>) {
    let flag = |is_set: bool, yes: &'static str, no: &'static str| if is_set { yes } else { no };
    for (before, now, yes, no) in
        [(old.required, new.required, "required", "optional"), (old.list, new.list, "a list", "a single value")]
    {
        if before != now {
            let (before, now) = (flag(before, yes, no), flag(now, yes, no));
            found.push(PageChange::new(PageChangeKind::Flag, path, Some(before), Some(now)));
        }
    }
    if new.kind != old.kind {
        found.push(PageChange::new(PageChangeKind::Type, path, Some(old.kind.as_str()), Some(new.kind.as_str())));
    }
    for (key, before, now) in
        [("example", &old.example, &new.example), ("description", &old.description, &new.description)]
    {
        if !same_text(before.as_ref(), now.as_ref()) {
            let path = format!("{path}.{key}");
            found.push(PageChange::new(PageChangeKind::Text, path, before.as_deref(), now.as_deref()));
        }
    }
    for (code, entry) in &old.values {
        let now = new.values.get(code).map(|entry| entry.description.as_str());
        if now.is_none_or(|now| !is_same(now, &entry.description)) {
            let path = format!("{path}.values.{code}");
            found.push(PageChange::new(PageChangeKind::Values, path, Some(&entry.description), now));
        }
    }
    for (code, entry) in new.values.iter().filter(|(code, _)| !old.values.contains_key(*code)) {
        let path = format!("{path}.values.{code}");
        found.push(PageChange::new(PageChangeKind::Values, path, None, Some(&entry.description)));
    }
    level(path, &old.fields, &new.fields, found);
}

fn same_text(left: Option<&String>, right: Option<&String>) -> bool {
    is_same(left.map_or("", String::as_str), right.map_or("", String::as_str))
}

/// Whether message and remedy are the same together. The split between them may differ.
pub(super) fn same_error(old: &ErrorEntry, new: &ErrorEntry) -> bool {
    is_same(&old.text(), &new.text())
}

fn errors(old: &Method, new: &Method, found: &mut Vec<PageChange>) {
    let text = |entry: &ErrorEntry| {
        let message = entry.message.as_deref().unwrap_or("no message");
        entry.remedy.as_ref().map_or_else(|| message.to_owned(), |remedy| format!("{message} ({remedy})"))
    };
    for (code, before) in old.errors.iter().filter(|(_, entry)| entry.is_documented()) {
        let now = new.errors.get(code);
        if now.is_none_or(|now| !same_error(before, now)) {
            let path = format!("errors.{code}");
            found.push(PageChange::new(PageChangeKind::Errors, path, Some(&text(before)), now.map(text).as_deref()));
        }
    }
    for (code, now) in new.errors.iter().filter(|(code, _)| !old.errors.contains_key(*code)) {
        found.push(PageChange::new(PageChangeKind::Errors, format!("errors.{code}"), None, Some(&text(now))));
    }
}

fn example(name: &str, spec: &Example, page: &Example, found: &mut Vec<PageChange>) {
    let xml = |text: &str| message::xml(text).ok();
    json(&format!("examples.{name}.json"), [spec.json.as_deref(), page.json.as_deref()], found);
    content(&format!("examples.{name}.xml"), [spec.xml.as_deref(), page.xml.as_deref()], xml, found);
}

/// Compares an example in JSON.
pub(super) fn json(path: &str, sides: [Option<&str>; 2], found: &mut Vec<PageChange>) {
    content(path, sides, |text| message::json(text).ok(), found);
}

fn content(path: &str, sides: [Option<&str>; 2], parse: impl Fn(&str) -> Option<Value>, found: &mut Vec<PageChange>) {
    match sides {
        [None, Some(_)] => found.push(PageChange::new(PageChangeKind::Examples, path, None, Some("an example"))),
        [Some(old), Some(new)] if parse(old) != parse(new) => {
            let (old, new) = difference(old, new);
            found.push(PageChange::new(PageChangeKind::Examples, path, Some(&old), Some(&new)));
        }
        _ => {}
    }
}

/// The first lines that differ, and how many more do.
fn difference(old: &str, new: &str) -> (String, String) {
    let diff = TextDiff::from_lines(old, new);
    let lines = |tag: ChangeTag| {
        let mut lines =
            diff.iter_all_changes().filter(|change| change.tag() == tag).map(|change| change.value().trim());
        let first = lines.next().unwrap_or("nothing").to_owned();
        match lines.count() {
            0 => first,
            1 => format!("{first} and 1 more line"),
            more => format!("{first} and {more} more lines"),
        }
    };
    (lines(ChangeTag::Delete), lines(ChangeTag::Insert))
}
