//! Rows of error tables.

use super::column::Column;
use super::finding::Finding;
use super::line::Line;
use super::section::Table;
use super::text::is_chinese;

/// A row of an error table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorRow {
    /// Line of the page.
    pub line: usize,
    /// Error code.
    pub code: String,
    /// Meaning.
    pub message: String,
    /// Remedy.
    pub remedy: Option<String>,
}

/// Reads the rows of an error table.
pub(super) fn read(table: &Table, findings: &mut Vec<Finding>) -> Vec<ErrorRow> {
    let mut rows = Vec::new();
    if let Some(cut) = &table.cut {
        findings.push(Finding::new(cut.number, "ignored a row that is cut off"));
    }
    for line in &table.rows {
        let row =
            if line.cells.is_empty() { split_at_spaces(line, findings) } else { from_cells(line, &table.columns) };
        if row.message.is_empty() {
            let message = format!("ignored the row of `{}`: it has no message", row.code);
            findings.push(Finding::new(line.number, message));
        } else {
            rows.push(row);
        }
    }
    rows
}

fn from_cells(line: &Line, columns: &[Column]) -> ErrorRow {
    let cell = |column| {
        let index = columns.iter().position(|found| *found == column);
        index.and_then(|index| line.cells.get(index)).cloned().unwrap_or_default()
    };
    let remedy = Some(cell(Column::Remedy)).filter(|remedy| !remedy.is_empty());
    ErrorRow { line: line.number, code: cell(Column::Code), message: cell(Column::Message), remedy }
}

fn split_at_spaces(line: &Line, findings: &mut Vec<Finding>) -> ErrorRow {
    let text = line.text.trim();
    let mut words = text.split_whitespace().peekable();
    let mut code = words.next().unwrap_or("").to_owned();
    // A code contains a colon. The platform really sends a misprinted code with a space before its last part.
    if !code.contains(':')
        && let Some(word) = words.next_if(|word| word.chars().all(|c| c.is_ascii_lowercase()))
    {
        findings.push(Finding::new(line.number, format!("read `{code} {word}` as one code that contains a space")));
        code = format!("{code} {word}");
    }
    // Without a space, the message begins with the first Chinese character.
    let joined = code.find(is_chinese).map(|at| code.split_off(at));
    let rest: Vec<&str> = joined.as_deref().into_iter().chain(words).collect();
    // An enumeration continues within its cell.
    let continues =
        |word: &str| word.starts_with(|c: char| c.is_ascii_digit() && c != '1') && word[1..].starts_with(['.', '、']);
    let message_words = 1 + rest.iter().skip(1).take_while(|word| continues(word)).count();
    let (message, remedy) = rest.split_at(message_words.min(rest.len()));
    if remedy.len() > 1 && !remedy.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        let message =
            format!("cannot tell where the message of `{code}` ends and its remedy begins: {}", rest.join(" "));
        findings.push(Finding::new(line.number, message));
    }
    if remedy.is_empty() && !message.is_empty() {
        let message = format!("no blank shows where the message of `{code}` ends; read all of it as the message");
        findings.push(Finding::new(line.number, message));
    }
    let remedy = Some(remedy.join(" ")).filter(|remedy| !remedy.is_empty());
    ErrorRow { line: line.number, code, message: message.join(" "), remedy }
}
