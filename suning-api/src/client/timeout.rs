//! A timeout for a future, under any executor.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use futures_timer::Delay;

use crate::error::{TransportError, TransportErrorKind};

/// Returns the output of a future, or an error if it takes longer than the limit.
pub(crate) async fn within<T>(limit: Duration, future: impl Future<Output = T>) -> Result<T, TransportError> {
    let (mut future, mut delay) = (pin!(future), Delay::new(limit));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => pin!(&mut delay).poll(context).map(|()| Err(TransportErrorKind::Timeout.into())),
    })
    .await
}
