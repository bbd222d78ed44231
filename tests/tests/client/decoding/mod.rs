//! What the gateway can send, and what a caller gets.

mod envelope;
mod errors;
mod values;

use bytes::Bytes;
use http::{Response, StatusCode};
use suning_api::error::ReplyError;
use suning_api::methods::custom::virtual_get::VirtualGetRequest;
use suning_api::reply::read_reply;
use suning_api::request::Request;
use suning_api::{Error, Reply};

fn read<R: Request>(body: &str) -> Result<Reply<R::Response>, Error<R::ErrorCode>> {
    read_reply::<R>(Response::new(Bytes::from(body.to_owned())))
}

/// A reply with one business node.
fn json(node: &str, value: &str) -> String {
    format!(r#"{{"sn_responseContent":{{"sn_body":{{"{node}":{value}}}}}}}"#)
}

fn xml(node: &str, content: &str) -> String {
    format!("<sn_responseContent><sn_body><{node}>{content}</{node}></sn_body></sn_responseContent>")
}

fn virtual_get(value: &str) -> Reply<<VirtualGetRequest as Request>::Response> {
    read::<VirtualGetRequest>(&json("getVirtual", value)).expect("a reply")
}

fn reply_error(status: u16, body: impl Into<Bytes>) -> ReplyError {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    match read_reply::<VirtualGetRequest>(response) {
        Err(Error::Reply(error)) => *error,
        Err(other) => panic!("expected a reply that cannot be read, got {other}"),
        Ok(_) => panic!("expected a reply that cannot be read, got one"),
    }
}
