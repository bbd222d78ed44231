//! What a YAML parser ignores or takes for text: comments, and characters that only look like those of YAML.
//!
//! An input method for Chinese writes `：` for `:`. The parser would take it for a part of a text, and report something
//! else on another line.

use super::tree::Position;

/// Comments would be lost when a file is formatted or a page is imported over it.
const COMMENT: &str = "comments are lost when the file is formatted; use a rule's `note` or a quirk instead";

/// Characters that look like those of YAML: what they are called, and the YAML.
const LOOKALIKES: [(char, &str, char); 15] = [
    ('：', "full-width colon", ':'),
    ('，', "full-width comma", ','),
    ('－', "full-width hyphen", '-'),
    ('｛', "full-width brace", '{'),
    ('｝', "full-width brace", '}'),
    ('［', "full-width bracket", '['),
    ('］', "full-width bracket", ']'),
    ('＂', "full-width quotation mark", '"'),
    ('“', "curly quotation mark", '"'),
    ('”', "curly quotation mark", '"'),
    ('‘', "curly quotation mark", '\''),
    ('’', "curly quotation mark", '\''),
    ('\u{3000}', "full-width space", ' '),
    ('\u{a0}', "no-break space", ' '),
    ('\t', "tab", ' '),
];

/// A text with YAML in place of what looks like it, so that the rest of it can be parsed, and what was found.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) text: String,
    /// Comments and lookalikes, with their messages.
    pub(super) problems: Vec<(Position, String)>,
    /// Where the text has a space that the file does not have.
    inserted: Vec<Position>,
}

impl Lines {
    pub(super) fn read(text: &str) -> Self {
        let mut lines = Self::default();
        let mut scanner = Scanner::default();
        for (index, line) in text.lines().enumerate() {
            lines.push(index + 1, line, scanner.line(line));
        }
        lines
    }

    /// Where something in the text is in the file.
    pub(super) fn in_file(&self, Position { line, column }: Position) -> Position {
        let before = self.inserted.iter().filter(|inserted| inserted.line == line && inserted.column < column);
        Position { line, column: column - before.count() }
    }

    fn push(&mut self, line: usize, text: &str, found: Vec<Found>) {
        let mut chars: Vec<char> = text.chars().collect();
        let mut added = 0;
        for Found { index, yaml, needs_space, message } in found {
            self.problems.push((Position { line, column: index + 1 }, message));
            let index = index + added;
            chars[index] = yaml;
            if needs_space {
                added += 1;
                chars.insert(index + 1, ' ');
                self.inserted.push(Position { line, column: index + 2 });
            }
        }
        self.text.extend(chars);
        self.text.push('\n');
    }
}

/// A comment or a lookalike at an index of a line.
struct Found {
    index: usize,
    /// What YAML has there.
    yaml: char,
    /// Whether YAML needs a space after it that is not there.
    needs_space: bool,
    message: String,
}

impl Found {
    /// A lookalike. `None` for any other character.
    fn lookalike(index: usize, c: char, needs_space: bool) -> Option<Self> {
        let (_, name, yaml) = LOOKALIKES.into_iter().find(|(lookalike, ..)| *lookalike == c)?;
        let message = match yaml {
            ' ' => format!("a {name} is not YAML; write a space"),
            ':' => format!("a {name} `{c}` is not YAML; write `:` and a space"),
            _ => format!("a {name} `{c}` is not YAML; write `{yaml}`"),
        };
        Some(Self { index, yaml, needs_space, message })
    }
}

/// Where in a document a line begins.
#[derive(Debug, Default)]
struct Scanner {
    /// The character that ends the current quoted text.
    quote: Option<char>,
    /// The brackets and braces around the current value.
    open: Vec<char>,
    /// The indentation of the key of the current block text.
    block: Option<usize>,
}

impl Scanner {
    fn line(&mut self, line: &str) -> Vec<Found> {
        let indent = |of: &[char]| line.chars().take_while(|c| of.contains(c)).count();
        if self.block.is_some_and(|block| line.trim().is_empty() || indent(&[' ']) > block) {
            return Vec::new();
        }
        self.block = None;
        if self.quote.is_none() && line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // A key of the document: what is still open has never been closed.
            self.open.clear();
        }
        let chars: Vec<char> = line.chars().collect();
        let mut found = Vec::new();
        // Whether a key or a value can begin here, and whether what has begun can be a key.
        let (mut begins, mut is_key) = (true, true);
        let mut last = None;
        let mut after_escape = 0;
        for (index, c) in chars.iter().copied().enumerate() {
            let (rest, next) = (&chars[index + 1..], chars.get(index + 1).copied());
            if index < after_escape {
                continue;
            }
            if let Some(quote) = self.quote {
                if quote == '"' && c == '\\' || quote == '\'' && c == quote && next == Some(quote) {
                    after_escape = index + 2;
                } else if c == quote {
                    self.quote = None;
                    found.extend(Found::lookalike(index, c, false));
                }
                continue;
            }
            let is_lookalike = match c {
                '“' | '‘' | '＂' => begins && closed(c, rest),
                '｛' | '［' | '\u{3000}' | '\u{a0}' => begins,
                '｝' | '］' => closers(rest) < self.open.len(),
                '，' => self.open.last().is_some_and(|open| *open == '[' || begins_with_key(rest)),
                '：' => is_key && !begins,
                '－' => last.is_none() && next == Some(' '),
                // The parser names a tab in the indentation.
                '\t' => begins && last.is_some(),
                _ => false,
            };
            let needs_space = match c {
                '：' | '，' => next.is_some_and(|next| next != ' '),
                // It is as wide as two.
                _ => c == '\u{3000}' && last.is_none(),
            };
            let lookalike = Found::lookalike(index, c, needs_space).filter(|_| is_lookalike);
            let yaml = lookalike.as_ref().map_or(c, |found| found.yaml);
            found.extend(lookalike);
            match yaml {
                '#' if index == 0 || chars[index - 1] == ' ' => {
                    found.push(Found { index, yaml, needs_space: false, message: COMMENT.to_owned() });
                    break;
                }
                '|' | '>' if begins && self.open.is_empty() => {
                    self.block = Some(if last == Some('-') { indent(&[' ']) } else { indent(&[' ', '-']) });
                    break;
                }
                ' ' => {}
                '-' if last.is_none_or(|last| last == '-') && next == Some(' ') => {}
                '"' | '\'' if begins => (self.quote, begins) = (Some(closing(c)), false),
                '{' | '[' if begins => {
                    self.open.push(yaml);
                    is_key = yaml == '{';
                }
                '}' | ']' if !self.open.is_empty() => {
                    self.open.pop();
                    begins = false;
                }
                ',' if !self.open.is_empty() => (begins, is_key) = (true, self.open.last() == Some(&'{')),
                ':' if is_lookalike || next.is_none_or(char::is_whitespace) => (begins, is_key) = (true, false),
                _ => {
                    is_key &= c.is_ascii_graphic() && (begins || chars[index - 1] != ' ');
                    begins = false;
                }
            }
            if yaml != ' ' {
                last = Some(yaml);
            }
        }
        found
    }
}

/// The quotation mark that ends what another one has begun.
fn closing(quote: char) -> char {
    match quote {
        '“' => '”',
        '‘' => '’',
        other => other,
    }
}

/// Whether a text in quotation marks that look like those of YAML is a whole value.
fn closed(quote: char, rest: &[char]) -> bool {
    let end = rest.iter().position(|c| *c == closing(quote));
    end.is_some_and(|end| {
        let next = rest[end + 1..].iter().find(|c| **c != ' ');
        next.is_none_or(|next| matches!(next, ',' | '}' | ']' | '，' | '｝' | '］'))
    })
}

/// The number of brackets and braces that close something in the rest of a line.
fn closers(rest: &[char]) -> usize {
    rest.iter().filter(|c| matches!(c, '}' | ']' | '｝' | '］')).count()
}

/// Whether the rest of a line begins with a key.
fn begins_with_key(rest: &[char]) -> bool {
    let mut rest = rest.iter().skip_while(|c| **c == ' ').skip_while(|c| c.is_ascii_alphanumeric() || **c == '_');
    matches!(rest.next(), Some(':' | '：'))
}
