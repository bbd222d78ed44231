//! One method of an inventory into the spec.

use indexmap::IndexMap;

use super::format::{Entry, Item};
use crate::check::is_readable;
use crate::lower::name_collisions;
use crate::page::{self, Legend};
use crate::spec::{ErrorEntry, Evidence, Field, Fields, Method, Paging, Platform, Quirk, QuirkKind, Type, ValueEntry};

/// What comes before the name of a missing parameter.
const MISSING: &str = "missing-parameter:";
/// The parameter that selects a page.
const PAGE: &str = "pageNo";

/// The method with everything that the inventory adds. `report` is called for what people have to check.
pub(super) fn merge(
    entry: &Entry,
    known: Option<&Method>,
    platform: &Platform,
    report: &mut dyn FnMut(String),
) -> Method {
    let mut method = known.cloned().unwrap_or_else(|| new(entry));
    let is_transcribed = method.verified.is_some();
    let stated = evidence(entry);
    let quirks = method.quirks.clone();
    let mut merge = Merge { is_transcribed, own: method.evidence, stated, quirks: &quirks, report };

    method.title = method.title.take().or_else(|| entry.title.clone());
    // A whole page outranks its beginning.
    let sources = entry.sources.iter().filter(|source| !is_transcribed || *source != "page");
    for source in sources {
        if !method.sources.contains(source) {
            method.sources.push(source.clone());
        }
    }
    merge.text("the business node", &mut method.node, &entry.node);
    if let Some(other) =
        entry.response.as_ref().and_then(|reply| reply.node.as_ref()).filter(|node| **node != entry.node)
    {
        (merge.report)(format!(
            "the business node of the reply is `{other}`; kept that of the request, `{}`",
            entry.node
        ));
    }
    merge.level(&mut method.request, &entry.request, "request");
    if entry.paged
        && method.paging.is_none()
        && let Some(page) = method.request.get_mut(PAGE)
    {
        page.kind = Type::Integer;
        method.paging = Some(Paging { page: PAGE.to_owned() });
    }
    if let Some(reply) = &entry.response {
        match reply.list {
            Some(list) if is_transcribed && !method.response.is_empty() && list != method.response_list => {
                merge.contradict("the reply", number(method.response_list), number(list));
            }
            Some(list) => method.response_list = list,
            None => {}
        }
        method.response_partial = reply.partial && !is_transcribed;
        merge.level(&mut method.response, &reply.fields, "response");
    }
    errors(&mut method.errors, &entry.errors, platform);
    method
}

fn evidence(entry: &Entry) -> Evidence {
    if entry.sources.iter().any(|source| source != "page") { Evidence::Sdk } else { Evidence::Page }
}

fn new(entry: &Entry) -> Method {
    Method { evidence: evidence(entry), node: entry.node.clone(), ..Method::unknown(&entry.method) }
}

struct Merge<'a> {
    /// Whether the whole page of the method was transcribed, which outranks the inventory.
    is_transcribed: bool,
    /// What the method is known from.
    own: Evidence,
    /// What the inventory is made from.
    stated: Evidence,
    quirks: &'a [Quirk],
    report: &'a mut dyn FnMut(String),
}

impl Merge<'_> {
    fn contradict(&mut self, what: &str, page: &str, inventory: &str) {
        (self.report)(format!("{what} is {page} on the page and {inventory} in the inventory; kept the page"));
    }

    fn text(&mut self, what: &str, known: &mut String, stated: &str) {
        if self.is_transcribed && known != stated {
            let (page, inventory) = (format!("`{known}`"), format!("`{stated}`"));
            self.contradict(what, &page, &inventory);
        } else {
            stated.clone_into(known);
        }
    }

    fn level(&mut self, fields: &mut Fields, items: &[Item], path: &str) {
        for item in items {
            let path = format!("{path}.{}", item.name);
            let name = self.documented_name(fields, item, &path);
            if !fields.contains_key(&name) {
                let stated = item.source.unwrap_or(self.stated);
                let evidence = Some(stated).filter(|evidence| *evidence != self.own);
                let list = item.list.is_none() && !item.fields.is_empty();
                if list {
                    (self.report)(format!(
                        "nothing says whether `{path}` is one object or several; made it a list, which accepts both"
                    ));
                }
                fields.insert(name.clone(), Field { list, evidence, ..Field::default() });
            }
            if let Some(field) = fields.get_mut(&name) {
                self.field(field, item, &path);
            }
        }
    }

    /// The name of a field in the table, if the item is only another spelling of it.
    fn documented_name(&self, fields: &Fields, item: &Item, path: &str) -> String {
        let parent = path.strip_suffix(&item.name).unwrap_or_default();
        let alias = self.quirks.iter().find(|quirk| {
            quirk.kind == QuirkKind::Alias && quirk.observed == item.name && quirk.field.starts_with(parent)
        });
        let name = alias.and_then(|quirk| quirk.field.strip_prefix(parent)).filter(|name| fields.contains_key(*name));
        name.unwrap_or(&item.name).to_owned()
    }

    fn field(&mut self, field: &mut Field, item: &Item, path: &str) {
        let what = format!("`{path}`");
        let is_parameter = path.starts_with("request.");
        let is_required = is_parameter && item.required == Some(true);
        let is_documented = self.is_transcribed && field.evidence != Some(Evidence::Sdk);
        if is_documented {
            if is_required && !field.required {
                self.contradict(&what, "optional", "required");
            }
            if let Some(list) = item.list.filter(|list| *list != field.list) {
                self.contradict(&what, number(field.list), number(list));
            }
        } else {
            // The examples of a page show requests that the gateway accepts.
            field.required |= is_required && !self.is_transcribed;
            field.list = item.list.unwrap_or(field.list);
        }
        let is_value = is_documented || field.example.is_some() || !field.values.is_empty();
        if is_value && !field.is_container() && !item.fields.is_empty() {
            (self.report)(format!("{what} is a value in the spec and an object in the inventory; kept the value"));
            return;
        }
        self.level(&mut field.fields, &item.fields, path);
        if field.is_container() {
            return;
        }
        self.texts(field, item, path);
        // A field with codes is text, whatever an SDK declares.
        if is_parameter && !is_documented && field.kind == Type::Text && field.values.is_empty() {
            field.kind = item.kind.unwrap_or_default();
        }
    }

    /// Takes over a label, its codes and a sample, where there are none yet.
    fn texts(&mut self, field: &mut Field, item: &Item, path: &str) {
        if let (None, true, Some(label)) = (&field.description, field.values.is_empty(), &item.label) {
            // A type that is stated already rules out codes.
            let legend = Some(legend(label, item.example.as_deref())).filter(|_| field.kind == Type::Text);
            let Legend { description, values } = legend.unwrap_or_else(|| Legend::plain(label));
            if !values.is_empty() {
                (self.report)(format!("the codes of `{path}` are named by their numbers; give them names"));
            }
            field.description = description;
            let entry = |(code, meaning): (String, String)| {
                let entry = ValueEntry::without_name(&code, &meaning);
                (code, entry)
            };
            field.values = values.into_iter().map(entry).collect();
        }
        let fits = |example: &String| {
            is_readable(field.kind, example) && (field.values.is_empty() || field.values.contains_key(example))
        };
        field.example = field.example.take().or_else(|| item.example.clone().filter(fits));
    }
}

fn number(is_list: bool) -> &'static str {
    if is_list { "a list" } else { "a single value" }
}

/// Splits a label from its codes, in the form of inventories or in one of those on pages. Other codes stay part of the label, and
/// so do all of them if the sample is not one.
fn legend(label: &str, sample: Option<&str>) -> Legend {
    let is_code = |text: &str| {
        let is_word = text.chars().all(|c| c.is_ascii_lowercase());
        !is_word && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let code = |entry: &str| {
        let (code, meaning) = entry.split_once(' ')?;
        (is_code(code) && !meaning.contains(';')).then(|| (code.to_owned(), meaning.to_owned()))
    };
    let split = || {
        let (before, codes) = label.split_once(": ")?;
        let values = codes.split(", ").map(code).collect::<Option<_>>()?;
        Some(Legend { description: Some(before.to_owned()), values })
    };
    let legend = split().unwrap_or_else(|| page::legend(label, sample));
    let is_documented = |sample| legend.values.is_empty() || legend.values.iter().any(|(code, _)| code == sample);
    if sample.is_none_or(is_documented) { legend } else { Legend::plain(label) }
}

/// Adds the codes that neither the method nor the platform lists. Those of missing parameters become one wildcard.
fn errors(known: &mut IndexMap<String, ErrorEntry>, stated: &[String], platform: &Platform) {
    let lists = |table: &IndexMap<String, ErrorEntry>, code: &str| {
        let matches = |listed: &str| listed.strip_suffix(['*', '?']).is_some_and(|prefix| code.starts_with(prefix));
        table.keys().any(|listed| listed == code || matches(listed))
    };
    for code in stated {
        let code = match code.split_once(MISSING) {
            Some((prefix, _)) => format!("{prefix}{MISSING}*"),
            None => code.clone(),
        };
        if !lists(known, &code) && !lists(&platform.errors, &code) {
            known.insert(code, ErrorEntry::default());
        }
    }
    name_collisions(known);
}
