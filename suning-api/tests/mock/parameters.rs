use super::*;

#[test]
fn a_missing_one_has_the_code_of_its_method() {
    let answer = json(LEAGUER, r#"{"iqStatus":"180","orderId":"1"}"#).answer();
    assert_eq!(answer.error_code(), Some("biz.selfmarket.addleaguerstatus.missing-parameter:orderItemId"));
    assert!(text(&answer).contains("参数必填"));
    assert_eq!(json(COUNTDOWN, "{}").code(), "biz.orderCountDown.missing-parameter:orderCode");
}

#[test]
fn a_missing_time_has_its_common_code() {
    assert_eq!(json(REJECTED, "{}").code(), "sys.check.miss-time:starttime");
    assert_eq!(json(REJECTED, r#"{"startTime":"2013-10-20 00:00:00"}"#).code(), "sys.check.miss-time:endtime");
    assert_eq!(json(REJECTED, r#"{"startTime":""}"#).code(), "sys.check.starttime-value:null");
}

#[test]
fn an_unreadable_one_has_the_nearest_code() {
    let rejected = |start: &str, end: &str, page: &str| {
        json(REJECTED, &format!(r#"{{"startTime":"{start}","endTime":"{end}","pageNo":{page},"pageSize":"10"}}"#))
            .code()
    };
    let (start, end) = ("2013-10-20 00:00:00", "2013-10-26 00:00:00");
    assert_eq!(rejected(start, end, "1"), "none");
    assert_eq!(rejected("20 October", end, "1"), "biz.orderquery.startTime-format:error");
    assert_eq!(rejected(start, "2013-10-26", "1"), "biz.queryBatchReturnServer.endTime-format error");
    assert_eq!(rejected(start, end, r#""one""#), "sys.check.pageno-format:error");
    assert_eq!(json(GET, r#"{"orderItemCode":{"a":"1"}}"#).code(), "biz.custom.getvirtual.format-error:orderItemCode");
    assert_eq!(json(GET, r#"{"orderItemCode":["1","2"]}"#).code(), "biz.custom.getvirtual.format-error:orderItemCode");
}

#[test]
fn broken_rules_have_their_codes() {
    let rejected = |start: &str, end: &str, page: &str| {
        json(
            REJECTED,
            &format!(
                r#"{{"startTime":"{start} 00:00:00","endTime":"{end} 00:00:00","pageNo":"{page}","pageSize":"10"}}"#
            ),
        )
    };
    assert_eq!(rejected("2013-10-26", "2013-10-20", "1").code(), "sys.check.query-time:error");
    assert_eq!(rejected("2013-09-20", "2013-10-26", "1").code(), "sys.check.query-time:outofrange");
    assert_eq!(rejected("2013-10-20", "2013-10-26", "0").code(), "sys.check.pageno-format:error");
    assert_eq!(json(COUNTDOWN, r#"{"orderCode":"1"}"#).code(), "biz.custom.orderCountDown.invalid-biz:orderLineNumber");
    let cards = r#"{"iqStatus":"180","orderId":"1","orderItemId":"1","cardList":[{"cardCode":"1"}]}"#;
    assert_eq!(json(LEAGUER, cards).code(), "biz.selfmarket.addleaguerstatus.invalid-biz:116");
}

#[test]
fn ages_count_under_strictness_only() {
    let old = json(
        REJECTED,
        r#"{"startTime":"2013-01-01 00:00:00","endTime":"2013-01-02 00:00:00","pageNo":"1","pageSize":"10"}"#,
    );
    assert_eq!(old.code(), "none");
    assert_eq!(old.strict_answer().error_code(), Some("biz.orderquery.time-value:outofrange"));
}

#[test]
fn undocumented_codes_are_refused_under_strictness_only() {
    let call = json(LEAGUER, r#"{"iqStatus":"999","orderId":"1","orderItemId":"1"}"#);
    assert_eq!(call.code(), "none");
    assert_eq!(call.strict_answer().error_code(), Some("sys.check.request-params:error"));
}
