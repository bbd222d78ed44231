//! The command explains error codes, and the crate finds the same documented codes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use codegen::explain::{self, explain};
use codegen::files::read_spec;
use codegen::plan::Plan;
use insta::assert_snapshot;
use suning_api::catalog;
use tests::spec::{file, platform, root};

/// The whole spec. Compiling it takes a second, so the tests share it.
static SPEC: LazyLock<Plan> = LazyLock::new(whole_spec);

fn whole_spec() -> Plan {
    let files = read_spec(&root()).expect("the spec can be read");
    tests::spec::plan(&files)
}

/// What an explanation finds: its answers, then the similar codes.
type Facts = (Vec<Answer>, Vec<String>);

/// The documented code, the varying part, the detail, the row, and the methods.
type Answer = (String, Option<String>, Option<String>, Row, Vec<String>);

/// The meanings with their remedies, whether a retry can help, and whether a document lists the code.
type Row = (Vec<(String, String)>, String, bool);

fn facts_of_command(spec: &Plan, code: &str) -> Facts {
    let explanation = explain(spec, code);
    let answers = explanation.answers.into_iter().map(|answer| {
        let methods = match answer.origin {
            explain::Origin::AnyMethod => Vec::new(),
            explain::Origin::Methods(methods) => methods.into_iter().map(ToString::to_string).collect(),
        };
        let entry = answer.entry;
        let meanings = entry.meanings().map(|(message, remedy)| (message.to_owned(), remedy.to_owned())).collect();
        let row = (meanings, format!("{:?}", entry.retry), entry.undocumented.is_none());
        (answer.documented.to_owned(), answer.part, answer.detail, row, methods)
    });
    (answers.collect(), explanation.nearest.into_iter().map(str::to_owned).collect())
}

fn facts_of_crate(code: &str) -> Facts {
    let explanation = catalog::explain(code);
    let answers = explanation.answers.into_iter().map(|answer| {
        let methods = match answer.origin {
            catalog::Origin::Methods(methods) => methods.iter().map(|method| method.name.to_owned()).collect(),
            _ => Vec::new(),
        };
        let info = answer.info;
        let own = info.message.map(|message| (message, info.remedy));
        let meanings = own.into_iter().chain(info.also.iter().copied());
        let meanings = meanings.map(|(message, remedy)| (message.to_owned(), remedy.unwrap_or_default().to_owned()));
        let row = (meanings.collect(), format!("{:?}", info.retry), info.documented);
        (info.code.to_owned(), answer.part, answer.detail, row, methods)
    });
    (answers.collect(), explanation.nearest.into_iter().map(str::to_owned).collect())
}

/// The documented codes of all tables, each once.
fn codes(spec: &Plan) -> BTreeSet<String> {
    let tables = spec.methods().map(|(_, method)| &method.errors).chain([&spec.platform.errors]);
    tables.flat_map(|table| &table.variants).map(|variant| variant.code.clone()).collect()
}

#[test]
fn an_exact_code_shows_every_table_that_lists_it() {
    assert_snapshot!(explain(&SPEC, "sys.check.query-time:error"));
}

#[test]
fn a_code_listed_twice_shows_both_meanings() {
    assert_snapshot!(explain(&SPEC, "sys.check.user-permission:inexistence"));
}

#[test]
fn a_wildcard_shows_the_part_that_varies() {
    assert_snapshot!(explain(&SPEC, "biz.selfmarket.addleaguerstatus.missing-parameter:orderId"));
}

#[test]
fn a_documented_code_is_found_before_its_detail() {
    assert_snapshot!(explain(&SPEC, "sys.check.header-param:forbidden:appKey"));
    assert_snapshot!(explain(&SPEC, " sys.controller.api-frequency:limit\tfree text"));
}

#[test]
fn an_unknown_code_shows_the_nearest_ones() {
    let codes = ["sys.check.app-sing:error", "sys.controller", ""];
    assert_snapshot!(codes.map(|code| explain(&SPEC, code).to_string()).join("---\n"));
}

#[test]
fn command_and_crate_find_the_same_for_every_code_with_and_without_a_part() {
    let codes = codes(&SPEC);
    assert!(codes.iter().any(|code| code.ends_with(['*', '?'])));
    for code in &codes {
        let with_part = code.strip_suffix(['*', '?']).map(|prefix| format!("{prefix}orderId"));
        for code in std::iter::once(code).chain(&with_part) {
            let facts = facts_of_command(&SPEC, code);
            assert_eq!(facts, facts_of_crate(code), "{code}");
            assert!(!facts.0.is_empty(), "{code}");
        }
        if let Some(code) = with_part {
            assert_eq!(facts_of_command(&SPEC, &code).0[0].1.as_deref(), Some("orderId"), "{code}");
        }
    }
}

/// Every tenth code is enough, because what is appended is cut off before a table is searched.
#[test]
fn command_and_crate_find_the_same_for_every_tenth_code_with_a_detail() {
    for code in codes(&SPEC).iter().step_by(10) {
        for code in [format!("{code}:x:y"), format!("{code}\tx"), format!(" {code} ")] {
            let facts = facts_of_command(&SPEC, &code);
            assert_eq!(facts, facts_of_crate(&code), "{code}");
            assert!(!facts.0.is_empty(), "{code}");
        }
    }
    for code in ["sys.check.app-sing:error", "sys.controller", "", " sys.check.query-time:error "] {
        assert_eq!(facts_of_command(&SPEC, code), facts_of_crate(code), "{code}");
    }
}

/// Names are only in the spec, so the crate cannot tell such rows apart.
#[test]
fn command_and_crate_find_the_same_where_one_of_two_rows_has_a_name() {
    let mut spec = whole_spec();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let methods = spec.namespaces.iter_mut().flat_map(|namespace| &mut namespace.methods);
    for variant in methods.flat_map(|method| &mut method.errors.variants) {
        let seen = seen.entry(variant.code.clone()).or_default();
        variant.entry.name = (*seen == 0).then(|| "Named".to_owned());
        *seen += 1;
    }
    let mut together = 0;
    for (code, _) in seen.iter().filter(|(_, count)| **count > 1) {
        let facts = facts_of_command(&spec, code);
        assert_eq!(facts, facts_of_crate(code), "{code}");
        together += facts.0.iter().filter(|(.., methods)| methods.len() > 1).count();
    }
    assert!(together > 0, "no two methods share a row");
}

/// A plan of methods that list `isp.down` with these rows.
fn with_rows(rows: &[(&str, &str)]) -> Plan {
    let method = |(name, row): &(&str, &str)| {
        let text = format!(
            "method: suning.shop.{name}\ntitle: 事情\npage: https://example.invalid\neffect: read\nnode: node\n\
             errors:\n  isp.down: {{ {row} }}\n"
        );
        file(&format!("shop/{name}.yaml"), &text)
    };
    let files: Vec<_> = std::iter::once(platform()).chain(rows.iter().map(method)).collect();
    tests::spec::plan(&files)
}

/// The methods of each answer.
fn methods(spec: &Plan, code: &str) -> Vec<Vec<String>> {
    facts_of_command(spec, code).0.into_iter().map(|(.., methods)| methods).collect()
}

#[test]
fn methods_with_the_same_row_are_named_together() {
    let named = "name: Down, message: 停";
    let spec = with_rows(&[("a.get", "message: 停"), ("b.get", named), ("c.get", "message: 坏")]);
    let expected = [vec!["suning.shop.a.get", "suning.shop.b.get"], vec!["suning.shop.c.get"]];
    assert_eq!(methods(&spec, "isp.down"), expected);
}

#[test]
fn methods_with_a_row_that_was_seen_in_different_places_are_named_together() {
    let spec = with_rows(&[("a.get", "undocumented: a reply"), ("b.get", "undocumented: a log"), ("c.get", "")]);
    let expected = [vec!["suning.shop.a.get", "suning.shop.b.get"], vec!["suning.shop.c.get"]];
    assert_eq!(methods(&spec, "isp.down"), expected);
}
