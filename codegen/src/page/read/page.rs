//! Reads the bytes of a file into a page.

use super::error_row::{self, ErrorRow};
use super::finding::{Finding, Refusal};
use super::line::Line;
use super::message::{Message, Part};
use super::name::{self, Name};
use super::row::{self, Row, Samples};
use super::section::{self, Sections, Table};
use super::shape;
use super::{column, decode, html, line, stacked};

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
    /// The part in whose table the page ends, so that rows may be missing. The table of errors is that of the method.
    pub open: Option<Part>,
    /// What people have to check.
    pub findings: Vec<Finding>,
}

/// A numbered note, such as `1、…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Line on the page.
    pub line: usize,
    /// Its number.
    pub number: String,
    /// Its text, without the number.
    pub text: String,
}

impl Page {
    /// The numbered notes.
    pub fn notes(&self) -> impl Iterator<Item = Note> {
        self.prose.iter().filter_map(|(line, text)| {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let note = rest.strip_prefix(['、', '.', '．', ')', '）'])?;
            let number = &text[..text.len() - rest.len()];
            let is_note = !number.is_empty() && !note.starts_with(|c: char| c.is_ascii_digit());
            is_note.then(|| Note { line: *line, number: number.to_owned(), text: note.trim().to_owned() })
        })
    }
}

/// Reads a page in any layout and encoding.
///
/// # Errors
/// The reason why this is not the page of exactly one method.
pub fn read(bytes: &[u8]) -> Result<Page, Refusal> {
    let (text, lines, is_line_whole) = lines(bytes)?;
    if let Some(line) = lines.iter().find(|line| column::is_of_topic(&line.compact())) {
        return Err(Refusal::new(line.number, "not the page of a method, but of a topic of pushed messages"));
    }
    let sections = section::read(&stacked::join(&lines), is_line_whole)?;
    let is_method = sections.request.is_some() || sections.response.is_some() || !sections.messages.is_empty();
    if !is_method {
        let message = "not the page of a method: it has neither a parameter table nor an example";
        return Err(Refusal::new(1, message));
    }
    page(&text, sections)
}

/// The text of a page, its lines, and whether the last one is complete.
pub(super) fn lines(bytes: &[u8]) -> Result<(String, Vec<Line>, bool), Refusal> {
    let text =
        decode::decode(bytes).ok_or_else(|| Refusal::new(1, "not UTF-8 or GBK text; save the page as text or HTML"))?;
    if text.trim().is_empty() {
        return Err(Refusal::new(1, "the page is empty"));
    }
    let (lines, is_line_whole) = if html::is_html(&text) {
        (html::read(&text), text.trim_end().ends_with('>'))
    } else {
        (line::read(&text), text.ends_with('\n'))
    };
    Ok((text, lines, is_line_whole))
}

fn page(text: &str, sections: Sections) -> Result<Page, Refusal> {
    let Sections { prose, request, response, errors, common_errors, messages, bare_examples, mut findings } = sections;
    let is_open = |table: &Option<Table>| table.as_ref().is_some_and(|table| table.is_open);
    let open = [(&request, Part::Request), (&response, Part::Response), (&errors, Part::Error)];
    let open = open.into_iter().find(|(table, _)| is_open(table)).map(|(_, part)| part);
    let tables = || [&request, &response].into_iter().flatten();
    let has_rows = tables().any(|table| !table.rows.is_empty() || table.cut.is_some());
    if let Some(table) = tables().next().filter(|_| !has_rows && messages.is_empty()) {
        return Err(Refusal::new(table.line, "the page has no example, and no table with a readable row"));
    }
    let (names, title) = name::read(text, &prose);
    let mut table = |table: Option<Table>, part| {
        table.map(|table| rows(&table, &shape::merge(&messages, part).shape.samples(), &mut findings))
    };
    let request = table(request, Part::Request);
    let response = table(response, Part::Response);
    Ok(Page {
        names,
        title,
        prose: prose.into_iter().map(|line| (line.number, line.text.trim().to_owned())).collect(),
        request,
        response,
        bare_examples,
        errors: errors.map(|table| error_row::read(&table, &mut findings)),
        common_errors: common_errors.map(|table| error_row::read(&table, &mut findings)).unwrap_or_default(),
        messages,
        open,
        findings,
    })
}

/// The rows of a table, of whose fields the examples show these values.
pub(super) fn rows(table: &Table, samples: &Samples, findings: &mut Vec<Finding>) -> Vec<Row> {
    let mut rows: Vec<_> = table.rows.iter().map(|line| row::read(line, &table.columns, samples, findings)).collect();
    rows.extend(table.cut.iter().map(|line| row::read_cut(line, &table.columns, samples, findings)));
    rows.into_iter().filter_map(|row| row.map_err(|ignored| findings.push(ignored)).ok()).collect()
}
