//! What all methods share: the parts that the hand-written client names must be there.

use super::fields::{is_element_name, level};
use super::references::entries;
use crate::diagnostic::Diagnostics;
use crate::load::Document;
use crate::spec::{Fields, Platform, QuirkKind, Type};
use crate::yaml::Source;

/// The common parameters the client sends.
const PARAMETERS: &[&str] =
    &["appMethod", "appRequestTime", "format", "appKey", "versionNo", "signInfo", "access_token"];
/// The fields of the head the client reads.
const HEAD: &[&str] = &["pageNo", "pageTotal", "totalSize"];
/// The fields of an error the client reads.
const ERROR: &[&str] = &["error_code", "error_msg"];

pub(super) fn check(document: &Document<Platform>, diagnostics: &mut Diagnostics) {
    let Document { value: platform, source } = document;
    parameters(platform, source, diagnostics);
    envelope(platform, source, diagnostics);
    addresses(platform, source, diagnostics);
    entries(&platform.errors, source, diagnostics);
    for (index, quirk) in platform.quirks.iter().enumerate() {
        let code = quirk.field.strip_prefix("errors.");
        let holds = quirk.kind == QuirkKind::Error && code.is_some_and(|code| platform.errors.contains_key(code));
        if !holds {
            let message = format!("the quirk has expired: no error table lists `{}`; remove it", quirk.field);
            diagnostics.push(source.at(&["quirks", &index.to_string(), "field"], message));
        }
    }
}

fn parameters(platform: &Platform, source: &Source, diagnostics: &mut Diagnostics) {
    let given = &platform.common_parameters;
    for name in given.keys().filter(|name| !PARAMETERS.contains(&name.as_str())) {
        let message =
            format!("the client does not know `{name}`; remove it, or use one of `{}`", PARAMETERS.join("`, `"));
        diagnostics.push(source.at(&["common_parameters", name], message));
    }
    for name in PARAMETERS.iter().filter(|name| !given.contains_key(**name)) {
        diagnostics
            .push(source.at(&["common_parameters"], format!("`{name}` is missing; the client sends it, so add it")));
    }
    for (name, parameter) in given {
        let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if parameter.header.is_empty() || !parameter.header.chars().all(is_token) {
            let message = format!(
                "`{}` is not a valid name of an HTTP header; use letters, digits, `-` and `_`",
                parameter.header
            );
            diagnostics.push(source.at(&["common_parameters", name, "header"], message));
        }
    }
}

fn envelope(platform: &Platform, source: &Source, diagnostics: &mut Diagnostics) {
    let envelope = &platform.envelope;
    let names = [
        ("request", &envelope.request),
        ("response", &envelope.response),
        ("body", &envelope.body),
        ("head", &envelope.head),
        ("error", &envelope.error),
    ];
    for (key, name) in names.into_iter().filter(|(_, name)| !is_element_name(name)) {
        diagnostics
            .push(source.at(&["envelope", key], format!("`{name}` is not a valid name of an XML element; fix it")));
    }
    let tables = [
        ("head_fields", &envelope.head_fields, HEAD, Type::Integer),
        ("error_fields", &envelope.error_fields, ERROR, Type::Text),
    ];
    for (key, fields, known, kind) in tables {
        level(fields, &["envelope", key], source, diagnostics);
        plain(fields, &["envelope", key], source, diagnostics);
        for name in known.iter().filter(|name| !fields.contains_key(**name)) {
            diagnostics
                .push(source.at(&["envelope", key], format!("`{name}` is missing; the client reads it, so add it")));
        }
        for name in known.iter().filter(|name| fields.get(**name).is_some_and(|field| field.kind != kind)) {
            let message = format!("the client reads `{name}` as `{}`; write `type: {}`", kind.as_str(), kind.as_str());
            diagnostics.push(source.at(&["envelope", key, name], message));
        }
    }
}

fn plain(fields: &Fields, path: &[&str], source: &Source, diagnostics: &mut Diagnostics) {
    for (name, field) in fields {
        if field.is_container() || !field.values.is_empty() || field.list {
            let path = [path, &[name.as_str()]].concat();
            let message = format!("`{name}` must be a single plain value here; remove `fields`, `values` and `list`");
            diagnostics.push(source.at(&path, message));
        }
    }
}

fn addresses(platform: &Platform, source: &Source, diagnostics: &mut Diagnostics) {
    let endpoints = &platform.endpoints;
    for (key, address) in [("production", &endpoints.production), ("pre_production", &endpoints.pre_production)] {
        if !address.starts_with("https://") || address.contains([' ', '?', '#', '@']) {
            let message = format!("`{address}` is not a valid URL; write `https://host/path`");
            diagnostics.push(source.at(&["endpoints", key], message));
        }
    }
}
