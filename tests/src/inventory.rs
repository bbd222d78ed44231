//! Importing one line of an inventory.

use codegen::files::SpecFile;
use codegen::inventory::{self, Import, read};
use codegen::spec::Method;
use codegen::yaml::to_canonical;
use codegen::{Checks, compile, load};
use serde_json::{Value, json};

use crate::spec::{file, platform, with_method};

/// Name of the method.
pub const NAME: &str = "suning.depot.shelf.query";
/// Path of its spec file.
pub const PATH: &str = "depot/shelf.query.yaml";

/// A line of the inventory that states little, with these keys added or replaced.
///
/// # Panics
/// When the test is wrong.
#[must_use]
pub fn line(keys: Value) -> String {
    let mut entry = json!({
        "method": NAME,
        "node": "queryShelf",
        "sources": ["py"],
        "paged": false,
        "request": [],
        "response": null,
        "errors": [],
    });
    let (Value::Object(all), Value::Object(keys)) = (&mut entry, keys) else { panic!("keys of an entry") };
    all.extend(keys);
    entry.to_string()
}

/// Imports a line into a spec that has this method, if any.
///
/// # Panics
/// When the test is wrong.
#[must_use]
pub fn import_into(method: Option<&str>, line: &str) -> Import {
    let files: Vec<SpecFile> = std::iter::once(platform()).chain(method.map(|text| file(PATH, text))).collect();
    let spec = load::spec(&files).unwrap_or_else(|problems| panic!("{problems}"));
    let entries = read("facts.jsonl", line.as_bytes()).unwrap_or_else(|problems| panic!("{problems}"));
    inventory::import(&entries, &spec)
}

/// The method that a line makes of another, and the findings.
///
/// # Panics
/// When the test is wrong.
#[must_use]
pub fn merge(method: Option<&str>, keys: Value) -> (Method, Vec<String>) {
    let Import { mut methods, findings } = import_into(method, &line(keys));
    let findings = findings.iter().map(|finding| finding.message.replacen(&format!("{NAME}: "), "", 1));
    (methods.remove(0), findings.collect())
}

/// The method in its canonical form, which must pass the checks.
///
/// # Panics
/// When the test is wrong.
#[expect(clippy::must_use_candidate, reason = "a test may want the checks alone")]
pub fn checked(method: &Method) -> String {
    let text = to_canonical(method);
    if let Err(problems) = compile(&with_method(PATH, &text), Checks::All) {
        panic!("{problems}{text}");
    }
    text
}

/// Everything that an inventory can state.
#[must_use]
pub fn everything() -> Value {
    json!({
        "title": "货架查询",
        "sources": ["py", "page"],
        "paged": true,
        "request": [
            { "name": "depotCode", "required": true, "type": "text", "example": "D1", "label": "仓库编码" },
            { "name": "state", "required": false, "label": "状态: 1 好, 2 坏", "example": "2" },
            { "name": "pageNo", "type": "integer" },
            { "name": "boxes", "list": true, "fields": [{ "name": "boxCode", "required": true }] },
        ],
        "response": {
            "list": true,
            "partial": true,
            "fields": [
                { "name": "count", "type": "integer" },
                { "name": "remark", "source": "page", "label": "备注" },
                { "name": "place", "list": false, "fields": [{ "name": "row" }] },
            ],
        },
        "errors": [
            "biz.depot.queryshelf.missing-parameter:depotCode",
            "biz.depot.queryshelf.missing-parameter:state",
            "biz.depot.queryshelf.shelf:unknown",
        ],
    })
}
