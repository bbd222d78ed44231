//! Documentation of generated items: the documents' own words in Chinese, ours in English.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::FieldPlan;
use crate::plan::FieldType;
use crate::spec::{Effect, ErrorEntry, Retry, Rule, RuleKind};

/// Doc comments of an item, a line each; an empty line makes a paragraph.
pub(super) fn lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> TokenStream {
    let lines = lines.into_iter().map(|line| spaced(line.as_ref()));
    quote!(#(#[doc = #lines])*)
}

/// The same for the file.
pub(super) fn inner_lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> TokenStream {
    let lines = lines.into_iter().map(|line| spaced(line.as_ref()));
    quote!(#(#![doc = #lines])*)
}

fn spaced(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// A text of the documents, so that Markdown and rustdoc take it as it stands; an address becomes a link.
pub(super) fn text(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let is_address = rest.starts_with("http://") || rest.starts_with("https://");
        let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '`' | '"' | '(' | ')' | ',' | ';');
        let taken = if is_address { rest.find(|c| !is_part(c)).unwrap_or(rest.len()) } else { c.len_utf8() };
        match (is_address, c) {
            (true, _) => out += &format!("<{}>", &rest[..taken]),
            (false, '<' | '>' | '[' | ']' | '*' | '_' | '`' | '\\' | '#' | '|' | '~' | '&') => out.extend(['\\', c]),
            (false, c) => out.push(c),
        }
        rest = &rest[taken..];
    }
    out
}

/// A sample or code, as code.
pub(super) fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// What a field is: its description, its wire name, its sample, its format.
pub(super) fn field(field: &FieldPlan) -> Vec<String> {
    let mut lines = Vec::new();
    lines.push(match &field.description {
        Some(description) => text(description),
        None => format!("The documents do not describe `{}`.", field.wire),
    });
    lines.push(String::new());
    let mut facts = format!("On the wire `{}`", field.wire);
    if let Some(example) = &field.example {
        facts += &format!(", such as {}", code(example));
    }
    facts.push('.');
    match field.kind {
        FieldType::DateTime => facts += " In China Standard Time.",
        FieldType::Code(ref name) => facts += &format!(" The codes are those of [`{name}`]."),
        _ => {}
    }
    if field.secret {
        facts += " Never shown by `Debug`.";
    }
    if let Some(absent) = &field.absent {
        facts += &format!(" `None` means {}.", text(absent));
    }
    lines.push(facts);
    lines
}

/// What an error code means, and what to do.
pub(super) fn error(code_text: &str, entry: &ErrorEntry) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", code(code_text), text(&entry.message))];
    let meanings = std::iter::once((&entry.message, &entry.remedy))
        .chain(entry.also.iter().map(|also| (&also.message, &also.remedy)));
    for (index, (message, remedy)) in meanings.enumerate() {
        lines.push(String::new());
        if index > 0 {
            lines.push(format!("Listed once more as: {}", text(message)));
            lines.push(String::new());
        }
        lines.push(
            remedy.as_ref().map_or_else(
                || "The documents name no remedy.".to_owned(),
                |remedy| format!("Remedy: {}", text(remedy)),
            ),
        );
    }
    if let Some(place) = &entry.undocumented {
        lines.extend([String::new(), format!("No document lists it; seen in {}.", text(place))]);
    }
    if let Some(retry) = retry(entry.retry) {
        lines.extend([String::new(), retry.to_owned()]);
    }
    lines
}

fn retry(retry: Retry) -> Option<&'static str> {
    match retry {
        Retry::Never => None,
        Retry::Later => Some("A later try can succeed; whether the gateway acted is not known."),
        Retry::SlowDown => Some("Nothing was done; a later, slower try can succeed."),
        Retry::ResyncClock => Some("Nothing was done; set the clock right and try again."),
        Retry::RefreshToken => Some("Nothing was done; refresh the access token and try again."),
    }
}

/// Whether a method changes anything, in a sentence.
pub(super) fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "Only reads: repeating it changes nothing.",
        Effect::Write => "Changes something: repeating it may do so twice.",
    }
}

/// A section that lists the rules of a method; nothing when there are none.
pub(super) fn rules(rules: &[Rule]) -> Vec<String> {
    let items: Vec<_> = rule_items(rules).iter().map(|item| format!("- {item}")).collect();
    if items.is_empty() { items } else { ["", "# Rules"].map(str::to_owned).into_iter().chain(items).collect() }
}

/// Each rule in words, with the error that answers it.
pub(super) fn rule_items(rules: &[Rule]) -> Vec<String> {
    let item = |rule: &Rule, kind| {
        let error = rule.error.as_deref().map(|error| format!(" ({})", code(error))).unwrap_or_default();
        format!("{}{error}", sentence(kind))
    };
    rules.iter().flat_map(|rule| rule.kinds().into_iter().map(move |kind| item(rule, kind))).collect()
}

/// A rule in words.
fn sentence(rule: RuleKind<'_>) -> String {
    let list = |paths: &[String]| paths.iter().map(|path| code(path)).collect::<Vec<_>>().join(", ");
    match rule {
        RuleKind::AnyOf(paths) => format!("At least one of {} is needed.", list(paths)),
        RuleKind::NotEmpty(paths) => format!("None of {} may be empty where it occurs.", list(paths)),
        RuleKind::Range(range) => format!("`{}` is from {} to {}.", range.field, range.min, range.max),
        RuleKind::MaxLength(limit) => format!("`{}` has at most {} characters.", limit.field, limit.max),
        RuleKind::MaxItems(limit) => format!("`{}` has at most {} items.", limit.field, limit.max),
        RuleKind::Ascending(span) => format!("`{}` is before `{}`.", span.from, span.to),
        RuleKind::MaxSpan(span) => format!("`{}` and `{}` are at most {} days apart.", span.from, span.to, span.days),
        RuleKind::MaxAge(age) => format!("`{}` lies at most {} months in the past.", age.field, age.months),
        RuleKind::Note(note) => text(note),
    }
}
