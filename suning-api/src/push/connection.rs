//! The task of a subscriber: one connection after the other.

use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::future::{Either, select};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use http::Uri;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Permit, Sender, UnboundedReceiver, WeakUnboundedSender};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{self, Message as WebSocketFrame};

use super::connect::{Connect, Io};
use super::delivery::Ack;
use super::frame::{Frame, acknowledgement, text};
use super::window::{Key, Seen, Window};
use super::{Error, handshake};
use crate::credentials::Credentials;
use crate::retry::RetryPolicy;
use crate::timer::Timer;
use crate::value::Value;

type Socket = WebSocketStream<Box<dyn Io>>;

/// Number of acknowledgements that are sent at once.
const BATCH: usize = 64;

/// Number of repeated acknowledgements that may wait to be sent. Nothing is read meanwhile.
const MAX_REPEATED: usize = 1024;

/// Longest message, in bytes.
const MAX_MESSAGE: usize = 4 << 20;

/// What a program can set.
pub(super) struct Settings {
    pub(super) credentials: Credentials,
    pub(super) client_ip: String,
    pub(super) reconnect: RetryPolicy,
    pub(super) ping_interval: Duration,
    pub(super) timeout: Duration,
    pub(super) on_error: Box<dyn Fn(&Error) + Send + Sync>,
    pub(super) clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
    pub(super) timer: Timer,
    pub(super) random: Box<dyn Fn() -> f64 + Send + Sync>,
}

/// The task.
pub(super) struct Link {
    url: Uri,
    connector: Arc<dyn Connect>,
    settings: Settings,
    inbox: Inbox,
    outbox: Outbox,
}

impl Link {
    pub(super) fn new(
        url: Uri,
        connector: Arc<dyn Connect>,
        settings: Settings,
        window: Window,
        messages: Sender<Received>,
        acks: (WeakUnboundedSender<Ack>, UnboundedReceiver<Ack>),
    ) -> Self {
        let repeated = Arc::new(Semaphore::new(MAX_REPEATED));
        let inbox = Inbox { messages, acks: acks.0, repeated, window, has_pong: AtomicBool::new(false) };
        Self { url, connector, settings, inbox, outbox: Outbox { acks: acks.1, unsent: Vec::new() } }
    }

    /// Connects, again and again, until the subscriber is closed or connecting is hopeless.
    pub(super) async fn run(mut self) -> Result<(), Error> {
        let mut failures = 0_usize;
        loop {
            self.inbox.has_pong.store(false, Ordering::Relaxed);
            let Err(error) = self.serve().await else { return Ok(()) };
            failures = if self.inbox.has_pong.load(Ordering::Relaxed) { 1 } else { failures.saturating_add(1) };
            let Settings { reconnect, random, timer, on_error, .. } = &self.settings;
            if !error.is_temporary() || !reconnect.allows_attempt_after(failures) {
                return Err(error);
            }
            on_error(&error);
            let wait = timer.sleep(reconnect.delay(failures, error.is_limit(), random()));
            if let Outlook::Closed = self.outbox.collect_during(wait).await? {
                return Ok(());
            }
        }
    }

    /// Uses one connection. Returns `Ok` once the subscriber is closed and everything is acknowledged.
    async fn serve(&mut self) -> Result<(), Error> {
        let Self { url, connector, settings, inbox, outbox } = self;
        let socket = settings.timer.within(settings.timeout, open(url, &**connector, settings)).await??;
        let (to_server, from_server) = socket.split();
        let (reading, writing) = (pin!(inbox.read(from_server, settings)), pin!(outbox.write(to_server, settings)));
        match select(writing, reading).await {
            Either::Left((written, reading)) => {
                written?;
                // To close a connection that has unread data would reset it, and lose the last acknowledgements.
                let _ = settings.timer.within(settings.timeout, reading).await;
                Ok(())
            }
            Either::Right((Err(error), _)) => Err(error),
        }
    }
}

/// Connects, and waits for the answer to the handshake.
async fn open(url: &Uri, connector: &dyn Connect, settings: &Settings) -> Result<Socket, Error> {
    let signed = handshake::signed(url, &settings.credentials, (settings.clock)(), &settings.client_ip);
    let stream = connector.connect(signed).await?;
    let limits = WebSocketConfig::default().max_message_size(Some(MAX_MESSAGE)).max_frame_size(Some(MAX_MESSAGE));
    let mut socket = WebSocketStream::from_raw_socket(stream, Role::Client, Some(limits)).await;
    loop {
        let Some(payload) = payload(received(socket.next().await)?) else { continue };
        let error = match Frame::parse(&payload) {
            Ok(Frame::Authenticated) => return Ok(socket),
            Ok(Frame::Refused(reason)) => return Err(Error::Refused(reason)),
            Ok(Frame::Message(_)) => Error::Frame("it came before the answer to the handshake".to_owned()),
            Err(error) => error,
        };
        (settings.on_error)(&error);
    }
}

fn received(next: Option<Result<WebSocketFrame, tungstenite::Error>>) -> Result<WebSocketFrame, Error> {
    match next {
        Some(Ok(WebSocketFrame::Close(frame))) => {
            let reason = frame.map(|frame| format!(" ({frame})")).unwrap_or_default();
            Err(Error::lost(format!("the server closed it{reason}")))
        }
        Some(frame) => frame.map_err(Error::lost),
        None => Err(Error::lost("the server closed it")),
    }
}

/// The content of a frame. The platform sends binary frames; text is read as well.
fn payload(frame: WebSocketFrame) -> Option<Bytes> {
    match frame {
        WebSocketFrame::Binary(bytes) => Some(bytes),
        WebSocketFrame::Text(text) => Some(text.into()),
        _ => None,
    }
}

/// A message for the caller.
pub(super) struct Received {
    pub(super) frame: Value,
    pub(super) key: Key,
}

/// Messages on their way to the caller.
struct Inbox {
    messages: Sender<Received>,
    /// For repeated acknowledgements. It is weak, so that the channel closes with the subscriber and its deliveries.
    acks: WeakUnboundedSender<Ack>,
    /// Room for repeated acknowledgements, for a server that sends without reading.
    repeated: Arc<Semaphore>,
    window: Window,
    /// Whether the current connection has proved to work.
    has_pong: AtomicBool,
}

impl Inbox {
    async fn read(&self, mut frames: SplitStream<Socket>, settings: &Settings) -> Result<Infallible, Error> {
        // Each ping is answered, so a connection that works is never silent for longer.
        let longest_silence = settings.ping_interval.saturating_add(settings.timeout);
        loop {
            // Nothing is read without room for it. Once the subscriber is closed, messages are dropped, to come again.
            let room = self.messages.reserve().await.ok();
            let frame = received(settings.timer.within(longest_silence, frames.next()).await?)?;
            if let WebSocketFrame::Pong(_) = frame {
                self.has_pong.store(true, Ordering::Relaxed);
            }
            let Some(payload) = payload(frame) else { continue };
            match Frame::parse(&payload) {
                Ok(Frame::Message(message)) => self.accept(message, room).await,
                Ok(Frame::Authenticated) => {}
                Ok(Frame::Refused(reason)) => return Err(Error::Refused(reason)),
                Err(error) => (settings.on_error)(&error),
            }
        }
    }

    async fn accept(&self, frame: Value, room: Option<Permit<'_, Received>>) {
        let key = Arc::new((text(&frame, "user").to_owned(), text(&frame, "messageId").to_owned()));
        match (self.window.seen(&key), room) {
            (Seen::Never, Some(room)) => {
                self.window.open(Arc::clone(&key));
                room.send(Received { frame, key });
            }
            (Seen::Acknowledged, _) => {
                let place = Arc::clone(&self.repeated).acquire_owned().await;
                if let Some((acks, place)) = self.acks.upgrade().zip(place.ok()) {
                    // The task has the other end.
                    let _ = acks.send(Ack { frame: acknowledgement(&frame), sent: None, _place: Some(place) });
                }
            }
            (Seen::Never, None) | (Seen::Open, _) => {}
        }
    }
}

/// Acknowledgements on their way to the server.
struct Outbox {
    acks: UnboundedReceiver<Ack>,
    /// Those not known to be sent. They are sent again over the next connection.
    unsent: Vec<Ack>,
}

/// Whether there is anything to acknowledge, now or later.
enum Outlook {
    Open,
    /// The subscriber is closed, and everything is sent.
    Closed,
}

impl Outbox {
    /// Sends acknowledgements and pings. Returns once the subscriber is closed and everything is sent.
    async fn write(&mut self, mut sink: SplitSink<Socket, WebSocketFrame>, settings: &Settings) -> Result<(), Error> {
        let Settings { timer, ping_interval, timeout, .. } = settings;
        let mut next_ping = Box::pin(timer.sleep(*ping_interval));
        loop {
            let outlook = match select(pin!(self.collect()), next_ping.as_mut()).await {
                Either::Left((outlook, _)) => Some(outlook),
                Either::Right((elapsed, _)) => elapsed.map(|()| None)?,
            };
            match outlook {
                None => {
                    timer
                        .within(*timeout, sink.send(WebSocketFrame::Ping(Bytes::new())))
                        .await?
                        .map_err(Error::lost)?;
                    next_ping = Box::pin(timer.sleep(*ping_interval));
                }
                Some(Outlook::Open) => timer.within(*timeout, self.send(&mut sink)).await??,
                Some(Outlook::Closed) => return timer.within(*timeout, sink.close()).await?.map_err(Error::lost),
            }
        }
    }

    async fn send(&mut self, sink: &mut SplitSink<Socket, WebSocketFrame>) -> Result<(), Error> {
        for ack in &self.unsent {
            sink.feed(WebSocketFrame::Binary(ack.frame.clone())).await.map_err(Error::lost)?;
        }
        sink.flush().await.map_err(Error::lost)?;
        for sent in self.unsent.drain(..).filter_map(|ack| ack.sent) {
            // The caller may have stopped waiting.
            let _ = sent.send(());
        }
        Ok(())
    }

    /// Waits for something to send.
    async fn collect(&mut self) -> Outlook {
        if self.unsent.is_empty() && self.acks.recv_many(&mut self.unsent, BATCH).await == 0 {
            return Outlook::Closed;
        }
        Outlook::Open
    }

    /// Waits, unless the subscriber is closed and has nothing to send.
    async fn collect_during<E>(&mut self, wait: impl Future<Output = Result<(), E>>) -> Result<Outlook, E> {
        let mut wait = pin!(wait);
        loop {
            let received = match select(pin!(self.acks.recv_many(&mut self.unsent, BATCH)), wait.as_mut()).await {
                Either::Left((received, _)) => received,
                Either::Right((elapsed, _)) => return elapsed.map(|()| Outlook::Open),
            };
            match (received, self.unsent.is_empty()) {
                (0, true) => return Ok(Outlook::Closed),
                (0, false) => return wait.await.map(|()| Outlook::Open),
                _ => {}
            }
        }
    }
}
