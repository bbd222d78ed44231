//! Target: requests to the mock gateway.

use std::sync::LazyLock;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request};
use suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRequest;
use suning_api::methods::custom::virtual_get::VirtualGetRequest;
use suning_api::methods::selfmarket::leaguerstatus_add::LeaguerstatusAddRequest;
use suning_api::mock::{Gateway, documented_request};
use suning_api::reply::read_reply;
use suning_api::request::Request as _;
use suning_api::sign::sign;
use suning_api::{Credentials, Error, Format, time};

use super::Outcome;

/// Words of requests.
pub const WORDS: &[&str] = &[
    "sn_request",
    "sn_body",
    "getVirtual",
    "orderItemCode",
    "pageNo",
    "pageSize",
    "99999999999999999999",
    "-1",
    "null",
    "None",
    "True",
    "'",
    "\"",
    "\\x",
    "\\u0000",
    "{'a': 'b'}",
    "[]",
    "{}",
    "<sn_request>",
    "<sn_body>",
    "</sn_body>",
    "</sn_request>",
    "<![CDATA[",
    "]]>",
    "AppMethod: ",
    "AppRequestTime: ",
    "Format: json\n",
    "AppKey: key\n",
    "VersionNo: v1.2\n",
    "SignInfo: ",
    "\n\n",
    "POST /oauth/token\n",
    "grant_type=refresh_token&refresh_token=",
    "client_id=key&client_secret=secret&",
    "%00",
    "%ff",
    "&",
    "=",
    "2026-01-02 03:04:05",
    "2013-10-20 00:00:00",
    "9999-12-31 23:59:59",
];

const NOW: &str = "2026-01-02 03:04:05";

static GATEWAYS: LazyLock<[Gateway; 2]> = LazyLock::new(|| {
    let builder = || Gateway::builder(Credentials::new("key", "secret")).clock(|| time::parse(NOW).expect("a time"));
    [builder().build(), builder().strict().build()]
});

/// Sends a signed request with this body, or a request of which everything is in the input. The first byte chooses.
#[must_use]
pub fn request(input: &[u8]) -> Outcome {
    let (choice, rest) = input.split_first().map_or((0, input), |(choice, rest)| (*choice, rest));
    let gateway = &GATEWAYS[usize::from(choice % 2)];
    let format = if choice & 2 == 0 { Format::Json } else { Format::Xml };
    match choice / 4 % 4 {
        0 => signed::<VirtualGetRequest>(gateway, format, rest),
        1 => signed::<BatchrejectedQueryRequest>(gateway, format, rest),
        2 => signed::<LeaguerstatusAddRequest>(gateway, format, rest),
        _ => whole(gateway, rest),
    }
}

/// The answer can be read.
fn signed<R: suning_api::request::Request>(gateway: &Gateway, format: Format, body: &[u8]) -> Outcome {
    let method = R::METHOD.name;
    let mut request = Request::new(Bytes::copy_from_slice(body));
    *request.method_mut() = Method::POST;
    let signature = sign("secret", method, NOW, "key", "v1.2", body);
    for (name, value) in [
        ("appmethod", method),
        ("apprequesttime", NOW),
        ("format", format.as_str()),
        ("appkey", "key"),
        ("versionno", "v1.2"),
        ("signinfo", &signature),
    ] {
        request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a header"));
    }
    let answer = gateway.answer(&request);
    let code = answer.error_code().map(str::to_owned);
    assert_ne!(code.as_deref(), Some("sys.check.app-sign:error"), "{answer}");
    let outcome = Outcome::message(&answer.to_string());
    match read_reply::<R>(answer.into_response()) {
        Ok(_) => assert_eq!(code, None),
        Err(Error::Api(error)) => assert_eq!(Some(error.wire_code), code),
        Err(other) => panic!("the answer can be read: {other}"),
    }
    outcome
}

/// Reads verb and path, headers, and after an empty line the body.
fn whole(gateway: &Gateway, input: &[u8]) -> Outcome {
    let mut lines = input.splitn(2, |byte| *byte == b'\n');
    let (first, mut rest) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let first = String::from_utf8_lossy(first);
    let (verb, path) = first.split_once(' ').unwrap_or(("POST", &first));
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = verb.parse().unwrap_or(Method::POST);
    *request.uri_mut() = path.parse().unwrap_or_default();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = &rest[..end];
        rest = &rest[end + 1..];
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { break };
        let name = HeaderName::from_bytes(&line[..colon]);
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii())) {
            request.headers_mut().append(name, value);
        }
    }
    *request.body_mut() = Bytes::copy_from_slice(rest);
    let answer = gateway.answer(&request);
    let _ = format!("{answer:?}");
    Outcome::message(&answer.to_string())
}

/// Documented requests, each for its method, and whole requests.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let methods = [VirtualGetRequest::METHOD, BatchrejectedQueryRequest::METHOD, LeaguerstatusAddRequest::METHOD];
    let signed = methods.iter().zip([0_u8, 4, 8]).flat_map(|(method, choice)| {
        [(Format::Json, 0), (Format::Json, 1), (Format::Xml, 2), (Format::Xml, 3)].into_iter().filter_map(
            move |(format, more)| {
                Some([&[choice + more], documented_request(method.name, format)?.as_bytes()].concat())
            },
        )
    });
    let whole: [&[u8]; 3] = [
        b"\x0cPOST /api/http/sopRequest/suning.custom.virtual.get\nAppMethod: suning.custom.virtual.get\n\
          AppRequestTime: 2026-01-02 03:04:05\nFormat: json\nAppKey: key\nVersionNo: v1.2\nSignInfo: 0\n\n{}",
        b"\x0cPOST /oauth/token\n\ngrant_type=authorization_code&code=a&client_id=key&client_secret=secret",
        b"\x0cGET /oauth/token?grant_type=refresh_token&refresh_token=a&client_id=key&client_secret=secret\n\n",
    ];
    signed.chain(whole.map(<[u8]>::to_vec)).collect()
}
