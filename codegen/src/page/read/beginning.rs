//! Closes an example of which a page shows only the beginning, so that it can be parsed.

use super::message::Format;

/// The complete elements of an example that is cut off, with an end for everything that is open.
pub(super) fn close(text: &str, format: Format) -> String {
    match format {
        Format::Json => close_json(text),
        Format::Xml => close_xml(text),
    }
}

fn close_xml(text: &str) -> String {
    // A text that ends with the page may be cut off too.
    let text = &text[..text.rfind('>').map_or(0, |at| at + 1)];
    let mut open: Vec<&str> = Vec::new();
    for tag in text.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.split_whitespace().next().unwrap_or_default();
        if tag.starts_with('/') {
            open.pop();
        } else if !tag.starts_with(['?', '!']) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    let ends = open.iter().rev().map(|name| format!("</{name}>"));
    format!("{text}{}", ends.collect::<String>())
}

fn close_json(text: &str) -> String {
    let mut open = String::new();
    let (mut in_text, mut escaped) = (false, false);
    // Where the last complete value or name ends, and what is missing there.
    let mut safe = (0, String::new());
    for (at, c) in text.char_indices() {
        let was_escaped = std::mem::take(&mut escaped);
        match c {
            _ if was_escaped => {}
            '\\' => escaped = in_text,
            '"' => in_text = !in_text,
            _ if in_text => {}
            '{' | '[' => {
                open.insert(0, if c == '{' { '}' } else { ']' });
                safe = (at + 1, open.clone());
            }
            '}' | ']' => {
                open.drain(..open.len().min(1));
                safe = (at + 1, open.clone());
            }
            ':' => safe = (at + 1, format!(" null{open}")),
            ',' => safe = (at, open.clone()),
            _ => {}
        }
    }
    format!("{}{}", &text[..safe.0], safe.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_complete_is_kept() {
        for (text, expected) in [
            ("<a><b>1</b><c x=\"1\"/><d>2", "<a><b>1</b><c x=\"1\"/><d></d></a>"),
            ("<?xml version=\"1.0\"?><a><b>1</b", "<?xml version=\"1.0\"?><a><b></b></a>"),
            ("<a", ""),
        ] {
            assert_eq!(close(text, Format::Xml), expected);
        }
        for (text, expected) in [
            (r#"{"a": {"b": "1,]", "c": ["2", "3"#, r#"{"a": {"b": "1,]", "c": ["2"]}}"#),
            (r#"{"a": {"b": "1"}, "c"#, r#"{"a": {"b": "1"}}"#),
            (r#"{"a": [{"#, r#"{"a": [{}]}"#),
            (r#"{"a": {"b": "1"#, r#"{"a": {"b": null}}"#),
        ] {
            assert_eq!(close(text, Format::Json), expected);
        }
    }
}
