//! Targets: decoding replies, error codes, and values to types of the caller.

use std::collections::BTreeMap;
use std::fmt::Debug;

use bytes::Bytes;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use suning_api::error::Error;
use suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRequest;
use suning_api::methods::custom::order_get::OrderGetRequest;
use suning_api::methods::custom::virtual_get::VirtualGetRequest;
use suning_api::methods::netalliance::toolseller_add::ToolsellerAddRequest;
use suning_api::methods::selfmarket::leaguerstatus_add::LeaguerstatusAddRequest;
use suning_api::mock::{documented_error, documented_response};
use suning_api::reply::read_reply;
use suning_api::request::Request;
use suning_api::value::Value;
use suning_api::{Format, WithSecrets, catalog};

use super::Outcome;

/// Words of JSON replies.
pub const JSON_WORDS: &[&str] = &[
    "sn_responseContent",
    "sn_head",
    "sn_body",
    "sn_error",
    "error_code",
    "error_msg",
    "getVirtual",
    "pageTotal",
    "null",
    "true",
    "false",
    "\"\"",
    "[]",
    "{}",
    "[[",
    "]]",
    "[{",
    "}]",
    "{\"\":",
    "\\u0000",
    "\\ud800",
    "\\udc00",
    "\\u4e2d",
    "-0",
    "1e999",
    "-1e-999",
    "1.00000",
    "9223372036854775808",
    "340282366920938463463374607431768211456",
    "1.50",
    "0000-00-00 00:00:00",
    "2020-12-29 00:00:00.5",
    "79228162514264337593543950335",
    "\u{feff}",
    "\"a\":",
    ",",
];

/// Words of XML replies.
pub const XML_WORDS: &[&str] = &[
    "<sn_responseContent>",
    "</sn_responseContent>",
    "<sn_head/>",
    "<sn_body>",
    "</sn_body>",
    "<sn_error>",
    "</sn_error>",
    "<error_code>",
    "</error_code>",
    "<getVirtual>",
    "</getVirtual>",
    "<a:b>",
    "</a:b>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml version=\"1.0\" encoding=\"GBK\"?>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&b;",
    "&lt;",
    "&#0;",
    "&#x4e2d;",
    "&#xd800;",
    "&#99999999999;",
    "<a>",
    "</a>",
    "<a/>",
    "<a b='c'>",
    "<>",
    "</>",
    "<:>",
    "<?",
    "?>",
    "\u{feff}",
    "\r\n",
    "1e999",
];

/// Words of error codes.
pub const CODE_WORDS: &[&str] = &[
    "biz.",
    "isp.",
    "sys.",
    ":",
    "\t",
    "*",
    "?",
    "missing-parameter",
    "invalid-biz:",
    "no-result",
    " ",
    "\u{3000}",
    "100",
    "biz.handler.data-get:no-result",
    "sys.check.app-sign:error",
    "biz.custom.getvirtual.missing-parameter:",
];

/// Decodes a reply in JSON. The first byte chooses the method.
#[must_use]
pub fn json(input: &[u8]) -> Outcome {
    any_method(input)
}

/// Decodes a reply in XML. The first byte chooses the method.
#[must_use]
pub fn xml(input: &[u8]) -> Outcome {
    any_method(input)
}

fn any_method(input: &[u8]) -> Outcome {
    let (choice, body) = input.split_first().map_or((0, input), |(choice, body)| (*choice, body));
    match choice % 5 {
        0 => one_method::<VirtualGetRequest>(body),
        1 => one_method::<BatchrejectedQueryRequest>(body),
        2 => one_method::<LeaguerstatusAddRequest>(body),
        3 => one_method::<OrderGetRequest>(body),
        _ => one_method::<ToolsellerAddRequest>(body),
    }
}

/// What was read can be shown, stored and read again.
fn one_method<R: Request>(body: &[u8]) -> Outcome
where
    R::Response: Debug + DeserializeOwned,
{
    match read_reply::<R>(http::Response::new(Bytes::copy_from_slice(body))) {
        Ok(reply) => {
            let _ = format!("{reply:?}");
            let (unread, text) = (reply.unread(), stored::<R>(&reply));
            let again: R::Response = serde_json::from_str(&text).expect("a stored reply can be read");
            assert_eq!(stored::<R>(&again), text, "a stored reply changes nothing");
            let around: Vec<_> = reply.envelope().extra.iter().take(4).map(|(name, _)| name).collect();
            Outcome::of((R::METHOD.name, unread, around, text.len() / 64))
        }
        Err(Error::Reply(error)) => {
            let _ = format!("{error:?} {error}");
            Outcome::message(&format!("{} {}", error.reason, error.path.len() / 16))
        }
        Err(Error::Api(error)) => {
            let _ = format!("{error:?} {error} {:?}", error.detail());
            Outcome::of((R::METHOD.name, error.meaning()))
        }
        Err(other) => panic!("not an error of a reply: {other}"),
    }
}

fn stored<R: Request>(reply: &R::Response) -> String {
    serde_json::to_string(&WithSecrets(reply)).expect("a reply can be stored")
}

/// Documented replies and errors, each for the method that it is of.
#[must_use]
pub fn json_seeds() -> Vec<Vec<u8>> {
    seeds(Format::Json)
}

/// The same in XML.
#[must_use]
pub fn xml_seeds() -> Vec<Vec<u8>> {
    seeds(Format::Xml)
}

fn seeds(format: Format) -> Vec<Vec<u8>> {
    let methods = [
        VirtualGetRequest::METHOD,
        BatchrejectedQueryRequest::METHOD,
        LeaguerstatusAddRequest::METHOD,
        OrderGetRequest::METHOD,
        ToolsellerAddRequest::METHOD,
    ];
    let messages = methods.iter().zip(0_u8..).flat_map(|(method, choice)| {
        let documented = [documented_response(method.name, format), documented_error(method.name, format)];
        let least = match format {
            Format::Json => format!(r#"{{"sn_responseContent":{{"sn_body":{{"{}":{{"a":"1"}}}}}}}}"#, method.node),
            Format::Xml => {
                let node = method.node;
                format!("<sn_responseContent><sn_body><{node}><a>1</a></{node}></sn_body></sn_responseContent>")
            }
        };
        let texts = documented.into_iter().flatten().map(str::to_owned).chain([least]);
        texts.map(move |text| [&[choice], text.as_bytes()].concat())
    });
    messages.collect()
}

/// A type of a caller, with a field of each kind.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wanted {
    text: String,
    count: u32,
    big: i128,
    flag: bool,
    letter: Option<char>,
    level: Option<Level>,
    texts: Vec<String>,
    counts: BTreeMap<u16, i64>,
    inner: Option<Box<Wanted>>,
    pair: (String, u8),
    any: serde_json::Value,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Level {
    High,
    Exactly(u8),
    Between { from: u8, to: u8 },
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            text: String::new(),
            count: 0,
            big: 0,
            flag: false,
            letter: None,
            level: None,
            texts: Vec::new(),
            counts: BTreeMap::new(),
            inner: None,
            pair: (String::new(), 0),
            any: serde_json::Value::Null,
        }
    }
}

/// What `serde_json` reads into these types without any leniency.
#[derive(Debug, PartialEq, Deserialize)]
struct Plain {
    text: String,
    count: u32,
    flag: bool,
    texts: Vec<String>,
}

/// Why a value is not of a type.
fn try_as<T: DeserializeOwned>(value: &Value) -> Option<String> {
    value.decode::<T>().err().map(|error| {
        let _ = format!("{error:?} {}", error.path());
        error.to_string()
    })
}

/// Decodes a value to types of the caller.
#[must_use]
pub fn value(input: &[u8]) -> Outcome {
    let Ok(value) = serde_json::from_slice::<Value>(input) else { return Outcome::of(()) };
    assert_eq!(try_as::<serde_json::Value>(&value), None, "anything is a JSON value");
    if input.trim_ascii_start().starts_with(b"{")
        && let Ok(plain) = serde_json::from_slice::<Plain>(input)
    {
        assert_eq!(value.decode::<Plain>().expect("lenient"), plain, "what is read strictly is read leniently");
    }
    let text = serde_json::to_string(&value).expect("a value can be stored");
    let again: Value = serde_json::from_str(&text).expect("a stored value can be read");
    assert_eq!(serde_json::to_string(&again).expect("a value"), text);
    let errors = [
        try_as::<Wanted>(&value),
        try_as::<Vec<Wanted>>(&value),
        try_as::<Vec<Option<i64>>>(&value),
        try_as::<BTreeMap<String, Level>>(&value),
        try_as::<(f32, u64, Option<bool>)>(&value),
        try_as::<Vec<Vec<char>>>(&value),
        try_as::<Level>(&value),
        try_as::<()>(&value),
        try_as::<u128>(&value),
    ];
    Outcome::message(&errors.map(Option::unwrap_or_default).concat())
}

/// Values that fit the types, and some that almost do.
#[must_use]
pub fn value_seeds() -> Vec<Vec<u8>> {
    let whole = json!({
        "text": "a", "count": "3", "big": "1.00000", "flag": "true", "letter": "中", "level": "High", "texts": "one",
        "counts": { "1": "2" }, "inner": [{ "text": 5, "level": { "Between": { "from": 1, "to": "2" } } }],
        "pair": ["a", 7], "any": [1.5, null, {}],
    });
    let plain = json!({ "text": "a", "count": 4_294_967_295_u32, "flag": true, "texts": ["", "b"] });
    let few = json!([null, "", "1", [2], { "Exactly": 9 }, [["a"], "b"], "1e5", -0.0, 1e300]);
    [whole, plain, few].iter().map(|value| value.to_string().into_bytes()).collect()
}

/// Parses an error code, in the table of a method that has many and in that of one that has few.
#[must_use]
pub fn error_code(input: &[u8]) -> Outcome {
    let code = String::from_utf8_lossy(input);
    let body = json!({ "sn_responseContent": { "sn_error": { "error_code": code } } }).to_string();
    let kinds = (parse_code::<LeaguerstatusAddRequest>(&body, &code), parse_code::<VirtualGetRequest>(&body, &code));
    let outcome = Outcome::of((code.len().min(64) / 8, &kinds));
    // It compares the code with thousands of others.
    if Outcome::of(&code).0.is_multiple_of(4096) {
        let _ = format!("{:?}", catalog::explain(&code));
    }
    outcome
}

fn parse_code<R: Request>(body: &str, code: &str) -> Option<&'static str> {
    match read_reply::<R>(http::Response::new(Bytes::copy_from_slice(body.as_bytes()))) {
        Err(Error::Api(error)) => {
            assert_eq!(error.wire_code, code);
            let _ = format!("{error:?} {error} {:?}", error.detail());
            error.meaning()
        }
        Err(Error::Reply(_)) => {
            assert!(code.is_empty(), "{code:?} is an error code");
            None
        }
        Ok(_) => panic!("{code:?} is not a result"),
        Err(other) => panic!("not an error of a reply: {other}"),
    }
}

/// The codes of both methods, and the common ones.
#[must_use]
pub fn error_code_seeds() -> Vec<Vec<u8>> {
    let own = [LeaguerstatusAddRequest::METHOD, VirtualGetRequest::METHOD];
    let own = own.iter().flat_map(|method| method.errors.iter().map(|row| row.0));
    let common = catalog::common_errors();
    own.chain(common.iter().map(|error| error.code)).map(|code| code.as_bytes().to_vec()).collect()
}
