//! Formats examples as the spec lays them out. Values are copied verbatim.

use quick_xml::escape::escape;
use serde_json::Value;

/// Formats a valid JSON message with one value on each line.
pub(in crate::page) fn json(text: &str) -> String {
    let mut out = String::new();
    let mut indent = 0_usize;
    let mut in_text = false;
    let mut escaped = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if in_text {
            out.push(c);
            in_text = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            c if c.is_whitespace() => {}
            '{' | '[' => {
                out.push(c);
                while chars.next_if(|c| c.is_whitespace()).is_some() {}
                if let Some(end) = chars.next_if(|c| matches!(c, '}' | ']')) {
                    out.push(end);
                } else {
                    indent += 1;
                    new_line(&mut out, indent);
                }
            }
            '}' | ']' => {
                indent = indent.saturating_sub(1);
                new_line(&mut out, indent);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, indent);
            }
            ':' => out.push_str(": "),
            c => {
                in_text = c == '"';
                out.push(c);
            }
        }
    }
    out.push('\n');
    out
}

/// Formats a valid XML message with one element on each line and no declaration.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::new();
    let mut indent = 0_usize;
    let mut opened = false;
    for token in Tokens(text.trim()) {
        match token {
            Token::Open(tag) => {
                if !out.is_empty() {
                    new_line(&mut out, indent);
                }
                out.push_str(tag);
                opened = !tag.ends_with("/>");
                indent += usize::from(opened);
            }
            Token::Close(tag) => {
                indent = indent.saturating_sub(1);
                if !opened {
                    new_line(&mut out, indent);
                }
                out.push_str(tag);
                opened = false;
            }
            Token::Text(text) => out.push_str(text),
        }
    }
    out.push('\n');
    out
}

/// Writes a message as XML, for an example that a page shows without tags.
pub(super) fn xml_of(message: &Value) -> String {
    let mut out = String::new();
    elements(&mut out, message);
    out
}

fn elements(out: &mut String, value: &Value) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let repeated = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
                for one in repeated {
                    out.push_str(&format!("<{name}>"));
                    elements(out, one);
                    out.push_str(&format!("</{name}>"));
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| elements(out, item)),
        Value::Null => {}
        Value::String(text) => out.push_str(&escape(text.as_str())),
        other => out.push_str(&other.to_string()),
    }
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.push_str(&"  ".repeat(indent));
}

enum Token<'a> {
    Open(&'a str),
    Close(&'a str),
    Text(&'a str),
}

struct Tokens<'a>(&'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.0.is_empty() {
                return None;
            }
            let end = match self.0 {
                text if text.starts_with("<![CDATA[") => text.find("]]>").map(|at| at + 3),
                text if text.starts_with("<!--") => text.find("-->").map(|at| at + 3),
                text if text.starts_with('<') => text.find('>').map(|at| at + 1),
                text => text.find('<'),
            };
            let (token, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
            self.0 = rest;
            match token {
                token if token.starts_with("</") => return Some(Token::Close(token)),
                token if token.starts_with("<![CDATA[") => return Some(Token::Text(token)),
                token if token.starts_with("<!") || token.starts_with("<?") => {}
                token if token.starts_with('<') => return Some(Token::Open(token)),
                token if token.trim().is_empty() => {}
                token => return Some(Token::Text(token.trim())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_gets_one_value_on_each_line_and_keeps_its_texts() {
        let text = r#"{"a":{ "b":[1.50,"x, {\" y"], "c":[ ], "d":{}}}"#;
        let expected = "{\n  \"a\": {\n    \"b\": [\n      1.50,\n      \"x, {\\\" y\"\n    ],\n    \"c\": [],\n    \"d\": {}\n  }\n}\n";
        assert_eq!(json(text), expected);
    }

    #[test]
    fn xml_gets_one_element_on_each_line_and_keeps_its_texts() {
        let text = "<?xml version=\"1.0\"?> <a> <b/> <c>x  y</c><d> <e></e> </d> </a>";
        assert_eq!(xml(text), "<a>\n  <b/>\n  <c>x  y</c>\n  <d>\n    <e></e>\n  </d>\n</a>\n");
    }
}
