//! What a page states of a method: tables and examples reconciled.

use indexmap::IndexMap;

use super::fields::{self, Table};
use super::layout;
use crate::lower::error_name;
use crate::page::read::shape::{self, Node};
use crate::page::read::{ErrorRow, Finding, Format, Note, Page, Part, Row, text};
use crate::spec::{ErrorEntry, Example, Examples, Fields, Meaning, Method, Quirk, QuirkKind};

/// The code in the error example that every page shows.
const PLACEHOLDER: &str = "API异常码";

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
    /// The part in whose table the page ends, so that it may state less than there is.
    pub open: Option<Part>,
    /// The rows of request and reply fields, by path, such as `request.orders.code`.
    pub rows: Vec<(String, Row)>,
    /// Names in the head of the reply example.
    pub head: Vec<String>,
    /// Notes whose codes do not belong to a field.
    pub notes: Vec<Note>,
    /// Examples.
    pub examples: Examples,
    /// Contradictions between tables and examples.
    pub quirks: Vec<Quirk>,
    /// What people have to check.
    pub findings: Vec<Finding>,
}

/// Reconciles the parts of a page. Where they leave the structure open, the method in the spec decides.
#[must_use]
pub fn draft(page: &Page, known: Option<&Method>) -> Draft {
    let mut draft = Draft {
        title: page.title.clone(),
        findings: page.findings.clone(),
        open: page.open,
        head: shape::head(&page.messages),
        notes: page.notes().collect(),
        ..Draft::default()
    };
    let mut request = shape::merge(&page.messages, Part::Request);
    let mut response = shape::merge(&page.messages, Part::Response);
    draft.node = node(&request, &response, &mut draft.findings);
    if let Some(known) = known {
        request.add_known(&known.request);
        response.add_known(&known.response);
    }
    let rows = response.shape.list().or(known.map(|known| known.response_list));
    draft.response_list = rows.unwrap_or_else(|| draft.head.iter().any(|name| name.starts_with("page")));
    if let (None, true, Some((_, line))) = (rows, draft.response_list, response.lines.first()) {
        let message = "the head counts pages, but the XML example shows one row; made the reply a list, confirm it";
        draft.findings.push(Finding::new(*line, message));
    }
    for (part, rows, node) in [(Part::Request, &page.request, &request), (Part::Response, &page.response, &response)] {
        let missing = missing(part);
        if !page.messages.iter().any(|message| message.part == part) {
            let is_unknown = node.shape.children.is_empty();
            let then = if is_unknown {
                ", so nesting and lists are unknown"
            } else {
                "; nesting and lists are those of the spec"
            };
            draft.findings.push(Finding::new(last_line(page), format!("the page has no {}{then}", missing.example)));
        }
        let Some(rows) = rows else {
            draft.findings.push(Finding::new(last_line(page), format!("the page has no {}", missing.table)));
            continue;
        };
        if rows.is_empty() && (node.name.is_none() || !node.shape.children.is_empty()) {
            let message = format!("the {} has no rows; check that the method has none", missing.table);
            draft.findings.push(Finding::new(last_line(page), message));
        }
        let found = fields::reconcile(&Table { name: missing.name, rows, node, prose: &page.prose });
        draft.rows.extend(found.rows);
        draft.quirks.extend(found.quirks);
        draft.findings.extend(found.findings);
        draft.notes.retain(|note| !found.notes.contains(&note.line));
        match part {
            Part::Request => draft.request = Some(found.fields),
            _ => draft.response = Some(found.fields),
        }
    }
    draft.errors = page.errors.as_ref().map(|rows| errors(rows, known, &mut draft.findings));
    if draft.errors.is_none() {
        draft.findings.push(Finding::new(last_line(page), "the page has no table of the method's error codes"));
    }
    examples(page, known, &mut draft);
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

fn errors(rows: &[ErrorRow], known: Option<&Method>, findings: &mut Vec<Finding>) -> IndexMap<String, ErrorEntry> {
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
                // A code that ends in a wildcard is shared by all methods, and its name says what it means.
                if !row.code.ends_with(['*', '?']) && known.is_none_or(|known| !known.errors.contains_key(&row.code)) {
                    let message = format!(
                        "`{}` needs a `name`: without one it is `{}`, and renaming it later breaks callers",
                        row.code,
                        error_name(&row.code)
                    );
                    findings.push(Finding::new(row.line, message));
                }
                let Meaning { message, remedy } = meaning;
                let entry = ErrorEntry { message: Some(message), remedy, ..ErrorEntry::default() };
                entries.insert(row.code.clone(), entry);
            }
        }
    }
    entries
}

fn examples(page: &Page, known: Option<&Method>, draft: &mut Draft) {
    for message in &page.messages {
        let problem = match &message.content {
            Err(reason) => format!("ignored an invalid example: {reason}"),
            Ok(_) if message.is_cut => "the example is cut off; used what is there".to_owned(),
            Ok(_) => {
                let example = part_of(&mut draft.examples, message.part);
                match message.format {
                    Format::Json => example.json = Some(layout::json(&message.text)),
                    Format::Xml => example.xml = Some(layout::xml(&message.text)),
                }
                continue;
            }
        };
        draft.findings.push(Finding::new(message.line, problem));
    }
    for part in [Part::Request, Part::Response, Part::Error] {
        let Some((line, _)) = page.bare_examples.iter().find(|(_, of)| *of == part) else { continue };
        let mut messages = page.messages.iter().filter(|message| message.part == part && !message.is_cut);
        let json = messages.find(|message| message.format == Format::Json);
        // Another copy of the page had the tags.
        let is_known = known.is_some_and(|known| {
            known.examples.parts().iter().any(|(of, example)| *of == name(part) && example.xml.is_some())
        });
        let example = part_of(&mut draft.examples, part);
        let Some(Ok(content)) = json.map(|message| &message.content).filter(|_| example.xml.is_none() && !is_known)
        else {
            continue;
        };
        example.xml = Some(layout::xml(&layout::xml_of(content)));
        if !content.to_string().contains(PLACEHOLDER) {
            let message = "the XML example has no tags; restored them from the JSON example";
            draft.findings.push(Finding::new(*line, message));
        }
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
