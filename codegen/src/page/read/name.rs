//! Name and title of the method that a page documents.

use super::finding::{Finding, Refusal};
use super::line::Line;
use crate::spec::MethodName;

/// A method name on a page, and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub name: MethodName,
    /// The line.
    pub line: usize,
}

/// Longest title, in characters. Longer text is prose.
pub(super) const TITLE: usize = 60;

/// Finds method names in titles, or else in the URL of the page, and the title next to the first name.
pub(super) fn read(text: &str, prose: &[Line]) -> (Vec<Name>, Option<String>) {
    let mut names: Vec<Name> = Vec::new();
    let mut title = None;
    for (index, line) in prose.iter().enumerate() {
        let Some((name, rest)) = titled(&line.text) else { continue };
        if names.is_empty() {
            let next = || prose[index + 1..].iter().map(|line| line.text.trim()).find(|text| !text.is_empty());
            title = Some(rest).filter(|rest| !rest.is_empty()).or_else(next).map(str::to_owned);
        }
        if names.iter().all(|known| known.name != name) {
            names.push(Name { name, line: line.number });
        }
    }
    if names.is_empty() {
        names = addressed(text);
    }
    (names, title.filter(|title| title.chars().count() <= TITLE))
}

/// Other sources of the method name.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// A name given by the user. It takes precedence.
    pub given: Option<MethodName>,
    /// The file name, if it is a method name.
    pub file: Option<MethodName>,
}

impl Hints {
    /// Reads a name from the path of a file: `pages/suning.custom.thing.get.txt`.
    #[must_use]
    pub fn from_file(file: &str) -> Self {
        Self { given: None, file: MethodName::try_from(file_stem(file).to_owned()).ok() }
    }
}

/// The name of a saved page without its folder and the ending of its format.
pub(in crate::page) fn file_stem(file: &str) -> &str {
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    [".txt", ".md", ".html", ".htm"].iter().find_map(|end| file.strip_suffix(end)).unwrap_or(file)
}

/// Decides which method a page documents: the given name, else the name on the page, else the file name.
///
/// # Errors
/// A page that names several methods, or none.
pub(in crate::page) fn decide(
    names: &[Name],
    hints: &Hints,
    findings: &mut Vec<Finding>,
) -> Result<MethodName, Refusal> {
    if let Some(given) = &hints.given {
        for other in names.iter().filter(|name| name.name != *given) {
            let message = format!("the page names `{}` here; used the given name `{given}`", other.name);
            findings.push(Finding::new(other.line, message));
        }
        return Ok(given.clone());
    }
    match (names, &hints.file) {
        ([Name { name, line }], file) => {
            if let Some(file) = file.as_ref().filter(|file| *file != name) {
                let message = format!("the page names `{name}` here; the name of the file, `{file}`, is ignored");
                findings.push(Finding::new(*line, message));
            }
            Ok(name.clone())
        }
        ([], Some(file)) => Ok(file.clone()),
        ([], None) => Err(Refusal::new(
            1,
            "the page does not name its method; name the file after the method, or import it with `--method suning.…`",
        )),
        (several, Some(file)) if several.iter().any(|name| name.name == *file) => Ok(file.clone()),
        ([first, second, ..], _) => {
            let message = format!(
                "the page names `{}` here and `{}` at line {}; name the file after the right one, or import it with `--method suning.…`",
                second.name, first.name, first.line
            );
            Err(Refusal::new(second.line, message))
        }
    }
}

/// Reads `suning.custom.thing.get 标题`, with or without heading marks.
fn titled(text: &str) -> Option<(MethodName, &str)> {
    let text = text.trim().trim_start_matches(['#', '*', ' ', '`']);
    let end = text.find(|c: char| !is_name(c)).unwrap_or(text.len());
    let rest = text[end..].trim_start_matches(['*', '`']);
    let is_title = rest.is_empty() || rest.starts_with(char::is_whitespace) && rest.chars().count() <= TITLE;
    let name = MethodName::try_from(text[..end].to_owned()).ok()?;
    is_title.then_some((name, rest.trim()))
}

/// The methods in URLs of the text. The URL that the page was saved from takes precedence over links.
fn addressed(text: &str) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for (at, key) in line.match_indices("interCode=") {
            let value = &line[at + key.len()..];
            let value = &value[..value.find(|c| !is_name(c)).unwrap_or(value.len())];
            let Ok(name) = MethodName::try_from(value.to_owned()) else { continue };
            if line.contains("saved from url") || line.contains("rel=\"canonical\"") {
                return vec![Name { name, line: index + 1 }];
            }
            if names.iter().all(|known| known.name != name) {
                names.push(Name { name, line: index + 1 });
            }
        }
    }
    names
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (Vec<String>, Option<String>) {
        let lines = super::super::line::read(text);
        let (names, title) = read(text, &lines);
        (names.into_iter().map(|name| name.name.to_string()).collect(), title)
    }

    #[test]
    fn a_title_names_the_method() {
        let expected = (vec!["suning.custom.a.B.get".to_owned()], Some("取物".to_owned()));
        for text in ["suning.custom.a.B.get 取物", "## suning.custom.a.B.get\n\n取物", "suning.custom.a.B.get\t取物"]
        {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn prose_that_mentions_a_method_does_not_name_it() {
        assert_eq!(found("1、可通过接口“suning.custom.a.get”获取;"), (vec![], None));
    }

    #[test]
    fn an_address_names_the_method() {
        let saved =
            "<!-- saved from url=(0099)https://a/x?interCode=suning.custom.a.get -->\n?interCode=suning.custom.b.get";
        assert_eq!(found(saved).0, ["suning.custom.a.get"]);
    }
}
