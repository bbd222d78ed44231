//! What a page states of a method: tables and examples reconciled.

use indexmap::IndexMap;

use super::fields::{self, Table};
use super::layout;
use crate::page::read::shape::{self, Node};
use crate::page::read::{ErrorRow, Finding, Format, Page, Part, text};
use crate::spec::{ErrorEntry, Example, Examples, Fields, Meaning, Quirk, QuirkKind};

/// The documented facts of a method that a page states.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Title.
    pub title: Option<String>,
    /// Business node, taken from the examples.
    pub node: Option<String>,
    /// Request parameters; `None` when the page does not state them.
    pub request: Option<Fields>,
    /// Whether the business node of a reply repeats.
    pub response_list: bool,
    /// Reply fields; `None` when the page does not state them.
    pub response: Option<Fields>,
    /// The method's own errors; `None` when the page does not state them.
    pub errors: Option<IndexMap<String, ErrorEntry>>,
    /// Whether errors may be cut off.
    pub ends_in_errors: bool,
    /// Examples.
    pub examples: Examples,
    /// Contradictions between tables and examples.
    pub quirks: Vec<Quirk>,
    /// What people have to check.
    pub findings: Vec<Finding>,
}

/// Reconciles the parts of a page.
#[must_use]
pub fn draft(page: &Page) -> Draft {
    let mut draft = Draft {
        title: page.title.clone(),
        findings: page.findings.clone(),
        ends_in_errors: page.ends_in_errors,
        ..Draft::default()
    };
    let request = shape::merge(&page.messages, Part::Request);
    let response = shape::merge(&page.messages, Part::Response);
    draft.node = node(&request, &response, &mut draft.findings);
    draft.response_list = response.shape.is_list;
    for (part, rows, node) in [(Part::Request, &page.request, &request), (Part::Response, &page.response, &response)] {
        let missing = missing(part);
        if node.name.is_none() {
            let message = format!("the page has no {}, so nesting and lists are unknown", missing.example);
            draft.findings.push(Finding::new(last_line(page), message));
        }
        let Some(rows) = rows else {
            draft.findings.push(Finding::new(last_line(page), format!("the page has no {}", missing.table)));
            continue;
        };
        let table = Table { name: missing.name, rows, node, prose: &page.prose };
        let fields = fields::reconcile(&table, &mut draft.quirks, &mut draft.findings);
        match part {
            Part::Request => draft.request = Some(fields),
            _ => draft.response = Some(fields),
        }
    }
    draft.errors = page.errors.as_ref().map(|rows| errors(rows, &mut draft.findings));
    if draft.errors.is_none() {
        draft.findings.push(Finding::new(last_line(page), "the page has no table of the method's error codes"));
    }
    examples(page, &mut draft);
    draft.findings.sort();
    draft
}

struct Missing {
    name: &'static str,
    table: &'static str,
    example: &'static str,
}

fn missing(part: Part) -> Missing {
    match part {
        Part::Request => Missing { name: "request", table: "table of request parameters", example: "request example" },
        _ => Missing { name: "response", table: "table of response parameters", example: "response example" },
    }
}

fn last_line(page: &Page) -> usize {
    let rows = [&page.request, &page.response];
    let rows = rows.into_iter().flatten().flatten().map(|row| row.line);
    let messages = page.messages.iter().map(|message| message.line + message.text.lines().count() - 1);
    let errors = page.errors.iter().flatten().chain(&page.common_errors).map(|row| row.line);
    rows.chain(messages).chain(errors).chain(page.prose.iter().map(|(line, _)| *line)).max().unwrap_or(1)
}

fn node(request: &Node, response: &Node, findings: &mut Vec<Finding>) -> Option<String> {
    for (line, message) in request.conflicts.iter().chain(&response.conflicts) {
        findings.push(Finding::new(*line, message.as_str()));
    }
    if let (Some(sent), Some(answered)) = (&request.name, &response.name)
        && sent != answered
    {
        let message =
            format!("the business node is `{answered}` in the reply and `{sent}` in the request; used `{sent}`");
        findings.push(Finding::new(response.lines.first().map_or(1, |(_, line)| *line), message));
    }
    request.name.clone().or_else(|| response.name.clone())
}

fn errors(rows: &[ErrorRow], findings: &mut Vec<Finding>) -> IndexMap<String, ErrorEntry> {
    let mut entries: IndexMap<String, ErrorEntry> = IndexMap::new();
    for row in rows {
        let meaning = Meaning { message: row.message.clone(), remedy: row.remedy.clone() };
        match entries.get_mut(&row.code) {
            Some(entry) => {
                let message = entry.message.as_deref().unwrap_or_default();
                let is_same = text::is_same(message, &meaning.message) && entry.remedy == meaning.remedy;
                let what = if is_same { "the text is the same" } else { "kept its other meaning under `also`" };
                findings.push(Finding::new(row.line, format!("`{}` is listed again; {what}", row.code)));
                if !is_same {
                    entry.also.push(meaning);
                }
            }
            None => {
                let Meaning { message, remedy } = meaning;
                let entry = ErrorEntry { message: Some(message), remedy, ..ErrorEntry::default() };
                entries.insert(row.code.clone(), entry);
            }
        }
    }
    entries
}

fn examples(page: &Page, draft: &mut Draft) {
    for message in &page.messages {
        if let Err(reason) = &message.content {
            let text = format!("ignored an invalid example: {reason}");
            draft.findings.push(Finding::new(message.line, text));
            continue;
        }
        let example = part_of(&mut draft.examples, message.part);
        match message.format {
            Format::Json => example.json = Some(layout::json(&message.text)),
            Format::Xml => example.xml = Some(layout::xml(&message.text)),
        }
    }
    for part in [Part::Request, Part::Response, Part::Error] {
        let Some((line, _)) = page.bare_examples.iter().find(|(_, of)| *of == part) else { continue };
        let json = page.messages.iter().find(|message| message.part == part && message.format == Format::Json);
        let example = part_of(&mut draft.examples, part);
        let Some(Ok(content)) = json.map(|message| &message.content).filter(|_| example.xml.is_none()) else {
            continue;
        };
        example.xml = Some(layout::xml(&layout::xml_of(content)));
        let message = "the XML example has no tags; restored them from the JSON example";
        draft.findings.push(Finding::new(*line, message));
        draft.quirks.push(Quirk {
            kind: QuirkKind::Example,
            field: format!("examples.{}.xml", name(part)),
            documented: "an XML example without any tags".to_owned(),
            observed: "the JSON example shows the elements".to_owned(),
            evidence: format!("{} examples; tags restored from the JSON example", name(part)),
        });
    }
}

fn part_of(examples: &mut Examples, part: Part) -> &mut Example {
    match part {
        Part::Request => &mut examples.request,
        Part::Response => &mut examples.response,
        Part::Error => &mut examples.error,
    }
}

fn name(part: Part) -> &'static str {
    match part {
        Part::Request => "request",
        Part::Response => "response",
        Part::Error => "error",
    }
}
