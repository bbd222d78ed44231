//! A digest of what a page states, to detect that it has not changed.

use std::fmt::Write;

use md5::{Digest, Md5};
use serde_json::{Value, json};

use crate::page::read::{ErrorRow, Format, Page, Part, Row};

/// The digest of a page. It does not depend on layout, title, prose and whitespace, nor on how the rows are understood.
pub(super) fn fingerprint(page: &Page) -> String {
    let text = |row: &ErrorRow| [&*row.message, row.remedy.as_deref().unwrap_or_default()].concat();
    let errors = page.errors.iter().flatten().map(|row| json!([row.code, text(row)]));
    let facts = json!({
        "request": page.request.as_ref().map(|rows| table(rows)),
        "response": page.response.as_ref().map(|rows| table(rows)),
        "errors": errors.collect::<Vec<_>>(),
        "examples": [example(page, Part::Request), example(page, Part::Response)],
    });
    let visible: String = facts.to_string().chars().filter(|c| !c.is_whitespace()).collect();
    Md5::digest(visible).iter().fold(String::new(), |mut digest, byte| {
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}

/// Sample and description are one text, because the split of run-together cells may be a guess.
fn table(rows: &[Row]) -> Value {
    let cells = |row: &Row| [&row.sample, &row.description].map(|cell| cell.as_deref().unwrap_or_default()).concat();
    rows.iter().map(|row| json!([row.name, row.kind, row.required, cells(row)])).collect()
}

/// The content in JSON, or else in XML, which some layouts show without tags.
fn example(page: &Page, part: Part) -> Option<&Value> {
    let content = |format| {
        let mut messages = page.messages.iter();
        let message = messages.find(|message| message.part == part && message.format == format && !message.is_cut)?;
        message.content.as_ref().ok()
    };
    content(Format::Json).or_else(|| content(Format::Xml))
}
