//! A message, until it is acknowledged.

use std::fmt;

use bytes::Bytes;
use chrono::{DateTime, NaiveDateTime};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::connection::Received;
use super::frame::{acknowledgement, text};
use super::window::{Key, Window};
use super::{Error, Message};
use crate::time;
use crate::value::Value;
use crate::wire::json;

/// A message that the platform has pushed, and waits for its [acknowledgement](Self::ack).
///
/// If it is dropped without one, the platform sends the message again. `Debug` does not show the content.
#[must_use = "a delivery that is dropped without an acknowledgement comes again"]
pub struct Delivery {
    frame: Value,
    message: Message,
    key: Key,
    window: Window,
    acks: UnboundedSender<Ack>,
}

/// An acknowledgement to send.
pub(super) struct Ack {
    pub(super) frame: Bytes,
    /// Is told when the acknowledgement is sent.
    pub(super) sent: Option<oneshot::Sender<()>>,
    /// The place of a repeated acknowledgement, which is free again once it is sent.
    pub(super) _place: Option<OwnedSemaphorePermit>,
}

impl Delivery {
    pub(super) fn new(received: Received, window: Window, acks: UnboundedSender<Ack>) -> Self {
        let Received { frame, key } = received;
        let message = match frame.get("msg") {
            Some(Value::Text(content)) => Message::read(text(&frame, "topic"), content).unwrap_or_else(|| {
                Message::Other(json::parse(content).unwrap_or_else(|_| Value::Text(content.clone())))
            }),
            other => Message::Other(other.cloned().unwrap_or(Value::Null)),
        };
        Self { frame, message, key, window, acks }
    }

    /// The id of the message.
    #[must_use]
    pub fn id(&self) -> &str {
        text(&self.frame, "messageId")
    }

    /// The topic, such as `suning_order_virtual_resend`. Empty if the message has none.
    #[must_use]
    pub fn topic(&self) -> &str {
        text(&self.frame, "topic")
    }

    /// The supplier code of the account that the message is for. Empty if the message has none.
    #[must_use]
    pub fn user(&self) -> &str {
        text(&self.frame, "user")
    }

    /// When the message was created, in China Standard Time. `None` if that cannot be read.
    #[must_use]
    pub fn create_time(&self) -> Option<NaiveDateTime> {
        self.time("createTime")
    }

    /// When the platform sent it, in China Standard Time. `None` if that cannot be read.
    #[must_use]
    pub fn send_time(&self) -> Option<NaiveDateTime> {
        self.time("sendTime")
    }

    /// When the push service received it, in China Standard Time. `None` if that cannot be read.
    #[must_use]
    pub fn receive_time(&self) -> Option<NaiveDateTime> {
        self.time("recevieTime")
    }

    /// The form of times is not documented: a date-time, or milliseconds since 1970.
    fn time(&self, name: &str) -> Option<NaiveDateTime> {
        let text = text(&self.frame, name);
        let from_milliseconds = || Some(time::from_utc(DateTime::from_timestamp_millis(text.parse().ok()?)?));
        time::parse(text).or_else(from_milliseconds)
    }

    /// The content, typed by its topic.
    ///
    /// That of an undocumented topic is a [`Value`], which can be [decoded](Value::decode) to a type of yours.
    #[must_use]
    pub fn message(&self) -> &Message {
        &self.message
    }

    /// The content verbatim. Empty if it is not a text.
    #[must_use]
    pub fn text(&self) -> &str {
        text(&self.frame, "msg")
    }

    /// The whole message verbatim, such as the field `source`.
    #[must_use]
    pub fn raw(&self) -> &Value {
        &self.frame
    }

    /// Acknowledges the message, so that the platform does not send it again.
    ///
    /// Returns once the acknowledgement is sent. Without a connection, that is after the next one is made. If the future is dropped
    /// meanwhile, the acknowledgement is sent all the same.
    ///
    /// # Errors
    /// [`Error::Ended`]: the subscriber was dropped or has failed.
    pub async fn ack(self) -> Result<(), Error> {
        let (sent, is_sent) = oneshot::channel();
        self.window.acknowledge(&self.key);
        let ack = Ack { frame: acknowledgement(&self.frame), sent: Some(sent), _place: None };
        self.acks.send(ack).map_err(|_| Error::Ended)?;
        is_sent.await.map_err(|_| Error::Ended)
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        self.window.release(&self.key);
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("id", &self.id())
            .field("topic", &self.topic())
            .field("user", &self.user())
            .finish_non_exhaustive()
    }
}
