//! Connections of a subscriber that a test can watch and disturb.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use http::Uri;
use suning_api::error::{TransportError, TransportErrorKind};
use suning_api::push::{Connect, Connecting, Io};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What happens to one connection.
#[derive(Debug, Clone, Copy)]
pub enum Disturbance {
    /// There is no connection.
    Refused,
    /// It is closed after this many bytes from the server.
    Cut(usize),
    /// Nothing comes after this many bytes from the server.
    Freeze(usize),
    /// Each byte after this many from the server is another one.
    Garble(usize),
    /// The server gets nothing.
    Mute,
}

/// A connector whose connections are counted and disturbed, in this order. Later connections work.
#[derive(Debug)]
pub struct Tap<C> {
    inner: C,
    plan: Mutex<VecDeque<Disturbance>>,
    connections: AtomicUsize,
    read: Arc<AtomicUsize>,
}

impl<C: Connect> Tap<C> {
    /// Disturbs the first connections.
    pub fn new(inner: C, plan: impl IntoIterator<Item = Disturbance>) -> Arc<Self> {
        let plan = Mutex::new(plan.into_iter().collect());
        Arc::new(Self { inner, plan, connections: AtomicUsize::new(0), read: Arc::default() })
    }

    /// Disturbs the next connection that is not disturbed yet.
    pub fn disturb(&self, disturbance: Disturbance) {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner).push_back(disturbance);
    }

    /// Number of connections so far, refused ones included.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Number of bytes read so far.
    pub fn read(&self) -> usize {
        self.read.load(Ordering::SeqCst)
    }
}

impl<C: Connect> Connect for Tap<C> {
    fn connect(&self, url: Uri) -> Connecting<'_> {
        self.connections.fetch_add(1, Ordering::SeqCst);
        let next = self.plan.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        Box::pin(async move {
            if let Some(Disturbance::Refused) = next {
                return Err(TransportError::from(TransportErrorKind::Connect).into());
            }
            let inner = self.inner.connect(url).await?;
            Ok(Box::new(Tapped { inner, disturbance: next, count: 0, total: Arc::clone(&self.read) }) as Box<dyn Io>)
        })
    }
}

struct Tapped {
    inner: Box<dyn Io>,
    disturbance: Option<Disturbance>,
    count: usize,
    total: Arc<AtomicUsize>,
}

impl AsyncRead for Tapped {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let left = match self.disturbance {
            Some(Disturbance::Cut(after) | Disturbance::Freeze(after)) => after - self.count,
            _ => usize::MAX,
        };
        if left == 0 {
            return match self.disturbance {
                Some(Disturbance::Freeze(_)) => Poll::Pending,
                _ => Poll::Ready(Ok(())),
            };
        }
        let mut part = to.take(left);
        ready!(Pin::new(&mut self.inner).poll_read(context, &mut part))?;
        let read = part.filled().len();
        if let Some(Disturbance::Garble(after)) = self.disturbance {
            let first = after.saturating_sub(self.count).min(read);
            part.filled_mut()[first..].iter_mut().for_each(|byte| *byte = !*byte);
        }
        self.count += read;
        self.total.fetch_add(read, Ordering::SeqCst);
        // `take` hands out the unfilled part of `to`, so its bytes are initialized.
        to.advance(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Tapped {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if let Some(Disturbance::Mute) = self.disturbance {
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
