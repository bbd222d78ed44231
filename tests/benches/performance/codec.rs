//! Decoding replies, and encoding and signing requests.

use std::hint::black_box;
use std::process::Command;

use base64::prelude::{BASE64_STANDARD, Engine};
use bytes::Bytes;
use md5::{Digest, Md5};
use serde::Deserialize;
use suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRequest;
use suning_api::methods::selfmarket::leaguerstatus_add::{Card, IqStatus, LeaguerstatusAddRequest};
use suning_api::reply::read_reply;
use suning_api::request::Request;
use suning_api::request::{Context, sign_request};
use suning_api::{Credentials, Endpoint, time};
use tests::measure::{Effort, Sample};
use tests::rejected;

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
    let (json, xml) = (Bytes::from(rejected::json(ROWS)), Bytes::from(rejected::xml(ROWS)));
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
    if effort == Effort::Full {
        allocations(report);
    }
    growth(effort, report);
}

/// Encoding and signing a request, headers and URL included, next to the digest of what is signed.
fn signing(effort: Effort, report: &mut Report) {
    for cards in [1, 10] {
        let card = |number: usize| Card::default().card_code(format!("12345{number:05}")).card_sec("0123456789abcdef");
        let request = LeaguerstatusAddRequest::builder().iq_status(IqStatus::SmsSent).order_id("2000532010");
        let request = request.order_item_id("00200053201001").card_list((0..cards).map(card)).build();
        let (key, secret) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
        let (credentials, endpoint) = (Credentials::new(key, secret), Endpoint::production());
        let now = time::parse("2026-01-02 03:04:05").expect("a time");
        let context = Context::new(&credentials, &endpoint, now);
        let ours = Sample::of(effort, || {
            black_box(sign_request(&request, &context).expect("a request"));
        });
        let body = sign_request(&request, &context).expect("a request").into_body();
        let method = LeaguerstatusAddRequest::METHOD.name;
        let signed = [secret, method, &time::format(now), key, "v1.2", &BASE64_STANDARD.encode(&body)].concat();
        let digest = Sample::of(effort, || {
            black_box(Md5::digest(black_box(&signed)));
        });
        let what = format!("encode and sign a request of {} bytes ({cards} cards), JSON", body.len());
        let baseline = Baseline::Measured("MD5 over what is signed", digest);
        report.figure(Figure::new(what, Unit::Seconds, ours).against(baseline, 1.5));
    }
}

/// Allocations, which a program of its own counts.
fn allocations(report: &mut Report) {
    let output = Command::new(env!("CARGO"))
        .args(["bench", "--quiet", "--package", "tests", "--bench", "allocations"])
        .output()
        .expect("cargo runs");
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let [format, decoding, owned] = line.split(' ').collect::<Vec<_>>()[..] else { continue };
        let sample = |number: &str| Sample::new(vec![number.parse().expect("a number")]);
        let figure = Figure::new(format!("allocations for a decoded row, {format}"), Unit::Count, sample(decoding));
        report.figure(figure.against(Baseline::Measured("owned values in it", sample(owned)), 1.2));
    }
}

/// Decoding ever more rows.
fn growth(effort: Effort, report: &mut Report) {
    let rows: &[usize] = if effort == Effort::Full { &[1, 3, 10, 30, 100, 300, 1000, 3000, 10_000] } else { &[1, 10] };
    let decode = |rows: usize| {
        let body = Bytes::from(rejected::json(rows));
        (rows as f64, Sample::of(effort, || read(&body, rows)).median() * 1e6)
    };
    let points = rows.iter().map(|rows| decode(*rows)).collect();
    report.curve(Curve { name: "rows", title: "Time to decode a reply in JSON", x: "rows", y: "µs", points });
}
