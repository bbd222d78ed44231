//! The lines of a page, with their cells if the layout separates them.

/// A line of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Number in the file, counted from 1.
    pub(super) number: usize,
    /// The text of the line.
    pub(super) text: String,
    /// Its cells. Empty if the layout runs them together.
    pub(super) cells: Vec<String>,
}

impl Line {
    /// A line without cells.
    pub(super) fn without_cells(number: usize, text: &str) -> Self {
        Self { number, text: text.to_owned(), cells: Vec::new() }
    }

    /// The text without whitespace and Markdown marks, to recognize headings.
    pub(super) fn compact(&self) -> String {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, '|' | '#' | '*' | '•' | '`' | '\u{feff}');
        self.text.chars().filter(|c| !is_mark(*c)).collect()
    }
}

/// Reads a text page whose cells are run together or separated by spaces, tabs or Markdown pipes.
pub(super) fn read(text: &str) -> Vec<Line> {
    text.lines().enumerate().filter_map(|(index, text)| line(index + 1, text)).collect()
}

fn line(number: usize, text: &str) -> Option<Line> {
    let trimmed = text.trim();
    let begins_message = trimmed.starts_with(['{', '<', '"', '}', ']']);
    let cells = if begins_message {
        Vec::new()
    } else if is_markdown_row(trimmed) {
        let cells = markdown_cells(trimmed);
        if cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' '))) {
            return None; // the separator below a Markdown header
        }
        cells
    } else if trimmed.contains('\t') {
        text.trim_start_matches(' ').split('\t').map(|cell| cell.trim().to_owned()).collect()
    } else {
        Vec::new()
    };
    Some(Line { number, text: text.trim_end().to_owned(), cells })
}

fn is_markdown_row(text: &str) -> bool {
    text.matches('|').count() >= 2 && (text.starts_with('|') || text.ends_with('|') || text.contains(" | "))
}

fn markdown_cells(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut chars = text.strip_prefix('|').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next_if(char::is_ascii_punctuation) } else { None };
        match (escaped, cells.last_mut()) {
            (None, _) if c == '|' => cells.push(String::new()),
            (escaped, Some(cell)) => cell.push(escaped.unwrap_or(c)),
            (_, None) => {}
        }
    }
    cells.iter().map(|cell| cell.replace("<br>", " ").trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<String> {
        read(text).pop().map(|line| line.cells).unwrap_or_default()
    }

    #[test]
    fn cells_are_read_from_pipes_and_tabs() {
        assert_eq!(cells("a | b \\| c | |"), ["a", "b | c", "", ""]);
        assert_eq!(cells("| a | b |"), ["a", "b", ""]);
        assert_eq!(cells("a\tString\t\tb"), ["a", "String", "", "b"]);
        assert_eq!(cells("---|---|"), Vec::<String>::new());
    }

    #[test]
    fn messages_have_no_cells() {
        assert_eq!(cells("{ \"a\": \"1 | 2 | 3\" }"), Vec::<String>::new());
    }
}
