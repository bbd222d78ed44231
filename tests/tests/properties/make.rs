//! Texts, names and values.

use std::collections::HashSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use suning_api::value::Value;

/// Any text: control characters, quotes, blanks and other scripts included.
pub(crate) fn text() -> BoxedStrategy<String> {
    let odd =
        ["", " ", "null", "\"", "\\", "\\\"", "\u{0}", "\r\n", "\u{2028}", "\u{feff}", "\u{ffff}", "</a>", "]]>", "'"];
    prop_oneof![
        3 => vec(any::<char>(), 0..8).prop_map(String::from_iter),
        3 => "[ -~\t\r\n]{0,12}",
        2 => "[中-龥&<>'\"]{0,6}",
        1 => select(odd.to_vec()).prop_map(str::to_owned),
    ]
    .boxed()
}

/// A text that XML can represent.
pub(crate) fn xml_text() -> BoxedStrategy<String> {
    let is_allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text().prop_map(move |text| text.chars().filter(is_allowed).collect()).boxed()
}

/// A name that XML can represent.
pub(crate) fn xml_name() -> BoxedStrategy<String> {
    prop_oneof![4 => "[a-zA-Z_][a-zA-Z0-9_.-]{0,6}", 1 => "[中-龥][中-龥0-9]{0,3}"].boxed()
}

/// A JSON number.
pub(crate) fn number() -> BoxedStrategy<String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?"
    ]
    .boxed()
}

/// A value with texts and names of these kinds.
pub(crate) fn value(text: BoxedStrategy<String>, name: BoxedStrategy<String>) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        2 => number().prop_map(Value::Number),
        4 => text.prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::List),
            fields(name.clone(), inner.boxed()).prop_map(Value::Object),
        ]
    })
    .boxed()
}

/// Fields with different names.
pub(crate) fn fields(
    name: BoxedStrategy<String>,
    value: BoxedStrategy<Value>,
) -> impl Strategy<Value = Vec<(String, Value)>> {
    vec((name, value), 0..5).prop_map(|fields| {
        let mut names = HashSet::new();
        fields.into_iter().filter(|(name, _)| names.insert(name.clone())).collect()
    })
}

/// What XML makes of a value: texts only, a list of one as its item, and nothing where there is nothing.
pub(crate) fn as_in_xml(value: &Value) -> Value {
    match value {
        Value::List(items) => {
            // XML has no list in a list: the inner one is an element of the same name.
            let mut items: Vec<_> = items.iter().map(as_in_xml).collect();
            if items.len() == 1 { items.remove(0) } else { Value::List(items) }
        }
        Value::Object(fields) => {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.clone(), as_in_xml(value))).collect();
            let fields: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
            if fields.is_empty() { "".into() } else { Value::Object(fields) }
        }
        leaf => match leaf.as_text().unwrap_or_default() {
            blank if blank.trim().is_empty() => "".into(),
            text => text.into(),
        },
    }
}

/// Whether a list has a list in it, which XML cannot represent.
pub(crate) fn nests_lists(value: &Value) -> bool {
    match value {
        Value::List(items) => items.iter().any(|item| matches!(item, Value::List(_)) || nests_lists(item)),
        Value::Object(fields) => fields.iter().any(|(_, value)| nests_lists(value)),
        _ => false,
    }
}
