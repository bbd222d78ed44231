//! Facts, shown as a page and imported from it.

use std::collections::HashSet;

use codegen::load;
use codegen::page::{self, Hints};
use codegen::spec::{Day, Fields, MethodName, Spec};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tests::page::Sheet;
use tests::spec::platform;

use crate::cases;

/// A documented field.
#[derive(Debug, Clone, PartialEq)]
struct Fact {
    name: String,
    is_required: bool,
    sample: String,
    description: String,
    /// Fields inside it, in one object or in several.
    inner: Option<(bool, Vec<Fact>)>,
}

fn leaf() -> impl Strategy<Value = Fact> {
    ("[a-z][a-zA-Z]{2,7}", any::<bool>(), "[A-Z0-9][A-Z0-9]{2,6}", "[订单商品仓库供应包裹物流]{2,6}").prop_map(
        |(name, is_required, sample, description)| Fact { name, is_required, sample, description, inner: None },
    )
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let inner = option::weighted(0.3, (any::<bool>(), vec(leaf(), 1..4)));
    vec((leaf(), inner).prop_map(|(leaf, inner)| Fact { inner, ..leaf }), 1..5).prop_map(|facts| {
        // A page tells fields apart by their names alone.
        let mut names = HashSet::new();
        let mut is_new = |fact: &Fact| names.insert(fact.name.to_lowercase());
        let facts = facts.into_iter().filter(|fact| is_new(fact)).collect::<Vec<_>>();
        let facts = facts.into_iter().map(|mut fact| {
            if let Some((_, inner)) = &mut fact.inner {
                inner.retain(&mut is_new);
            }
            fact.inner = fact.inner.filter(|(_, inner)| !inner.is_empty());
            fact
        });
        facts.collect()
    })
}

/// The rows of a table. The fields of an object follow it.
fn rows(facts: &[Fact], is_request: bool) -> Vec<String> {
    let mut rows = Vec::new();
    for Fact { name, is_required, sample, description, inner } in facts {
        let required = if *is_required { "Y" } else { "N" };
        let sample = if inner.is_some() { "" } else { sample };
        let columns = if is_request { format!("String | {required} | {sample}") } else { format!("String | {sample}") };
        rows.push(format!("{name} | {columns} | {description}"));
        rows.extend(inner.iter().flat_map(|(_, inner)| self::rows(inner, is_request)));
    }
    rows
}

fn example(facts: &[Fact]) -> Value {
    let value = |fact: &Fact| match &fact.inner {
        None => json!(fact.sample),
        Some((false, inner)) => example(inner),
        Some((true, inner)) => json!([example(inner), example(inner)]),
    };
    facts.iter().map(|fact| (fact.name.clone(), value(fact))).collect::<Map<_, _>>().into()
}

/// The facts of an imported table.
fn imported(fields: &Fields, is_request: bool) -> Vec<Fact> {
    let fact = |(name, field): (&String, &codegen::spec::Field)| Fact {
        name: name.clone(),
        is_required: field.required || !is_request,
        sample: field.example.clone().unwrap_or_default(),
        description: field.description.clone().unwrap_or_default(),
        inner: field.is_container().then(|| (field.list, imported(&field.fields, is_request))),
    };
    fields.iter().map(fact).collect()
}

/// The facts that a page shows: an object has no sample, and a reply says nothing of requirements.
fn shown(facts: &[Fact], is_request: bool) -> Vec<Fact> {
    let shown = |fact: &Fact| Fact {
        is_required: fact.is_required || !is_request,
        sample: if fact.inner.is_some() { String::new() } else { fact.sample.clone() },
        inner: fact.inner.as_ref().map(|(list, inner)| (*list, self::shown(inner, is_request))),
        ..fact.clone()
    };
    facts.iter().map(shown).collect()
}

fn borrowed(rows: &[String]) -> Vec<&str> {
    rows.iter().map(String::as_str).collect()
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn what_a_page_shows_is_imported(
        request in facts(),
        response in facts(),
        errors in vec(("[a-z]{3,8}", "[订单商品仓库]{2,6}", "[订单商品仓库]{2,6}"), 0..4),
    ) {
        let (request_rows, response_rows) = (rows(&request, true), rows(&response, false));
        let codes: Vec<_> = errors.iter().enumerate().map(|(place, (code, ..))| format!("biz.thing.{code}:{place}")).collect();
        let error_rows: Vec<_> =
            codes.iter().zip(&errors).map(|(code, (_, message, remedy))| format!("{code} | {message} | {remedy}")).collect();
        let (sent, received) = (example(&request).to_string(), example(&response).to_string());
        let sheet = Sheet {
            request: &borrowed(&request_rows),
            response: &borrowed(&response_rows),
            json: [&sent, &received],
            errors: &borrowed(&error_rows),
            ..Sheet::default()
        };
        let hints = Hints { given: MethodName::try_from("suning.shop.thing.get".to_owned()).ok(), file: None };
        let spec: Spec = load::spec(&[platform()]).unwrap_or_else(|problems| panic!("{problems}"));
        let day = Day::try_from("2026-01-02".to_owned()).expect("a day");
        let text = sheet.text();
        let import = page::import(text.as_bytes(), &hints, &spec, day)
            .unwrap_or_else(|refusal| panic!("{}\n{text}", refusal.finding()));
        prop_assert_eq!(imported(&import.method.request, true), shown(&request, true), "{}", text);
        prop_assert_eq!(imported(&import.method.response, false), shown(&response, false), "{}", text);
        let known: Vec<_> = import.method.errors.iter().map(|(code, error)| {
            (code.clone(), error.message.clone().unwrap_or_default(), error.remedy.clone().unwrap_or_default())
        }).collect();
        let stated = codes.into_iter().zip(errors).map(|(code, (_, message, remedy))| (code, message, remedy));
        prop_assert_eq!(known, stated.collect::<Vec<_>>(), "{}", text);
        let mut spec = spec;
        spec.methods.insert(import.method.method.clone(), import.method.clone());
        let again = page::import(text.as_bytes(), &hints, &spec, day).unwrap_or_else(|refusal| panic!("{}", refusal.finding()));
        prop_assert_eq!((again.method, again.reading.changes), (import.method, Vec::new()));
    }
}
