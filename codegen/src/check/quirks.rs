//! Quirks that no longer hold.

use serde_json::Value;

use super::examples::Evidence;
use crate::diagnostic::Diagnostics;
use crate::load::MethodDocument;
use crate::message::values_at;
use crate::spec::{self, Field, Method, Quirk, QuirkKind, field_at};

pub(super) fn check(document: &MethodDocument, evidence: &Evidence<'_>, diagnostics: &mut Diagnostics) {
    let MethodDocument { spec: method, source, .. } = document;
    let quirks = &method.quirks;
    for (index, quirk) in quirks.iter().enumerate() {
        let is_same =
            |other: &Quirk| (other.kind, &other.field, &other.observed) == (quirk.kind, &quirk.field, &quirk.observed);
        if quirks[..index].iter().any(is_same) {
            diagnostics.push(source.at(&["quirks", &index.to_string()], "duplicate quirk; keep one of them"));
        }
        if evidence.contradicts(&quirk.field) {
            continue;
        }
        if let Err(reason) = holds(method, evidence, quirk) {
            let message = format!("the quirk has expired: {reason}; remove it or fix it");
            diagnostics.push(source.at(&["quirks", &index.to_string()], message));
        }
    }
}

fn holds(method: &Method, evidence: &Evidence<'_>, quirk: &Quirk) -> Result<(), String> {
    let place = Place::new(method, evidence, &quirk.field);
    if !["request.", "response.", "errors.", "examples."].iter().any(|part| quirk.field.starts_with(part)) {
        return Err(format!("`{}` does not begin with `request.`, `response.`, `errors.` or `examples.`", quirk.field));
    }
    match quirk.kind {
        QuirkKind::Alias => {
            let parent = place.path.rsplit_once('.').map_or("", |(parent, _)| parent);
            let alias = format!("{parent}.{}", quirk.observed);
            place.listed()?;
            let part = quirk.field.split('.').next().unwrap_or_default();
            let alias_field = format!("{part}.{}", alias.trim_start_matches('.'));
            Place::new(method, evidence, &alias_field).not_listed()?;
            place.shown(alias.trim_start_matches('.'), |_| true, &format!("spells it `{}`", quirk.observed))
        }
        QuirkKind::Unlisted => {
            place.not_listed()?;
            place.shown(place.path, |_| true, "shows it")
        }
        QuirkKind::UndocumentedValue => {
            let field = place.listed()?;
            if field.values.contains_key(&quirk.observed) {
                return Err(format!("`{}` is documented", quirk.observed));
            }
            place.shown(place.path, |value| value == &quirk.observed, &format!("shows `{}`", quirk.observed))
        }
        QuirkKind::Nesting => {
            if !place.listed()?.is_container() {
                return Err(format!("`{}` has no fields", quirk.field));
            }
            place.shown(place.path, |value| value.is_object() || value.is_array(), "shows it as a container")
        }
        QuirkKind::List => {
            if !place.listed()?.list {
                return Err(format!("`{}` is not a list", quirk.field));
            }
            place.shown(place.path, Value::is_array, "shows it as a list")
        }
        QuirkKind::Requirement => {
            let flag = if place.listed()?.required { "required" } else { "optional" };
            match (quirk.documented.as_str(), quirk.observed.as_str()) {
                ("required", "optional") | ("optional", "required") if quirk.documented == flag => Ok(()),
                _ => {
                    let other = if flag == "required" { "optional" } else { "required" };
                    Err(format!(
                        "the table says that `{}` is {flag}, so the quirk must say `documented: {flag}, observed: {other}`",
                        quirk.field
                    ))
                }
            }
        }
        QuirkKind::ProseOnly => place.not_listed(),
        QuirkKind::Error => match quirk.field.strip_prefix("errors.") {
            Some(code) if method.errors.contains_key(code) => Ok(()),
            _ => Err(format!("no error table lists `{}`", quirk.field)),
        },
        QuirkKind::Example => {
            let shown = method.examples.parts().into_iter().any(|(part, example)| {
                [("json", &example.json), ("xml", &example.xml)]
                    .iter()
                    .any(|(format, text)| text.is_some() && quirk.field == format!("examples.{part}.{format}"))
            });
            if shown { Ok(()) } else { Err(format!("there is no example `{}`", quirk.field)) }
        }
    }
}

/// What the tables and the examples say about a path.
struct Place<'a> {
    full: &'a str,
    path: &'a str,
    field: Option<&'a Field>,
    samples: &'a [&'a Value],
}

impl<'a> Place<'a> {
    fn new(method: &'a Method, evidence: &'a Evidence<'a>, full: &'a str) -> Self {
        let (part, path) = full.split_once('.').unwrap_or((full, ""));
        let (fields, samples): (_, &[_]) = match part {
            "request" => (Some(&method.request), &evidence.request),
            "response" => (Some(&method.response), &evidence.response),
            _ => (None, &[]),
        };
        Self { full, path, field: fields.and_then(|fields| field_at(fields, path)), samples }
    }

    fn listed(&self) -> Result<&'a Field, String> {
        self.field.ok_or_else(|| format!("no table lists `{}`", self.full))
    }

    fn not_listed(&self) -> Result<(), String> {
        // A page can lack a field that an SDK has.
        if self.field.is_some_and(|field| field.evidence != Some(spec::Evidence::Sdk)) {
            Err(format!("the table lists `{}`", self.full))
        } else {
            Ok(())
        }
    }

    fn shown(&self, path: &str, is: impl Fn(&Value) -> bool, what: &str) -> Result<(), String> {
        let is_shown = self.samples.iter().any(|node| values_at(node, path).into_iter().any(&is));
        if is_shown { Ok(()) } else { Err(format!("no example {what}")) }
    }
}
