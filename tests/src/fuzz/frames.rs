//! Target: what a push server sends.

use std::future::{pending, ready};
use std::sync::{Mutex, PoisonError};

use http::Uri;
use suning_api::error::{TransportError, TransportErrorKind};
use suning_api::push::{Connect, Connecting, Io, Subscriber};
use suning_api::{Credentials, RetryPolicy};
use tokio::io::{AsyncWriteExt, DuplexStream, duplex};

use super::{Outcome, block_on};

/// Words of frames.
pub const WORDS: &[&str] = &[
    "\"messageType\":\"FROM\"",
    "\"messageType\":\"AUTHACK\"",
    "\"msg\":\"OK\"",
    "\"messageId\":\"1\"",
    "\"messageId\":",
    "\"user\":\"1\"",
    "\"topic\":\"t\"",
    "\"msg\":\"{\\\"a\\\":1}\"",
    "null",
    "{}",
    "[]",
    "\n",
    "\u{81}",
    "\u{82}",
    "\u{88}\0",
    "\u{89}\0",
    "\u{8a}\0",
    "\x7f",
    "\x7e\0\x05",
    "\0",
    "\"createTime\":\"2026-01-02 03:04:05\"",
    "1e999",
    "\\ud800",
];

/// Room for what either side sends.
const ROOM: usize = 1 << 20;

/// Connects once, to a server that has sent everything that it will ever send.
#[derive(Debug)]
struct Once(Mutex<Option<DuplexStream>>);

impl Connect for Once {
    fn connect(&self, _: Uri) -> Connecting<'_> {
        let stream = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        Box::pin(ready(match stream {
            Some(stream) => Ok(Box::new(stream) as Box<dyn Io>),
            None => Err(TransportError::from(TransportErrorKind::Connect).into()),
        }))
    }
}

/// Receives what a server sends: frames, one for each line, or any bytes. The first byte chooses.
#[must_use]
pub fn server(input: &[u8]) -> Outcome {
    let (choice, rest) = input.split_first().map_or((0, input), |(choice, rest)| (*choice, rest));
    let mut sent = if choice & 2 == 0 { frame(br#"{"messageType":"AUTHACK","msg":"OK"}"#) } else { Vec::new() };
    if choice & 1 == 0 {
        rest.split(|byte| *byte == b'\n').for_each(|line| sent.extend(frame(line)));
    } else {
        sent.extend_from_slice(rest);
    }
    block_on(async {
        let (ours, mut theirs) = duplex(ROOM);
        theirs.write_all(&sent).await.expect("there is room");
        theirs.shutdown().await.expect("the other end is open");
        let mut subscriber = Subscriber::builder(Credentials::new("key", "secret"), "ws://push.example.com/websocket")
            .connector(std::sync::Arc::new(Once(Mutex::new(Some(ours)))))
            .reconnect(RetryPolicy::default().max_attempts(1))
            .sleep(|_| pending())
            .on_error(|error| drop(format!("{error} {error:?}")))
            .subscribe()
            .expect("a subscriber");
        let mut count = 0_u32;
        let error = loop {
            match subscriber.try_next().await {
                Ok(Some(delivery)) => {
                    count += 1;
                    assert!(!delivery.id().is_empty());
                    let _ = format!("{delivery:?} {:?}", (delivery.create_time(), delivery.text(), delivery.message()));
                    if count.is_multiple_of(2) {
                        let _ = delivery.ack().await;
                    }
                }
                Ok(None) => break String::new(),
                Err(error) => break error.to_string(),
            }
        };
        drop(theirs);
        Outcome::of((count.min(8), Outcome::message(&error)))
    })
}

/// A binary frame of a server.
#[must_use]
pub fn frame(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX);
    let mut frame = vec![0x82, 126];
    frame.extend(length.to_be_bytes());
    frame.extend_from_slice(&content[..usize::from(length)]);
    frame
}

/// Messages, the answers to the handshake, and single frames.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let message = r#"{"messageId":"1","source":"s","topic":"t","user":"1","appKey":"key","appId":null,"createTime":"2026-01-02 03:04:05","msg":"{\"a\":1}","sendTime":"","recevieTime":"2026-01-02 03:04:05","messageType":"FROM"}"#;
    let lines = [message, r#"{"messageId":2,"user":"1","msg":null,"messageType":"FROM"}"#, message].join("\n");
    let refused = r#"{"messageType":"AUTHACK","msg":"wrong sign"}"#;
    let frames = [frame(message.as_bytes()), vec![0x89, 1, 0], frame(b"[]"), vec![0x88, 2, 3, 0xe8]].concat();
    vec![
        [b"\0", lines.as_bytes()].concat(),
        [b"\x02", refused.as_bytes()].concat(),
        [&b"\x01"[..], &frames].concat(),
        [&b"\x03"[..], &frame(br#"{"messageType":"AUTHACK","msg":"OK"}"#), &frames].concat(),
    ]
}
