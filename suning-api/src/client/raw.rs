//! Calls of methods that are not transcribed yet.
//!
//! The platform has some 1,300 methods. One that has no types here can be called all the same, by
//! its name and its business node, which the example on its documentation page shows. It is signed,
//! sent and read by the same path; what the documents would say of it (required parameters, rules,
//! its own error codes) is not known.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # async fn run(client: suning_api::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let reply = client
//!     .raw("suning.custom.order.get", "orderGet")
//!     .json(r#"{"orderCode": "4511680451"}"#)?
//!     .send()
//!     .await?;
//! println!("{:?}", reply.get("orderStatus"));
//! # Ok(())
//! # }
//! ```

use std::fmt;

use serde::Serialize;

use crate::client::{Call, Client};
use crate::error::{CommonErrorCode, Error, RequestError};
use crate::facts::Effect;
use crate::model::{Fill, Model, Table, View, to_value, view};
use crate::reply::Reply;
use crate::request::Target;
use crate::value::{Extra, Value};
use crate::wire::json;

impl Client {
    /// A call of any method of the platform by its name and its business node, transcribed or not.
    ///
    /// See [`RawCall`].
    pub fn raw(&self, method: impl Into<String>, node: impl Into<String>) -> RawCall {
        RawCall::new(self.clone(), method.into(), node.into())
    }
}

/// A call by name, without types. See the [module](self).
#[derive(Debug, Clone)]
#[must_use = "a call is not made until it is sent and awaited"]
pub struct RawCall<C = Client> {
    pub(crate) client: C,
    method: String,
    node: String,
    effect: Effect,
    parameters: Untyped,
}

impl<C> RawCall<C> {
    pub(crate) fn new(client: C, method: String, node: String) -> Self {
        Self { client, method, node, effect: Effect::Write, parameters: Untyped::default() }
    }

    /// Says whether the method changes anything, on which it depends when it is [repeated](crate::retry).
    ///
    /// Unless said otherwise it does, and is not repeated when the gateway may have acted.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Adds a parameter; one that is there already becomes a list.
    pub fn parameter(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.parameters.0.push(name, value.into());
        self
    }

    /// Adds the parameters of anything that serde makes a JSON object of, such as a `serde_json::Value`.
    ///
    /// # Errors
    /// What is no JSON object.
    pub fn parameters(self, object: &(impl Serialize + ?Sized)) -> Result<Self, RequestError> {
        let object = serde_json::to_string(object)
            .map_err(|error| RequestError::Unwritable { path: String::new(), reason: error.to_string() })?;
        self.json(&object)
    }

    /// Adds the parameters of a JSON object, which are sent in the format of the client.
    ///
    /// # Errors
    /// What is no JSON object.
    pub fn json(mut self, object: &str) -> Result<Self, RequestError> {
        json::decode(object.as_bytes(), &mut self.parameters)
            .map_err(|error| RequestError::Unwritable { path: error.path, reason: error.reason })?;
        Ok(self)
    }

    pub(crate) async fn exchange(&self, client: &Client) -> Result<Reply<Value>, Error> {
        let Self { method, node, effect, .. } = self;
        let target = Target { method, facts: None, node, effect: *effect };
        let parameters = to_value(&self.parameters);
        let reply = client.exchange::<Vec<Untyped>, CommonErrorCode>(target, &parameters).await?;
        Ok(reply.map(|rows| {
            let mut rows: Vec<Value> = rows.iter().map(|row| to_value(row)).collect();
            if rows.len() == 1 { rows.remove(0) } else { Value::List(rows) }
        }))
    }
}

impl RawCall {
    /// Sends the request once it is awaited, and reads the reply: what the business node holds, as a
    /// list where it repeats. Error codes are those any method can answer; others are kept as text.
    ///
    /// # Errors
    /// An error code of the gateway, a reply that can not be read, or no reply at all.
    pub fn send(self) -> Call<Reply<Value>, Error> {
        Call::from_future(async move { self.exchange(&self.client).await })
    }
}

/// Fields of which no document says anything.
#[derive(Clone, Default, PartialEq)]
struct Untyped(Extra);

impl Model for Untyped {
    fn view(&self) -> View<'_> {
        view(Table::of(&[]), [], &self.0)
    }

    fn lend(&mut self, fill: Fill<'_>) {
        fill(Table::of(&[]), &mut [], &mut self.0);
    }
}

/// Whether a parameter is a secret is not known, so none is shown.
impl fmt::Debug for Untyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}
