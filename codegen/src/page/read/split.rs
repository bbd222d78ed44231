//! Where the sample of a row ends and its description begins, if the layout does not separate them by cells.

use super::legend;
use super::text::{is_chinese, is_count, is_datetime};

/// A sample and a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Split<'a> {
    pub(super) sample: &'a str,
    pub(super) description: &'a str,
    /// Whether they cannot be read in another way.
    pub(super) is_certain: bool,
}

impl<'a> Split<'a> {
    /// The only way to read a row.
    pub(super) fn certain((sample, description): (&'a str, &'a str)) -> Self {
        Self { sample, description, is_certain: true }
    }

    fn guess((sample, description): (&'a str, &'a str)) -> Self {
        Self { sample, description, is_certain: false }
    }
}

/// Splits cells that run together. `known` are the values that the examples show.
pub(super) fn run_together<'a>(text: &'a str, known: &[String]) -> Split<'a> {
    let shown = known
        .iter()
        .filter(|value| !value.is_empty())
        .filter_map(|value| text.strip_prefix(value.as_str()))
        .filter(|rest| !is_inside_word(&text[..text.len() - rest.len()], rest))
        .min_by_key(|rest| rest.len());
    let at = shown.map(|rest| text.len() - rest.len()).or_else(|| datetime(text)).or_else(|| code(text));
    if let Some(at) = at {
        return Split::certain(text.split_at(at));
    }
    if let Some(description) = text.strip_prefix("null") {
        return Split::certain(("", description));
    }
    if text.is_empty() {
        return Split::certain(("", ""));
    }
    let (sample, description) = text.split_at(text.find(is_chinese).unwrap_or(text.len()));
    if is_count(description) && sample.ends_with(|c: char| c.is_ascii_digit()) {
        return Split::guess(("", text)); // `7天…` is one word
    }
    let is_certain = match sample {
        // A Chinese sample cannot be ruled out, unless the examples show plain values or codes are explained.
        "" => !known.is_empty() && known.iter().all(|value| !value.contains(is_chinese)) || explains_codes(text),
        "Y" | "N" => true,
        _ if [".jpg", ".png", ".gif", ".html"].iter().any(|end| sample.ends_with(end)) => true,
        // A description may begin with Latin letters.
        _ => sample.ends_with(|c: char| c.is_ascii_digit() || c == '*') && !sample.contains(' '),
    };
    Split { sample, description, is_certain }
}

/// Splits cells that are separated by single spaces. The cells may contain spaces too.
pub(super) fn spaced<'a>(text: &'a str, known: &[String]) -> Split<'a> {
    let shown = known
        .iter()
        .filter(|value| !value.is_empty())
        .filter_map(|value| text.strip_prefix(value.as_str()))
        .filter(|rest| rest.is_empty() || rest.starts_with(' '))
        .min_by_key(|rest| rest.len());
    if let Some(at) = shown.map(|rest| text.len() - rest.len()).or_else(|| datetime(text)) {
        return Split::certain(text.split_at(at));
    }
    match text.split_once(' ') {
        Some(("null", description)) => Split::certain(("", description)),
        // A label and its codes are a description.
        Some((first, _)) if first.contains(is_chinese) && explains_codes(text) => Split::certain(("", text)),
        Some((first, rest)) => {
            let mut words = rest.split(' ');
            let continues = words.next().is_some_and(|word| !word.contains(is_chinese)) && words.next().is_some();
            let cells = (first, rest);
            if continues && !first.contains(is_chinese) { Split::guess(cells) } else { Split::certain(cells) }
        }
        None if text.contains(is_chinese) => Split::certain(("", text)),
        None => Split::certain((text, "")),
    }
}

/// Whether codes and their meanings come right after the first word.
fn explains_codes(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let begins = legend::codes(text).first().copied();
    begins.is_some_and(|begin| begin <= word.len() + 1)
}

/// The end of a time at the beginning of a text.
fn datetime(text: &str) -> Option<usize> {
    let end = text.char_indices().nth(19).map_or(text.len(), |(at, _)| at);
    is_datetime(&text[..end]).then_some(end)
}

/// The end of a sample that is one of the codes that the description explains.
fn code(text: &str) -> Option<usize> {
    let token = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    (1..=token.min(6)).rev().find(|at| {
        let (sample, description) = text.split_at(*at);
        let values = legend::read(description, Some(sample)).values;
        let begins_with_code =
            values.first().is_some_and(|(code, _)| !code.is_empty() && description.starts_with(code));
        let begins = begins_with_code || description.starts_with(|c| is_chinese(c) || matches!(c, ' ' | '('));
        begins && values.iter().filter(|(code, _)| code == sample).count() == 1
    })
}

/// Whether a text is split inside a word, a number or a URL, and not before an enumeration such as `1.…`.
fn is_inside_word(sample: &str, rest: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let joins = |c: char| c.is_ascii_punctuation() && !matches!(c, '(' | '[' | '{' | ';');
    if !sample.ends_with(is_word) {
        return false;
    }
    if rest.starts_with(joins) {
        return rest[1..].starts_with(is_word);
    }
    if !rest.starts_with(is_word) {
        return false;
    }
    let after = rest.trim_start_matches(is_word);
    let is_enumeration = after.starts_with(['.', '、', ':', '：', '-', '='])
        && after.chars().nth(1).is_some_and(is_chinese)
        || after.starts_with("表示");
    let is_number = sample.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_acronym =
        rest.len() - after.len() > 1 && !rest[..rest.len() - after.len()].contains(|c: char| c.is_ascii_lowercase());
    let begins_acronym = is_number && is_acronym && rest.starts_with(|c: char| c.is_ascii_uppercase());
    !is_enumeration && !begins_acronym
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(split: Split<'_>) -> (&str, &str, bool) {
        (split.sample, split.description.trim(), split.is_certain)
    }

    #[test]
    fn cells_that_run_together_are_split_between_words() {
        for (text, known, expected) in [
            ("1数量", "", ("1", "数量", true)),
            ("10.5单价", "10", ("10.5", "单价", true)),
            ("3,4渠道", "3", ("3,4", "渠道", true)),
            ("http://a.example.com/2.png主图", "http://a.example.com", ("http://a.example.com/2.png", "主图", true)),
            ("shop/mainpage为地址", "shop/main", ("shop/mainpage", "为地址", false)),
            ("88A货号", "88", ("88A", "货号", false)),
            ("88SKU编码", "88", ("88", "SKU编码", true)),
            ("3年质保期限", "", ("", "3年质保期限", false)),
            ("2页码", "", ("2", "页码", true)),
            ("22:首页 3:详情", "", ("2", "2:首页 3:详情", true)),
            ("4仓别 3:常温 4:冷藏", "", ("4", "仓别 3:常温 4:冷藏", true)),
            ("Y标记", "", ("Y", "标记", true)),
            ("null标记", "", ("", "标记", true)),
        ] {
            let known: Vec<String> = Some(known.to_owned()).filter(|known| !known.is_empty()).into_iter().collect();
            assert_eq!(split(run_together(text, &known)), expected, "{text}");
        }
    }

    #[test]
    fn a_space_between_cells_decides() {
        for (text, expected) in [
            ("王某 收件人。", ("王某", "收件人。", true)),
            ("五年保修 标语。 中文", ("五年保修", "标语。 中文", true)),
            ("http://a.example.com/x URL地址", ("http://a.example.com/x", "URL地址", true)),
            ("abc abc", ("abc", "abc", true)),
            ("2031-01-02 08 点场", ("2031-01-02", "08 点场", false)),
            ("1 1:首页 2:详情", ("1", "1:首页 2:详情", true)),
            ("仓别 1:常温 2:冷藏", ("", "仓别 1:常温 2:冷藏", true)),
        ] {
            assert_eq!(split(spaced(text, &[])), expected, "{text}");
        }
    }
}
