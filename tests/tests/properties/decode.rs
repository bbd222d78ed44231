//! Values, and types of the caller.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use suning_api::chrono::{NaiveDate, NaiveDateTime};
use suning_api::time;
use suning_api::value::Value;

use crate::cases;
use crate::make::{text, value};

/// A type with a field of each kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Mine {
    text: String,
    number: i64,
    wide: u64,
    ratio: f64,
    flag: bool,
    letter: Option<char>,
    level: Level,
    list: Vec<Option<u8>>,
    lists: Vec<Vec<i16>>,
    map: BTreeMap<i16, String>,
    pair: (bool, String),
    inner: Option<Inner>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Inner {
    texts: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Level {
    High,
    Exactly(u8),
    Both(u8, u8),
    Between { from: u8, to: u8 },
}

fn level() -> impl Strategy<Value = Level> {
    prop_oneof![
        Just(Level::High),
        any::<u8>().prop_map(Level::Exactly),
        any::<(u8, u8)>().prop_map(|(one, other)| Level::Both(one, other)),
        any::<(u8, u8)>().prop_map(|(from, to)| Level::Between { from, to }),
    ]
}

fn mine() -> impl Strategy<Value = Mine> {
    let plain = (text(), any::<(i64, u64, bool, Option<char>)>(), -1e300..1e300_f64, level());
    let lists =
        (vec(any::<Option<u8>>(), 0..4), vec(vec(any::<i16>(), 0..3), 0..3), btree_map(any::<i16>(), text(), 0..3));
    let nested = ((any::<bool>(), text()), option::of(vec(text(), 0..3)));
    (plain, lists, nested).prop_map(|(plain, (list, lists, map), (pair, inner))| {
        let (text, (number, wide, flag, letter), ratio, level) = plain;
        let inner = inner.map(|texts| Inner { texts });
        Mine { text, number, wide, ratio, flag, letter, level, list, lists, map, pair, inner }
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_is_encoded_is_decoded(mine in mine()) {
        let value = Value::encode(&mine).expect("a value");
        prop_assert_eq!(value.decode::<Mine>().expect("the same type"), mine);
    }

    #[test]
    fn numbers_may_be_texts(number in any::<i64>(), ratio in any::<f64>().prop_filter("finite", |ratio| ratio.is_finite())) {
        prop_assert_eq!(Value::from(number.to_string()).decode::<i64>().expect("a number"), number);
        prop_assert_eq!(Value::from(format!(" {number}.000 ")).decode::<i64>().expect("a number"), number);
        let again: f64 = Value::from(ratio.to_string()).decode().expect("a number");
        prop_assert_eq!(again.to_bits(), ratio.to_bits());
    }

    #[test]
    fn a_stored_value_is_read_again_with_its_numbers_as_texts(value in value(text(), text())) {
        let stored = serde_json::to_string(&value).expect("JSON");
        let again: Value = serde_json::from_str(&stored).expect("a value");
        prop_assert_eq!(again, with_texts(value));
    }

    #[test]
    fn a_time_is_read_as_it_is_written(seconds in 0..366 * 86_400_u32, year in 0..=9999_i32) {
        let start = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day").and_hms_opt(0, 0, 0).expect("a time");
        let moment: NaiveDateTime = start + suning_api::chrono::TimeDelta::seconds(seconds.into());
        prop_assume!(moment < NaiveDate::from_ymd_opt(10_000, 1, 1).expect("a day").into());
        prop_assert_eq!(time::parse(&time::format(moment)), Some(moment));
        prop_assert_eq!(time::from_utc(time::to_utc(moment)), moment);
    }

    #[test]
    fn what_is_read_as_a_time_is_that_time(text in "[0-9]{1,4}-[01]?[0-9]-[0-3]?[0-9] [0-2]?[0-9]:[0-6]?[0-9]:[0-6]?[0-9](\\.[0-9]{1,10})?") {
        if let Some(moment) = time::parse(&text) {
            prop_assert_eq!(time::parse(&time::format(moment)).map(|again| again.and_utc().timestamp()), Some(moment.and_utc().timestamp()));
        }
    }
}

fn with_texts(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::Text(number),
        Value::List(items) => Value::List(items.into_iter().map(with_texts).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, with_texts(value))).collect())
        }
        other => other,
    }
}
