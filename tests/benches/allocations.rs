//! Allocations of decoding, compared with the owned values that it leaves behind.
//!
//! This is a program of its own, because counting makes each allocation slower, and so the one that allocates less faster.
//!
//! `cargo bench --package tests --bench allocations` prints, for each format, the allocations for decoding one more row, and for
//! its owned values.

#![expect(clippy::cast_precision_loss, reason = "figures are shown with a few digits")]

use std::hint::black_box;

use allocation_counter::measure;
use bytes::Bytes;
use suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRequest;
use suning_api::reply::read_reply;
use tests::rejected::{json, xml};

/// Allocations for one more row.
struct PerRow {
    decoding: f64,
    /// Those of a copy of the row, which are its owned values.
    owned: f64,
}

fn per_row(reply: impl Fn(usize) -> String) -> PerRow {
    let count = |rows: usize| {
        let reply = http::Response::new(Bytes::from(reply(rows)));
        let mut decoded = None;
        let decoding = measure(|| decoded = Some(read_reply::<BatchrejectedQueryRequest>(reply)));
        let rows = decoded.and_then(Result::ok).expect("a reply").into_inner();
        let owned = measure(|| drop(black_box(rows.clone())));
        (decoding.count_total as f64, owned.count_total as f64)
    };
    let ((few_decoding, few_owned), (many_decoding, many_owned)) = (count(100), count(1_100));
    PerRow { decoding: (many_decoding - few_decoding) / 1e3, owned: (many_owned - few_owned) / 1e3 }
}

fn main() {
    for (name, reply) in [("JSON", json as fn(usize) -> String), ("XML", xml)] {
        let PerRow { decoding, owned } = per_row(reply);
        println!("{name} {decoding:.2} {owned:.2}");
    }
}
