//! Replies that are made to do harm: each is read or refused, in bounded time and memory.

use std::time::{Duration, Instant};

use allocation_counter::measure;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use suning_api::error::{PagingError, ReplyError};
use suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRequest;
use suning_api::methods::custom::virtual_get::{VirtualGetRequest, VirtualGetResponse};
use suning_api::methods::custom::virtualorder_resend::VirtualorderResendRequest;
use suning_api::reply::{Reply, read_reply};
use suning_api::request::Request;
use suning_api::value::Value;
use suning_api::{Error, catalog, time};
use tests::script::Script;

/// What a reply may cost, for each of its bytes, in a build without optimization.
const BYTES_PER_BYTE: u64 = 100;
const TIME: Duration = Duration::from_secs(20);

/// Reads a reply, within the limits.
fn read<R: Request>(body: impl Into<Bytes>) -> Result<Reply<R::Response>, Error<R::ErrorCode>> {
    let (body, started) = (body.into(), Instant::now());
    let (length, mut result) = (u64::try_from(body.len()).expect("a length"), None);
    let used = measure(|| result = Some(read_reply::<R>(http::Response::new(body))));
    assert!(started.elapsed() < TIME, "{:?}", started.elapsed());
    assert!(used.bytes_max < BYTES_PER_BYTE * length + (1 << 20), "{} bytes for {length}", used.bytes_max);
    result.expect("a result")
}

fn order(body: impl Into<Bytes>) -> VirtualGetResponse {
    read::<VirtualGetRequest>(body).unwrap_or_else(|error| panic!("{error}")).into_inner()
}

fn refused<R: Request>(body: impl Into<Bytes>) -> Box<ReplyError> {
    match read::<R>(body) {
        Err(Error::Reply(error)) => error,
        Ok(_) => panic!("a reply"),
        Err(other) => panic!("{other}"),
    }
}

fn json(object: &str) -> String {
    format!(r#"{{"sn_responseContent":{{"sn_body":{{"getVirtual":{object}}}}}}}"#)
}

fn xml(fields: &str) -> String {
    format!("<sn_responseContent><sn_body><getVirtual>{fields}</getVirtual></sn_body></sn_responseContent>")
}

#[test]
fn entities_are_neither_expanded_nor_fetched() {
    let nested: Vec<_> = (1..10)
        .map(|level| {
            let below = format!("&a{};", level - 1).repeat(10);
            format!("<!ENTITY a{level} \"{below}\">")
        })
        .collect();
    for declaration in [
        "<!ENTITY a9 \"expanded\">",
        "<!ENTITY a9 SYSTEM \"file:///etc/hostname\">",
        "<!ENTITY a9 SYSTEM \"http://127.0.0.1:1/\">",
        "<!ENTITY a9 PUBLIC \"a\" \"http://127.0.0.1:1/\">",
        "<!ENTITY % a9 SYSTEM \"file:///etc/hostname\"> %a9;",
        &format!("<!ENTITY a0 \"expanded\">{}", nested.concat()),
    ] {
        let body = format!("<!DOCTYPE r [{declaration}]>{}", xml("<orderCode>&a9;</orderCode>"));
        let error = refused::<VirtualGetRequest>(body.clone());
        assert!(error.reason.contains("undefined entity `&a9;`"), "{error}");
        assert_eq!(
            (&*error.raw, error.path.as_str()),
            (body.as_bytes(), "sn_responseContent.sn_body.getVirtual.orderCode")
        );
    }
    let attribute = "<!DOCTYPE r [<!ATTLIST getVirtual orderCode CDATA \"default\">]>";
    assert_eq!(order(format!("{attribute}{}", xml("<a/>"))).order_code, None);
}

#[test]
fn documented_objects_nest_as_deeply_as_documented() {
    let deep = 100_000;
    let resend = |details: &str| {
        format!(r#"{{"sn_responseContent":{{"sn_body":{{"resendVirtualorder":{{"details":{details}}}}}}}}}"#)
    };
    let lists = resend(&format!("{}{}", "[".repeat(deep), "]".repeat(deep)));
    assert!(refused::<VirtualorderResendRequest>(lists).reason.contains("recursion limit"));
    let objects = resend(&format!("{}1{}", r#"{"details":"#.repeat(deep), "}".repeat(deep)));
    let reply = read::<VirtualorderResendRequest>(objects).expect("a reply");
    assert_eq!((reply.details.len(), reply.details[0].extra.iter().count()), (1, 1));
    let elements = format!("{}{}", "<details>".repeat(deep), "</details>".repeat(deep));
    let body = format!(
        "<sn_responseContent><sn_body><resendVirtualorder>{elements}</resendVirtualorder></sn_body></sn_responseContent>"
    );
    let error = refused::<VirtualorderResendRequest>(body);
    assert!(error.reason.contains("nested deeper than 64 levels") && error.path.len() < 1000, "{error}");
    let body = "{".repeat(deep);
    assert!(!refused::<VirtualGetRequest>(body).reason.is_empty());
}

#[test]
fn huge_numbers_are_kept_to_the_digit() {
    let digits = "9".repeat(1 << 20);
    let exponent = format!("1e{digits}");
    for number in ["1e999999999", "-1e-999999999", "1E+400", &digits, &exponent] {
        for name in ["sum", "cardNum", "orderSaletime", "unknown"] {
            let reply = order(json(&format!(r#"{{"{name}":{number}}}"#)));
            assert_eq!(reply.extra.get(name).and_then(Value::as_text), Some(number), "{name}");
        }
        assert_eq!(order(json(&format!(r#"{{"orderCode":{number}}}"#))).order_code.as_deref(), Some(number));
        let text = order(xml(&format!("<sum>{number}</sum>")));
        assert_eq!(text.extra.get("sum").and_then(Value::as_text), Some(number));
        let body = format!(r#"{{"sn_responseContent":{{"sn_body":{{"resendVirtualorder":{{"details":{number}}}}}}}}}"#);
        let reply = read::<VirtualorderResendRequest>(body).expect("a reply");
        assert_eq!(reply.extra.get("details").and_then(Value::as_text), Some(number));
        let head = format!(
            r#"{{"sn_responseContent":{{"sn_head":{{"pageTotal":{number}}},"sn_body":{{"batchQueryRejected":[]}}}}}}"#
        );
        let rows = read::<BatchrejectedQueryRequest>(head).expect("rows");
        assert_eq!(rows.envelope().head.page_total, None);
    }
}

#[test]
fn a_hundred_thousand_fields_of_one_name_are_one_field() {
    let times = 100_000;
    for name in ["orderCode", "unknown"] {
        let field = format!(r#""{name}":"1""#);
        let reply = order(json(&format!("{{{}}}", vec![field; times].join(","))));
        let rest = reply.extra.get(name).map_or(0, |rest| rest.items().len());
        assert_eq!(rest + usize::from(reply.order_code.is_some()), times);
        let reply = order(xml(&format!("<{name}>1</{name}>").repeat(times)));
        let rest = reply.extra.get(name).map_or(0, |rest| rest.items().len());
        assert_eq!(rest + usize::from(reply.order_code.is_some()), times);
    }
    // A repeated envelope cannot replace the first one.
    let twice = json(r#"{"orderCode":"1"}"#).replacen(
        '{',
        r#"{"sn_responseContent":{"sn_error":{"error_code":"isp.down"}},"#,
        1,
    );
    assert!(matches!(read::<VirtualGetRequest>(twice), Err(Error::Api(_))));
}

#[test]
fn a_hundred_thousand_names_are_told_apart() {
    let times = 100_000;
    let fields: Vec<_> = (0..times).map(|number| format!(r#""x{number}":1"#)).collect();
    assert_eq!(order(json(&format!("{{{}}}", fields.join(",")))).extra.iter().count(), times);
    let fields: Vec<_> = (0..times).map(|number| format!("<x{number}>1</x{number}>")).collect();
    let reply = order(xml(&fields.concat()));
    assert_eq!(reply.extra.iter().count(), times);
    let again: VirtualGetResponse =
        serde_json::from_str(&serde_json::to_string(&reply).expect("JSON")).expect("a reply");
    assert_eq!(again, reply);
}

#[test]
fn the_smallest_values_cost_no_more_than_others() {
    let times = 1 << 20;
    for value in ["1", "[]", "{}", "\"\"", "null"] {
        let list = vec![value; times].join(",");
        assert_eq!(order(json(&format!(r#"{{"x":[{list}]}}"#))).extra.get("x").expect("a list").items().len(), times);
    }
    let rows = vec!["{}"; times / 16].join(",");
    let body = format!(r#"{{"sn_responseContent":{{"sn_body":{{"resendVirtualorder":{{"details":[{rows}]}}}}}}}}"#);
    assert_eq!(read::<VirtualorderResendRequest>(body).expect("a reply").details.len(), times / 16);
}

#[test]
fn a_name_of_a_megabyte_is_a_name() {
    let name = "n".repeat(1 << 20);
    assert!(order(json(&format!(r#"{{"{name}":1}}"#))).extra.get(&name).is_some());
    assert!(order(xml(&format!("<{name}>1</{name}>"))).extra.get(&name).is_some());
    assert!(refused::<VirtualGetRequest>(json(&format!(r#"{{"{name}":}}"#))).path.ends_with("nnn"));
    assert!(refused::<VirtualGetRequest>(xml(&format!("<{name}>&a;</{name}>"))).path.ends_with("nnn"));
    let code = format!(r#"{{"sn_responseContent":{{"sn_error":{{"error_code":"{name}"}}}}}}"#);
    let Err(Error::Api(error)) = read::<VirtualGetRequest>(code) else { panic!("an error code") };
    assert_eq!(error.wire_code, name);
    let started = Instant::now();
    assert!(catalog::explain(&name).nearest.is_empty());
    assert!(started.elapsed() < TIME);
}

#[test]
fn nul_is_a_character_of_json_and_not_of_xml() {
    assert_eq!(order(json(r#"{"orderCode":"a\u0000b"}"#)).order_code.as_deref(), Some("a\0b"));
    assert!(refused::<VirtualGetRequest>(json("{\"orderCode\":\"a\0b\"}")).reason.contains("control character"));
    for nul in ["&#0;", "&#x0;"] {
        let error = refused::<VirtualGetRequest>(xml(&format!("<orderCode>a{nul}b</orderCode>")));
        assert_eq!(error.path, "sn_responseContent.sn_body.getVirtual.orderCode");
    }
    for body in [&b"\0"[..], b"\0{}", b"{\0}", b"<\0>", b"<a>\0</a>"] {
        refused::<VirtualGetRequest>(body);
    }
}

/// Reads a reply with this content type.
fn declared(content_type: Option<&str>, body: &[u8]) -> Result<Option<String>, String> {
    let mut reply = http::Response::new(Bytes::copy_from_slice(body));
    if let Some(value) = content_type {
        reply.headers_mut().insert(CONTENT_TYPE, value.parse().expect("a header"));
    }
    match read_reply::<VirtualGetRequest>(reply) {
        Ok(order) => Ok(order.into_inner().order_code),
        Err(Error::Reply(error)) => {
            assert_eq!(error.raw, body, "the reply is kept");
            Err(error.reason)
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_charset_other_than_utf_8_is_refused_by_its_name() {
    // These two bytes are one character in GBK, and another one in UTF-8.
    let ambiguous: &[u8] = &[0xc2, 0xb7];
    let gbk: &[u8] = &[0xd6, 0xd0];
    let with = |text: &[u8]| {
        let parts = [&br#"{"sn_responseContent":{"sn_body":{"getVirtual":{"orderCode":""#[..], text, br#""}}}}"#];
        parts.concat()
    };
    let declaring = |charset: &str, text: &[u8]| {
        let parts = [
            b"<?xml version='1.0' encoding='".as_slice(),
            charset.as_bytes(),
            b"'?>\n<sn_responseContent><sn_body><getVirtual><orderCode>",
            text,
            b"</orderCode></getVirtual></sn_body></sn_responseContent>",
        ];
        parts.concat()
    };
    let refusal = |charset: &str| Err(format!("in {charset}, and only UTF-8 can be read"));
    for text in [ambiguous, gbk] {
        assert_eq!(declared(Some("application/json;charset=GBK"), &with(text)), refusal("GBK"));
        assert_eq!(declared(Some("text/json; a=b; Charset=\"gb18030\""), &with(text)), refusal("gb18030"));
        assert_eq!(declared(None, &declaring("GBK", text)), refusal("GBK"));
        assert_eq!(declared(Some("text/xml"), &declaring("gb2312", text)), refusal("gb2312"));
    }
    // ASCII is the same in all of these.
    assert_eq!(declared(Some("text/xml; charset=GBK"), &declaring("GBK", b"1")), Ok(Some("1".to_owned())));
    // The header outranks the declaration, and ISO-8859-1 is what servers declare by default.
    let text = Ok(Some("\u{b7}".to_owned()));
    assert_eq!(declared(Some("text/xml; charset=utf-8"), &declaring("GBK", ambiguous)), text);
    for charset in ["UTF-8", "utf8", "ISO-8859-1", "", "-- not a name --"] {
        assert_eq!(
            declared(Some(&format!("application/json; charset={charset}")), &with(ambiguous)),
            text,
            "{charset}"
        );
    }
    // GBK that nobody declares.
    assert!(declared(None, &with(gbk)).is_err_and(|reason| reason.contains("not UTF-8 at byte")));
}

#[test]
fn utf_16_is_refused_by_its_name() {
    let wide = |mark: bool| {
        let text = xml("<orderCode>1</orderCode>");
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.collect::<Vec<_>>()
    };
    let little: Vec<u8> = wide(true).iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = wide(true).iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let unmarked: Vec<u8> = wide(false).iter().flat_map(|unit| unit.to_le_bytes()).collect();
    for body in [little, big] {
        assert_eq!(declared(None, &body), Err("in UTF-16, and only UTF-8 can be read".to_owned()));
    }
    assert_eq!(
        declared(Some("text/xml; charset=utf-16le"), &unmarked),
        Err("in utf-16le, and only UTF-8 can be read".to_owned())
    );
    assert!(declared(None, &unmarked).is_err());
}

/// A page of a query that claims a number of pages.
fn page(pages: u64, code: usize) -> String {
    format!(
        r#"{{"sn_responseContent":{{"sn_head":{{"pageTotal":{pages},"totalSize":{pages}}},"sn_body":{{"batchQueryRejected":[{{"orderCode":"{code}"}}]}}}}}}"#
    )
}

#[tokio::test]
async fn a_head_with_a_billion_pages_causes_no_more_calls_than_there_are_rows() {
    let (start, end) = (time::parse("2013-10-20 00:00:00"), time::parse("2013-10-20 12:00:00"));
    let (start, end) = (start.expect("a time"), end.expect("a time"));
    for (pages, replies) in [(1_000_000_000, 3), (u64::MAX, 2), (u64::from(u32::MAX), 1)] {
        // The last reply repeats the one before.
        let answers = |first: usize| {
            (0..replies).map(move |number| page(pages, first + number)).chain([page(pages, first + replies - 1)])
        };
        let script = Script::new(answers(0));
        let query =
            script.client().custom().batchrejected_query().start_time(start).end_time(end).page_size(1).page_no(1);
        let mut rows = query.rows();
        let mut count = 0;
        let error = loop {
            match rows.try_next().await {
                Ok(Some(_)) => count += 1,
                Ok(None) => panic!("the end"),
                Err(error) => break error,
            }
        };
        assert_eq!((count, script.sent().len()), (replies, replies + 1));
        assert!(matches!(error, Error::Paging(PagingError::PageRepeated { .. })), "{error}");
        // From the last page to the first, the last page is what the head says.
        let script = Script::new([page(pages, 0), page(pages, 1), page(pages, 1), page(pages, 1)]);
        let query = script.client().custom().batchrejected_query();
        let mut rows = query.page_size(1).rows_between(start, end);
        while let Ok(Some(_)) = rows.try_next().await {}
        assert!(script.sent().len() <= 12, "{}", script.sent().len());
    }
}
