//! Pages and rows of a query, for any answers of the gateway.

use std::sync::Arc;

use suning_api::chrono::TimeDelta;
use suning_api::error::{Optional, PagingError};
use suning_api::methods::custom::batchrejected_query::{BatchrejectedQueryErrorCode, BatchrejectedQueryRequest};
use suning_api::paging::{Pages, Rows};
use suning_api::{Error, time};
use tests::script::Script;

const NO_RESULT: &str = r#"{"sn_responseContent":{"sn_error":{"error_code":"biz.handler.data-get:no-result"}}}"#;

/// A page with rows of these order codes.
fn page(total: Option<i64>, codes: &[&str]) -> String {
    let rows: Vec<_> = codes.iter().map(|code| serde_json::json!({ "orderCode": code })).collect();
    let mut head = serde_json::json!({});
    if let Some(total) = total {
        head["pageTotal"] = total.to_string().into();
    }
    serde_json::json!({ "sn_responseContent": { "sn_head": head, "sn_body": { "batchQueryRejected": rows } } })
        .to_string()
}

fn pages(script: &Arc<Script>, first: Option<i64>) -> Pages<BatchrejectedQueryRequest> {
    let day = |text: &str| time::parse(text).expect("a time");
    let (start, end) = (day("2013-10-20 00:00:00"), day("2013-10-26 00:00:00"));
    let query = script.client().custom().batchrejected_query().start_time(start).end_time(end).page_size(2);
    match first {
        Some(first) => query.page_no(first).pages(),
        None => query.pages(),
    }
}

async fn all(mut rows: Rows<BatchrejectedQueryRequest>) -> (Vec<String>, Option<Error<BatchrejectedQueryErrorCode>>) {
    let mut codes = Vec::new();
    loop {
        match rows.try_next().await {
            Ok(Some(row)) => codes.extend(row.order_code),
            Ok(None) => return (codes, None),
            Err(error) => return (codes, Some(error)),
        }
    }
}

fn asked_pages(script: &Script) -> Vec<String> {
    let pages = script.sent().into_iter().map(|body| {
        let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        body["sn_request"]["sn_body"]["batchQueryRejected"]["pageNo"].as_str().unwrap_or("none").to_owned()
    });
    pages.collect()
}

#[tokio::test]
async fn rows_go_through_all_pages_and_stop_at_the_total() {
    let script = Script::new([page(Some(3), &["1", "2"]), page(Some(3), &["3", "4"]), page(Some(3), &["5"])]);
    let (codes, error) = all(pages(&script, None).rows()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(codes, ["1", "2", "3", "4", "5"]);
    assert_eq!(asked_pages(&script), ["1", "2", "3"]);
}

#[tokio::test]
async fn pages_carry_head_and_rows_and_start_anywhere() {
    let script = Script::new([page(Some(3), &["3", "4"]), page(Some(3), &["5"])]);
    let mut pages = pages(&script, Some(2));
    let first = pages.try_next().await.expect("a page").expect("a page");
    assert_eq!((first.envelope().head.page_total, first.len()), (Some(3), 2));
    assert_eq!(pages.try_next().await.expect("a page").expect("a page").len(), 1);
    assert!(pages.try_next().await.expect("the end").is_none());
    assert!(pages.try_next().await.expect("the end").is_none());
    assert_eq!(asked_pages(&script), ["2", "3"]);
}

#[tokio::test]
async fn no_result_is_a_result_without_rows() {
    let (codes, error) = all(pages(&Script::new([NO_RESULT]), None).rows()).await;
    assert!(codes.is_empty() && error.is_none(), "{error:?}");
}

#[tokio::test]
async fn without_a_total_the_first_empty_page_is_the_last() {
    for end in [page(None, &[]), NO_RESULT.to_owned()] {
        let script = Script::new([page(None, &["1"]), page(None, &["2"]), end]);
        let (codes, error) = all(pages(&script, None).rows()).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(codes, ["1", "2"]);
    }
}

#[tokio::test]
async fn a_changed_total_ends_the_stream_with_an_error() {
    let script = Script::new([page(Some(3), &["1", "2"]), page(Some(4), &["3", "4"])]);
    let (codes, error) = all(pages(&script, None).rows()).await;
    assert_eq!(codes, ["1", "2"]);
    let Some(Error::Paging(error)) = error else { panic!("{error:?}") };
    assert_eq!(error, PagingError::TotalMoved { page: 2, first: 3, now: 4 });
}

#[tokio::test]
async fn missing_rows_end_the_stream_with_an_error() {
    for end in [page(Some(0), &[]), NO_RESULT.to_owned()] {
        let script = Script::new([page(Some(3), &["1", "2"]), end]);
        let (codes, error) = all(pages(&script, None).rows()).await;
        assert_eq!(codes, ["1", "2"]);
        let Some(Error::Paging(error)) = error else { panic!("{error:?}") };
        assert_eq!(error, PagingError::TotalMoved { page: 2, first: 3, now: 1 });
    }
}

#[tokio::test]
async fn an_empty_first_page_with_a_total_is_an_error() {
    let (codes, error) = all(pages(&Script::new([page(Some(3), &[])]), None).rows()).await;
    assert!(codes.is_empty());
    assert!(matches!(error, Some(Error::Paging(PagingError::TotalMoved { page: 1, first: 3, now: 0 }))), "{error:?}");
    for total in [0, 1] {
        let (_, error) = all(pages(&Script::new([page(Some(total), &[])]), None).rows()).await;
        assert!(error.is_none(), "{error:?}");
    }
}

#[tokio::test]
async fn a_total_of_zero_next_to_rows_is_ignored() {
    let script = Script::new([page(Some(0), &["1"]), page(Some(0), &["2"]), page(Some(0), &[])]);
    let (codes, _) = all(pages(&script, None).rows()).await;
    assert_eq!(codes, ["1", "2"]);
}

#[tokio::test]
async fn the_last_page_there_can_be_is_the_end() {
    let script = Script::new([page(None, &["1"])]);
    let mut pages = pages(&script, Some(99_999));
    assert!(pages.try_next().await.expect("a page").is_some());
    assert_eq!(pages.failed_page(), None);
}

#[tokio::test]
async fn a_page_that_repeats_ends_the_stream_with_an_error() {
    let script = Script::new([page(Some(3), &["1", "2"]), page(Some(3), &["1", "2"])]);
    let (codes, error) = all(pages(&script, None).rows()).await;
    assert_eq!(codes, ["1", "2"]);
    let Some(Error::Paging(error)) = error else { panic!("{error:?}") };
    assert_eq!(error, PagingError::PageRepeated { page: 2 });
}

#[tokio::test]
async fn an_error_of_a_call_ends_the_stream() {
    let script = Script::new([page(Some(3), &["1"]), String::from("<html>")]);
    let mut rows = pages(&script, None).rows();
    assert!(rows.try_next().await.expect("a row").is_some());
    assert!(matches!(rows.try_next().await, Err(Error::Reply(_))));
    assert_eq!(rows.failed_page(), Some(2));
    assert!(rows.try_next().await.expect("the end").is_none());
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test]
async fn optional_turns_only_no_result_into_none() {
    let call = |answer: &str| Script::new([answer]).client().custom().virtual_get().order_item_code("1").send();
    assert!(call(NO_RESULT).await.optional().expect("no failure").is_none());
    let found = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"sum":"1"}}}}"#;
    assert!(call(found).await.optional().expect("no failure").is_some());
    let refused = r#"{"sn_responseContent":{"sn_error":{"error_code":"sys.check.app-sign:error"}}}"#;
    assert!(matches!(call(refused).await.optional(), Err(Error::Api(_))));
}

/// The order codes of the rows in a time span, and the requested spans.
async fn between(script: &Arc<Script>, start: &str, end: &str) -> (Vec<String>, Vec<(String, String, String)>) {
    let day = |text: &str| time::parse(text).expect("a time");
    let query = script.client().custom().batchrejected_query().page_size(2);
    let (codes, error) = all(query.rows_between(day(start), day(end)).in_pieces_of(TimeDelta::days(99))).await;
    assert!(error.is_none(), "{error:?}");
    let text = |body: &str| {
        let body: serde_json::Value = serde_json::from_str(body).expect("JSON");
        let query = &body["sn_request"]["sn_body"]["batchQueryRejected"];
        ["startTime", "endTime", "pageNo"].map(|name| query[name].as_str().unwrap_or("none").to_owned()).into()
    };
    (codes, script.sent().iter().map(|body| text(body)).collect())
}

fn asked(start: &str, end: &str, page: &str) -> (String, String, String) {
    (format!("{start} 00:00:00"), format!("{end} 00:00:00"), page.to_owned())
}

#[tokio::test]
async fn a_long_span_is_split_without_a_gap() {
    let script = Script::new([
        page(Some(2), &["1", "2"]),
        page(Some(2), &["3"]),
        page(Some(2), &["1", "2"]),
        NO_RESULT.to_owned(),
        page(Some(1), &["4"]),
        page(None, &[]),
    ]);
    let (codes, spans) = between(&script, "2026-01-01 00:00:00", "2026-04-15 00:00:00").await;
    assert_eq!(codes, ["1", "2", "3", "4"]);
    assert_eq!(
        spans,
        [
            asked("2026-01-01", "2026-01-31", "1"),
            asked("2026-01-01", "2026-01-31", "2"),
            asked("2026-01-01", "2026-01-31", "1"),
            asked("2026-01-31", "2026-03-02", "1"),
            asked("2026-03-02", "2026-04-01", "1"),
            asked("2026-04-01", "2026-04-15", "1"),
        ]
    );
}

#[tokio::test]
async fn a_span_that_is_short_enough_is_one_piece() {
    let script = Script::new([page(Some(1), &["1"])]);
    let (_, spans) = between(&script, "2026-01-01 00:00:00", "2026-01-31 00:00:00").await;
    assert_eq!(spans, [asked("2026-01-01", "2026-01-31", "1")]);
}

#[tokio::test]
async fn a_row_in_two_pieces_is_returned_once() {
    let script = Script::new([page(Some(1), &["1", "2"]), page(Some(1), &["3", "2", "4", "1"])]);
    let (codes, _) = between(&script, "2026-01-01 00:00:00", "2026-02-15 00:00:00").await;
    assert_eq!(codes, ["1", "2", "3", "4"]);
}

#[tokio::test]
async fn a_span_that_ends_before_it_starts_is_rejected_locally() {
    let day = |text: &str| time::parse(text).expect("a time");
    let script = Script::new([""]);
    let query = script.client().custom().batchrejected_query().page_size(2);
    let (_, error) = all(query.rows_between(day("2026-02-01 00:00:00"), day("2026-01-01 00:00:00"))).await;
    assert!(matches!(error, Some(Error::Request(_))), "{error:?}");
    assert_eq!(script.sent().len(), 0);
}

#[tokio::test]
async fn a_stream_resumes_at_the_page_that_failed() {
    let script = Script::new([page(Some(2), &["1", "2"]), String::from("<html>"), page(Some(2), &["3"])]);
    let mut rows = pages(&script, None).rows();
    let mut codes = Vec::new();
    loop {
        match rows.try_next().await {
            Ok(Some(row)) => codes.extend(row.order_code),
            Ok(None) => break,
            Err(_) => assert!(rows.resume()),
        }
    }
    assert_eq!(codes, ["1", "2", "3"]);
    assert_eq!(asked_pages(&script), ["1", "2", "2"]);
    assert!(!rows.resume());
}

#[tokio::test]
async fn a_changed_row_count_ends_the_stream_with_an_error() {
    let page = |size: i64, code: &str| {
        let head = serde_json::json!({ "pageTotal": 3, "totalSize": size });
        let rows = [serde_json::json!({ "orderCode": code })];
        serde_json::json!({ "sn_responseContent": { "sn_head": head, "sn_body": { "batchQueryRejected": rows } } })
            .to_string()
    };
    let (codes, error) = all(pages(&Script::new([page(6, "1"), page(5, "2")]), None).rows()).await;
    assert_eq!(codes, ["1"]);
    let Some(Error::Paging(error)) = error else { panic!("{error:?}") };
    assert_eq!(error, PagingError::SizeMoved { page: 2, first: 6, now: 5 });
    // A size that contradicts the number of rows is ignored.
    let (codes, error) = all(pages(&Script::new([page(0, "1"), page(6, "2"), page(6, "3")]), None).rows()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(codes, ["1", "2", "3"]);
}

#[tokio::test]
async fn a_span_with_fractions_of_a_second_has_no_piece_without_length() {
    let script = Script::new([page(Some(1), &["1"]), page(Some(1), &["2"])]);
    let (codes, spans) = between(&script, "2026-01-01 00:00:00.25", "2026-03-02 00:00:00.75").await;
    assert_eq!(codes, ["1", "2"]);
    assert_eq!(spans, [asked("2026-01-01", "2026-01-31", "1"), asked("2026-01-31", "2026-03-02", "1")]);
}
