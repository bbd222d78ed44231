//! Decoding replies, and signing requests.

use std::hint::black_box;

use base64::Engine;
use bytes::Bytes;
use md5::{Digest, Md5};
use serde::Deserialize;
use suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRequest;
use suning_api::reply::read_reply;
use suning_api::request::{Context, sign_request};
use suning_api::{Credentials, Endpoint, time};
use tests::measure::{Effort, Sample};

use crate::replies;
use crate::report::{Baseline, Curve, Figure, Report, Unit};

const ROWS: usize = 50;

/// The same fields, all as text. This does less than our codec, which is typed and keeps unknown fields.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only filled")]
struct Row {
    order_code: Option<String>,
    product_code: Option<String>,
    customer: Option<String>,
    deal_money: Option<String>,
    return_money: Option<String>,
    apply_time: Option<String>,
    status_pass_time: Option<String>,
    status_desc: Option<String>,
    return_reason: Option<String>,
    express_company_code: Option<String>,
    express_no: Option<String>,
    returntype: Option<String>,
    refundtype: Option<String>,
}

#[derive(Deserialize)]
struct JsonReply {
    #[serde(rename = "sn_responseContent")]
    content: XmlReply,
}

#[derive(Deserialize)]
struct XmlReply {
    sn_body: Body,
}

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "batchQueryRejected")]
    rows: Vec<Row>,
}

fn read(body: &Bytes, rows: usize) {
    let reply = read_reply::<BatchrejectedQueryRequest>(http::Response::new(body.clone())).expect("rows");
    assert_eq!(black_box(reply).len(), rows);
}

pub(crate) fn measure(effort: Effort, report: &mut Report) {
    let (json, xml) = (Bytes::from(replies::json(ROWS)), Bytes::from(replies::xml(ROWS)));
    let derived = Sample::of(effort, || {
        let reply: JsonReply = serde_json::from_slice(&json).expect("a reply");
        assert_eq!(black_box(reply).content.sn_body.rows.len(), ROWS);
    });
    let figure = Figure::new("decode 50 rows, JSON", Unit::Seconds, Sample::of(effort, || read(&json, ROWS)));
    report.figure(figure.against(Baseline::Measured("serde_json into derived all-text structs", derived), 1.0));
    let derived = Sample::of(effort, || {
        let reply: XmlReply = quick_xml::de::from_reader(&xml[..]).expect("a reply");
        assert_eq!(black_box(reply).sn_body.rows.len(), ROWS);
    });
    let figure = Figure::new("decode 50 rows, XML", Unit::Seconds, Sample::of(effort, || read(&xml, ROWS)));
    report.figure(figure.against(Baseline::Measured("quick-xml's serde into the same structs", derived), 0.6));
    signing(effort, report);
    growth(effort, report);
}

/// Encoding and signing a typical request, next to the digest of what is signed.
fn signing(effort: Effort, report: &mut Report) {
    let [from, to] = ["2013-10-01 00:00:00", "2013-10-20 00:00:00"].map(|text| time::parse(text).expect("a time"));
    let request = BatchrejectedQueryRequest::builder().start_time(from).end_time(to).page_no(1).page_size(50).build();
    let (credentials, endpoint) = (Credentials::new("key", "secret"), Endpoint::production());
    let context = Context::new(&credentials, &endpoint, from);
    let ours = Sample::of(effort, || {
        black_box(sign_request(&request, &context).expect("a request"));
    });
    let body = sign_request(&request, &context).expect("a request").into_body();
    let text = format!(
        "secretsuning.custom.batchrejected.query2013-10-01 00:00:00keyv1.2{}",
        base64::prelude::BASE64_STANDARD.encode(body)
    );
    let digest = Sample::of(effort, || {
        black_box(Md5::digest(black_box(&text)));
    });
    let figure = Figure::new("encode and sign a request of four parameters, JSON", Unit::Seconds, ours);
    report.figure(figure.against(Baseline::Measured("MD5 over the signed text", digest), 1.5));
}

/// Decoding ever more rows.
fn growth(effort: Effort, report: &mut Report) {
    let rows: &[usize] = if effort == Effort::Full { &[1, 3, 10, 30, 100, 300, 1000, 3000, 10_000] } else { &[1, 10] };
    let decode = |rows: usize| {
        let body = Bytes::from(replies::json(rows));
        (rows as f64, Sample::of(effort, || read(&body, rows)).median() * 1e6)
    };
    let points = rows.iter().map(|rows| decode(*rows)).collect();
    report.curve(Curve { name: "rows", title: "Time to decode a reply in JSON", x: "rows", y: "µs", points });
}
