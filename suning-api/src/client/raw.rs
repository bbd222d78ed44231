//! Calls of methods that the crate does not have.
//!
//! Any method can be called by its name and its business node, which the example on its
//! documentation page shows. Signing, retries and decoding are the same as for typed methods. Required parameters, rules and
//! the method's own error codes are unknown. The reply is an [`OpenReply`], which decodes to types of yours.
//!
//! ```no_run
//! # #[cfg(feature = "http-client")]
//! # async fn run(client: suning_api::Client, supplier: Option<String>) -> Result<(), Box<dyn std::error::Error>> {
//! use std::collections::BTreeMap;
//!
//! let call = client.raw("suning.custom.order.get", "orderGet").parameter("orderCode", "4511680451");
//! let reply = call.parameter("withLines", true).parameter("supplierCode", supplier).send().await?;
//! println!("{:?}", reply.get("orderStatus"));
//! let texts: BTreeMap<String, String> = reply.decode()?;
//!
//! let mut orders = client.raw("suning.custom.order.query", "orderQuery").parameter("pageSize", 50).rows();
//! while let Some(order) = orders.try_next().await? {
//!     let texts: BTreeMap<String, String> = order.decode()?;
//! }
//! # Ok(())
//! # }
//! ```

use serde::Serialize;

use crate::client::{Call, Callable, Caller, Client};
use crate::error::{CommonErrorCode, Error, RequestError};
use crate::facts::Effect;
use crate::paging::Paged;
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
    client: C,
    request: RawRequest,
}

/// The request of a [`RawCall`].
#[derive(Debug, Clone)]
pub struct RawRequest {
    method: String,
    node: String,
    effect: Effect,
    parameters: OpenObject,
    page_parameter: String,
    page: Option<i64>,
}

impl<C> RawCall<C> {
    pub(crate) fn new(client: C, method: String, node: String) -> Self {
        let effect = match method.rsplit('.').next() {
            Some("get" | "query") => Effect::Read,
            _ => Effect::Write,
        };
        let (parameters, page_parameter) = (OpenObject::default(), "pageNo".to_owned());
        Self { client, request: RawRequest { method, node, effect, parameters, page_parameter, page: None } }
    }

    /// Whether the method is a read or a write, which decides when it is [retried](crate::retry). Default: a read if its name
    /// ends in `.get` or `.query`, otherwise a write.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.request.effect = effect;
        self
    }

    /// The parameter that selects the page, for [`rows`](Self::rows) and [`pages`](Self::pages). Default: `pageNo`.
    pub fn page_parameter(mut self, name: impl Into<String>) -> Self {
        self.request.page_parameter = name.into();
        self
    }

    /// Adds a parameter: a text, a number, a bool, a time, a list of these, or any [`Value`]. `None` is left out. A repeated name
    /// becomes a list.
    ///
    /// For a type of yours, see [`Value::encode`].
    pub fn parameter(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.request.parameters.add(name, value.into());
        self
    }

    /// Adds the fields of any value that serializes to a JSON object, such as a `serde_json::Value`.
    ///
    /// # Errors
    /// The value does not serialize to a JSON object.
    pub fn parameters(self, object: &(impl Serialize + ?Sized)) -> Result<Self, RequestError> {
        self.json(&json::encode(object)?)
    }

    /// Adds the fields of a JSON object. They are sent in the format of the client.
    ///
    /// # Errors
    /// The text is not a JSON object.
    pub fn json(mut self, object: &str) -> Result<Self, RequestError> {
        json::decode(object, &mut self.request.parameters)
            .map_err(|error| RequestError::Unwritable { path: error.path, reason: error.reason })?;
        Ok(self)
    }
}

impl<C: Caller> RawCall<C> {
    /// Sends the request. Returns a [`Call`] to await; a blocking client returns its result.
    ///
    /// # Errors
    /// An error code of the gateway, a reply that cannot be read, or no reply. Codes that are not common are kept as text.
    pub fn send(self) -> C::Sent<RawRequest> {
        self.client.send(self.request)
    }

    /// All pages. Sets the [page parameter](Self::page_parameter). See [`Pages`](crate::paging::Pages).
    pub fn pages(self) -> C::Pages<RawRequest> {
        self.client.pages(self.request)
    }

    /// The rows of all pages. Sets the [page parameter](Self::page_parameter). See [`Rows`](crate::paging::Rows).
    pub fn rows(self) -> C::Rows<RawRequest> {
        self.client.rows(self.request)
    }
}

impl RawRequest {
    /// The parameters to send, including the page.
    fn parameters(&self) -> OpenObject {
        let mut parameters = self.parameters.clone();
        if let Some(page) = self.page {
            parameters.set(&self.page_parameter, page.into());
        }
        parameters
    }
}

impl Callable for RawRequest {
    type Row = OpenObject;
    type Response = OpenReply;
    type ErrorCode = CommonErrorCode;

    fn call(self, client: Client) -> Call<Reply<OpenReply>, Error> {
        Call::new(client, |client| {
            Box::pin(async move {
                let Self { method, node, effect, .. } = &self;
                let target = Target { method, facts: None, node, effect: *effect };
                client.exchange(target, &client.add_parameters(self.parameters())).await
            })
        })
    }
}

impl Paged for RawRequest {
    fn page_mut(&mut self) -> &mut Option<i64> {
        &mut self.page
    }
}
