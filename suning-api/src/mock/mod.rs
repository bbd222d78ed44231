//! A gateway for tests: checks requests like the platform and answers as documented.
//!
//! | to | look at |
//! |---|---|
//! | test in the same process, without a socket | [`in_process`]; [`Gateway`], which is a [`Transport`](crate::transport::Transport) |
//! | choose the answers: values, error codes, faults, pages | [`Gateway::on`], [`Script`] |
//! | name the method, or use one that is not documented | [`Gateway::on_method`], [`Gateway::on_undocumented`] |
//! | see the requests, and answers that were not used | [`Gateway::requests`], [`Gateway::received`], [`Gateway::assert_all_used`] |
//! | serve several apps and merchants, and let tokens expire | [`GatewayBuilder::app`], [`Gateway::authorize`], [`Gateway::expire`] |
//! | push messages to a subscriber (feature `push`) | `Gateway::subscriber`, `Gateway::push`, `Gateway::acknowledged` |
//! | test over HTTP | [`Server`] |
//! | test a client in another language | the binary `suning-mock` |
//! | see why a request was refused | [`Answer`] |
//! | read the documented messages | [`documented_request`], [`documented_response`], [`documented_error`] |
//!
//! A request is checked in the order of the platform: HTTP verb, common parameters, app key, access token, request
//! time, signature, method, body, parameters, rules. The first check that fails answers with the documented error code.
//! A request that passes all checks gets the documented reply. If the documents have no example of a reply, it is synthesised
//! from the documented fields: each has its sample, or a value of its type.
//!
//! A documented reply is one page of a result. The other pages, as many as its head says, have the same rows with other codes in
//! their first field. Pages after that are "no result". For other rows, set the [`pages`](Script::pages), or
//! [all rows with their times](Script::rows_at).
//!
//! Undocumented parameters, and numbers in place of texts, are accepted.
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

mod accounts;
mod answer;
mod body;
mod caller;
mod example;
mod fault;
mod gateway;
mod header;
mod literal;
mod parameter;
#[cfg(feature = "push")]
mod push;
mod record;
mod refusal;
mod reply;
mod script;
mod server;
mod strictness;
mod synthesis;
mod token_endpoint;
mod unknown;

pub use answer::Answer;
pub use example::{documented_error, documented_request, documented_response};
pub use fault::Fault;
pub use gateway::{Gateway, GatewayBuilder};
#[cfg(feature = "push")]
pub use push::PushFault;
pub use record::Received;
pub use script::{Decision, IntoReply, Script, Scripted};
pub use server::Server;
pub use unknown::UnknownMethod;

use std::sync::Arc;

use crate::client::Client;
use crate::credentials::Credentials;

/// A client and its gateway in the same process, for a test.
///
/// The gateway records all requests, and the client does not wait between attempts. For another setup, configure the gateway, and
/// the [client](Gateway::client) of it:
///
/// ```
/// use std::sync::Arc;
///
/// use suning_api::mock::Gateway;
/// use suning_api::{Credentials, Format};
///
/// let app = Credentials::new("my-app-key", "my-app-secret");
/// let gateway = Arc::new(Gateway::builder(app).strict().record().build());
/// let client = gateway.client().format(Format::Xml).on_undocumented(|found| println!("{found}")).build()?;
/// # Ok::<(), suning_api::error::BuildError>(())
/// ```
///
/// # Panics
/// Never: the credentials are valid and there is a transport.
#[must_use]
pub fn in_process() -> (Client, Arc<Gateway>) {
    let gateway = Arc::new(Gateway::builder(Credentials::new("mock-app-key", "mock-app-secret")).record().build());
    (gateway.client().build().expect("valid credentials and a transport"), gateway)
}
