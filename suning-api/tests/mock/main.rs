//! The mock gateway from outside: what it accepts, what it refuses, and what it says about it.
#![cfg(all(feature = "mock", feature = "full"))]

mod bodies;
mod callers;
mod clients;
mod headers;
mod logs;
mod parameters;
mod program;
mod results;
mod servers;

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
