//! Rewrites the text of a Python dictionary as JSON, because one public client sends it in place of JSON.

/// Replaces single quotes, escapes that JSON lacks, and `True`, `False` and `None`.
///
/// JSON stays as it is. Anything else that is wrong is left for the JSON parser to report.
pub(super) fn to_json(text: &str) -> String {
    let mut json = String::with_capacity(text.len());
    let mut open_quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (open_quote, c) {
            (None, '\'' | '"') => {
                open_quote = Some(c);
                json.push('"');
            }
            (Some(quote), c) if c == quote => {
                open_quote = None;
                json.push('"');
            }
            (Some(_), '"') => json.push_str("\\\""),
            (Some(_), '\\') => match chars.next() {
                Some('\'') => json.push('\''),
                Some('x') => json.push_str("\\u00"),
                escaped => json.extend(['\\'].into_iter().chain(escaped)),
            },
            (None, 'T') => json.push('t'),
            (None, 'F') => json.push('f'),
            (None, 'N') if chars.as_str().starts_with("one") => {
                chars.nth(2);
                json.push_str("null");
            }
            (_, c) => json.push(c),
        }
    }
    json
}

#[cfg(test)]
mod tests {
    use super::to_json;

    #[test]
    fn a_python_dictionary_becomes_json() {
        assert_eq!(
            to_json(r#"{'a': 'b', "c": "it's", 'n': None, 't': [True, False, -2.50], 'q': '"None"', u: '\u3000'}"#),
            r#"{"a": "b", "c": "it's", "n": null, "t": [true, false, -2.50], "q": "\"None\"", u: "\u3000"}"#,
        );
        assert_eq!(to_json(r"['it\'s', '\xa0', '\\', '\n']"), r#"["it's", "\u00a0", "\\", "\n"]"#);
    }

    #[test]
    fn json_stays_as_it_is() {
        let json = r#" { "a" : "\u5145\/\"\\\n'True'" , "b" : [ null , true, 1e5 ] } "#;
        assert_eq!(to_json(json), json);
    }

    #[test]
    fn an_unfinished_text_stays_unfinished() {
        for text in ["", "'", "{'a", "'\\", "None'"] {
            assert!(serde_json::from_str::<serde_json::Value>(&to_json(text)).is_err(), "{text}");
        }
    }
}
