//! A bound on how long a future may take, under any executor.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use futures_timer::Delay;

use crate::error::{TransportError, TransportErrorKind};

/// What a future gives, unless it takes longer than this.
pub(crate) async fn within<T>(limit: Duration, future: impl Future<Output = T>) -> Result<T, TransportError> {
    let (mut future, mut delay) = (pin!(future), Delay::new(limit));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => pin!(&mut delay).poll(context).map(|()| Err(TransportErrorKind::Timeout.into())),
    })
    .await
}
