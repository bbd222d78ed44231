//! What the gateway offers for message push.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use http::{HeaderValue, Response, StatusCode, Uri};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::{PushFault, session};
use crate::mock::accounts::Accounts;
use crate::mock::gateway::{Gateway, GatewayBuilder};
use crate::mock::token_endpoint::Parameters;
use crate::push::{Connect, Connecting, Error, Io, Subscriber, SubscriberBuilder, frame, handshake};
use crate::time;

/// Last part of the path of the push endpoint.
const PATH: &str = "/websocket";

/// The buffer of a connection in the same process, in bytes.
const PIPE: usize = 64 * 1024;

/// Message push, with the feature `push`.
impl Gateway {
    /// Configures a subscriber of this gateway, for its first app, without a socket.
    ///
    /// # Examples
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
    /// let (_, gateway) = suning_api::mock::in_process();
    /// let id = gateway.push("suning_order_virtual_resend", "70000001", r#"{"orderItemCode":"101254223501"}"#);
    ///
    /// let mut messages = gateway.subscriber().subscribe()?;
    /// let delivery = messages.try_next().await?.expect("the message");
    /// assert_eq!(delivery.id(), id);
    /// delivery.ack().await?;
    /// messages.close().await?;
    /// assert_eq!(gateway.acknowledged(), [id]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// ```
    pub fn subscriber(self: &Arc<Self>) -> SubscriberBuilder {
        let connector = Arc::<Self>::clone(self);
        Subscriber::builder(self.accounts.first().clone(), format!("ws://mock{PATH}")).connector(connector)
    }

    /// Pushes a message to all subscribers, now and later, until one acknowledges it. Returns its id.
    ///
    /// The content is usually JSON, as a text.
    pub fn push(&self, topic: &str, user: &str, msg: &str) -> String {
        let now = time::format((self.clock)());
        self.push.push(|id| {
            Message::Binary(frame::encode(|name| match name {
                "messageId" => id.into(),
                "source" => "mock".into(),
                "topic" => topic.into(),
                "user" => user.into(),
                "appKey" => self.accounts.first().app_key().into(),
                "appId" => "1".into(),
                "msg" => msg.into(),
                "messageType" => "FROM".into(),
                _ => now.as_str().into(),
            }))
        })
    }

    /// Pushes a binary frame with this content once, to one subscriber.
    pub fn push_bytes(&self, content: impl Into<Bytes>) {
        self.push.push_once(Message::Binary(content.into()));
    }

    /// Pushes a text frame with this content once, to one subscriber. The platform sends binary frames only.
    pub fn push_text(&self, content: &str) {
        self.push.push_once(Message::text(content));
    }

    /// Lets the next push connection fail. Can be called more than once, for the connections after it.
    pub fn push_fault(&self, fault: PushFault) {
        self.push.state().faults.push_back(fault);
    }

    /// Cuts all push connections.
    pub fn cut(&self) {
        self.push.cut.send_replace(());
    }

    /// The ids of acknowledged messages, in order. An id is repeated if its acknowledgement is.
    #[must_use]
    pub fn acknowledged(&self) -> Vec<String> {
        self.push.state().acknowledged.clone()
    }

    /// Answers the request for a WebSocket, and serves it afterwards. `None` if the request is another one.
    pub(in crate::mock) fn upgrade(&self, request: &mut http::Request<Incoming>) -> Option<Response<Bytes>> {
        let key = request.headers().get(SEC_WEBSOCKET_KEY).filter(|_| request.uri().path().ends_with(PATH))?;
        let accept = derive_accept_key(key.as_bytes());
        let mut response = Response::default();
        let fault = match self.begin(request.uri()) {
            Ok(fault) => fault,
            Err(status) => {
                *response.status_mut() = status;
                return Some(response);
            }
        };
        *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        response.headers_mut().insert(UPGRADE, HeaderValue::from_static("websocket"));
        response.headers_mut().insert(SEC_WEBSOCKET_ACCEPT, HeaderValue::try_from(accept).ok()?);
        let (upgrade, queue) = (hyper::upgrade::on(request), Arc::clone(&self.push));
        tokio::spawn(async move {
            if let Ok(stream) = upgrade.await {
                session::serve(&queue, TokioIo::new(stream), fault).await;
            }
        });
        Some(response)
    }

    /// Checks a handshake, and decides what happens to its connection.
    fn begin(&self, url: &Uri) -> Result<Option<PushFault>, StatusCode> {
        match self.push.state().faults.pop_front() {
            Some(PushFault::Status(status)) => Err(status),
            None => Ok(check(&self.accounts, url).err().map(|reason| PushFault::Refused(reason.to_owned()))),
            fault => Ok(fault),
        }
    }
}

/// Checks the query of a handshake.
fn check(accounts: &Accounts, url: &Uri) -> Result<(), &'static str> {
    let query = Parameters::parse(url.query().unwrap_or_default().as_bytes());
    let app = accounts.app(query.get("appKey")).ok_or("unknown appKey")?;
    let timestamp = query.get("timestamp");
    timestamp.parse::<u64>().map_err(|_| "timestamp is not in milliseconds since 1970")?;
    if query.get("sign") != handshake::sign(app, query.get("version"), query.get("clientType"), timestamp) {
        return Err("wrong sign");
    }
    Ok(())
}

/// For a subscriber in the same process, without a socket. It must run in a tokio runtime.
impl Connect for Gateway {
    fn connect(&self, url: Uri) -> Connecting<'_> {
        Box::pin(async move {
            let fault = self.begin(&url).map_err(Error::Status)?;
            let (client, server) = tokio::io::duplex(PIPE);
            let queue = Arc::clone(&self.push);
            tokio::spawn(async move { session::serve(&queue, server, fault).await });
            Ok(Box::new(client) as Box<dyn Io>)
        })
    }
}

/// Message push, with the feature `push`.
impl GatewayBuilder {
    /// How long a subscriber has for an acknowledgement. After that, all messages without one are pushed to it again. Default: 30 s.
    /// They are also pushed again to each new connection.
    pub fn redeliver_after(self, wait: Duration) -> Self {
        self.0.push.state().redeliver_after = wait;
        self
    }

    /// Calls a function with the id of each message that a subscriber acknowledges.
    pub fn on_acknowledged(self, observer: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.0.push.state().on_acknowledged = Arc::new(observer);
        self
    }
}
