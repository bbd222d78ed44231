//! Message push: the platform sends a message when something happens, such as an order that waits for delivery.
//!
//! A [`Subscriber`] is a stream of [deliveries](Delivery). Handle a delivery, then [acknowledge](Delivery::ack) it:
//!
//! ```no_run
//! # #[cfg(feature = "custom")]
//! # async fn run(client: suning_api::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use suning_api::Credentials;
//! use suning_api::push::{Message, Subscriber};
//!
//! // The message center of the platform shows the URL.
//! let mut orders = Subscriber::builder(Credentials::from_env()?, "wss://push.example.com/websocket")
//!     .on_error(|error| eprintln!("{error}"))
//!     .subscribe()?;
//! while let Some(delivery) = orders.try_next().await? {
//!     match delivery.message() {
//!         Message::OrderVirtualResend(paid) => {
//!             let item = paid.order_item_code.as_deref().unwrap_or_default();
//!             let order = client.custom().virtual_get().order_item_code(item).send().await?;
//!             println!("store {:?} for {}", order.order_code, delivery.user());
//!         }
//!         _ => println!("ignored the topic {}", delivery.topic()),
//!     }
//!     delivery.ack().await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # At least once
//! A message is acknowledged only by [`Delivery::ack`]. If a delivery is dropped, or the program crashes, the platform sends the
//! message again. Within a process, an acknowledged message is not delivered again: if it is repeated because its acknowledgement
//! was lost, it is acknowledged again. The last 10,000 are remembered. After a restart, a message may be delivered a second time, so
//! handle it idempotently.
//!
//! One connection carries the messages of all supplier accounts that use the app. [`Delivery::user`] tells them apart.
//!
//! # Connection
//! A task keeps the connection alive while the program handles messages. It ends when the subscriber is dropped; to wait for
//! acknowledgements first, use [`Subscriber::close`]. It reads no more messages ahead than the
//! [buffer](SubscriberBuilder::buffer) has room for.
//!
//! | event | effect |
//! |---|---|
//! | no connection, or a lost one; no pong; HTTP 5xx, 408 or 429 | reported to [`on_error`](SubscriberBuilder::on_error), then another connection after a wait with backoff and jitter |
//! | a frame that cannot be read | reported to `on_error`; later frames are read |
//! | refused handshake, invalid certificate, any other HTTP status | the stream ends with an [`Error`] |
//!
//! Deliveries remain valid when the connection changes. Their acknowledgements are sent over the next one.
//!
//! A message has at most 4 MiB, and each of its ids at most 256 bytes.

mod builder;
mod connect;
mod connection;
mod delivery;
mod error;
pub(crate) mod frame;
pub(crate) mod handshake;
mod subscriber;
mod window;

pub use self::builder::SubscriberBuilder;
pub use self::connect::{Connect, Connecting, Io};
pub use self::delivery::Delivery;
pub use self::error::Error;
pub use self::subscriber::Subscriber;
pub use crate::generated::topics;
pub use crate::generated::topics::Message;
