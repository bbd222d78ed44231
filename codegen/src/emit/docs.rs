//! Documentation of generated items: the documents' own words in Chinese, ours in English.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{FieldPlan, FieldType, MethodPlan, ObjectPlan, TopicPlan};
use crate::spec::{Effect, ErrorEntry, Evidence, Retry, Rule, RuleKind};

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

/// A text of the documents, escaped for Markdown; a URL becomes a link.
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

/// What a field is, in a line: its description, wire name, sample and format.
pub(super) fn field(field: &FieldPlan) -> String {
    let mut name = format!("`{}`", field.wire);
    if let Some(example) = &field.spec.example {
        name += &format!(", for example {}", code(example));
    }
    let mut line = match (&field.spec.description, &field.kind) {
        (Some(description), _) => format!("{} ({name}).", text(description)),
        (None, FieldType::Code(code)) => format!("See [`{}`] ({name}).", code.name),
        (None, FieldType::Object(object)) => format!("{name}: {}.", children(object)),
        (None, _) => format!("{name}."),
    };
    match field.spec.evidence {
        Some(Evidence::Sdk) => line += " Known only from SDKs.",
        Some(Evidence::Page) => line += " Known only from the page.",
        None => {}
    }
    if field.kind == FieldType::DateTime {
        line += " China Standard Time.";
    }
    if field.spec.secret {
        line += " Secret: hidden by `Debug`, and serialized only on request.";
    } else if field.personal {
        line += " Personal data: hidden by `Debug`.";
    }
    if let Some(absent) = &field.absent {
        line += &format!(" `None` means {}.", text(&absent.description));
    }
    line
}

/// The first fields of an object, and how many more there are.
fn children(object: &ObjectPlan) -> String {
    const SHOWN: usize = 5;
    let mut names: Vec<_> = object.fields.iter().take(SHOWN).map(|field| format!("`{}`", field.wire)).collect();
    names.extend(object.fields.len().checked_sub(SHOWN).filter(|rest| *rest > 0).map(|rest| format!("{rest} more")));
    names.join(", ")
}

/// What an error code means and what to do, in a line.
pub(super) fn error(code_text: &str, entry: &ErrorEntry) -> String {
    let meanings = entry.meanings().map(|(message, remedy)| match remedy {
        "" => text(message),
        remedy if remedy == message => text(message),
        remedy => format!("{}. Remedy: {}", text(message), text(remedy)),
    });
    let meanings = meanings.collect::<Vec<_>>().join("; or: ");
    let colon = if meanings.is_empty() { "" } else { ": " };
    let mut line = format!("{}{colon}{meanings}.", code(code_text));
    if let Some(place) = &entry.undocumented {
        line += &format!(" Undocumented; seen in {}.", text(place));
    }
    match entry.retry {
        Retry::Never => {}
        Retry::Later => line += " Can succeed later; the gateway may have processed the request.",
        Retry::SlowDown => line += " Not processed; can succeed later, at a lower rate.",
        Retry::ResyncClock => line += " Not processed; can succeed with the right clock.",
        Retry::RefreshToken => line += " Not processed; can succeed with a refreshed access token.",
    }
    line
}

/// What a method is called and where its page is, in a sentence.
pub(super) fn title(method: &MethodPlan) -> String {
    let link = format!("[`{}`]({})", method.method, method.page);
    method.title.as_ref().map_or_else(|| format!("{link}."), |title| format!("{} ({link}).", text(title)))
}

/// Whether a method changes anything, in a sentence.
pub(super) fn effect(method: &MethodPlan) -> String {
    let derived = if method.effect_derived { ", judging by its name" } else { "" };
    match method.effect {
        Effect::Read => format!("Read-only{derived}: safe to retry."),
        Effect::Write => {
            format!("Not idempotent{derived}: retried only when the gateway cannot have processed it.")
        }
    }
}

/// A topic, in a line: its title and its name.
pub(super) fn topic(topic: &TopicPlan) -> String {
    let name = code(topic.topic.as_str());
    topic.title.as_ref().map_or_else(|| format!("{name}."), |title| format!("{} ({name}).", text(title)))
}

/// What is not known of a topic because it has no page, in a paragraph.
pub(super) fn evidence(evidence: Evidence, sources: &[String]) -> Vec<String> {
    let sdks = sources.iter().map(|source| code(source)).collect::<Vec<_>>().join(", ");
    match evidence {
        Evidence::Page => Vec::new(),
        Evidence::Sdk => vec![String::new(), format!("Known from SDKs ({sdks}): there may be more fields.")],
    }
}

/// What is not known of a method, in sentences. `reply` is how to link to a type of the module of replies.
pub(super) fn unknown(method: &MethodPlan, reply: impl Fn(&str) -> String) -> Vec<String> {
    let is_excerpt = method.sources.iter().any(|source| source == "page");
    let sdks: Vec<_> = method.sources.iter().filter(|source| *source != "page").map(|source| code(source)).collect();
    let mut lines = Vec::new();
    match (method.evidence, is_excerpt) {
        (Evidence::Sdk, _) => lines.push(format!(
            "Known from SDKs ({}){}: most labels, codes and types are missing, and the gateway can require more \
             parameters.",
            sdks.join(", "),
            if is_excerpt { " and the beginning of its page" } else { "" },
        )),
        (Evidence::Page, true) => lines.push("Known from the beginning of its page.".to_owned()),
        (Evidence::Page, false) => {}
    }
    if !method.is_reply_known() {
        lines.push(format!("The fields of the reply are not known: see {}.", reply("OpenReply")));
    }
    if method.response_partial {
        lines.push("The reply has more fields than are known.".to_owned());
    }
    if !method.success.is_empty() {
        let fields = method.success.iter().map(|(field, value)| format!("`{field}` is {}", code(value)));
        let fields = fields.collect::<Vec<_>>().join(" and ");
        lines.push(format!(
            "A reply can report a failure: the call succeeded if {fields}, which {} checks.",
            reply("Reply::is_success")
        ));
    }
    lines
}

/// A section that lists the rules of a method; nothing when there are none.
pub(super) fn rules(rules: &[Rule]) -> Vec<String> {
    let items: Vec<_> = rule_items(rules).iter().map(|item| format!("- {item}")).collect();
    if items.is_empty() { items } else { ["# Rules"].map(str::to_owned).into_iter().chain(items).collect() }
}

/// Each rule in words, with the error that answers it.
pub(super) fn rule_items(rules: &[Rule]) -> Vec<String> {
    let item = |rule: &Rule, kind| {
        let error = rule.error.as_deref().map(|error| format!(" ({})", code(error))).unwrap_or_default();
        format!("{}{error}", sentence(kind))
    };
    rules.iter().flat_map(|rule| rule.kinds().into_iter().map(move |kind| item(rule, kind))).collect()
}

/// A rule in words; the runtime crate shows the same ones.
pub(crate) fn sentence(rule: RuleKind<'_>) -> String {
    let list = |paths: &[String]| paths.iter().map(|path| code(path)).collect::<Vec<_>>().join(", ");
    match rule {
        RuleKind::AnyOf(paths) => format!("At least one of {} is required.", list(paths)),
        RuleKind::NotEmpty(paths) => format!("{} must not be empty.", list(paths)),
        RuleKind::Range(range) => format!("`{}` must be from {} to {}.", range.field, range.min, range.max),
        RuleKind::MaxLength(limit) => format!("`{}` may have at most {} characters.", limit.field, limit.max),
        RuleKind::MaxItems(limit) => format!("`{}` may have at most {} items.", limit.field, limit.max),
        RuleKind::Ascending(span) => format!("`{}` must be before `{}`.", span.from, span.to),
        RuleKind::MaxSpan(span) => {
            format!("`{}` and `{}` may be at most {} days apart.", span.from, span.to, span.days)
        }
        RuleKind::MaxAge(age) => format!("`{}` may be at most {} months in the past.", age.field, age.months),
        RuleKind::Note(note) => text(note),
    }
}
