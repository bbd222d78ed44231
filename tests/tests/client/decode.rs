//! Untyped values, decoded to types of the caller.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use suning_api::error::DecodeError;
use suning_api::value::Value;

fn parse(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

fn number(text: &str) -> Value {
    Value::Number(text.to_owned())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[track_caller]
fn decodes<T: DeserializeOwned + PartialEq + Debug>(value: &Value, expected: T) {
    assert_eq!(value.decode::<T>(), Ok(expected), "{value:?}");
}

fn error<T: DeserializeOwned + Debug>(value: &Value) -> DecodeError {
    value.decode::<T>().expect_err("an error")
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    order_code: String,
    #[serde(default)]
    lines: Vec<Line>,
    remark: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Line {
    price: f64,
    count: u32,
    #[serde(default)]
    state: State,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
enum State {
    #[default]
    Open,
    #[serde(rename = "10")]
    Paid,
}

/// Takes any value, as decimal types do.
#[derive(Debug, PartialEq)]
struct Verbatim(serde_json::Value);

impl<'de> Deserialize<'de> for Verbatim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_json::Value::deserialize(deserializer).map(Self)
    }
}

#[test]
fn a_struct_is_read_from_whatever_the_gateway_sends_for_it() {
    let order = parse(
        r#"{"orderCode":4511680451,"lines":{"price":"12.50","count":"3.00000","state":10},"remark":"","newField":[1]}"#,
    );
    let line = Line { price: 12.5, count: 3, state: State::Paid };
    decodes(&order, Order { order_code: "4511680451".into(), lines: vec![line], remark: None });
    decodes(&parse(r#"[{"orderCode":null}]"#), Order { order_code: String::new(), lines: vec![], remark: None });
}

#[test]
fn numbers_and_texts_are_interchangeable() {
    decodes(&text("3"), 3_u32);
    decodes(&text(" -3 "), -3_i8);
    decodes(&text("1.00000"), 1_u64);
    decodes(&number("1.00"), 1_i64);
    decodes(&number("170141183460469231731687303715884105727"), i128::MAX);
    decodes(&text("12.50"), 12.5_f64);
    decodes(&text("2"), 2_f32);
    decodes(&number("1.50"), "1.50".to_owned());
    decodes(&number("3"), '3');
    decodes(&Value::Bool(true), "true".to_owned());
}

#[test]
fn a_bool_is_read_from_its_own_texts_only() {
    decodes(&Value::Bool(false), false);
    decodes(&text("true"), true);
    for value in [text("1"), number("1"), text("Y"), text("TRUE"), text("")] {
        assert!(value.decode::<bool>().is_err(), "{value:?}");
    }
}

#[test]
fn null_and_empty_text_are_the_empty_value_of_a_type_that_has_one() {
    for empty in [Value::Null, text("")] {
        decodes(&empty, None::<u32>);
        decodes(&empty, None::<Vec<u32>>);
        decodes(&empty, String::new());
        decodes(&empty, Vec::<u32>::new());
        decodes(&empty, BTreeMap::<String, u32>::new());
        decodes(&empty, ());
        assert!(empty.decode::<u32>().is_err(), "{empty:?}");
    }
    assert_eq!(error::<Order>(&text("")).reason(), "missing field `orderCode`");
}

#[test]
fn one_value_is_a_list_of_one_and_the_other_way_round() {
    decodes(&number("1"), vec![1_u8]);
    decodes(&parse(r#"{"a":"1"}"#), vec![BTreeMap::from([("a".to_owned(), 1_u8)])]);
    decodes(&parse("[[1]]"), 1_u8);
    decodes(&parse(r#"["x"]"#), Some("x".to_owned()));
    decodes(&parse(r#"["10"]"#), State::Paid);
    decodes(&parse(r#"["1",2]"#), (1_u8, "2".to_owned()));
    for two in [parse("[1,2]"), parse(r#"[{"price":1},{"price":2}]"#)] {
        assert!(two.decode::<u8>().is_err() && two.decode::<Line>().is_err(), "{two:?}");
    }
}

#[test]
fn keys_of_maps_may_be_numbers() {
    decodes(&parse(r#"{"10":"a"}"#), BTreeMap::from([(10_u8, "a".to_owned())]));
}

#[test]
fn enums_with_data_are_objects_with_the_name_of_the_variant() {
    #[derive(Debug, PartialEq, Deserialize)]
    enum Owner {
        Shop { code: u32 },
    }
    decodes(&parse(r#"{"Shop":{"code":"7"}}"#), Owner::Shop { code: 7 });
    assert_eq!(error::<Owner>(&parse(r#"{"Shop":{"code":"x"}}"#)).path(), "Shop.code");
}

#[test]
fn a_type_that_takes_anything_gets_the_value_to_the_digit() {
    let value = parse(r#"{"a":[3,true,null,"x"]}"#);
    decodes(&value, value.clone());
    for exact in ["3", "-3", "18446744073709551615", "12.5", "0.1"] {
        decodes(&number(exact), Verbatim(serde_json::from_str(exact).expect("a number")));
    }
    for long in ["1.2345678901234567890123", "123456789012345678901234567890"] {
        decodes(&number(long), Verbatim(long.into()));
    }
}

#[test]
fn an_error_has_its_path_and_a_reason() {
    let rows = parse(r#"{"rows":[{"price":1,"count":2},{"price":1,"count":2},{"price":"the-secret","count":2}]}"#);
    let failed = error::<BTreeMap<String, Vec<Line>>>(&rows);
    assert_eq!((failed.path(), failed.reason()), ("rows[2].price", "expected f64, found text"));
    assert_eq!(failed.to_string(), "cannot decode `rows[2].price`: expected f64, found text");
    assert_eq!(error::<u8>(&parse("{}")).to_string(), "cannot decode the value: expected u8, found object");
    assert_eq!(error::<Line>(&parse("[]")).reason(), "missing field `price`");
    assert_eq!(error::<u8>(&number("300")).reason(), "expected u8, found number that does not fit");
    assert_eq!(error::<[u8; 2]>(&number("1")).reason(), "expected an array of length 2, found 1 items");
    assert_eq!(error::<State>(&text("the-code")).reason(), "expected one of `Open`, `10`");
}

#[test]
fn an_error_never_shows_the_value() {
    #[derive(Debug, Deserialize)]
    #[serde(try_from = "String")]
    struct Checked;

    impl TryFrom<String> for Checked {
        type Error = String;

        fn try_from(text: String) -> Result<Self, String> {
            Err(format!("{text} is not accepted"))
        }
    }

    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    enum Either {
        #[expect(dead_code, reason = "only decoded")]
        Number(u8),
        #[expect(dead_code, reason = "only decoded")]
        Pair { a: u8 },
    }

    for secret in [text("7766554433"), number("7766554433"), parse("[7766554433,7766554433]"), number("7766554433e30")]
    {
        for failed in [
            error::<u8>(&secret),
            error::<bool>(&secret),
            error::<char>(&secret),
            error::<State>(&secret),
            error::<Checked>(&secret),
            error::<Either>(&secret),
            error::<std::net::IpAddr>(&secret),
        ] {
            let shown = format!("{failed} {failed:?}");
            assert!(!shown.contains("7766554433"), "{shown}");
        }
    }
}
