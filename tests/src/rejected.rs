//! Replies with many rows, for benchmarks.

const FIELDS: [(&str, &str); 13] = [
    ("orderCode", "2000532010"),
    ("productCode", "102609934"),
    ("customer", "17817800005"),
    ("dealMoney", "188.00"),
    ("returnMoney", "188.00"),
    ("applyTime", "2013-10-21 11:02:35"),
    ("statusPassTime", "2013-10-28 11:18:31"),
    ("statusDesc", "1"),
    ("returnReason", "发票问题"),
    ("expressCompanyCode", "A01"),
    ("expressNo", "ssssssss"),
    ("returntype", "2"),
    ("refundtype", "1"),
];

/// A reply of `suning.custom.batchrejected.query`.
#[must_use]
pub fn json(rows: usize) -> String {
    let fields = FIELDS.map(|(name, text)| format!(r#""{name}":"{text}""#)).join(",");
    let rows = vec![format!("{{{fields}}}"); rows].join(",");
    format!(r#"{{"sn_responseContent":{{"sn_body":{{"batchQueryRejected":[{rows}]}}}}}}"#)
}

/// The same in XML.
#[must_use]
pub fn xml(rows: usize) -> String {
    let fields = FIELDS.map(|(name, text)| format!("<{name}>{text}</{name}>")).concat();
    let rows = format!("<batchQueryRejected>{fields}</batchQueryRejected>").repeat(rows);
    format!("<sn_responseContent><sn_body>{rows}</sn_body></sn_responseContent>")
}
