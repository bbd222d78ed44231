//! An error code is explained the same way by the command and by the crate.

use codegen::explain::{Origin, explain};
use codegen::files::read_spec;
use codegen::spec::Spec;
use insta::assert_snapshot;
use tests::spec::{file, platform, root};

fn spec() -> Spec {
    let files = read_spec(&root()).expect("the spec can be read");
    codegen::compile(&files).unwrap_or_else(|problems| panic!("{problems}")).spec
}

/// What both say, which must be the same.
fn explained(spec: &Spec, code: &str) -> String {
    let text = explain(spec, code).to_string();
    assert_eq!(text, suning_api::catalog::explain(code).to_string(), "{code}");
    text
}

#[test]
fn an_exact_code_shows_every_table_that_lists_it() {
    assert_snapshot!(explained(&spec(), "sys.check.query-time:error"));
}

#[test]
fn a_code_listed_twice_shows_both_meanings() {
    assert_snapshot!(explained(&spec(), "sys.check.user-permission:inexistence"));
}

#[test]
fn a_wildcard_shows_the_part_that_varies() {
    assert_snapshot!(explained(&spec(), "biz.selfmarket.addleaguerstatus.missing-parameter:orderId"));
}

#[test]
fn a_documented_code_is_found_before_what_follows_it() {
    assert_snapshot!(explained(&spec(), "sys.check.header-param:forbidden:appKey"));
    assert_snapshot!(explained(&spec(), " sys.controller.api-frequency:limit\tfree text"));
}

#[test]
fn an_unknown_code_shows_the_nearest_ones() {
    let spec = spec();
    let codes = ["sys.check.app-sing:error", "sys.controller", ""];
    assert_snapshot!(codes.map(|code| explained(&spec, code)).join("---\n"));
}

#[test]
fn every_documented_code_is_explained_alike_by_command_and_crate() {
    let spec = spec();
    let tables = || spec.methods.values().map(|method| &method.errors).chain([&spec.platform.errors]);
    let codes: Vec<&String> = tables().flat_map(|table| table.keys()).collect();
    assert!(codes.len() > 60);
    for code in codes {
        for code in [code.clone(), code.replace(['*', '?'], "x"), format!("{code}:x:y"), format!("{code}\tx")] {
            explained(&spec, &code);
            assert!(!explain(&spec, &code).answers.is_empty(), "{code}");
        }
    }
}

#[test]
fn methods_with_the_same_row_are_named_together() {
    let method = |name: &str, message: &str| {
        let text = format!(
            "method: suning.shop.{name}\ntitle: 事情\npage: https://example.invalid\neffect: read\nnode: node\n\
             errors:\n  isp.down: {{ message: {message} }}\n"
        );
        file(&format!("shop/{name}.yaml"), &text)
    };
    let files = [platform(), method("a.get", "停"), method("b.get", "停"), method("c.get", "坏")];
    let spec = codegen::compile(&files).unwrap_or_else(|problems| panic!("{problems}")).spec;
    let explanation = explain(&spec, "isp.down");
    let methods: Vec<usize> = explanation
        .answers
        .iter()
        .map(|answer| match &answer.origin {
            Origin::Methods(methods) => methods.len(),
            Origin::AnyMethod => 0,
        })
        .collect();
    assert_eq!(methods, [2, 1]);
}
