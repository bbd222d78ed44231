//! A digest of the documented facts, to detect that a page has not changed.

use std::fmt::Write;

use md5::{Digest, Md5};
use serde_json::{Value, json};

use crate::message::{parse_json, parse_xml};
use crate::page::reconcile::Draft;
use crate::spec::{Example, Field, Fields};

/// The digest of a draft. It does not depend on layout, title, prose and whitespace.
pub(super) fn fingerprint(draft: &Draft) -> String {
    let errors = draft.errors.iter().flatten().map(|(code, entry)| json!([code, entry.text()]));
    let facts = json!({
        "node": draft.node,
        "request": draft.request.as_ref().map(fields),
        "response_list": draft.response_list,
        "response": draft.response.as_ref().map(fields),
        "errors": errors.collect::<Vec<_>>(),
        "examples": [example(&draft.examples.request), example(&draft.examples.response)],
    });
    let visible: String = facts.to_string().chars().filter(|c| !c.is_whitespace()).collect();
    Md5::digest(visible).iter().fold(String::new(), |mut digest, byte| {
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}

fn fields(fields: &Fields) -> Value {
    fields.iter().map(|(name, content)| json!([name, field(content)])).collect()
}

/// Sample and description as one text, because the split of run-together cells may be a guess.
fn field(field: &Field) -> Value {
    let cells = [&field.example, &field.description].map(|cell| cell.as_deref().unwrap_or_default()).concat();
    let values: Value = field.values.iter().map(|(code, entry)| json!([code, entry.description])).collect();
    json!([field.required, field.list, field.kind.as_str(), cells, values, fields(&field.fields)])
}

/// The content of an example, without its layout.
fn example(example: &Example) -> Value {
    let json = example.json.as_deref().and_then(|text| parse_json(text).ok());
    let xml = example.xml.as_deref().and_then(|text| parse_xml(text).ok());
    json!([json, xml])
}
