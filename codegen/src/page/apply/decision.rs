//! What only people can decide: proposals for the first import of a page, and questions about what has changed since, each with a
//! finding.

use super::change::PageChange;
use crate::page::read::text::is_same;
use crate::page::read::{Finding, Note, Page};
use crate::page::reconcile::Draft;
use crate::spec::{Field, Fields, Method, MethodName, Paging, Platform, Rule, Type, ValueEntry};

/// The parameter that selects a page.
const PAGE: &str = "pageNo";

/// Adds proposals to a method, of which `known` was in the spec before.
pub(super) fn propose(
    method: &mut Method,
    known: &Method,
    draft: &Draft,
    platform: &Platform,
    findings: &mut Vec<Finding>,
) {
    let is_import = known.verified.is_none();
    let none = Fields::new();
    for (part, fields, known) in
        [("request", &mut method.request, &known.request), ("response", &mut method.response, &known.response)]
    {
        let known = if is_import { &none } else { known };
        hide(fields, known, platform);
        unnamed(part, fields, known, draft, findings);
    }
    if !is_import {
        return;
    }
    let mut at = |line: usize, message: String| findings.push(Finding::new(line, message));
    if method.title.is_none() {
        at(1, "the page has no title; add a `title`".to_owned());
    }
    if method.effect_derived {
        let effect = method.effect.as_str();
        let question = "confirm it and remove `effect_derived`";
        at(1, format!("pages do not state the effect; derived `{effect}` from the name, {question}"));
    }
    if method.node.is_empty() {
        method.node = conventional_node(&method.method);
        at(1, format!("no example shows the business node; used the conventional name `{}`, confirm it", method.node));
    }
    let counts_pages =
        |name: &String| platform.envelope.head_fields.get(name).is_some_and(|field| field.kind == Type::Integer);
    if method.paging.is_none() && draft.head.iter().any(counts_pages) {
        if let Some(page) = method.request.get_mut(PAGE).filter(|field| !field.is_container() && !field.list) {
            page.kind = Type::Integer;
            page.values.clear();
            method.paging = Some(Paging { page: PAGE.to_owned() });
            at(1, format!("the head of the reply counts pages; proposed `paging` by `{PAGE}`, confirm it"));
        } else {
            let message =
                format!("the head of the reply counts pages, but there is no parameter `{PAGE}`; add `paging`");
            at(1, message);
        }
    }
    for Note { line, text, .. } in &draft.notes {
        at(*line, format!("this note may be a rule; add it to `rules` if callers should know it: {text}"));
    }
}

/// The rules that somebody has read from notes that have changed.
pub(super) fn stated_by(known: &Method, notes: &[PageChange], page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    for number in notes.iter().filter_map(|change| change.path.strip_prefix("notes.")) {
        let note = format!("note {number}");
        let is_by = |rule: &&Rule| {
            let mut rests = rule.stated.split(&note).skip(1);
            rests.any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let count = known.rules.iter().filter(is_by).count();
        if count > 0 {
            let line = page.notes().find(|note| note.number == number).map_or(1, |note| note.line);
            let rules = if count == 1 { "a rule is".to_owned() } else { format!("{count} rules are") };
            findings
                .push(Finding::new(line, format!("{rules} stated by note {number}, which has changed; read it again")));
        }
    }
    findings
}

/// Marks new fields whose names the platform file lists, ignoring case.
pub(super) fn hide(fields: &mut Fields, known: &Fields, platform: &Platform) {
    for (name, field) in fields.iter_mut() {
        let before = known.get(name);
        if before.is_none() {
            let is_in = |names: &[String]| names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
            field.secret |= is_in(&platform.secret);
            field.personal |= is_in(&platform.personal) && !field.secret;
        }
        hide(&mut field.fields, before.map_or(&Fields::new(), |before| &before.fields), platform);
    }
}

/// Asks for names of new codes, which callers will see, and whether those of codes with another meaning still fit.
fn unnamed(path: &str, fields: &Fields, known: &Fields, draft: &Draft, findings: &mut Vec<Finding>) {
    let none = Field::default();
    for (name, field) in fields {
        let (path, known) = (format!("{path}.{name}"), known.get(name).unwrap_or(&none));
        let is_unnamed = |(code, entry): &(&String, &ValueEntry)| {
            !known.values.contains_key(*code) && entry.name == ValueEntry::without_name(code, "").name
        };
        let line = draft.rows.iter().find(|(row, _)| *row == path).map_or(1, |(_, row)| row.line);
        for (code, entry) in &field.values {
            if let Some(was) = known.values.get(code).filter(|was| !is_same(&was.description, &entry.description)) {
                let ValueEntry { name: variant, description } = entry;
                let message = format!(
                    "code `{code}` of `{name}` meant {} and now means {description}; check that `{variant}` still says so",
                    was.description
                );
                findings.push(Finding::new(line, message));
            }
        }
        let names: Vec<&str> = field.values.iter().filter(is_unnamed).map(|(_, entry)| entry.name.as_str()).collect();
        if !names.is_empty() {
            let names = names.join("`, `");
            let message = format!("name `{names}` of `{name}` after what it means; renaming it later breaks callers");
            findings.push(Finding::new(line, message));
        }
        unnamed(&path, &field.fields, &known.fields, draft, findings);
    }
}

/// The business node of nearly every method: `queryThing` for `suning.custom.thing.query`.
fn conventional_node(name: &MethodName) -> String {
    let mut words = name.rest().split('.').rev();
    let verb = words.next().unwrap_or_default();
    let noun = words.next_back().unwrap_or_default();
    let mut letters = noun.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    format!("{verb}{}{}", first.map(String::from).unwrap_or_default(), letters.as_str())
}
