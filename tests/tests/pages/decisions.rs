//! A page whose spec people edited: what they decided stays, and a change of the page shows alone.

use codegen::load;
use codegen::page::{self, Hints, Import, Status};
use codegen::spec::{Day, Spec};
use codegen::yaml::to_canonical;
use tests::page::layout;
use tests::spec::{file, platform};

/// What people changed in the spec after the import of `lockers.md`.
const DECISIONS: &[(&str, &str)] = &[
    // A title without its noise.
    ("title: 智能柜查询(新版)", "title: 智能柜查询"),
    ("effect_derived: true\n", ""),
    // A shorter description.
    ("description: \"城市,不填时查询全部城市\"", "description: 城市"),
    // A note that became a rule, and codes with names.
    (
        "    description: \"状态,停用满三十天后自动删除\"\n    values:\n      \"1\": { name: Code1, description: 启用 }\n      \
         \"2\": { name: Code2, description: 停用 }\n",
        "    description: 状态\n    values:\n      \"1\": { name: Enabled, description: 启用 }\n      \
         \"2\": { name: Disabled, description: 停用 }\n",
    ),
    ("\nresponse:\n", "\nrules:\n  - note: Deleted after 30 days.\n    stated: state\nresponse:\n"),
    // A parameter that nobody may use, in the table and in the example.
    ("  tempFlag: { example: \"0\", description: \"内部字段,勿用\" }\n", ""),
    ("\"state\": \"1\",\n              \"tempFlag\": \"0\"\n", "\"state\": \"1\"\n"),
    // A field that the page does not list, and one that belongs to another level.
    ("      doorNo: {", "      floor: { description: 层 }\n      doorNo: {"),
    (
        "      size: { example: M, description: \"尺寸,指内部净尺寸\" }\n  weight: { description: 承重 }\n",
        "      size: { example: M, description: 尺寸 }\n      weight: { type: decimal, description: 承重 }\n",
    ),
    // An error with a name and a shorter remedy.
    (
        "  biz.depot.locker.query.missing:1: { message: 柜号为空, remedy: \"请传柜号,如仍报错请联系客服\" }\n",
        "  biz.depot.locker.query.missing:1: { name: LockerMissing, message: 柜号为空, remedy: 请传柜号 }\n",
    ),
];

/// A change of the page, what it is reported as, and what it changes in the spec.
struct Change {
    page: (&'static str, &'static str),
    reported: &'static [&'static str],
    spec: (&'static str, &'static str),
}

/// Changes of the part of the page before the examples.
const TABLES: &[Change] = &[
    Change {
        page: ("state | String", "height | String | N | 9 | 高度 |\nstate | String"),
        reported: &["added request.height"],
        spec: ("  state:\n", "  height: { example: \"9\", description: 高度 }\n  state:\n"),
    },
    Change {
        page: ("不填时查询全部城市", "不填时查询南京"),
        reported: &["text request.city.description"],
        spec: ("description: 城市 }", "description: \"城市,不填时查询南京\" }"),
    },
    Change {
        page: ("Y | L01 | 柜号", "Y | L01 | 柜编号"),
        reported: &["text request.lockerNo.description"],
        spec: ("example: L01, description: 柜号 }\n  city", "example: L01, description: 柜编号 }\n  city"),
    },
    Change {
        page: ("state | String | N", "state | String | Y"),
        reported: &["flag request.state"],
        spec: ("  state:\n", "  state:\n    required: true\n"),
    },
    Change {
        page: ("city | String", "cityName | String"),
        reported: &["renamed request.city"],
        spec: ("  city: {", "  cityName: {"),
    },
    Change {
        page: ("2:停用 停用", "2:停用 3:维修 停用"),
        reported: &["text request.state.description", "values request.state.values.3"],
        spec: (
            "description: 状态\n    values:\n      \"1\": { name: Enabled, description: 启用 }\n      \
             \"2\": { name: Disabled, description: 停用 }\n",
            "description: \"状态,停用满三十天后自动删除\"\n    values:\n      \"1\": { name: Enabled, description: 启用 }\n      \
             \"2\": { name: Disabled, description: 停用 }\n      \"3\": { name: Code3, description: 维修 }\n",
        ),
    },
];

/// Changes of the rest of the page.
const REST: &[Change] = &[
    Change {
        page: ("weight | String | null | 承重 |\n", ""),
        reported: &["removed response.doors.weight"],
        spec: ("      weight: { type: decimal, description: 承重 }\n", ""),
    },
    Change {
        page: ("| 承重 |", "| 最大承重 |"),
        reported: &["text response.doors.weight.description"],
        spec: ("description: 承重", "description: 最大承重"),
    },
    Change {
        page: ("remark |", "colour | String | 红 | 颜色 |\nremark |"),
        reported: &["added response.colour"],
        spec: ("  remark:", "  colour: { example: 红, description: 颜色 }\n  remark:"),
    },
    Change {
        page: ("\"size\": \"M\"", "\"size\": \"L\""),
        reported: &["examples examples.response.json"],
        spec: ("\"size\": \"M\"", "\"size\": \"L\""),
    },
    Change {
        page: ("FAQ", "biz.depot.locker.query.busy:3 | 柜忙 | 稍后重试 |\nFAQ"),
        reported: &["errors errors.biz.depot.locker.query.busy:3"],
        spec: (
            "remedy: 检查柜号 }\n",
            "remedy: 检查柜号 }\n  biz.depot.locker.query.busy:3: { message: 柜忙, remedy: 稍后重试 }\n",
        ),
    },
    Change {
        page: ("biz.depot.locker.query.none:2 | 无结果 | 检查柜号 |\n", ""),
        reported: &["errors errors.biz.depot.locker.query.none:2"],
        spec: ("  biz.depot.locker.query.none:2: { message: 无结果, remedy: 检查柜号 }\n", ""),
    },
];

/// Replaces the only occurrence.
fn replace(text: &str, (old, new): (&str, &str)) -> String {
    assert_eq!(text.matches(old).count(), 1, "occurrences of {old} in {text}");
    text.replace(old, new)
}

fn day() -> Day {
    Day::try_from("2031-05-06".to_owned()).expect("a day")
}

fn page() -> String {
    String::from_utf8(layout("lockers.md")).expect("the fixtures are UTF-8")
}

fn import(page: &str, spec: &Spec) -> Import {
    page::import(page.as_bytes(), &Hints::default(), spec, day())
        .unwrap_or_else(|refusal| panic!("{}", refusal.finding()))
}

fn spec(method: &str) -> Spec {
    load::spec(&[platform(), file("depot/locker.query.yaml", method)]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The method as people edited it after the import of a page.
fn edited(page: &str) -> String {
    let first = import(page, &load::spec(&[platform()]).expect("the platform is right"));
    DECISIONS.iter().fold(to_canonical(&first.method), |text, decision| replace(&text, *decision))
}

/// Everything but the record of the page.
fn facts(method: &str) -> &str {
    method.split("fingerprint:").next().unwrap_or_default()
}

/// Imports a changed page, and compares reports and result with what is expected.
fn assert_shows_alone(page: &str, known: &str, change: &Change) {
    let Import { reading, method, .. } = import(page, &spec(known));
    let reported = reading.changes.iter().map(|change| format!("{} {}", change.kind.as_str(), change.path));
    assert_eq!(reported.collect::<Vec<_>>(), change.reported, "{:?}", change.page);
    let text = to_canonical(&method);
    assert_eq!(facts(&text), replace(facts(known), change.spec), "{:?}", change.page);
    assert_eq!(page::problems(&method, &[platform()]).to_string(), "", "{:?}", change.page);
    // What was imported is no change the next time.
    assert_eq!(import(page, &spec(&text)).reading.changes, [], "{:?}", change.page);
}

#[test]
fn an_unchanged_page_changes_nothing() {
    let known = edited(&page());
    let Import { reading, method, .. } = import(&page(), &spec(&known));
    assert_eq!(reading.changes, []);
    assert_eq!(page::status(&reading, Some(&method)), Status::Agreed);
    assert_eq!(to_canonical(&method), known);
}

#[test]
fn a_change_shows_alone() {
    let known = edited(&page());
    for change in TABLES.iter().chain(REST) {
        assert_shows_alone(&replace(&page(), change.page), &known, change);
    }
}

#[test]
fn a_change_of_a_page_that_is_cut_off_shows_alone() {
    let known = edited(&page());
    for end in ["size | Str", "{\"sn_responseContent\"", "\"doorNo\": \"7"] {
        let cut = |page: &str| page.split(end).next().unwrap_or_default().to_owned();
        assert_eq!(to_canonical(&import(&cut(&page()), &spec(&known)).method), known, "cut at {end}");
        for change in TABLES {
            assert_shows_alone(&cut(&replace(&page(), change.page)), &known, change);
        }
    }
}

#[test]
fn what_people_decided_on_a_page_that_was_cut_off_stays() {
    let page = page();
    let cut = page.split("{\"sn_request\"").next().unwrap_or_default();
    let first = import(cut, &load::spec(&[platform()]).expect("the platform is right"));
    let known = replace(&to_canonical(&first.method), DECISIONS[2]);
    assert_eq!(import(cut, &spec(&known)).reading.changes, []);
    assert_shows_alone(&replace(cut, TABLES[3].page), &known, &TABLES[3]);
}

#[test]
fn a_parameter_that_people_left_out_is_a_change_once_it_is_required() {
    let page = replace(&page(), ("tempFlag | String | N", "tempFlag | String | Y"));
    let changes = import(&page, &spec(&edited(&self::page()))).reading.changes;
    assert_eq!(changes.iter().map(|change| change.path.as_str()).collect::<Vec<_>>(), ["request.tempFlag"]);
}

#[test]
fn without_a_record_of_the_page_every_difference_is_a_change() {
    let known = edited(&page());
    let earlier = format!("{}fingerprint: d7d5bd93d5b70a64444121c60620f529\n", facts(&known));
    let Import { reading, method, .. } = import(&page(), &spec(&earlier));
    let reported: Vec<_> = reading.changes.iter().map(|change| change.path.as_str()).collect();
    assert!(reported.contains(&"request.city.description") && reported.contains(&"request.tempFlag"), "{reported:?}");
    assert_eq!(method.fingerprint, spec(&known).methods[&method.method].fingerprint);
}
