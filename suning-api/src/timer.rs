//! Waits and timeouts.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Poll, ready};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::unconstrained;

use crate::error::{TransportError, TransportErrorKind};

type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Waits with the timer of tokio, or with another one.
#[derive(Default)]
pub(crate) struct Timer(Option<Box<dyn Fn(Duration) -> Sleep + Send + Sync>>);

impl Timer {
    /// A timer of the program.
    pub(crate) fn new<F>(sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self(Some(Box::new(move |duration| Box::pin(sleep(duration)))))
    }

    /// Waits.
    pub(crate) async fn sleep(&self, duration: Duration) -> Result<(), TransportError> {
        self.start(duration)?.await;
        Ok(())
    }

    /// Returns the output of a future, or an error if it takes longer than the limit.
    ///
    /// A future that is ready at once needs no timer.
    pub(crate) async fn within<T>(
        &self,
        limit: Duration,
        future: impl Future<Output = T>,
    ) -> Result<T, TransportError> {
        let (mut future, mut sleep) = (pin!(future), None);
        poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            let sleep = match &mut sleep {
                Some(sleep) => sleep,
                None => sleep.insert(self.start(limit)?),
            };
            ready!(sleep.as_mut().poll(context));
            Poll::Ready(Err(TransportErrorKind::Timeout.into()))
        })
        .await
    }

    fn start(&self, duration: Duration) -> Result<Sleep, TransportError> {
        match &self.0 {
            Some(sleep) => Ok(sleep(duration)),
            // Unconstrained, because a future that is never out of data uses up the budget of the task before the timer is polled.
            None if Handle::try_current().is_ok() => Ok(Box::pin(unconstrained(tokio::time::sleep(duration)))),
            None => {
                let reason = "there is no tokio runtime; set `sleep` on the builder to use another timer";
                Err(TransportError::new(TransportErrorKind::Unusable, Some(reason.into())))
            }
        }
    }
}

impl fmt::Debug for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Timer(own)" } else { "Timer(tokio)" })
    }
}
