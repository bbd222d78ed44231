//! One push connection, from the side of the gateway.

use std::future;
use std::pin::pin;

use futures_util::future::{Either, select};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Sleep;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::{PushFault, Queue};
use crate::push::frame;
use crate::value::Value;

/// Serves a connection after its upgrade.
pub(super) async fn serve(queue: &Queue, stream: impl AsyncRead + AsyncWrite + Unpin, fault: Option<PushFault>) {
    let socket = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
    let (sink, frames) = socket.split();
    let greeting = match &fault {
        Some(PushFault::Stalled) => future::pending().await,
        Some(PushFault::CutAfter(frames)) => Greeting::Accepted(*frames),
        Some(PushFault::Refused(reason)) => Greeting::Refused(reason),
        Some(PushFault::Status(_)) | None => Greeting::Accepted(usize::MAX),
    };
    let mut cut = queue.cut.subscribe();
    let (sending, receiving) = (pin!(send(queue, sink, greeting)), pin!(receive(queue, frames)));
    // A broken connection only concerns its client.
    let _ = select(select(sending, receiving), pin!(cut.changed())).await;
}

#[derive(Clone, Copy)]
enum Greeting<'a> {
    /// With the number of frames until the connection is cut.
    Accepted(usize),
    Refused(&'a str),
}

async fn send<S>(
    queue: &Queue,
    mut sink: SplitSink<WebSocketStream<S>, Message>,
    greeting: Greeting<'_>,
) -> Result<(), Error>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut left = match greeting {
        Greeting::Accepted(0) => return Ok(()),
        Greeting::Accepted(left) => left - 1,
        Greeting::Refused(reason) => {
            sink.send(answer(reason)).await?;
            return sink.close().await;
        }
    };
    let mut grown = queue.grown.subscribe();
    let mut latest = 0;
    let mut again = Box::pin(wait(queue));
    sink.send(answer("OK")).await?;
    while left > 0 {
        if let Some((number, frame)) = queue.after(latest) {
            sink.send(frame).await?;
            (latest, left) = (number, left - 1);
            continue;
        }
        if let Either::Right(_) = select(pin!(grown.changed()), again.as_mut()).await {
            again = Box::pin(wait(queue));
            latest = 0;
        }
    }
    Ok(())
}

/// Waits until messages without an acknowledgement are sent again.
fn wait(queue: &Queue) -> Sleep {
    tokio::time::sleep(queue.state().redeliver_after)
}

/// The answer to the handshake.
fn answer(msg: &str) -> Message {
    Message::Binary(frame::encode(|name| match name {
        "messageType" => "AUTHACK".into(),
        "msg" => msg.into(),
        _ => Value::Null,
    }))
}

async fn receive<S>(queue: &Queue, mut frames: SplitStream<WebSocketStream<S>>) -> Result<(), Error>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    while let Some(frame) = frames.next().await {
        if let Ok(frame) = frame::object(&frame?.into_data())
            && frame::text(&frame, "messageType") == "ACK"
        {
            queue.acknowledge(frame::text(&frame, "messageId"));
        }
    }
    Ok(())
}
