//! The JSON objects in frames.

use bytes::Bytes;

use super::Error;
use crate::model::Shown;
use crate::value::Value;
use crate::wire::json;

/// The fields of a frame, in the order of the official clients. `recevieTime` is spelt so.
pub(crate) const FIELDS: [&str; 11] = [
    "messageId",
    "source",
    "topic",
    "user",
    "appKey",
    "appId",
    "createTime",
    "msg",
    "sendTime",
    "recevieTime",
    "messageType",
];

/// What identifies a message, and is repeated by its acknowledgement.
const IDS: [&str; 4] = ["messageId", "topic", "user", "appKey"];

/// Longest of these, in bytes. They are remembered, so their size is bounded.
const MAX_ID: usize = 256;

/// A frame of the server.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// The answer to the handshake.
    Authenticated,
    /// The other answer to the handshake, with the reason.
    Refused(String),
    /// A message, with an id.
    Message(Value),
}

impl Frame {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let frame = object(bytes)?;
        match text(&frame, "messageType") {
            "AUTHACK" if text(&frame, "msg") == "OK" => Ok(Self::Authenticated),
            "AUTHACK" => Ok(Self::Refused(text(&frame, "msg").to_owned())),
            "FROM" if text(&frame, "messageId").is_empty() => {
                Err(Error::Frame("it has no `messageId`, so it cannot be acknowledged".to_owned()))
            }
            "FROM" => match IDS.iter().find(|name| text(&frame, name).len() > MAX_ID) {
                Some(name) => Err(Error::Frame(format!("its `{name}` is longer than {MAX_ID} bytes"))),
                None => Ok(Self::Message(frame)),
            },
            other => Err(Error::Frame(format!("unknown `messageType` {other:?}"))),
        }
    }
}

/// Parses a JSON object.
pub(crate) fn object(bytes: &[u8]) -> Result<Value, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::Frame("it is not UTF-8".to_owned()))?;
    match json::parse(text) {
        Ok(object @ Value::Object(_)) => Ok(object),
        Ok(_) => Err(Error::Frame("it is not a JSON object".to_owned())),
        Err(error) => Err(Error::Frame(error.reason)),
    }
}

/// The text of a field; empty if it is absent or not a text.
pub(crate) fn text<'a>(frame: &'a Value, name: &str) -> &'a str {
    frame.get(name).and_then(Value::as_text).unwrap_or_default()
}

/// A frame with these fields, and `null` for the others.
pub(crate) fn encode(field: impl Fn(&str) -> Value) -> Bytes {
    let frame = Value::Object(FIELDS.map(|name| (name.to_owned(), field(name))).into());
    let mut json = Vec::new();
    json::write(&mut json, &Shown::Value(&frame));
    json.into()
}

/// The acknowledgement of a message.
pub(super) fn acknowledgement(message: &Value) -> Bytes {
    encode(|name| match name {
        "messageType" => "ACK".into(),
        name if IDS.contains(&name) => message.get(name).filter(|id| id.as_text().is_some()).cloned().into(),
        _ => Value::Null,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acknowledgement_repeats_what_identifies_the_message() {
        let frame = r#"{"messageId":7,"source":"s","topic":"t","user":"u","appKey":"k","appId":"a","createTime":"c","msg":"{}","sendTime":"s","recevieTime":"r","messageType":"FROM"}"#;
        let Ok(Frame::Message(message)) = Frame::parse(frame.as_bytes()) else { panic!("a message") };
        assert_eq!(
            acknowledgement(&message),
            r#"{"messageId":7,"source":null,"topic":"t","user":"u","appKey":"k","appId":null,"createTime":null,"msg":null,"sendTime":null,"recevieTime":null,"messageType":"ACK"}"#
        );
    }

    #[test]
    fn errors_say_what_is_wrong_without_the_content() {
        let error = |frame: &[u8]| Frame::parse(frame).unwrap_err().to_string();
        assert_eq!(error(b"\xff"), "cannot read a pushed message: it is not UTF-8");
        assert_eq!(error(b"[1]"), "cannot read a pushed message: it is not a JSON object");
        assert_eq!(error(br#"{"messageType":"X"}"#), r#"cannot read a pushed message: unknown `messageType` "X""#);
        assert_eq!(
            error(br#"{"messageType":"FROM","messageId":""}"#),
            "cannot read a pushed message: it has no `messageId`, so it cannot be acknowledged"
        );
    }
}
