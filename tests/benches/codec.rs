//! Speed of decoding replies and signing requests, compared with serde derives for the same fields.
//!
//! `cargo bench --package tests --bench codec`

#![expect(clippy::cast_precision_loss, reason = "figures are shown with a few digits")]

use std::hint::black_box;

use bytes::Bytes;
use serde::Deserialize;
use suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRequest;
use suning_api::reply::read_reply;
use suning_api::sign::sign;
use tests::measure::median;

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

fn json() -> String {
    let row = r#"{"orderCode":"2000532010","productCode":"102609934","customer":"17817800005","dealMoney":"188.00","returnMoney":"188.00","applyTime":"2013-10-21 11:02:35","statusPassTime":"2013-10-28 11:18:31","statusDesc":"1","returnReason":"发票问题","expressCompanyCode":"A01","expressNo":"ssssssss","returntype":"2","refundtype":"1"}"#;
    let rows = vec![row; ROWS].join(",");
    format!(r#"{{"sn_responseContent":{{"sn_body":{{"batchQueryRejected":[{rows}]}}}}}}"#)
}

fn xml() -> String {
    let row = "<batchQueryRejected><orderCode>2000532010</orderCode><productCode>102609934</productCode><customer>17817800005</customer><dealMoney>188.00</dealMoney><returnMoney>188.00</returnMoney><applyTime>2013-10-21 11:02:35</applyTime><statusPassTime>2013-10-28 11:18:31</statusPassTime><statusDesc>1</statusDesc><returnReason>发票问题</returnReason><expressCompanyCode>A01</expressCompanyCode><expressNo>ssssssss</expressNo><returntype>2</returntype><refundtype>1</refundtype></batchQueryRejected>";
    format!("<sn_responseContent><sn_body>{}</sn_body></sn_responseContent>", row.repeat(ROWS))
}

fn time(name: &str, bytes: usize, run: impl FnMut()) {
    let (median, runs) = median(run);
    let rate = bytes as f64 / median.as_secs_f64() / 1e6;
    println!("{name:<44} {:>9.1} µs {rate:>8.1} MB/s {runs:>8} runs", median.as_secs_f64() * 1e6);
}

fn main() {
    let (json, xml) = (json(), xml());
    println!("{ROWS} rows of 13 fields, median\n");
    let read = |body: &str| {
        let reply = http::Response::new(Bytes::copy_from_slice(body.as_bytes()));
        let rows = read_reply::<BatchrejectedQueryRequest>(reply).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(black_box(rows).len(), ROWS);
    };
    time("JSON: ours, typed", json.len(), || read(&json));
    time("JSON: baseline, serde derive, all text", json.len(), || {
        let reply: JsonReply = serde_json::from_str(&json).expect("a reply");
        assert_eq!(black_box(reply).content.sn_body.rows.len(), ROWS);
    });
    time("XML:  ours, typed", xml.len(), || read(&xml));
    time("XML:  baseline, serde derive, all text", xml.len(), || {
        let reply: XmlReply = quick_xml::de::from_str(&xml).expect("a reply");
        assert_eq!(black_box(reply).sn_body.rows.len(), ROWS);
    });
    time("signature over the JSON", json.len(), || {
        black_box(sign("secret", "suning.custom.virtual.get", "2026-01-02 03:04:05", "key", "v1.2", json.as_bytes()));
    });
}
