//! Reads the bytes of a file into a page.

use super::error_row::{self, ErrorRow};
use super::finding::{Finding, Refusal};
use super::message::{Message, Part};
use super::name::{self, Name};
use super::row::{self, Row};
use super::section::{self, Sections, Table};
use super::shape;
use super::{decode, html, line};

/// A documentation page, independent of its layout.
#[derive(Debug, Clone)]
pub struct Page {
    /// Names of methods that the page may document.
    pub names: Vec<Name>,
    /// Title.
    pub title: Option<String>,
    /// Text outside of tables and examples, by line.
    pub prose: Vec<(usize, String)>,
    /// Rows of the request table. `None` if the page has no such table.
    pub request: Option<Vec<Row>>,
    /// Rows of the response table. `None` if the page has no such table.
    pub response: Option<Vec<Row>>,
    /// Examples.
    pub messages: Vec<Message>,
    /// Lines of examples that have lost their tags, by part.
    pub bare_examples: Vec<(usize, Part)>,
    /// Rows of the method's own error table. `None` if the page has no such table.
    pub errors: Option<Vec<ErrorRow>>,
    /// Rows of the common error table.
    pub common_errors: Vec<ErrorRow>,
    /// Whether the error table is the last section, so that rows may be cut off.
    pub ends_in_errors: bool,
    /// What people have to check.
    pub findings: Vec<Finding>,
}

/// Reads a page in any layout and encoding.
///
/// # Errors
/// The reason why this is not the page of exactly one method.
pub fn read(bytes: &[u8]) -> Result<Page, Refusal> {
    let text =
        decode::decode(bytes).ok_or_else(|| Refusal::new(1, "not UTF-8 or GBK text; save the page as text or HTML"))?;
    if text.trim().is_empty() {
        return Err(Refusal::new(1, "the page is empty"));
    }
    let lines = if html::is_html(&text) { html::read(&text) } else { line::read(&text) };
    let sections = section::read(&lines)?;
    let is_method = sections.request.is_some() || sections.response.is_some() || !sections.messages.is_empty();
    if !is_method {
        let message = "not the page of a method: it has neither a parameter table nor an example";
        return Err(Refusal::new(1, message));
    }
    Ok(page(&text, sections))
}

fn page(text: &str, sections: Sections) -> Page {
    let Sections { prose, request, response, errors, common_errors, messages, .. } = sections;
    let (bare_examples, ends_in_errors, mut findings) =
        (sections.bare_examples, sections.ends_in_errors, sections.findings);
    let (names, title) = name::read(text, &prose);
    let mut table = |table: Option<Table>, part| table.map(|table| rows(&table, &messages, part, &mut findings));
    let request = table(request, Part::Request);
    let response = table(response, Part::Response);
    Page {
        names,
        title,
        prose: prose.into_iter().map(|line| (line.number, line.text.trim().to_owned())).collect(),
        request,
        response,
        bare_examples,
        errors: errors.map(|table| error_row::read(&table, &mut findings)),
        common_errors: common_errors.map(|table| error_row::read(&table, &mut findings)).unwrap_or_default(),
        messages,
        ends_in_errors,
        findings,
    }
}

fn rows(table: &Table, messages: &[Message], part: Part, findings: &mut Vec<Finding>) -> Vec<Row> {
    let samples = shape::merge(messages, part).shape.samples();
    let mut rows = Vec::new();
    for line in &table.rows {
        match row::read(line, &table.columns, &samples, findings) {
            Ok(row) => rows.push(row),
            Err(finding) => findings.push(finding),
        }
    }
    rows
}
