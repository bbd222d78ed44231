//! The replies that are measured.

use std::fmt::Write;

/// The fields of a row, as a query of returned orders answers them.
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

/// A reply in JSON.
pub(crate) fn json(rows: usize) -> String {
    let fields = FIELDS.map(|(name, value)| format!("\"{name}\":\"{value}\"")).join(",");
    let rows = vec![format!("{{{fields}}}"); rows].join(",");
    format!(r#"{{"sn_responseContent":{{"sn_body":{{"batchQueryRejected":[{rows}]}}}}}}"#)
}

/// The same reply in XML.
pub(crate) fn xml(rows: usize) -> String {
    let mut row = String::new();
    for (name, value) in FIELDS {
        let _ = write!(row, "<{name}>{value}</{name}>");
    }
    let rows = format!("<batchQueryRejected>{row}</batchQueryRejected>").repeat(rows);
    format!("<sn_responseContent><sn_body>{rows}</sn_body></sn_responseContent>")
}
