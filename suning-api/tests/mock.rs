//! The mock gateway from outside: what it accepts, what it refuses, and what it says about it.
#![cfg(all(feature = "mock", feature = "namespaces"))]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use chrono::NaiveDateTime;
use suning_api::mock::{
    Answer, Gateway, GatewayBuilder, Server, documented_error, documented_request, documented_response,
};
use suning_api::sign::sign;
use suning_api::{Credentials, Format, catalog, time};

const KEY: &str = "example-app-key";
const SECRET: &str = "example-app-secret";
const NOW: &str = "2013-10-26 12:00:00";
const GET: &str = "suning.custom.virtual.get";
const COUNTDOWN: &str = "suning.custom.ordercountdown.query";
const REJECTED: &str = "suning.custom.batchrejected.query";
const LEAGUER: &str = "suning.selfmarket.leaguerstatus.add";

/// A request in the making, correct unless changed.
#[derive(Clone)]
struct Call {
    verb: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    is_signed: bool,
}

fn call(method: &str, format: &str, body: impl Into<Vec<u8>>) -> Call {
    let headers =
        [("AppMethod", method), ("AppRequestTime", NOW), ("Format", format), ("AppKey", KEY), ("VersionNo", "v1.2")];
    Call {
        verb: "POST",
        path: format!("/api/http/sopRequest/{method}"),
        headers: headers.map(|(name, value)| (name, value.to_owned())).into(),
        body: body.into(),
        is_signed: true,
    }
}

/// A call with JSON parameters, in the envelope.
fn json(method: &str, parameters: &str) -> Call {
    let node = catalog::method(method).unwrap().node;
    call(method, "json", format!(r#"{{"sn_request":{{"sn_body":{{"{node}":{parameters}}}}}}}"#))
}

impl Call {
    fn with(mut self, name: &'static str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name, value.to_owned()));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(key, _)| *key != name);
        self.is_signed &= name != "signInfo";
        self
    }

    fn path(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    fn build(&self) -> http::Request<Bytes> {
        let header = |name: &str| {
            self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.as_str())
        };
        let sign_info = sign(
            SECRET,
            header("AppMethod"),
            header("AppRequestTime"),
            header("AppKey"),
            header("VersionNo"),
            &self.body,
        );
        let mut request = http::Request::builder().method(self.verb).uri(&self.path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if self.is_signed {
            request = request.header("signInfo", sign_info);
        }
        request.body(Bytes::from(self.body.clone())).unwrap()
    }

    fn answer(&self) -> Answer {
        gateway().build().answer(&self.build())
    }

    fn strict_answer(&self) -> Answer {
        gateway().strict().build().answer(&self.build())
    }

    fn code(&self) -> String {
        self.answer().error_code().unwrap_or("none").to_owned()
    }
}

fn now() -> NaiveDateTime {
    time::parse(NOW).unwrap()
}

fn gateway() -> GatewayBuilder {
    Gateway::builder(Credentials::new(KEY, SECRET)).clock(now)
}

fn text(answer: &Answer) -> &str {
    std::str::from_utf8(answer.response().body()).unwrap()
}

const GOOD: &str = r#"{"orderItemCode":"101254223501"}"#;

mod results {
    use super::*;

    #[test]
    fn every_documented_request_is_answered_with_the_documented_reply() {
        for method in catalog::methods() {
            for format in [Format::Json, Format::Xml] {
                let request = documented_request(method.name, format).unwrap();
                let answer = call(method.name, format.as_str(), request).strict_answer();
                assert_eq!(answer.error_code(), None, "{answer}");
                assert_eq!(text(&answer), documented_response(method.name, format).unwrap());
                assert_eq!(answer.response().headers()["content-type"], format.content_type());
            }
        }
    }

    #[test]
    fn documented_errors_are_at_hand() {
        assert!(documented_error(GET, Format::Json).unwrap().contains("sn_error"));
        assert_eq!(documented_error("suning.no.such.method", Format::Json), None);
    }

    #[test]
    fn replies_are_dated_by_the_clock_of_the_gateway() {
        assert_eq!(json(GET, GOOD).answer().response().headers()["date"], "Sat, 26 Oct 2013 04:00:00 GMT");
    }

    #[test]
    fn a_method_is_refused_on_demand() {
        let gateway = gateway().refuse(GET, "biz.handler.data-get:no-result").build();
        let answer = gateway.answer(&json(GET, GOOD).build());
        assert_eq!(
            text(&answer),
            r#"{"sn_responseContent":{"sn_error":{"error_code":"biz.handler.data-get:no-result","error_msg":"查询没结果"}}}"#,
        );
    }
}

mod headers {
    use super::*;

    #[test]
    fn names_are_read_in_any_case() {
        let call = json(GET, GOOD).without("AppMethod").with("appmethod", GET);
        assert_eq!(call.code(), "none");
    }

    #[test]
    fn what_is_missing_has_the_documented_code() {
        let code_without = |name: &str| json(GET, GOOD).without(name).code();
        assert_eq!(code_without("AppMethod"), "sys.check.header-param:null");
        assert_eq!(code_without("AppKey"), "sys.check.header-param:null");
        assert_eq!(code_without("AppRequestTime"), "sys.check.missing-parameter:appRequestTime");
        assert_eq!(code_without("VersionNo"), "sys.check.missing-parameter:apiversion");
        assert_eq!(code_without("signInfo"), "sys.check.app-sign:null");
    }

    #[test]
    fn another_verb_than_post_is_no_call() {
        let answer = Call { verb: "GET", ..json(GET, GOOD) }.answer();
        assert_eq!(answer.response().status(), 405);
        assert_eq!(answer.response().headers()["allow"], "POST");
        assert_eq!(answer.error_code(), None);
    }

    #[test]
    fn the_format_is_xml_unless_stated() {
        let body =
            "<sn_request><sn_body><getVirtual><orderItemCode>1</orderItemCode></getVirtual></sn_body></sn_request>";
        let answer = call(GET, "json", body).without("Format").answer();
        assert_eq!(text(&answer), documented_response(GET, Format::Xml).unwrap());
    }

    #[test]
    fn the_format_counts_and_not_the_content_type() {
        assert_eq!(json(GET, GOOD).with("Content-Type", "text/xml").code(), "none");
    }

    #[test]
    fn an_unknown_format_is_refused_in_xml() {
        let answer = json(GET, GOOD).with("Format", "yaml").answer();
        assert_eq!(
            text(&answer),
            "<sn_responseContent><sn_error><error_code>sys.check.request-params:error</error_code>\
             <error_msg>请求报文结构错误</error_msg></sn_error></sn_responseContent>",
        );
    }

    #[test]
    fn any_path_will_do_but_one_that_names_another_method() {
        assert_eq!(json(GET, GOOD).path("/").code(), "none");
        assert_eq!(json(GET, GOOD).path("/api/http/sopRequest").code(), "none");
        assert_eq!(
            json(GET, GOOD).path(&format!("/api/http/sopRequest/{LEAGUER}")).code(),
            "sys.check.request-params:error"
        );
    }
}

mod callers {
    use super::*;

    #[test]
    fn another_app_key_is_not_known() {
        assert_eq!(json(GET, GOOD).with("AppKey", "other").code(), "sys.check.user-permission:inexistence");
    }

    #[test]
    fn the_access_token_is_asked_for_where_there_is_one() {
        let gateway = Gateway::builder(Credentials::new(KEY, SECRET).with_access_token("token")).clock(now).build();
        let code = |call: Call| gateway.answer(&call.build()).error_code().map(str::to_owned);
        let unknown = Some("sys.oauth.check.access_token:inexistence".to_owned());
        assert_eq!(code(json(GET, GOOD)), unknown);
        assert_eq!(code(json(GET, GOOD).with("access_token", "other")), unknown);
        assert_eq!(code(json(GET, GOOD).with("access_token", "token")), None);
    }

    #[test]
    fn ten_minutes_either_way_are_allowed() {
        for time in ["2013-10-26 11:50:00", "2013-10-26 12:10:00"] {
            assert_eq!(json(GET, GOOD).with("AppRequestTime", time).code(), "none");
        }
        for time in ["2013-10-26 11:49:59", "2013-10-26 12:10:01", "2013-10-26T12:00:00Z", "1382760000"] {
            assert_eq!(json(GET, GOOD).with("AppRequestTime", time).code(), "sys.check.app-time:error");
        }
    }

    #[test]
    fn a_wrong_signature_is_explained() {
        let wrong = |sign_info: &str| json(GET, GOOD).with("signInfo", sign_info).answer();
        let body = json(GET, GOOD).body;
        let signed = |body: &[u8]| sign(SECRET, GET, NOW, KEY, "v1.2", body);

        let answer = wrong("0123456789abcdef0123456789abcdef");
        assert_eq!(answer.error_code(), Some("sys.check.app-sign:error"));
        assert!(text(&answer).contains("签名信息错误"));
        assert_eq!(
            answer.reason(),
            "the signature does not match a body of 74 bytes, sent at 2013-10-26 12:00:00 to suning.custom.virtual.get: \
             secret, method, time, app key, version or body differ from what was signed; \
             sign the exact bytes that are sent",
        );
        assert!(wrong("sha256").reason().ends_with("it is not an MD5 of 32 hexadecimal digits"));
        assert!(wrong(&signed(&body).to_uppercase()).reason().ends_with("write it in lower case"));
        assert!(wrong(&signed(b"")).reason().contains("an empty body was signed"));
        assert!(wrong(&signed(&[&body[..], b"\n"].concat())).reason().contains("blanks at the end of the body"));
    }

    #[test]
    fn the_signature_is_checked_before_the_method() {
        let unknown = call("suning.no.such.method", "json", "{}");
        assert_eq!(unknown.code(), "sys.check.api-permission:inexistence");
        assert_eq!(unknown.with("signInfo", "x").code(), "sys.check.app-sign:error");
    }
}

mod bodies {
    use super::*;

    #[test]
    fn single_quotes_are_read_unless_strict() {
        let call = json(GET, "{'orderItemCode': '1', \"c\": \"it's\", 'n': None, 't': True}");
        assert_eq!(call.code(), "none");
        let answer = call.strict_answer();
        assert_eq!(answer.error_code(), Some("sys.check.request-params:error"));
        assert!(answer.reason().contains("use json.dumps"), "{answer}");
    }

    #[test]
    fn xml_is_read_with_declaration_and_character_data() {
        let body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sn_request>\n <sn_body>\n  <getVirtual>\n   \
                    <orderItemCode><![CDATA[1 <2> &]]></orderItemCode>\n  </getVirtual>\n </sn_body>\n</sn_request>\n";
        assert_eq!(call(GET, "xml", body).code(), "none");
    }

    #[test]
    fn what_is_no_message_is_malformed() {
        for body in ["", "null", "[]", "{", "{\"sn_request\":", "text", "<sn_request/>", "{'sn_request': }"] {
            assert_eq!(call(GET, "json", body).code(), "sys.check.request-params:error", "{body}");
        }
        for body in ["", "{}", "<sn_request>", "<sn_request><sn_body><getVirtual>", "<other/>"] {
            assert_eq!(call(GET, "xml", body).code(), "sys.check.request-params:error", "{body}");
        }
        assert_eq!(call(GET, "json", *b"\xff\xfe").code(), "sys.check.request-params:error");
    }

    #[test]
    fn a_body_in_the_other_format_is_explained() {
        assert!(call(GET, "json", "<a/>").answer().reason().contains("set the header Format to `xml`"));
        assert!(call(GET, "xml", "{}").answer().reason().contains("set the header Format to `json`"));
    }

    #[test]
    fn the_envelope_is_checked_from_outside_in() {
        assert_eq!(call(GET, "json", r#"{"a":1}"#).code(), "sys.check.request-params:error");
        assert_eq!(call(GET, "json", r#"{"sn_request":{}}"#).code(), "sys.check.missing-nestElement:sn_body");
        assert_eq!(call(GET, "xml", "<sn_request/>").code(), "sys.check.missing-nestElement:sn_body");
        assert_eq!(
            call(GET, "json", r#"{"sn_request":{"sn_body":{"virtualGet":{}}}}"#).code(),
            "sys.check.request-params:error"
        );
        assert_eq!(json(GET, r#""text""#).code(), "sys.check.request-params:error");
    }

    #[test]
    fn an_empty_node_holds_no_parameters() {
        for parameters in [r#""""#, "{}", "[]", "null"] {
            assert_eq!(json(GET, parameters).code(), "biz.custom.getvirtual.missing-parameter:orderItemCode");
        }
        for node in ["<getVirtual/>", "<getVirtual></getVirtual>", "<getVirtual>\n </getVirtual>"] {
            let body = format!("<sn_request><sn_body>{node}</sn_body></sn_request>");
            assert_eq!(call(GET, "xml", body).code(), "biz.custom.getvirtual.missing-parameter:orderItemCode");
        }
    }

    #[test]
    fn one_request_has_one_business_node() {
        assert_eq!(json(GET, &format!("[{GOOD}]")).code(), "none");
        assert_eq!(json(GET, &format!("[{GOOD},{GOOD}]")).code(), "biz.handler.request-message:error");
        assert_eq!(json(GET, &format!(r#"{GOOD},"other":{GOOD}"#)).code(), "biz.handler.request-message:error");
        assert_eq!(json(LEAGUER, "[{},{}]").code(), "biz.handler.batch-handler:no-support");
        let node = "<getVirtual><orderItemCode>1</orderItemCode></getVirtual>";
        let body = format!("<sn_request><sn_body>{node}{node}</sn_body></sn_request>");
        assert_eq!(call(GET, "xml", body).code(), "biz.handler.request-message:error");
    }
}

mod parameters {
    use super::*;

    #[test]
    fn a_missing_one_has_the_code_of_its_method() {
        let answer = json(LEAGUER, r#"{"iqStatus":"180","orderId":"1"}"#).answer();
        assert_eq!(answer.error_code(), Some("biz.selfmarket.addleaguerstatus.missing-parameter:orderItemId"));
        assert!(text(&answer).contains("参数必填"));
        assert_eq!(json(COUNTDOWN, "{}").code(), "biz.orderCountDown.missing-parameter:orderCode");
    }

    #[test]
    fn a_missing_time_has_its_common_code() {
        assert_eq!(json(REJECTED, "{}").code(), "sys.check.miss-time:starttime");
        assert_eq!(json(REJECTED, r#"{"startTime":"2013-10-20 00:00:00"}"#).code(), "sys.check.miss-time:endtime");
        assert_eq!(json(REJECTED, r#"{"startTime":""}"#).code(), "sys.check.starttime-value:null");
    }

    #[test]
    fn an_unreadable_one_has_the_nearest_code() {
        let rejected = |start: &str, end: &str, page: &str| {
            json(REJECTED, &format!(r#"{{"startTime":"{start}","endTime":"{end}","pageNo":{page},"pageSize":"10"}}"#))
                .code()
        };
        let (start, end) = ("2013-10-20 00:00:00", "2013-10-26 00:00:00");
        assert_eq!(rejected(start, end, "1"), "none");
        assert_eq!(rejected("20 October", end, "1"), "biz.orderquery.startTime-format:error");
        assert_eq!(rejected(start, "2013-10-26", "1"), "biz.queryBatchReturnServer.endTime-format error");
        assert_eq!(rejected(start, end, r#""one""#), "sys.check.pageno-format:error");
        assert_eq!(
            json(GET, r#"{"orderItemCode":{"a":"1"}}"#).code(),
            "biz.custom.getvirtual.format-error:orderItemCode"
        );
        assert_eq!(
            json(GET, r#"{"orderItemCode":["1","2"]}"#).code(),
            "biz.custom.getvirtual.format-error:orderItemCode"
        );
    }

    #[test]
    fn broken_rules_have_their_codes() {
        let rejected = |start: &str, end: &str, page: &str| {
            json(
                REJECTED,
                &format!(
                    r#"{{"startTime":"{start} 00:00:00","endTime":"{end} 00:00:00","pageNo":"{page}","pageSize":"10"}}"#
                ),
            )
        };
        assert_eq!(rejected("2013-10-26", "2013-10-20", "1").code(), "sys.check.query-time:error");
        assert_eq!(rejected("2013-09-20", "2013-10-26", "1").code(), "sys.check.query-time:outofrange");
        assert_eq!(rejected("2013-10-20", "2013-10-26", "0").code(), "sys.check.pageno-format:error");
        assert_eq!(
            json(COUNTDOWN, r#"{"orderCode":"1"}"#).code(),
            "biz.custom.orderCountDown.invalid-biz:orderLineNumber"
        );
        let cards = r#"{"iqStatus":"180","orderId":"1","orderItemId":"1","cardList":[{"cardCode":"1"}]}"#;
        assert_eq!(json(LEAGUER, cards).code(), "biz.selfmarket.addleaguerstatus.invalid-biz:116");
    }

    #[test]
    fn ages_count_under_strictness_only() {
        let old = json(
            REJECTED,
            r#"{"startTime":"2013-01-01 00:00:00","endTime":"2013-01-02 00:00:00","pageNo":"1","pageSize":"10"}"#,
        );
        assert_eq!(old.code(), "none");
        assert_eq!(old.strict_answer().error_code(), Some("biz.orderquery.time-value:outofrange"));
    }

    #[test]
    fn undocumented_codes_are_refused_under_strictness_only() {
        let call = json(LEAGUER, r#"{"iqStatus":"999","orderId":"1","orderItemId":"1"}"#);
        assert_eq!(call.code(), "none");
        assert_eq!(call.strict_answer().error_code(), Some("sys.check.request-params:error"));
    }
}

mod logs {
    use super::*;

    #[test]
    fn a_line_says_what_was_answered_and_why() {
        assert_eq!(json(GET, GOOD).answer().to_string(), "suning.custom.virtual.get 200: the documented reply in json");
        assert_eq!(
            json(GET, "{}").answer().to_string(),
            "suning.custom.virtual.get 200 biz.custom.getvirtual.missing-parameter:orderItemCode: \
             the required parameter `orderItemCode` is missing",
        );
    }

    #[test]
    fn nothing_secret_is_shown() {
        let cards = r#"{"iqStatus":"180","orderId":"1","orderItemId":"1","cardList":{"cardSec":"hush","cardCode":""}}"#;
        let calls =
            [json(LEAGUER, cards), json(LEAGUER, cards).with("signInfo", "hush"), call(LEAGUER, "xml", "<hush></a>")];
        for call in calls {
            let answer = call.with("access_token", "hush").answer();
            assert!(!format!("{answer} {answer:?}").contains("hush"), "{answer}");
        }
    }

    #[test]
    fn every_answer_is_observed() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&seen);
        let gateway = gateway().on_answer(move |answer| sink.lock().unwrap().push(answer.to_string())).build();
        let _ = gateway.answer(&json(GET, GOOD).build());
        assert_eq!(*seen.lock().unwrap(), ["suning.custom.virtual.get 200: the documented reply in json"]);
    }
}

mod clients {
    use suning_api::{Client, ClientBuilder};

    use super::*;

    /// Calls a method through a client and gives what it answers.
    fn order_type(client: ClientBuilder) -> Option<String> {
        let client = client.clock(now).build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let call = client.custom().virtual_get().order_item_code("101254223501").send();
        runtime.block_on(call).unwrap().order_type.clone()
    }

    fn client() -> ClientBuilder {
        Client::builder(Credentials::new(KEY, SECRET))
    }

    #[test]
    fn a_gateway_is_a_transport() {
        for format in [Format::Json, Format::Xml] {
            let client = client().format(format).transport(Arc::new(gateway().strict().build()));
            assert_eq!(order_type(client).as_deref(), Some("1"));
        }
    }

    #[cfg(feature = "reqwest")]
    #[test]
    fn a_server_is_an_endpoint() {
        let server = Server::start(gateway().strict().build(), "0.0.0.0:0").unwrap();
        for endpoint in [server.endpoint(), server.endpoint().without_method_in_path()] {
            assert_eq!(order_type(client().endpoint(endpoint)).as_deref(), Some("1"));
        }
    }
}

mod servers {
    use super::*;

    /// Writes a request and reads one reply of known length.
    fn exchange(stream: &mut TcpStream, call: &Call) -> String {
        let request = call.build();
        let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            [name.as_str(), ": ", value.to_str().unwrap(), "\r\n"].concat()
        };
        let headers: String = request.headers().iter().map(header).collect();
        let (verb, path, length) = (call.verb, &call.path, call.body.len());
        let head = format!("{verb} {path} HTTP/1.1\r\nHost: mock\r\n{headers}Content-Length: {length}\r\n\r\n");
        stream.write_all(&[head.as_bytes(), &call.body].concat()).unwrap();
        read_reply(stream)
    }

    fn read_reply(stream: &mut TcpStream) -> String {
        let mut reply = Vec::new();
        let mut byte = [0];
        while !reply.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).unwrap();
            reply.push(byte[0]);
        }
        let head = String::from_utf8(reply).unwrap();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        let mut body = vec![0; length];
        stream.read_exact(&mut body).unwrap();
        head + &String::from_utf8(body).unwrap()
    }

    #[test]
    fn a_connection_is_kept_for_many_requests() {
        let server = Server::start(gateway().build(), "127.0.0.1:0").unwrap();
        let mut stream = TcpStream::connect(server.address()).unwrap();
        for _ in 0..3 {
            let reply = exchange(&mut stream, &json(GET, GOOD));
            assert!(reply.starts_with("HTTP/1.1 200 OK\r\n"), "{reply}");
            assert!(reply.contains("date: Sat, 26 Oct 2013 04:00:00 GMT\r\n"), "{reply}");
            assert!(reply.ends_with(documented_response(GET, Format::Json).unwrap()), "{reply}");
        }
    }

    #[test]
    fn a_body_that_is_too_large_is_not_read() {
        let server = Server::start(gateway().build(), "127.0.0.1:0").unwrap();
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.write_all(b"POST / HTTP/1.1\r\nHost: mock\r\nContent-Length: 8388609\r\n\r\n").unwrap();
        stream.write_all(&vec![b' '; 8_388_609]).unwrap();
        assert!(read_reply(&mut stream).starts_with("HTTP/1.1 413 Payload Too Large\r\n"));
    }

    #[test]
    fn dropping_it_frees_the_port() {
        let server = Server::start(gateway().build(), "127.0.0.1:0").unwrap();
        let address = server.address();
        drop(server);
        assert!(TcpStream::connect(address).is_err());
    }

    #[test]
    fn an_address_that_is_taken_is_an_error() {
        let server = Server::start(gateway().build(), "127.0.0.1:0").unwrap();
        assert!(Server::start(gateway().build(), server.address()).is_err());
    }
}

mod program {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn it_prints_its_address_and_then_a_line_for_each_request() {
        let mut child = Command::new(env!("CARGO_BIN_EXE_suning-mock"))
            .args(["--app-key", KEY, "--app-secret", SECRET, "--now", NOW])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut stream = TcpStream::connect(lines.next().unwrap().unwrap()).unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: mock\r\n\r\n").unwrap();
        let line = lines.next().unwrap().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(line, "- 405: the HTTP verb is GET; send a POST");
    }

    #[test]
    fn a_bad_argument_ends_it_with_one_line() {
        let output = Command::new(env!("CARGO_BIN_EXE_suning-mock")).arg("--lisen").output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "suning-mock: `--lisen` is not an argument: write one that `suning-mock --help` lists\n",
        );
    }
}
