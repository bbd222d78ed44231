//! The stream of deliveries.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::Uri;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Receiver, UnboundedSender};
use tokio::task::{JoinError, JoinSet};

use super::connection::{Link, Received, Settings};
use super::delivery::{Ack, Delivery};
use super::window::Window;
use super::{Connect, Error, SubscriberBuilder};
use crate::credentials::Credentials;

/// A stream of deliveries. See the [module](super).
///
/// If it is dropped, the connection closes, and deliveries that the program still has can no longer be acknowledged.
#[must_use = "streams do nothing unless polled"]
pub struct Subscriber {
    messages: Receiver<Received>,
    window: Window,
    /// Keeps the task from ending while there are no deliveries.
    acks: UnboundedSender<Ack>,
    /// One task, which ends with the set.
    task: JoinSet<Result<(), Error>>,
}

impl Subscriber {
    /// Configures a subscriber. The message center of the platform shows the URL; its path ends in `/websocket`.
    pub fn builder(credentials: Credentials, url: impl Into<String>) -> SubscriberBuilder {
        SubscriberBuilder::new(credentials, url.into())
    }

    pub(super) fn start(
        url: Uri,
        connector: Arc<dyn Connect>,
        settings: Settings,
        buffer: usize,
        runtime: &Handle,
    ) -> Self {
        let (to_caller, messages) = mpsc::channel(buffer);
        let (acks, from_caller) = mpsc::unbounded_channel();
        let window = Window::default();
        let link = Link::new(url, connector, settings, window.clone(), to_caller, (acks.downgrade(), from_caller));
        let mut task = JoinSet::new();
        task.spawn_on(link.run(), runtime);
        Self { messages, window, acks, task }
    }

    /// The next delivery. `None` after an error.
    ///
    /// # Errors
    /// The server refuses the app, or there is no connection and no further attempt. After an error, the stream has ended.
    pub async fn try_next(&mut self) -> Result<Option<Delivery>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// Ends the subscription without losing acknowledgements.
    ///
    /// Waits until the program has acknowledged or dropped each delivery, and all acknowledgements are sent. Messages that were read
    /// ahead are not acknowledged; they come again to the next subscriber.
    ///
    /// # Errors
    /// The error that ended the subscription earlier. Some acknowledgements may not have been sent.
    pub async fn close(self) -> Result<(), Error> {
        let Self { messages, acks, mut task, .. } = self;
        drop((messages, acks));
        task.join_next().await.map_or(Ok(()), outcome)
    }
}

/// The outcome of the task. A panic is one of a function of the program, and goes back to it.
fn outcome(joined: Result<Result<(), Error>, JoinError>) -> Result<(), Error> {
    joined.unwrap_or_else(|error| match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => Err(Error::Ended),
    })
}

impl Stream for Subscriber {
    type Item = Result<Delivery, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(message) = ready!(self.messages.poll_recv(context)) {
            return Poll::Ready(Some(Ok(Delivery::new(message, self.window.clone(), self.acks.clone()))));
        }
        let joined = ready!(self.task.poll_join_next(context));
        Poll::Ready(joined.and_then(|joined| outcome(joined).err()).map(Err))
    }
}

impl fmt::Debug for Subscriber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscriber").field("buffered", &self.messages.len()).finish_non_exhaustive()
    }
}
