//! The documented facts of a draft into a method. What the page does not show, and what people added, stays.

use indexmap::IndexMap;

use super::since::Since;
use super::{cells, change, table};
use crate::lower::name_collisions;
use crate::page::read::Part;
use crate::page::read::text::is_same;
use crate::page::reconcile::Draft;
use crate::spec::{ErrorEntry, Evidence, Example, Examples, Method};

/// Updates a method from the draft of its page. Where the page is the same as at the last import, people made the
/// difference.
pub(super) fn update(old: &Method, draft: &Draft, since: &Since) -> Method {
    let mut new = old.clone();
    if let Some(title) = draft.title.as_ref().filter(|_| !since.is_same("title")) {
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
    new.request = table::update("request", &old.request, draft.request.as_ref(), old.evidence, since);
    new.response = table::update("response", &old.response, draft.response.as_ref(), old.evidence, since);
    new.errors = errors(&old.errors, draft.errors.as_ref(), since);
    new.examples = Examples {
        request: example("request", &old.examples.request, &draft.examples.request, since),
        response: example("response", &old.examples.response, &draft.examples.response, since),
        error: example("error", &old.examples.error, &draft.examples.error, since),
    };
    for quirk in draft.quirks.iter().filter(|quirk| since.may_contradict(&quirk.field)) {
        let is_known = old.quirks.iter().any(|known| known.kind == quirk.kind && known.field == quirk.field);
        if !is_known {
            new.quirks.push(quirk.clone());
        }
    }
    new.fingerprint = since.record();
    new
}

/// The errors of a page, and those that people or SDKs added. Without rows on the page, they stay.
fn errors(
    old: &IndexMap<String, ErrorEntry>,
    new: Option<&IndexMap<String, ErrorEntry>>,
    since: &Since,
) -> IndexMap<String, ErrorEntry> {
    let Some(new) = new.filter(|new| !new.is_empty()) else { return old.clone() };
    let mut errors = IndexMap::new();
    for (code, entry) in new {
        let is_same = since.is_same(&format!("errors.{code}"));
        match old.get(code) {
            Some(old) => errors.insert(code.clone(), error(old, entry, is_same)),
            None if is_same => None,
            None => errors.insert(code.clone(), entry.clone()),
        };
    }
    for (code, entry) in old {
        if !new.contains_key(code) && (!entry.is_documented() || !since.is_gone(&format!("errors.{code}"))) {
            errors.insert(code.clone(), entry.clone());
        }
    }
    let mut errors = table::in_order(errors, old.keys());
    name_collisions(&mut errors);
    errors
}

fn error(old: &ErrorEntry, new: &ErrorEntry, is_same: bool) -> ErrorEntry {
    // A layout that separates the cells shows a remedy that another one ran together with the message.
    let is_better = old.remedy.is_none() && new.remedy.is_some();
    let keeps_text = change::same_error(old, new) && !is_better || is_same && cells::is_part(&old.text(), &new.text());
    let documented = if keeps_text { old } else { new };
    ErrorEntry {
        message: documented.message.clone(),
        remedy: documented.remedy.clone(),
        also: documented.also.clone(),
        undocumented: None,
        ..old.clone()
    }
}

fn example(part: &str, old: &Example, new: &Example, since: &Since) -> Example {
    let newer = |format: &str, old: &Option<String>, new: &Option<String>| {
        let new = new.clone().filter(|_| !since.is_same_example(part, format));
        new.or_else(|| old.clone())
    };
    Example { json: newer("json", &old.json, &new.json), xml: newer("xml", &old.xml, &new.xml) }
}
