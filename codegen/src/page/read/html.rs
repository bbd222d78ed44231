//! Reads saved HTML into lines. A table row is one line with cells; a `pre` keeps its lines.

use scraper::Html;
use scraper::node::Node;

use super::line::Line;

/// Whether a text is an HTML page, not plain text with XML examples.
pub(super) fn is_html(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    // `<preSale>` is an element of an example.
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    ["<html", "<!doctype html", "<body", "<table", "<pre"]
        .iter()
        .any(|tag| text.match_indices(tag).any(|(at, tag)| ends(&text[at + tag.len()..])))
}

/// Reads the lines of a page of HTML.
pub(super) fn read(text: &str) -> Vec<Line> {
    let document = Html::parse_document(text);
    let mut walk =
        Walk { source: Source::new(text), lines: Vec::new(), text: String::new(), row: None, hidden: 0, pre: 0 };
    // No recursion: a broken page can nest without limit.
    let mut next = Some(document.tree.root());
    while let Some(node) = next {
        walk.open(node.value());
        next = node.first_child();
        let mut done = node;
        while next.is_none() {
            walk.close(done.value());
            next = done.next_sibling();
            match done.parent() {
                Some(parent) if next.is_none() => done = parent,
                _ => break,
            }
        }
    }
    walk.end_line();
    walk.lines
}

struct Walk<'a> {
    source: Source<'a>,
    lines: Vec<Line>,
    /// Text since the start of the current block.
    text: String,
    /// Finished cells of the open row.
    row: Option<Vec<String>>,
    /// Number of open elements whose text is hidden, and of those that keep their lines.
    hidden: usize,
    pre: usize,
}

impl Walk<'_> {
    fn open(&mut self, node: &Node) {
        match node {
            Node::Text(text) if self.hidden == 0 => {
                // There is no text between the rows and cells of a table.
                if self.pre > 0 {
                    self.text += text;
                } else if self.row.is_none() || !text.trim().is_empty() {
                    self.text += &text.replace('\n', " ");
                }
            }
            Node::Element(element) => match element.name() {
                "script" | "style" | "head" => self.hidden += 1,
                "pre" | "textarea" => {
                    self.end_line();
                    self.row = None; // a table around examples is only layout
                    self.pre += 1;
                }
                "tr" => {
                    self.end_line();
                    self.row = Some(Vec::new());
                }
                "td" | "th" => self.text.clear(),
                "br" => self.text.push('\n'),
                name if is_block(name) => self.end_block(),
                _ => {}
            },
            _ => {}
        }
    }

    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        match element.name() {
            "script" | "style" | "head" => self.hidden = self.hidden.saturating_sub(1),
            "pre" | "textarea" => {
                self.end_line();
                self.pre = self.pre.saturating_sub(1);
            }
            "td" | "th" => match &mut self.row {
                Some(cells) => cells.push(words(&std::mem::take(&mut self.text))),
                None => self.end_line(),
            },
            "tr" => self.end_row(),
            name if is_block(name) => self.end_block(),
            _ => {}
        }
    }

    /// A block ends a line; inside a cell it only ends a word.
    fn end_block(&mut self) {
        if self.row.is_some() { self.text.push(' ') } else { self.end_line() }
    }

    fn end_row(&mut self) {
        let Some(cells) = self.row.take() else { return self.end_line() };
        self.text.clear();
        let number = self.source.line_of(cells.first().map_or("", String::as_str));
        let text = cells.join(" ");
        // A row with one cell is only layout.
        let cells = if cells.len() > 1 { cells } else { Vec::new() };
        self.lines.push(Line { number, text, cells });
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.text);
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let shown = if self.pre > 0 { line.to_owned() } else { words(line) };
            self.lines.push(Line::without_cells(self.source.line_of(&shown), &shown));
        }
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "body"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "section"
            | "table"
            | "ul"
    )
}

/// Finds line numbers in the source, because the parser does not report positions.
struct Source<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Source<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line where the first word of a text occurs next; the last known line if it does not.
    fn line_of(&mut self, text: &str) -> usize {
        let word =
            text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '&' | '"')).find(|w| !w.is_empty());
        let next = word.and_then(|word| Some((self.text[self.at..].find(word)?, word)));
        if let Some((offset, word)) = next {
            self.line += self.text[self.at..self.at + offset].matches('\n').count();
            self.at += offset + word.len();
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_examples_are_not_taken_for_html() {
        assert!(!is_html("<sn_request><sn_body><preSale>1</preSale><tableNo/></sn_body></sn_request>"));
        assert!(is_html("<PRE class=\"a\">x</PRE>"));
    }

    #[test]
    fn rows_have_cells_and_examples_their_lines() {
        let lines = read("<p>a<br>b</p>\n<table><tr><td>c\n d</td><td></td></tr></table>\n<pre>{\n  &lt;e\n}</pre>");
        let shown: Vec<_> = lines.iter().map(|line| (line.number, line.text.as_str(), line.cells.len())).collect();
        assert_eq!(shown, [(1, "a", 0), (1, "b", 0), (2, "c d ", 2), (4, "{", 0), (5, "  <e", 0), (6, "}", 0)]);
    }
}
