//! Calls of methods that the crate does not have.
//!
//! Any method can be called by its name and its business node, which the example on its
//! documentation page shows. Signing, retries and decoding are the same as for typed methods. Required parameters, rules and
//! the method's own error codes are unknown. The reply is a [`Value`], which decodes to types of yours.
//!
//! ```no_run
//! # #[cfg(feature = "http-client")]
//! # async fn run(client: suning_api::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let reply = client
//!     .raw("suning.custom.order.get", "orderGet")
//!     .json(r#"{"orderCode": "4511680451"}"#)?
//!     .send()
//!     .await?;
//! println!("{:?}", reply.get("orderStatus"));
//! let texts: std::collections::BTreeMap<String, String> = reply.decode()?;
//! # Ok(())
//! # }
//! ```

use serde::Serialize;

use crate::client::{Call, Client};
use crate::error::{CommonErrorCode, Error, RequestError};
use crate::facts::Effect;
use crate::model::to_value;
use crate::reply::{OpenObject, OpenReply, Reply};
use crate::request::Target;
use crate::value::Value;
use crate::wire::json;

impl Client {
    /// Calls any method of the platform by its name and business node.
    ///
    /// See [`RawCall`].
    pub fn raw(&self, method: impl Into<String>, node: impl Into<String>) -> RawCall {
        RawCall::new(self.clone(), method.into(), node.into())
    }
}

/// An untyped call. See the [module](self).
#[derive(Debug, Clone)]
#[must_use = "a call is not made until it is sent and awaited"]
pub struct RawCall<C = Client> {
    pub(crate) client: C,
    method: String,
    node: String,
    effect: Effect,
    parameters: OpenObject,
}

impl<C> RawCall<C> {
    pub(crate) fn new(client: C, method: String, node: String) -> Self {
        Self { client, method, node, effect: Effect::Write, parameters: OpenObject::default() }
    }

    /// Whether the method is a read or a write, which decides when it is [retried](crate::retry). Default: a write.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Adds a parameter. A repeated name becomes a list.
    pub fn parameter(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.parameters.push(name, value.into());
        self
    }

    /// Adds the fields of any value that serializes to a JSON object, such as a `serde_json::Value`.
    ///
    /// # Errors
    /// The value does not serialize to a JSON object.
    pub fn parameters(self, object: &(impl Serialize + ?Sized)) -> Result<Self, RequestError> {
        let object = serde_json::to_string(object)
            .map_err(|error| RequestError::Unwritable { path: String::new(), reason: error.to_string() })?;
        self.json(&object)
    }

    /// Adds the fields of a JSON object. They are sent in the format of the client.
    ///
    /// # Errors
    /// The text is not a JSON object.
    pub fn json(mut self, object: &str) -> Result<Self, RequestError> {
        json::decode(object.as_bytes(), &mut self.parameters)
            .map_err(|error| RequestError::Unwritable { path: error.path, reason: error.reason })?;
        Ok(self)
    }

    pub(crate) async fn exchange(&self, client: &Client) -> Result<Reply<Value>, Error> {
        let Self { method, node, effect, .. } = self;
        let target = Target { method, facts: None, node, effect: *effect };
        let parameters = to_value(&self.parameters);
        let reply = client.exchange::<OpenReply, CommonErrorCode>(target, &parameters).await?;
        Ok(reply.map(|reply| reply.to_value()))
    }
}

impl RawCall {
    /// Sends the request when awaited. The reply is the content of the business node, or a list if the node repeats.
    ///
    /// # Errors
    /// An error code of the gateway, a reply that cannot be read, or no reply. Codes that are not common are kept as text.
    pub fn send(self) -> Call<Reply<Value>, Error> {
        Call::from_future(async move { self.exchange(&self.client).await })
    }
}
