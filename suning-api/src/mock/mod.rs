//! A gateway for tests: takes requests as the platform does and answers what it documents.
//!
//! | to | look at |
//! |---|---|
//! | test in the same process, without a socket | [`Gateway`], which is a [`Transport`](crate::transport::Transport) |
//! | test over HTTP | [`Server`] |
//! | test a client in another language | the binary `suning-mock` |
//! | see why a request was refused | [`Answer`] |
//! | use the documented messages themselves | [`documented_request`], [`documented_response`], [`documented_error`] |
//!
//! A request goes through the checks of the platform in this order: HTTP verb, common parameters,
//! app key, access token, request time, signature, method, body, parameters, rules. What fails first is
//! answered with the documented error code; what passes all of them, with the documented reply.
//!
//! A documented reply is one page of a result and says so in its head, so a stream over all pages of it ends with
//! [`PagingError::PageRepeated`](crate::PagingError::PageRepeated); answer pages with a transport of your own.
//! What the documents do not list (a parameter, a number for a text) is let pass in silence.
//!
//! # Examples
//! ```
//! # #[cfg(feature = "custom")] {
//! use std::sync::Arc;
//! use suning_api::mock::Gateway;
//! use suning_api::{Client, Credentials};
//!
//! let credentials = Credentials::new("my-app-key", "my-app-secret");
//! let gateway = Gateway::builder(credentials.clone()).build();
//! let client = Client::builder(credentials).transport(Arc::new(gateway)).build()?;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! # runtime.block_on(async {
//! let order = client.custom().virtual_get().order_item_code("101254223501").send().await?;
//! assert_eq!(order.server_name.as_deref(), Some("紫禁之巅"));
//! # Ok::<(), suning_api::Error>(())
//! # })?;
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod body;
mod caller;
pub(crate) mod example;
mod gateway;
mod header;
mod literal;
mod parameter;
mod refusal;
mod reply;
mod server;
mod signature;
mod strictness;
mod well_formed;

pub use answer::Answer;
pub use example::{documented_error, documented_request, documented_response};
pub use gateway::{Gateway, GatewayBuilder};
pub use server::Server;
