//! Reads JSON as leniently as one public client needs it, which sends the text of a Python dictionary.
//!
//! Beyond JSON: texts between single quotes, and `True`, `False` and `None`.

use serde_json::value::RawValue;

use crate::value::{Fields, Value};

/// How deep containers may nest.
const MAX_DEPTH: usize = 64;

/// Where a text stops being a literal, and why; never repeats what the text holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Offset in bytes.
    pub(super) at: usize,
    /// What is wrong there.
    pub(super) reason: &'static str,
}

/// Reads one value and nothing after it.
pub(super) fn parse(text: &str) -> Result<Value, Fault> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(MAX_DEPTH)?;
    parser.skip_blanks();
    if parser.rest().is_empty() { Ok(value) } else { parser.fault("something follows the value") }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn value(&mut self, depth: usize) -> Result<Value, Fault> {
        self.skip_blanks();
        match self.peek() {
            Some('{' | '[') if depth == 0 => self.fault("containers nest too deep"),
            Some('{') => self.object(depth - 1),
            Some('[') => self.list(depth - 1),
            Some('\'' | '"') => self.text().map(Value::Text),
            Some('-' | '0'..='9') => self.number(),
            Some(_) => self.word(),
            None => self.fault("the text ends where a value is expected"),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut fields = Fields::default();
        self.each_until('}', |parser| {
            if !matches!(parser.peek(), Some('\'' | '"')) {
                return parser.fault("a name between quotes is expected");
            }
            let name = parser.text()?;
            parser.skip_blanks();
            if !parser.take(':') {
                return parser.fault("`:` is expected");
            }
            let value = parser.value(depth)?;
            fields.push(&name, value);
            Ok(())
        })?;
        Ok(fields.into())
    }

    fn list(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut items = Vec::new();
        self.each_until(']', |parser| {
            items.push(parser.value(depth)?);
            Ok(())
        })?;
        Ok(Value::List(items))
    }

    /// Reads what stands between commas, from an opening bracket to its closing one.
    fn each_until(&mut self, close: char, mut read: impl FnMut(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.next();
        self.skip_blanks();
        if self.take(close) {
            return Ok(());
        }
        loop {
            self.skip_blanks();
            read(self)?;
            self.skip_blanks();
            if self.take(close) {
                return Ok(());
            }
            if !self.take(',') {
                return self.fault("`,` or a closing bracket is expected");
            }
        }
    }

    fn text(&mut self) -> Result<String, Fault> {
        let quote = self.next();
        let mut text = String::new();
        loop {
            match self.peek() {
                None => return self.fault("the text ends inside of quotes"),
                Some(c) if c < ' ' => return self.fault("a control character stands between quotes"),
                Some('\\') => text.push(self.escaped()?),
                c if c == quote => {
                    self.next();
                    return Ok(text);
                }
                Some(c) => {
                    self.next();
                    text.push(c);
                }
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Fault> {
        self.next();
        Ok(match self.peek() {
            Some(c @ ('\\' | '\'' | '"' | '/')) => self.and_step(c),
            Some('b') => self.and_step('\u{8}'),
            Some('f') => self.and_step('\u{c}'),
            Some('n') => self.and_step('\n'),
            Some('r') => self.and_step('\r'),
            Some('t') => self.and_step('\t'),
            Some('x') => self.code_point(2)?,
            Some('u') => self.code_point(4)?,
            Some('U') => self.code_point(8)?,
            _ => return self.fault("this escape is not known"),
        })
    }

    fn and_step(&mut self, c: char) -> char {
        self.next();
        c
    }

    fn code_point(&mut self, digits: usize) -> Result<char, Fault> {
        let first = self.hexadecimal(digits)?;
        let code = match first {
            // JSON writes what is beyond U+FFFF as two halves.
            0xd800..0xdc00 if self.rest().starts_with("\\u") => {
                self.next();
                let second = self.hexadecimal(4)?;
                if !(0xdc00..0xe000).contains(&second) {
                    return self.fault("this escape is half a character");
                }
                0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            code => code,
        };
        char::from_u32(code).ok_or(Fault { at: self.at, reason: "this escape is no character" })
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<u32, Fault> {
        self.next();
        let code = self.rest().get(..digits).filter(|text| text.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let Some(code) = code.and_then(|text| u32::from_str_radix(text, 16).ok()) else {
            return self.fault("hexadecimal digits are expected");
        };
        self.at += digits;
        Ok(code)
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let number = self.run(is_part);
        if serde_json::from_str::<&RawValue>(number).is_err() {
            return self.fault("this is not a number");
        }
        self.at += number.len();
        Ok(Value::Number(number.to_owned()))
    }

    fn word(&mut self) -> Result<Value, Fault> {
        let word = self.run(char::is_alphanumeric);
        let value = match word {
            "True" | "true" => Value::Bool(true),
            "False" | "false" => Value::Bool(false),
            "None" | "null" => Value::Null,
            _ => return self.fault("a value is expected"),
        };
        self.at += word.len();
        Ok(value)
    }

    /// What comes next as long as all its characters are of a kind.
    fn run(&self, is_part: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        rest.find(|c| !is_part(c)).map_or(rest, |end| &rest[..end])
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += next.map_or(0, char::len_utf8);
        next
    }

    fn take(&mut self, expected: char) -> bool {
        let is_there = self.peek() == Some(expected);
        if is_there {
            self.next();
        }
        is_there
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_ascii_start().len();
    }

    fn fault<T>(&self, reason: &'static str) -> Result<T, Fault> {
        Err(Fault { at: self.at, reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json;

    fn as_json(text: &str) -> String {
        let mut out = String::new();
        json::write_value(&mut out, &parse(text).unwrap());
        out
    }

    #[test]
    fn a_python_dictionary_is_read() {
        assert_eq!(
            as_json(r#"{'a': 'b', "c": "it's", 'n': None, 't': True, 'f': False, 'l': [1, -2.50, {}], 'q': '"x"'}"#),
            r#"{"a":"b","c":"it's","n":null,"t":true,"f":false,"l":[1,-2.50,{}],"q":"\"x\""}"#,
        );
    }

    #[test]
    fn json_is_read_as_ever() {
        assert_eq!(
            as_json(r#" { "a" : "\u5145\/\ud83d\ude00\n" , "b" : [ null , true ] } "#),
            r#"{"a":"充/😀\n","b":[null,true]}"#
        );
    }

    #[test]
    fn escapes_of_python_are_read() {
        assert_eq!(as_json(r"['it\'s', '\xe9', '\U0001f600', '\\']"), r#"["it's","é","😀","\\"]"#);
    }

    #[test]
    fn what_is_no_literal_is_refused() {
        for text in
            ["", "{", "{'a'}", "{'a':}", "{a:1}", "['a',]", "'a", "'\\q'", "'\\ud83d'", "1 2", "01", "nan", "'a\nb'"]
        {
            assert!(parse(text).is_err(), "{text} was read");
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(parse(&"[".repeat(100_000)).is_err());
    }
}
