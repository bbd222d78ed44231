//! The examples of a page: where they begin and end, and what they contain.

use serde_json::Value;

use super::beginning;
use super::column::{self, Heading};
use super::line::Line;
use crate::message::{json, xml};

/// Deepest nesting of an example that is parsed. The documents have four levels.
const DEPTH: usize = 60;

/// Which message an example shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A request.
    Request,
    /// A successful reply.
    Response,
    /// A failed reply.
    Error,
}

/// The part of the examples that a section shows.
pub(super) fn part_of_heading(heading: Heading) -> Option<Part> {
    match heading {
        Heading::RequestExample => Some(Part::Request),
        Heading::ResponseExample => Some(Part::Response),
        Heading::ErrorExample => Some(Part::Error),
        _ => None,
    }
}

/// How an example is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As JSON.
    Json,
    /// As XML.
    Xml,
}

/// An example of a page.
#[derive(Debug, Clone)]
pub struct Message {
    /// Line it begins at.
    pub line: usize,
    /// Which message it shows.
    pub part: Part,
    /// How it is written.
    pub format: Format,
    /// The text on the page, verbatim.
    pub text: String,
    /// The parsed content, or the parse error.
    pub content: Result<Value, String>,
    /// Whether the page shows only the beginning. The content is what is there.
    pub is_cut: bool,
}

impl Message {
    pub(super) fn is_same_kind(&self, other: &Self) -> bool {
        self.part == other.part && self.format == other.format
    }
}

/// Reads the example that begins with the first of these lines. Also returns how many lines it covers.
pub(super) fn read_first(lines: &[Line]) -> Option<(Message, usize)> {
    let first = lines.first()?;
    let begin = first.text.trim_start();
    let format = if begin.starts_with('{') {
        Format::Json
    } else if ["<?xml", "<sn_"].iter().any(|tag| begin.starts_with(tag)) {
        Format::Xml
    } else {
        return None;
    };
    read_as(lines, format, part)
}

/// Reads the content of a pushed message, which has no envelope, and in whose names blanks may stray.
pub(super) fn read_content(lines: &[Line]) -> Option<(Message, usize)> {
    let (mut message, used) = read_as(lines, Format::Json, |_| Some(Part::Response))?;
    message.content = message.content.map(without_blanks);
    Some((message, used))
}

fn without_blanks(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name.trim().to_owned(), without_blanks(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(without_blanks).collect(),
        other => other,
    }
}

fn read_as(lines: &[Line], format: Format, part: impl Fn(&str) -> Option<Part>) -> Option<(Message, usize)> {
    let first = lines.first()?;
    let mut end = End::new(format);
    let mut text = String::new();
    let mut used = 0;
    let mut is_closed = false;
    for line in lines {
        if used > 0 && (column::heading(&line.compact()).is_some() || begins_other(line, format)) {
            break;
        }
        used += 1;
        text += line.text.trim_end();
        text.push('\n');
        is_closed = end.is_in(&line.text);
        if is_closed {
            break;
        }
    }
    let text = text.trim().to_owned();
    let part = part(&text)?;
    let whole = if is_closed { text.clone() } else { beginning::close(&text, format) };
    let content = match format {
        _ if depth(&text) > DEPTH => Err("it is nested too deeply".to_owned()),
        Format::Json => json(&whole).map_err(|error| error.to_string()),
        Format::Xml => xml(&whole).map_err(|error| error.to_string()),
    };
    Some((Message { line: first.number, part, format, text, content, is_cut: !is_closed }, used))
}

fn begins_other(line: &Line, format: Format) -> bool {
    let text = line.text.trim_start();
    match format {
        Format::Json => text.starts_with("<sn_") || text.starts_with("<?xml"),
        Format::Xml => text.starts_with('{'),
    }
}

fn part(text: &str) -> Option<Part> {
    let is_response = text.contains("sn_responseContent");
    if is_response && text.contains("sn_error") {
        Some(Part::Error)
    } else if is_response {
        Some(Part::Response)
    } else {
        text.contains("sn_request").then_some(Part::Request)
    }
}

/// Detects the end of an example.
struct End {
    format: Format,
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl End {
    fn new(format: Format) -> Self {
        Self { format, depth: 0, in_text: false, escaped: false }
    }

    /// Whether the example ends on this line.
    fn is_in(&mut self, line: &str) -> bool {
        match self.format {
            Format::Xml => ["</sn_request>", "</sn_responseContent>", "<sn_request/>", "<sn_responseContent/>"]
                .iter()
                .any(|tag| line.contains(tag)),
            Format::Json => line.chars().any(|c| self.closes(c)),
        }
    }

    fn closes(&mut self, c: char) -> bool {
        let was_escaped = std::mem::take(&mut self.escaped);
        match c {
            _ if was_escaped => {}
            '\\' => self.escaped = self.in_text,
            '"' => self.in_text = !self.in_text,
            '{' | '[' if !self.in_text => self.depth += 1,
            '}' | ']' if !self.in_text => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// The deepest nesting of elements or objects.
fn depth(text: &str) -> usize {
    let mut open = 0_usize;
    let mut deepest = 0;
    let mut before = ' ';
    for c in text.chars() {
        match (before, c) {
            ('<', '/') | (_, '}' | ']') | ('/', '>') => open = open.saturating_sub(1),
            ('<', c) if c.is_alphabetic() || c == '_' => open += 1,
            (_, '{' | '[') => open += 1,
            _ => {}
        }
        deepest = deepest.max(open);
        before = c;
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::super::line;
    use super::*;

    fn first(text: &str) -> (Message, usize) {
        read_first(&line::read(text)).expect("an example begins here")
    }

    #[test]
    fn an_example_ends_where_it_is_closed() {
        let (message, used) = first("{\n\"sn_request\": {\"a\": \"}\"}\n}\n\n请求");
        assert_eq!((message.part, message.format, used), (Part::Request, Format::Json, 3));
        let (message, used) = first("<sn_responseContent>\n<sn_error/>\n</sn_responseContent>\nrest");
        assert_eq!((message.part, message.format, used), (Part::Error, Format::Xml, 3));
    }

    #[test]
    fn an_example_that_is_cut_off_ends_at_the_next_section() {
        let (message, used) = first("<sn_request>\n<sn_body>\n响应示例\n<a/>");
        assert_eq!((message.is_cut, used), (true, 2));
        let (message, used) = first("{\n\"sn_request\": {\n响应示例");
        assert_eq!((message.is_cut, used), (true, 2));
    }

    #[test]
    fn deep_nesting_is_reported_and_not_parsed() {
        let (message, _) = first(&format!("<sn_request>{}</sn_request>", "<a>".repeat(100_000)));
        assert_eq!(message.content, Err("it is nested too deeply".to_owned()));
    }
}
