//! Sorts lines into prose, tables and examples, by headers and content.

use super::column::{self, Column, Heading};
use super::finding::{Finding, Refusal};
use super::line::Line;
use super::message::{self, Message, Part};

/// The parts of a page.
#[derive(Debug, Default)]
pub(super) struct Sections {
    /// Text outside of tables and examples.
    pub(super) prose: Vec<Line>,
    pub(super) request: Option<Table>,
    pub(super) response: Option<Table>,
    pub(super) errors: Option<Table>,
    pub(super) common_errors: Option<Table>,
    pub(super) messages: Vec<Message>,
    /// Examples that have lost their tags, by line.
    pub(super) bare_examples: Vec<(usize, Part)>,
    pub(super) findings: Vec<Finding>,
}

/// A table of the page.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) line: usize,
    pub(super) columns: Vec<Column>,
    /// Number of cells in the header. 0 if the layout does not separate them.
    pub(super) cells: usize,
    /// Whether each row of the layout ends with a pipe.
    pub(super) has_ends: bool,
    pub(super) rows: Vec<Line>,
    /// Whether the page ends in this table, so that rows may be missing.
    pub(super) is_open: bool,
    /// The last row of the page, if the page ends in it.
    pub(super) cut: Option<Line>,
}

impl Table {
    /// Whether the row at the end of the page is complete.
    fn is_whole(&self, row: &Line, is_line_whole: bool) -> bool {
        if self.has_ends { row.text.ends_with('|') && row.cells.len() >= self.cells } else { is_line_whole }
    }
}

/// Sorts the lines of one page into its sections. `is_line_whole` says whether the last line of the page is complete.
///
/// # Errors
/// The file contains two pages, or a table without a readable row.
pub(super) fn read(lines: &[Line], is_line_whole: bool) -> Result<Sections, Refusal> {
    let lost = lines.iter().filter(|line| line.text.contains(char::REPLACEMENT_CHARACTER));
    let lost =
        lost.map(|line| Finding::new(line.number, "a character was lost here; save the page again, as UTF-8 or GBK"));
    let sections = Sections { findings: lost.collect(), ..Sections::default() };
    let mut reader = Reader { sections, heading: None, table: None, is_line_whole };
    let mut rest = lines;
    while let Some((line, after)) = rest.split_first() {
        rest = match message::read_first(rest) {
            Some((message, used)) => {
                reader.close()?;
                reader.message(message);
                &rest[used..]
            }
            None => {
                reader.line(line, after)?;
                after
            }
        };
    }
    if let Some(table) = &mut reader.table {
        table.is_open = true;
    }
    reader.close()?;
    Ok(reader.sections)
}

struct Reader {
    sections: Sections,
    heading: Option<Heading>,
    table: Option<Table>,
    is_line_whole: bool,
}

impl Reader {
    fn line(&mut self, line: &Line, after: &[Line]) -> Result<(), Refusal> {
        let compact = line.compact();
        if compact.is_empty() {
            return Ok(());
        }
        if column::is_tool(&compact) {
            return self.close();
        }
        if let Some(heading) = column::heading(&compact) {
            self.close()?;
            self.heading = Some(heading);
            return self.section_without_table(heading, line.number);
        }
        if let Some(columns) = column::columns(&compact) {
            self.close()?;
            let has_ends = line.text.trim_end().ends_with('|');
            let cells = line.cells.len();
            self.table = Some(Table { line: line.number, columns, cells, has_ends, ..Table::default() });
            return Ok(());
        }
        if self.row(line, after) {
            return Ok(());
        }
        if self.table.is_some() && line.text.is_ascii() && is_end(after) && !self.is_line_whole {
            self.cut(line);
            return Ok(());
        }
        self.unreadable(line, after)?;
        self.close()?;
        match self.heading.and_then(message::part_of_heading) {
            Some(part) => self.sections.bare_examples.push((line.number, part)),
            None => self.sections.prose.push(line.clone()),
        }
        Ok(())
    }

    /// A table must not look empty because its layout is not known.
    fn unreadable(&self, line: &Line, after: &[Line]) -> Result<(), Refusal> {
        let Some(table) = self.table.as_ref().filter(|table| table.rows.is_empty()) else { return Ok(()) };
        let is_of_table = table.cells == 0 || !line.cells.is_empty();
        if !is_of_table || is_end(after) || column::is_no_row(&line.compact()) {
            return Ok(());
        }
        let message = format!(
            "cannot read `{}` as a row of the table at line {}; save the page as HTML, or separate the cells by tabs",
            line.text.trim(),
            table.line
        );
        Err(Refusal::new(line.number, message))
    }

    /// A page may have the heading of an empty table, without a header row.
    fn section_without_table(&mut self, heading: Heading, line: usize) -> Result<(), Refusal> {
        let place = match heading {
            Heading::Request => &mut self.sections.request,
            Heading::Response => &mut self.sections.response,
            Heading::Errors => &mut self.sections.errors,
            _ => return Ok(()),
        };
        match place {
            Some(first) if has_head(first) => Err(second_page(line, first.line)),
            _ => {
                *place = Some(Table { line, ..Table::default() });
                Ok(())
            }
        }
    }

    /// Adds a line to the open table, as a row or as the continuation of one. Returns whether it belongs there.
    fn row(&mut self, line: &Line, after: &[Line]) -> bool {
        let Some(table) = &mut self.table else { return false };
        if is_row(line, &table.columns) {
            let others_have_cells = table.rows.last().is_some_and(|row| !row.cells.is_empty());
            let is_cut = line.cells.is_empty() && (others_have_cells || table.cells > 0 && line.text.contains('|'));
            if is_cut {
                self.cut(line);
            } else if is_end(after) && !table.is_whole(line, self.is_line_whole) {
                table.cut = Some(line.clone());
            } else {
                table.rows.push(line.clone());
            }
            return true;
        }
        let continues = after
            .iter()
            .take_while(|line| {
                let compact = line.compact();
                column::heading(&compact).is_none() && column::columns(&compact).is_none()
            })
            .any(|line| is_row(line, &table.columns));
        match table.rows.last_mut() {
            Some(row) if continues && !line.text.trim_start().starts_with(['{', '<']) => {
                match row.cells.last_mut() {
                    Some(cell) => *cell = format!("{cell} {}", line.text.trim()),
                    None => row.text = format!("{} {}", row.text, line.text.trim()),
                }
                true
            }
            _ => false,
        }
    }

    fn cut(&mut self, line: &Line) {
        self.sections.findings.push(Finding::new(line.number, "ignored a row that is cut off"));
    }

    fn message(&mut self, message: Message) {
        let known = self.sections.messages.iter().find(|known| known.is_same_kind(&message));
        if let Some(first) = known {
            let text = format!("ignored a second example of this kind; the first is at line {}", first.line);
            self.sections.findings.push(Finding::new(message.line, text));
        } else {
            self.sections.messages.push(message);
        }
    }

    /// Assigns the open table to its section.
    fn close(&mut self) -> Result<(), Refusal> {
        let Some(table) = self.table.take() else { return Ok(()) };
        let is_errors = table.columns[0] == Column::Code;
        let is_common = table.rows.iter().chain(&table.cut).any(|row| first_cell(row).starts_with("appMethod"));
        let sections = &mut self.sections;
        let place = match self.heading {
            Some(Heading::CommonParameters) => return Ok(()),
            _ if is_common && !is_errors => return Ok(()),
            Some(Heading::CommonErrors) if is_errors => &mut sections.common_errors,
            // Without headings, the method's own table comes first.
            _ if is_errors && sections.errors.as_ref().is_some_and(has_head) => &mut sections.common_errors,
            _ if is_errors => &mut sections.errors,
            Some(Heading::Response) => &mut sections.response,
            Some(Heading::Request) => &mut sections.request,
            _ if table.columns.contains(&Column::Required) => &mut sections.request,
            _ => &mut sections.response,
        };
        match place {
            Some(first) if has_head(first) => Err(second_page(table.line, first.line)),
            _ => {
                *place = Some(table);
                Ok(())
            }
        }
    }
}

fn is_end(lines: &[Line]) -> bool {
    lines.iter().all(|line| line.compact().is_empty())
}

fn has_head(table: &Table) -> bool {
    !table.columns.is_empty()
}

fn second_page(line: usize, first: usize) -> Refusal {
    let message =
        format!("a second page seems to start before this line (the first is at line {first}); split the file");
    Refusal::new(line, message)
}

fn first_cell(line: &Line) -> &str {
    line.cells.first().map_or(line.text.trim(), String::as_str)
}

/// Whether a line looks like a row of a table with these columns.
fn is_row(line: &Line, columns: &[Column]) -> bool {
    let first = first_cell(line);
    let word: &str = first.split(|c: char| c.is_whitespace() || !c.is_ascii()).next().unwrap_or("");
    let begins_name = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if !begins_name {
        return false;
    }
    if columns[0] == Column::Code {
        return word.contains('.') && word.len() > 4 && !word.contains("//");
    }
    if !line.cells.is_empty() {
        return line.cells.len() > 1 && word.len() == first.len();
    }
    super::row::has_type(first)
}
