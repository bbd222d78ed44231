//! Targets: spec files, documentation pages and SDK inventories.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use codegen::files::SpecFile;
use codegen::page::{self, Hints};
use codegen::spec::{Day, Method, MethodName, Spec};
use codegen::yaml::to_canonical;
use codegen::{Checks, compile, inventory, load};

use super::Outcome;
use crate::changes::METHOD;
use crate::inventory::{everything, line};
use crate::spec::{EVERY_KIND, platform, root};

/// Words of spec files.
pub const FILE_WORDS: &[&str] = &[
    "method: suning.",
    "effect: read",
    "node: ",
    "request:\n",
    "response:\n",
    "  fields:\n",
    "errors:\n",
    "rules:\n",
    "quirks:\n",
    "examples:\n",
    "    json: |\n",
    "    xml: |\n",
    "{ ",
    " }",
    "[",
    "]",
    "- ",
    ": ",
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "|",
    ">-",
    "\"",
    "'",
    "#",
    "---\n",
    "...\n",
    "? ",
    "\t",
    "\n  ",
    "required: true",
    "list: true",
    "type: decimal",
    "type: datetime",
    "secret: true",
    "name: Self",
    "name: r#type",
    "1e999",
    "0x1F",
    "~",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "：",
    "“",
    "any_of: [",
    "paging:\n",
];

/// Words of pages.
pub const PAGE_WORDS: &[&str] = &[
    "名称",
    "类型",
    "是否必须",
    "示例值",
    "描述",
    "异常码",
    "错误描述",
    "解决方案",
    "请求参数",
    "返回参数",
    "String",
    "Y",
    "N",
    "必填",
    " | ",
    "\t",
    "\n",
    "  ",
    "|---|",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td colspan=9>",
    "</td>",
    "<pre>",
    "&nbsp;",
    "<!DOCTYPE html>",
    "suning.shop.thing.get",
    "<sn_request>",
    "</sn_request>",
    "<sn_responseContent>",
    "<sn_body>",
    "</sn_body>",
    "{\"sn_request\":",
    "{\"sn_responseContent\":",
    "{\"sn_body\":",
    "\"a\":\"1\"",
    "}}}",
    "biz.thing.missing-parameter:",
    "sn_head",
    "1：是 2：否",
    "—",
    "\u{3000}",
];

/// Words of inventories.
pub const INVENTORY_WORDS: &[&str] = &[
    "\"method\":",
    "\"node\":",
    "\"sources\":",
    "\"paged\":true",
    "\"request\":",
    "\"response\":",
    "\"errors\":",
    "\"fields\":[",
    "\"name\":\"a\"",
    "\"list\":true",
    "\"list\":null",
    "\"required\":true",
    "\"type\":\"integer\"",
    "\"label\":\"a: 1 b, 2 c\"",
    "\"example\":\"1\"",
    "\"source\":\"page\"",
    "null",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\n",
    "suning.depot.shelf.query",
    "missing-parameter:",
    "*",
    "?",
    "\"partial\":true",
    "\"pageNo\"",
    "\"\"",
];

/// The platform, and no method.
static PLATFORM: LazyLock<SpecFile> = LazyLock::new(platform);

/// The same, loaded.
static SPEC: LazyLock<Spec> =
    LazyLock::new(|| load::spec(std::slice::from_ref(&PLATFORM)).unwrap_or_else(|problems| panic!("{problems}")));

fn spec_file(text: &str) -> SpecFile {
    crate::spec::file("shop/thing.modify.yaml", text)
}

/// Loads a spec file. What has the right shape has a canonical form, and can be checked and lowered.
#[must_use]
pub fn file(input: &[u8]) -> Outcome {
    let file = spec_file(&String::from_utf8_lossy(input));
    let canonical = match load::canonical(&file) {
        Ok(canonical) => canonical,
        Err(problems) => {
            let text = problems.to_string();
            assert!(!text.contains("report this as a bug"), "{text}");
            return Outcome::message(&text);
        }
    };
    let again = load::canonical(&spec_file(&canonical)).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(again, canonical);
    match compile(&[PLATFORM.clone(), file], Checks::All) {
        Ok(plan) => Outcome::of(plan.methods().count()),
        Err(problems) => Outcome::message(&problems.to_string()),
    }
}

/// Methods of tests, and small ones of the spec.
#[must_use]
pub fn file_seeds() -> Vec<Vec<u8>> {
    let own = [EVERY_KIND, METHOD].map(|text| text.as_bytes().to_vec());
    own.into_iter().chain(files("spec/cloud")).chain(files("tests/fixtures/naming")).collect()
}

/// Imports a page, and once more as an update. The method can be written and loaded.
#[must_use]
pub fn page(input: &[u8]) -> Outcome {
    let hints = Hints { given: MethodName::try_from("suning.shop.thing.get".to_owned()).ok(), file: None };
    let day = Day::try_from("2026-01-02".to_owned()).expect("a day");
    match page::import(input, &hints, &SPEC, day) {
        Ok(import) => {
            canonical(&import.method);
            let mut spec = SPEC.clone();
            spec.methods.insert(import.method.method.clone(), import.method.clone());
            let again =
                page::import(input, &hints, &spec, day).unwrap_or_else(|refusal| panic!("{}", refusal.finding()));
            canonical(&again.method);
            let findings: Vec<_> = import.reading.findings.iter().map(|finding| finding.message.as_str()).collect();
            Outcome::message(&findings.concat())
        }
        Err(refusal) => Outcome::message(&refusal.finding().message),
    }
}

/// The fixtures.
#[must_use]
pub fn page_seeds() -> Vec<Vec<u8>> {
    files("tests/fixtures/pages")
}

/// Imports an inventory. Its methods can be written, and importing it again changes nothing.
#[must_use]
pub fn inventory(input: &[u8]) -> Outcome {
    let entries = match inventory::read("facts.jsonl", input) {
        Ok(entries) => entries,
        Err(problems) => return Outcome::message(&problems.to_string()),
    };
    let import = inventory::import(&entries, &SPEC);
    let mut spec = SPEC.clone();
    for method in &import.methods {
        canonical(method);
        spec.methods.insert(method.method.clone(), method.clone());
    }
    assert_eq!(
        inventory::import(&entries, &spec).methods,
        import.methods,
        "importing the result again changes nothing"
    );
    let findings: Vec<_> = import.findings.iter().map(|finding| finding.message.as_str()).collect();
    Outcome::message(&findings.concat())
}

/// A line with everything, and one with little.
#[must_use]
pub fn inventory_seeds() -> Vec<Vec<u8>> {
    [line(everything()), line(serde_json::json!({}))].map(String::into_bytes).into()
}

/// A method that an import has made has the right shape.
fn canonical(method: &Method) {
    let (path, text) = (method.method.spec_path(), to_canonical(method));
    // A page that has lost characters is imported with a finding, and `check` refuses them.
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return;
    }
    let file = SpecFile { display: path.display().to_string(), path, text };
    match load::canonical(&file) {
        Ok(again) => assert_eq!(again, file.text),
        Err(problems) => panic!("{problems}{}", file.text),
    }
}

/// The content of the files in a folder, by name.
fn files(folder: &str) -> Vec<Vec<u8>> {
    let folder: &Path = &root().join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a file")).collect()
}
