//! Long queries of a shop whose rows change while they are read, and queries that continue after a restart.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use suning_api::chrono::{NaiveDateTime, TimeDelta};
use suning_api::methods::custom::batchrejected_query::{
    BatchrejectedQueryErrorCode, BatchrejectedQueryRequest, BatchrejectedQueryRow, StatusDesc,
};
use suning_api::mock::{Gateway, Script, in_process};
use suning_api::paging::{Position, Rows};
use suning_api::{Client, Error, Reply, time};

fn at(text: &str) -> NaiveDateTime {
    time::parse(text).expect("a time")
}

/// End of the time span, and the time of the first call.
fn now() -> NaiveDateTime {
    at("2026-03-30 12:00:00")
}

/// A row that was returned, and the time it changed last.
#[derive(Clone)]
struct Return {
    code: usize,
    changed: NaiveDateTime,
    changes: usize,
}

/// A shop in which the status of a return changes every 20 calls. That moves the return to the present.
struct Shop {
    returns: Vec<Return>,
    random: u64,
    calls: usize,
    has_row_counts: bool,
}

impl Shop {
    fn new(seed: u64, rows: usize, has_row_counts: bool) -> Self {
        let mut shop = Self { returns: Vec::new(), random: seed * 2 + 1, calls: 0, has_row_counts };
        for code in 0..rows {
            let changed = now() - TimeDelta::seconds(shop.below(88 * 86_400));
            shop.returns.push(Return { code, changed, changes: 0 });
        }
        shop
    }

    /// The next random number below a limit.
    fn below(&mut self, limit: i64) -> i64 {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.random >> 33).expect("31 bits") % limit
    }

    /// Changes the status of a return, five seconds after the last call.
    fn change(&mut self) {
        let count = i64::try_from(self.returns.len()).expect("a number of rows");
        let index = usize::try_from(self.below(count)).expect("an index");
        let changed = now() + TimeDelta::seconds(5 * i64::try_from(self.calls).expect("a number of calls"));
        let one = &mut self.returns[index];
        (one.changed, one.changes) = (changed, one.changes + 1);
    }

    fn answer(
        &mut self,
        request: &BatchrejectedQueryRequest,
    ) -> Result<Reply<Vec<BatchrejectedQueryRow>>, &'static str> {
        self.calls += 1;
        if self.calls.is_multiple_of(20) {
            self.change();
        }
        let (start, end) = (request.start_time.expect("a start"), request.end_time.expect("an end"));
        let mut found: Vec<_> = self.returns.iter().filter(|one| (start..=end).contains(&one.changed)).collect();
        found.sort_by_key(|one| (one.changed, one.code));
        let size = usize::try_from(request.page_size.expect("a size")).expect("a size");
        let page = usize::try_from(request.page_no.expect("a page")).expect("a page");
        let pages: Vec<_> = found.chunks(size).collect();
        let rows = pages.get(page - 1).ok_or(suning_api::error::NO_RESULT)?;
        let mut reply = Reply::from(rows.iter().map(|one| row(one)).collect::<Vec<_>>());
        let head = &mut reply.envelope_mut().head;
        head.page_total = i64::try_from(pages.len()).ok();
        head.total_size = i64::try_from(found.len()).ok().filter(|_| self.has_row_counts);
        Ok(reply)
    }
}

fn row(one: &Return) -> BatchrejectedQueryRow {
    let mut row = BatchrejectedQueryRow::default();
    row.order_code = Some(one.code.to_string());
    row.status_desc = Some(StatusDesc::from(one.changes.to_string().as_str()));
    row
}

fn serve(gateway: &Gateway, shop: Shop) -> Arc<Mutex<Shop>> {
    let shop = Arc::new(Mutex::new(shop));
    let served = Arc::clone(&shop);
    script(gateway).always(move |request: &BatchrejectedQueryRequest| served.lock().expect("the shop").answer(request));
    shop
}

fn script(gateway: &Gateway) -> Script<'_, BatchrejectedQueryRequest> {
    gateway.on()
}

fn returns(client: &Client, end: NaiveDateTime) -> Rows<BatchrejectedQueryRequest> {
    let query = client.custom().batchrejected_query().page_size(50);
    query.rows_between(now() - TimeDelta::days(88), end).distinct_by(|row| row.order_code.clone())
}

/// The number of times that each order code is returned.
async fn counts(
    mut rows: Rows<BatchrejectedQueryRequest>,
) -> Result<BTreeMap<String, usize>, Error<BatchrejectedQueryErrorCode>> {
    let mut counts = BTreeMap::new();
    while let Some(row) = rows.try_next().await? {
        *counts.entry(row.order_code.expect("a code")).or_default() += 1;
    }
    Ok(counts)
}

#[tokio::test]
async fn a_sync_of_a_busy_shop_completes_without_losing_a_row() {
    for has_row_counts in [true, false] {
        for seed in 0..10 {
            let (client, gateway) = in_process();
            let shop = serve(&gateway, Shop::new(seed, 5_000, has_row_counts));
            let counts = counts(returns(&client, now())).await.expect("no error");
            let shop = shop.lock().expect("the shop");
            let missed = shop.returns.iter().filter(|one| !counts.contains_key(&one.code.to_string()));
            // Only a return that was not read before it changed is missing: it belongs to the time after the span.
            assert!(missed.clone().all(|one| one.changed > now()), "seed {seed}");
            assert!(counts.values().all(|count| *count == 1), "seed {seed}");
            assert!(shop.calls >= 100, "seed {seed}: the shop was not busy, {} calls", shop.calls);
        }
    }
}

#[tokio::test]
async fn rows_that_move_to_the_end_of_the_span_are_returned_there() {
    for seed in 0..10 {
        let (client, gateway) = in_process();
        serve(&gateway, Shop::new(seed, 5_000, true));
        let counts = counts(returns(&client, now() + TimeDelta::days(1))).await.expect("no error");
        assert_eq!(counts.len(), 5_000, "seed {seed}");
    }
}

#[tokio::test]
async fn one_piece_for_the_whole_month_completes_as_well() {
    for seed in 0..10 {
        let (client, gateway) = in_process();
        let shop = serve(&gateway, Shop::new(seed, 5_000, true));
        let rows = returns(&client, now()).in_pieces_of(TimeDelta::days(30));
        let counts = counts(rows).await.expect("no error");
        let shop = shop.lock().expect("the shop");
        let is_found = |one: &Return| counts.contains_key(&one.code.to_string());
        assert!(shop.returns.iter().all(|one| is_found(one) || one.changed > now()), "seed {seed}");
    }
}

/// Pages of numbered rows: each entry is one call.
fn pages(gateway: &Gateway, calls: &[(Option<i64>, &[usize])]) {
    for (total, codes) in calls {
        let row = |code: &usize| row(&Return { code: *code, changed: now(), changes: 0 });
        let mut reply = Reply::from(codes.iter().map(row).collect::<Vec<_>>());
        reply.envelope_mut().head.total_size = *total;
        reply.envelope_mut().head.page_total = total.map(|total| (total + 1) / 2);
        script(gateway).reply(reply);
    }
}

fn asked(gateway: &Gateway) -> Vec<i64> {
    gateway.requests::<BatchrejectedQueryRequest>().iter().filter_map(|request| request.page_no).collect()
}

fn day(client: &Client) -> Rows<BatchrejectedQueryRequest> {
    let query = client.custom().batchrejected_query().page_size(2);
    query.start_time(now() - TimeDelta::days(1)).end_time(now()).rows()
}

async fn codes(rows: &mut Rows<BatchrejectedQueryRequest>) -> Result<Vec<usize>, Error<BatchrejectedQueryErrorCode>> {
    let mut codes = Vec::new();
    while let Some(row) = rows.try_next().await? {
        codes.push(row.order_code.and_then(|code| code.parse().ok()).expect("a code"));
    }
    Ok(codes)
}

#[tokio::test]
async fn the_first_page_is_read_again_only_if_rows_have_left() {
    let (client, gateway) = in_process();
    pages(&gateway, &[(Some(5), &[1, 2]), (Some(5), &[5]), (Some(5), &[3, 4])]);
    assert_eq!(codes(&mut day(&client).last_page_first()).await.expect("no error"), [1, 2, 5, 3, 4]);
    assert_eq!(asked(&gateway), [1, 3, 2]);
    // Row 1 leaves after the last page was read, so that row 3 moves to the first page.
    let (client, gateway) = in_process();
    pages(&gateway, &[(Some(5), &[1, 2]), (Some(5), &[5]), (Some(4), &[4, 5]), (Some(4), &[2, 3])]);
    assert_eq!(codes(&mut day(&client).last_page_first()).await.expect("no error"), [1, 2, 5, 4, 3]);
    assert_eq!(asked(&gateway), [1, 3, 2, 1]);
    gateway.assert_all_used();
}

#[tokio::test]
async fn a_result_that_gains_rows_is_read_again_a_limited_number_of_times() {
    let (client, gateway) = in_process();
    pages(&gateway, &[(Some(3), &[1, 2]), (Some(4), &[3, 4]), (Some(4), &[9, 1]), (Some(4), &[2, 3])]);
    assert_eq!(codes(&mut day(&client).rereads(1)).await.expect("no error"), [1, 2, 9, 3]);
    let (client, gateway) = in_process();
    for total in [3, 5, 7, 9] {
        pages(&gateway, &[(Some(total), &[1, 2]), (Some(total + 1), &[3, 4])]);
    }
    let mut rows = day(&client).rereads(2);
    assert!(matches!(codes(&mut rows).await, Err(Error::Paging(_))));
    assert_eq!(asked(&gateway), [1, 2, 1, 2, 1, 2]);
    assert_eq!(rows.position(), Some(Position::default()));
}

#[tokio::test]
async fn without_a_number_of_pages_they_are_read_in_order() {
    let (client, gateway) = in_process();
    pages(&gateway, &[(None, &[1, 2]), (None, &[3, 4]), (Some(9), &[5])]);
    script(&gateway).error(suning_api::error::NO_RESULT);
    assert_eq!(codes(&mut day(&client).last_page_first()).await.expect("no error"), [1, 2, 3, 4, 5]);
    assert_eq!(asked(&gateway), [1, 2, 3, 4]);
}

#[tokio::test]
async fn rows_are_the_same_if_their_key_is_or_all_their_fields_are() {
    let changed = |code, changes| row(&Return { code, changed: now(), changes });
    let answer = |gateway: &Gateway| {
        let mut reply = Reply::from(vec![changed(1, 0), changed(1, 1), changed(1, 1)]);
        reply.envelope_mut().head.page_total = Some(1);
        script(gateway).reply(reply);
    };
    let (client, gateway) = in_process();
    answer(&gateway);
    assert_eq!(codes(&mut day(&client).last_page_first()).await.expect("no error"), [1, 1]);
    answer(&gateway);
    assert_eq!(codes(&mut day(&client).distinct_by(|row| row.order_code.clone())).await.expect("no error"), [1]);
}

/// The position of a stream, as a program would store it.
fn stored(rows: &Rows<BatchrejectedQueryRequest>) -> String {
    serde_json::to_string(&rows.position()).expect("JSON")
}

fn restored(text: &str) -> Position {
    serde_json::from_str::<Option<Position>>(text).expect("JSON").expect("a position")
}

#[tokio::test]
async fn a_sync_continues_after_a_restart_wherever_it_ended() {
    let span = now() - TimeDelta::days(3);
    let shop: Vec<_> = (0..9_usize)
        .map(|code| {
            let hours = TimeDelta::hours(4 + 8 * i64::try_from(code).expect("a number"));
            (span + hours, row(&Return { code, changed: now(), changes: 0 }))
        })
        .collect();
    for rows_before in 0..9 {
        let (client, gateway) = in_process();
        script(&gateway).rows_at(shop.clone());
        let query = |end| client.custom().batchrejected_query().page_size(2).rows_between(span, end);
        let mut rows = query(now());
        let mut found = Vec::new();
        for _ in 0..rows_before {
            found.extend(rows.try_next().await.expect("no error").expect("a row").order_code);
        }
        let position = restored(&stored(&rows));
        drop(rows);
        // The next process starts later, but continues with the earlier span.
        let calls = gateway.received().len();
        let mut rows = query(now() + TimeDelta::days(30)).continue_from(position);
        while let Some(row) = rows.try_next().await.expect("no error") {
            found.extend(row.order_code);
        }
        assert_eq!(stored(&rows), "null");
        found.sort();
        let count = found.len();
        found.dedup();
        assert_eq!(found, ["0", "1", "2", "3", "4", "5", "6", "7", "8"], "{rows_before}");
        assert!(count <= 9 + 4, "{rows_before}: {count} rows");
        assert!(gateway.received().len() - calls <= 6, "{rows_before}: pieces that were read are not read again");
    }
}

#[test]
fn a_position_is_a_small_readable_text() {
    let (client, _) = in_process();
    let rows = returns(&client, now());
    assert_eq!(
        stored(&rows),
        r#"{"start":"2026-01-01 12:00:00","until":"2026-01-02 12:00:00","end":"2026-03-30 12:00:00"}"#
    );
    assert_eq!(Some(restored(&stored(&rows))), rows.position());
    for invalid in
        [r#"{"start":"2026-01-01 12:00:00"}"#, r#"{"page":"first"}"#, r#"{"start":"a","until":"b","end":"c"}"#]
    {
        let error = serde_json::from_str::<Position>(invalid).expect_err("not a position").to_string();
        assert!(error.starts_with("not a position: `"), "{error}");
    }
}

#[tokio::test]
async fn a_span_of_a_shop_is_served_by_page_and_size() {
    let (client, gateway) = in_process();
    let shop = |code: usize| (now() - TimeDelta::hours(1), row(&Return { code, changed: now(), changes: 0 }));
    script(&gateway).rows_at((0..5).map(shop));
    let rows = client.custom().batchrejected_query().page_size(2).rows_between(now() - TimeDelta::days(2), now());
    assert_eq!(counts(rows).await.expect("no error").len(), 5);
    assert_eq!(asked(&gateway), [1, 1, 3, 2]);
}
