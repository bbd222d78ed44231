//! The command explains error codes, and the crate finds the same documented codes.

use codegen::explain::{self, explain};
use codegen::files::read_spec;
use codegen::plan::Plan;
use insta::assert_snapshot;
use suning_api::catalog;
use tests::spec::{file, platform, root};

fn spec() -> Plan {
    let files = read_spec(&root()).expect("the spec can be read");
    tests::spec::plan(&files)
}

/// What an explanation finds: for each answer the documented code, the varying part, the detail and the methods; then
/// the similar codes.
type Facts = (Vec<(String, Option<String>, Option<String>, Vec<String>)>, Vec<String>);

fn facts_of_command(spec: &Plan, code: &str) -> Facts {
    let explanation = explain(spec, code);
    let answers = explanation.answers.into_iter().map(|answer| {
        let methods = match answer.origin {
            explain::Origin::AnyMethod => Vec::new(),
            explain::Origin::Methods(methods) => methods.into_iter().map(ToString::to_string).collect(),
        };
        (answer.documented.to_owned(), answer.part, answer.detail, methods)
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
        (answer.info.code.to_owned(), answer.part, answer.detail, methods)
    });
    (answers.collect(), explanation.nearest.into_iter().map(str::to_owned).collect())
}

#[test]
fn an_exact_code_shows_every_table_that_lists_it() {
    assert_snapshot!(explain(&spec(), "sys.check.query-time:error"));
}

#[test]
fn a_code_listed_twice_shows_both_meanings() {
    assert_snapshot!(explain(&spec(), "sys.check.user-permission:inexistence"));
}

#[test]
fn a_wildcard_shows_the_part_that_varies() {
    assert_snapshot!(explain(&spec(), "biz.selfmarket.addleaguerstatus.missing-parameter:orderId"));
}

#[test]
fn a_documented_code_is_found_before_its_detail() {
    assert_snapshot!(explain(&spec(), "sys.check.header-param:forbidden:appKey"));
    assert_snapshot!(explain(&spec(), " sys.controller.api-frequency:limit\tfree text"));
}

#[test]
fn an_unknown_code_shows_the_nearest_ones() {
    let spec = spec();
    let codes = ["sys.check.app-sing:error", "sys.controller", ""];
    assert_snapshot!(codes.map(|code| explain(&spec, code).to_string()).join("---\n"));
}

#[test]
fn command_and_crate_find_the_same() {
    let spec = spec();
    let methods = spec.namespaces.iter().flat_map(|namespace| &namespace.methods);
    let tables = methods.map(|method| &method.errors).chain([&spec.platform.errors]);
    let codes: Vec<&String> = tables.flat_map(|table| &table.variants).map(|variant| &variant.code).collect();
    assert!(codes.len() > 60);
    for code in codes {
        for code in [code.clone(), code.replace(['*', '?'], "x"), format!("{code}:x:y"), format!("{code}\tx")] {
            let facts = facts_of_command(&spec, &code);
            assert_eq!(facts, facts_of_crate(&code), "{code}");
            assert!(!facts.0.is_empty(), "{code}");
        }
    }
    for code in ["sys.check.app-sing:error", "sys.controller", "", " sys.check.query-time:error "] {
        assert_eq!(facts_of_command(&spec, code), facts_of_crate(code), "{code}");
    }
}

#[test]
fn methods_with_the_same_row_are_named_together() {
    let method = |name: &str, row: &str| {
        let text = format!(
            "method: suning.shop.{name}\ntitle: 事情\npage: https://example.invalid\neffect: read\nnode: node\n\
             errors:\n  isp.down: {{ {row} }}\n"
        );
        file(&format!("shop/{name}.yaml"), &text)
    };
    let named = "name: Down, message: 停";
    let files = [platform(), method("a.get", "message: 停"), method("b.get", named), method("c.get", "message: 坏")];
    let spec = tests::spec::plan(&files);
    let (answers, _) = facts_of_command(&spec, "isp.down");
    let methods: Vec<_> = answers.into_iter().map(|(.., methods)| methods).collect();
    assert_eq!(methods, [vec!["suning.shop.a.get", "suning.shop.b.get"], vec!["suning.shop.c.get"]]);
}
