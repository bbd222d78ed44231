//! A gateway for tests: takes requests as the platform does and answers what it documents.
//!
//! | to | look at |
//! |---|---|
//! | test in the same process, without a socket | [`in_process`]; [`Gateway`], which is a [`Transport`](crate::transport::Transport) |
//! | tell what is answered: values, error codes, faults, pages | [`Gateway::on`] |
//! | see what was asked | [`Gateway::requests`], [`Gateway::received`] |
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
//! [`PagingError::PageRepeated`](crate::PagingError::PageRepeated); tell the gateway its [`pages`](Script::pages).
//! What the documents do not list (a parameter, a number for a text) is let pass in silence.
//!
//! # Examples
//! ```
//! # #[cfg(feature = "custom")] {
//! let (client, gateway) = suning_api::mock::in_process();
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! # runtime.block_on(async {
//! let order = client.custom().virtual_get().order_item_code("101254223501").send().await?;
//! assert_eq!(order.server_name.as_deref(), Some("紫禁之巅"));
//! assert_eq!(gateway.received().len(), 1);
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
mod record;
mod refusal;
mod reply;
mod script;
mod server;
mod strictness;

pub use answer::Answer;
pub use example::{documented_error, documented_request, documented_response};
pub use gateway::{Gateway, GatewayBuilder};
pub use record::Received;
pub use script::{Fault, Script};
pub use server::Server;

use std::sync::Arc;

use crate::client::Client;
use crate::credentials::Credentials;

/// A client and the gateway it talks to, in the same process, for a test.
///
/// The gateway keeps what it is asked, and the client does not wait between attempts. Set up both yourself where that
/// does not fit: a [`Gateway`] is a transport.
///
/// # Panics
/// Never: the credentials are right and there is a transport.
#[must_use]
pub fn in_process() -> (Client, Arc<Gateway>) {
    let credentials = Credentials::new("mock-app-key", "mock-app-secret");
    let gateway = Arc::new(Gateway::builder(credentials.clone()).record().build());
    let transport = Arc::<Gateway>::clone(&gateway);
    let builder = Client::builder(credentials).transport(transport).pause(|_| std::future::ready(()));
    (builder.build().expect("the credentials are right and there is a transport"), gateway)
}
