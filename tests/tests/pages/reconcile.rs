//! Tables and examples of a page are reconciled, and what stays ambiguous is reported with its line.

use codegen::page::{self, Draft};
use codegen::spec::{Field, Type, field_at};
use codegen::yaml::to_canonical;
use tests::page::Sheet;

fn draft(text: &str) -> Draft {
    let page = page::read(text.as_bytes()).unwrap_or_else(|refusal| panic!("{}", refusal.finding()));
    page::draft(&page, None)
}

fn response<'a>(draft: &'a Draft, path: &str) -> &'a Field {
    let fields = draft.response.as_ref().expect("a response table");
    field_at(fields, path).unwrap_or_else(|| panic!("no {path} in {}", to_canonical(fields)))
}

fn findings(draft: &Draft) -> String {
    draft.findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn run_together(row: &str, example: &str) -> Draft {
    let text = format!(
        "suning.custom.thing.get 事情\n响应参数\n名称 类型 示例值 描述\n{row}\n响应示例\n\
         {{\"sn_responseContent\": {{\"sn_body\": {{\"getThing\": {{{example}}}}}}}}}\n"
    );
    draft(&text)
}

#[test]
fn an_example_shows_where_a_sample_ends() {
    for (row, example, sample, description) in [
        ("markString11.风控订单", "\"mark\": \"1\"", "1", "1.风控订单"),
        ("sizeString10每页条数", "\"size\": \"10\"", "10", "每页条数"),
        ("ratioString0.5B2C折扣", "\"ratio\": \"0.5\"", "0.5", "B2C折扣"),
        ("kindString点卡充值类型", "\"kind\": \"点卡\"", "点卡", "充值类型"),
        ("whenString2031-01-02 03:04:05时间", "", "2031-01-02 03:04:05", "时间"),
        ("kindString点卡 充值类型", "\"kind\": \"点卡\"", "点卡", "充值类型"),
        ("kind String 点卡 大 充值类型", "\"kind\": \"点卡 大\"", "点卡 大", "充值类型"),
        ("orderStringString7号", "\"orderString\": \"7\"", "7", "号"),
        ("deliveryDateString7号", "\"deliveryDate\": \"7\"", "7", "号"),
    ] {
        let draft = run_together(row, example);
        let (_, field) = draft.response.as_ref().and_then(|fields| fields.first()).expect("a row");
        let found = (field.example.as_deref(), field.description.as_deref());
        assert_eq!(found, (Some(sample), Some(description)), "{row}\n{}", findings(&draft));
        assert!(!findings(&draft).contains("cannot tell"), "{row}\n{}", findings(&draft));
    }
}

#[test]
fn a_sample_that_no_example_shows_is_reported() {
    let draft = run_together("kindString1B2C类型", "\"other\": \"1\"");
    assert!(findings(&draft).contains("4: cannot tell where the sample of `kind` ends"), "{}", findings(&draft));
}

#[test]
fn a_null_sample_is_not_a_sample() {
    for row in ["kindStringnull类型", "kind String null 类型", "kind String  类型", "kind\tString\tnull\t类型"]
    {
        let draft = run_together(row, "\"kind\": \"1\"");
        assert_eq!(response(&draft, "kind").example, None, "{row}");
        assert_eq!(response(&draft, "kind").description.as_deref(), Some("类型"), "{row}");
    }
}

#[test]
fn rows_with_the_same_name_get_the_levels_of_the_examples() {
    let sheet = Sheet {
        response: &[
            "code | String | 1 | 甲",
            "orders | String | | ",
            "code | String | 2 | 乙",
            "lines | String | | ",
            "code | String | 3 | 丙",
            "parts | String | | ",
            "code | String | 4 | 丁",
            "buyer | String | | ",
            "code | String | 5 | 戊",
            "seller | String | | ",
            "code | String | 6 | 己",
        ],
        json: [
            "{}",
            r#"{"code": "1", "orders": [{"code": "2", "lines": [{"code": "3", "parts": {"code": "4"}}]}],
               "buyer": {"code": "5"}, "seller": {"code": "6"}}"#,
        ],
        ..Sheet::default()
    };
    let draft = draft(&sheet.text());
    for (path, description) in [
        ("code", "甲"),
        ("orders.code", "乙"),
        ("orders.lines.code", "丙"),
        ("orders.lines.parts.code", "丁"),
        ("buyer.code", "戊"),
        ("seller.code", "己"),
    ] {
        assert_eq!(response(&draft, path).description.as_deref(), Some(description), "{path}");
    }
}

#[test]
fn a_container_without_a_row_is_created() {
    let sheet = Sheet {
        response: &["code | String | 1 | 甲", "weight | String | 2 | 乙"],
        json: ["{}", r#"{"code": "1", "box": {"weight": "2"}}"#],
        ..Sheet::default()
    };
    let draft = draft(&sheet.text());
    assert_eq!(response(&draft, "box.weight").description.as_deref(), Some("乙"));
    let quirks: Vec<_> = draft.quirks.iter().map(|quirk| (quirk.kind.as_str(), quirk.field.as_str())).collect();
    assert_eq!(quirks, [("nesting", "response.box")]);
}

#[test]
fn a_container_below_the_rows_it_holds_keeps_them() {
    let sheet = Sheet {
        response: &["weight | String | 2 | 乙", "box | String | | 箱"],
        json: ["{}", r#"{"box": {"weight": "2"}}"#],
        ..Sheet::default()
    };
    let draft = draft(&sheet.text());
    assert_eq!(response(&draft, "box").description.as_deref(), Some("箱"));
    assert_eq!(response(&draft, "box.weight").example.as_deref(), Some("2"));
    assert_eq!(draft.quirks.len(), 1);
}

#[test]
fn what_examples_show_beyond_the_table_becomes_a_quirk() {
    let sheet = Sheet {
        response: &["stateFlag | String | 1 | 状态;1-开;2-关"],
        json: ["{}", r#"{"stateflag": "9", "extra": "x"}"#],
        xml: ["", "<getThing><stateflag>9</stateflag></getThing>"],
        ..Sheet::default()
    };
    let draft = draft(&sheet.text());
    let quirks: Vec<_> =
        draft.quirks.iter().map(|quirk| (quirk.kind.as_str(), quirk.field.as_str(), quirk.observed.as_str())).collect();
    assert_eq!(
        quirks,
        [
            ("alias", "response.stateFlag", "stateflag"),
            ("undocumented-value", "response.stateFlag", "9"),
            ("unlisted", "response.extra", "`x`"),
        ]
    );
}

#[test]
fn repetition_shows_rows_of_a_reply_and_lists() {
    let sheet = Sheet {
        response: &["code | String | 1 | 甲", "tag | String | a | 乙"],
        xml: ["", "<getThing><code>1</code><tag>a</tag><tag>b</tag></getThing> <getThing><code>2</code></getThing>"],
        ..Sheet::default()
    };
    let draft = draft(&sheet.text());
    assert!(draft.response_list);
    assert!(response(&draft, "tag").list);
    assert!(!response(&draft, "code").list);
}

#[test]
fn one_row_in_xml_is_a_list_if_the_head_counts_pages() {
    let page = "suning.custom.thing.get 事情\n响应参数\n名称 类型 示例值 描述\ncode String 1 甲\n<sn_responseContent>\n\
                <sn_head><pageTotal>3</pageTotal></sn_head><sn_body><getThing><code>1</code></getThing></sn_body>\n\
                </sn_responseContent>\n";
    assert!(draft(page).response_list);
    assert!(findings(&draft(page)).contains("5: the head counts pages, but the XML example shows one row"));
    assert!(!draft(&page.replace("pageTotal", "returnMessage")).response_list);
}

#[test]
fn a_row_that_repeats_another_says_what_is_left_out() {
    let sheet = Sheet {
        response: &["code | String | 1 | 甲", "code | String | 2 | 乙", "code | String | 2 | 乙"],
        json: ["{}", r#"{"code": "1"}"#],
        ..Sheet::default()
    };
    let shown = findings(&draft(&sheet.text()));
    assert_eq!(shown.matches("`code` appears again, with sample `2` and description `乙`").count(), 1, "{shown}");
}

#[test]
fn only_times_are_recognized_by_their_format() {
    let sheet = Sheet {
        response: &[
            "amount | String | 1.50 | 金额",
            "count | Integer | 3 | 数量",
            "endTime | String | 2031-01-02 03:04:05 | 结束",
            "startTime | String | null | 开始,格式:yyyy-MM-dd HH:mm:ss",
            "day | String | null | 日期,格式:yyyy-MM-dd HH:mm:ss",
        ],
        json: ["{}", r#"{"day": "2031-01-02"}"#],
        ..Sheet::default()
    };
    let draft = draft(&sheet.text());
    let kinds = ["amount", "count", "endTime", "startTime", "day"].map(|name| response(&draft, name).kind);
    assert_eq!(kinds, [Type::Text, Type::Integer, Type::Datetime, Type::Datetime, Type::Text]);
    assert!(
        findings(&draft).contains("`day` is described as a time, but `2031-01-02` is not a valid time"),
        "{}",
        findings(&draft)
    );
}

#[test]
fn a_page_without_request_parameters_has_none() {
    let sheet = Sheet { response: &["code | String | 1 | 甲"], json: ["", r#"{"code": "1"}"#], ..Sheet::default() };
    let draft = draft(&sheet.text());
    assert_eq!(draft.request.as_ref().map(indexmap::IndexMap::len), Some(0));
    assert_eq!(draft.node.as_deref(), Some("getThing"));
    assert!(findings(&draft).contains("the page has no request example, so nesting and lists are unknown"));
}

#[test]
fn an_error_listed_twice_keeps_both_meanings() {
    let sheet = Sheet {
        response: &["code | String | 1 | 甲"],
        json: ["{}", r#"{"code": "1"}"#],
        errors: &["biz.a.b:1 | 甲错 | 改", "biz.a.b:1 | 乙错 | 改"],
        ..Sheet::default()
    };
    let draft = draft(&sheet.text());
    let entry = &draft.errors.as_ref().expect("an error table")["biz.a.b:1"];
    assert_eq!((entry.message.as_deref(), entry.also[0].message.as_str()), (Some("甲错"), "乙错"));
    assert!(findings(&draft).contains("`biz.a.b:1` is listed again; kept its other meaning under `also`"));
}

#[test]
fn an_example_without_a_required_parameter_becomes_a_quirk() {
    let page = |example: &str| {
        format!(
            "suning.custom.thing.get 事情\n请求参数\n名称 类型 是否必须 示例值 描述\ncode String Y 1 编码\nshop String Y 2 店铺\n\
             请求示例\n{{\"sn_request\": {{\"sn_body\": {{\"getThing\": {{{example}}}}}}}}}\n"
        )
    };
    let quirks = |example: &str| -> Vec<String> {
        draft(&page(example)).quirks.iter().map(|quirk| format!("{} {}", quirk.kind.as_str(), quirk.field)).collect()
    };
    assert_eq!(quirks("\"code\": \"1\", \"shop\": \"2\""), [""; 0]);
    assert_eq!(quirks("\"code\": \"1\", \"shop\": \"\""), ["requirement request.shop"]);
    assert_eq!(quirks("\"code\": \"1\""), ["requirement request.shop"]);
}
