//! Replies whose fields are not documented.

use serde::de::DeserializeOwned;
#[cfg(feature = "serde")]
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::DecodeError;
use crate::model::{Response, model};
use crate::value::{Extra, Value};

/// An object whose fields are not documented, or a single value in place of one: a text, a number, a bool or a list.
///
/// A single value is a field without a name. `Debug` shows names and kinds only, because any value may be a secret.
pub struct OpenObject {
    extra: Extra,
}

model! { OpenObject {} "" }

impl OpenObject {
    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.extra.get(name)
    }

    /// The names and values of all fields, in their original order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.extra.iter()
    }

    /// Decodes the object to a type of yours, as leniently as [`Value::decode`].
    ///
    /// # Errors
    /// The object does not fit the type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        self.to_value().decode()
    }

    /// The object, or the single value in place of one.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut fields = self.fields();
        match (fields.next(), fields.next()) {
            (Some(("", value)), None) => value.clone(),
            _ => self.extra.to_value(),
        }
    }

    /// Adds a parameter. `null` is left out.
    pub(crate) fn add(&mut self, name: &str, value: Value) {
        self.extra.add(name, value);
    }

    /// Sets a parameter, in place of any earlier value.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        self.extra.set(name, value);
    }
}

impl From<Value> for OpenObject {
    fn from(value: Value) -> Self {
        let mut object = Self::default();
        match value {
            Value::Object(fields) => fields.into_iter().for_each(|(name, value)| object.extra.push(&name, value)),
            value => object.extra.push("", value),
        }
        object
    }
}

/// The reply of a method whose reply fields are not documented: any number of objects, or of single values.
///
/// One object and a list of one are the same. It serializes as its object, or as a list unless there is exactly one. To make one
/// for a test, convert a [`Value`], or deserialize it.
///
/// # Examples
/// ```
/// # #[cfg(feature = "serde")] {
/// use std::collections::BTreeMap;
///
/// use suning_api::reply::OpenReply;
/// use suning_api::value::Value;
///
/// let reply: OpenReply = serde_json::from_str(r#"{"total": "2", "stored": 1}"#)?;
/// assert_eq!(reply.get("total").and_then(Value::as_text), Some("2"));
///
/// let counts: BTreeMap<String, u32> = reply.decode()?;
/// assert_eq!((counts["total"], counts["stored"]), (2, 1));
/// let rows: Vec<BTreeMap<String, String>> = reply.decode()?;
/// assert_eq!(rows[0]["stored"], "1");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default, Clone, PartialEq)]
pub struct OpenReply {
    objects: Vec<OpenObject>,
}

impl OpenReply {
    /// The value of a field of the first object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.objects.first()?.get(name)
    }

    /// All objects. Empty if the gateway sent none, or one without any fields.
    #[must_use]
    pub fn objects(&self) -> &[OpenObject] {
        &self.objects
    }

    /// Decodes the whole reply to a type of yours, as leniently as [`Value::decode`]: to a struct if there is at most one object,
    /// or to a `Vec`.
    ///
    /// # Errors
    /// The reply does not fit the type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        self.to_value().decode()
    }

    /// The object, or a list unless there is exactly one.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self.objects.as_slice() {
            [object] => object.to_value(),
            objects => Value::List(objects.iter().map(OpenObject::to_value).collect()),
        }
    }

    /// Omits objects without fields, because XML cannot distinguish them from an empty list.
    fn new(mut objects: Vec<OpenObject>) -> Self {
        objects.retain(|object| !object.extra.is_empty());
        Self { objects }
    }
}

/// What is empty is no object.
impl From<Value> for OpenReply {
    fn from(value: Value) -> Self {
        let items = match value {
            Value::List(items) => items,
            value => vec![value],
        };
        Self::new(items.into_iter().filter(|item| !item.is_empty()).map(OpenObject::from).collect())
    }
}

impl Response for OpenReply {
    type Row = OpenObject;
    const IS_LIST: bool = true;

    fn from_rows(rows: &mut Vec<OpenObject>) -> Option<Self> {
        Some(Self::new(std::mem::take(rows)))
    }

    fn rows(&self) -> &[OpenObject] {
        &self.objects
    }

    fn into_rows(self) -> Vec<OpenObject> {
        self.objects
    }
}

#[cfg(feature = "serde")]
impl Serialize for OpenReply {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

#[cfg(feature = "serde")]
impl<'de> Deserialize<'de> for OpenReply {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
#[allow(dead_code, unreachable_pub, reason = "the macros make public items")]
mod tests {
    use bytes::Bytes;
    use serde_json::json;

    use super::*;
    use crate::error::Error;
    use crate::model::prelude::*;
    use crate::paging::Paged;
    use crate::reply::{Reply, read_reply};
    use crate::request::Request;

    errors! { table ThingErrorCode {} }

    struct ThingGetRequest {
        extra: Extra,
    }

    model! { ThingGetRequest {} "" }

    request! { ThingGetRequest {
        name = "suning.shop.thing.get" (Read);
        node = "getThing";
        open = OpenReply;
        errors = StandardErrorCode;
        builder = ThingGetBuilder;
    } }

    struct ThingGetBuilder(Draft<ThingGetRequest, (), ()>);

    struct ThingQueryRequest {
        page_no: Option<i64>,
        extra: Extra,
    }

    model! { ThingQueryRequest { page_no } "pageNo\n" }

    request! { ThingQueryRequest {
        name = "suning.shop.thing.query" (Read);
        node = "queryThing";
        rows = OpenObject;
        errors = StandardErrorCode;
        builder = ThingQueryBuilder;
        page = page_no;
    } }

    struct ThingQueryBuilder(Draft<ThingQueryRequest, (), ()>);

    fn read<R: Request>(inside: &str) -> Result<Reply<R::Response>, Error<R::ErrorCode>> {
        let body = format!(r#"{{"sn_responseContent":{{{inside}}}}}"#);
        read_reply::<R>(http::Response::new(Bytes::from(body)))
    }

    /// The reply with this content of the body.
    fn thing(body: &str) -> Reply<OpenReply> {
        read::<ThingGetRequest>(&format!(r#""sn_body":{body}"#)).expect("a reply")
    }

    /// The reply as JSON.
    fn stored(body: &str) -> serde_json::Value {
        serde_json::to_value(&*thing(body)).expect("JSON")
    }

    #[test]
    fn a_reply_of_unknown_shape_keeps_one_object_or_all_rows() {
        let one = thing(r#"{"getThing":{"a":1.50,"b":[{"c":null}]}}"#);
        assert_eq!(one.objects().len(), 1);
        assert_eq!(one.get("a").and_then(Value::as_text), Some("1.50"));
        let names: Vec<_> = one.objects()[0].fields().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b"]);
        assert!(one.envelope().extra.is_empty());
        assert_eq!(stored(r#"{"getThing":[{"a":"1"},{"b":"2"}]}"#), json!([{ "a": "1" }, { "b": "2" }]));
    }

    #[test]
    fn an_empty_node_of_unknown_shape_is_a_success() {
        for body in [
            r#"{"getThing":{}}"#,
            r#"{"getThing":""}"#,
            r#"{"getThing":null}"#,
            r#"{"getThing":[]}"#,
            r#"{"getThing":[{}]}"#,
        ] {
            let reply = thing(body);
            assert!(reply.objects().is_empty(), "{body}");
            assert!(reply.decode::<Vec<serde_json::Value>>().expect("a list").is_empty(), "{body}");
        }
    }

    #[test]
    fn rows_of_unknown_shape_are_a_list_and_can_be_paged() {
        fn rows<R: Paged + Request<Row = OpenObject, Response = Vec<OpenObject>>>(inside: &str) -> Vec<OpenObject> {
            read::<R>(inside).expect("rows").into_inner()
        }
        let rows = rows::<ThingQueryRequest>(r#""sn_head":{"pageTotal":1},"sn_body":{"queryThing":{"a":"3"}}"#);
        let decoded: std::collections::BTreeMap<String, u8> = rows[0].decode().expect("numbers");
        assert_eq!(decoded["a"], 3);
    }

    #[test]
    fn a_reply_of_unknown_shape_is_shown_without_values_and_stored_with_them() {
        let reply = thing(r#"{"getThing":[{"cardSec":"hidden","count":3},{"cardSec":"hidden-too"}]}"#).into_inner();
        let shown = format!("{reply:?}");
        assert!(shown.contains(r#""cardSec": [text], "count": [number]"#) && !shown.contains("hidden"), "{shown}");
        let text = serde_json::to_string(&reply).expect("JSON");
        assert_eq!(text, r#"[{"cardSec":"hidden","count":"3"},{"cardSec":"hidden-too"}]"#);
        let again: OpenReply = serde_json::from_str(&text).expect("a reply");
        assert_eq!((again.objects()[1].clone(), again.objects().len()), (reply.objects()[1].clone(), 2));
    }

    #[test]
    fn single_values_in_place_of_objects_are_a_reply() {
        for (body, content) in [
            (r#"{"getThing":"1"}"#, json!("1")),
            (r#"{"getThing":5}"#, json!("5")),
            (r#"{"getThing":true}"#, json!(true)),
            (r#"{"getThing":["a","b"]}"#, json!(["a", "b"])),
            (r#"{"getThing":[["a"],["b","c"]]}"#, json!([["a"], ["b", "c"]])),
        ] {
            assert_eq!(stored(body), content);
            let again: OpenReply = serde_json::from_value(content).expect("a reply");
            assert_eq!(again.objects().len(), thing(body).objects().len());
        }
        let counts: Vec<u32> = thing(r#"{"getThing":[1,"2"]}"#).decode().expect("numbers");
        assert_eq!(counts, [1, 2]);
        let texts: Vec<String> = thing(r#"{"getThing":"one"}"#).decode().expect("texts");
        assert_eq!(texts, ["one"]);
    }

    #[test]
    fn empty_values_of_a_stored_list_are_no_objects() {
        for (stored, objects) in [("[null]", 0), (r#"["", {}, [], {"a": null}]"#, 1), ("null", 0), ("[[]]", 0)] {
            let reply: OpenReply = serde_json::from_str(stored).expect("a reply");
            assert_eq!(reply.objects().len(), objects, "{stored}");
        }
    }

    #[test]
    fn text_in_place_of_any_other_node_is_not_a_reply() {
        let result = read::<ThingGetRequest>(r#""sn_body":{"other":"busy"}"#);
        assert!(matches!(result, Err(Error::Reply(_))));
    }

    #[test]
    fn any_other_node_or_the_body_itself_is_read_where_the_shape_is_unknown() {
        for (body, content, undocumented) in [
            (r#"{"thing":{"a":"1"}}"#, json!({ "a": "1" }), &["thing"][..]),
            (r#"{"thing":[{"a":"1"},{"a":"2"}]}"#, json!([{ "a": "1" }, { "a": "2" }]), &["thing"]),
            (r#"{"a":"1","b":{"c":"2"}}"#, json!({ "a": "1", "b": { "c": "2" } }), &["a", "b"]),
        ] {
            assert_eq!(stored(body), content);
            let reply = thing(body);
            let names: Vec<_> = reply.envelope().extra.iter().map(|(name, _)| name).collect();
            assert_eq!(names, undocumented);
        }
    }

    #[test]
    fn every_field_of_unknown_shape_is_reported_and_no_value() {
        let reply = thing(r#"{"getThing":[{"a":"the-a"},{"a":"the-a","b":{"c":"the-c"}}]}"#);
        let found = crate::undocumented::in_reply(&ThingGetRequest::METHOD, &reply);
        let lines: Vec<_> = found.iter().map(|one| serde_json::to_value(one).expect("JSON")).collect();
        let field = |name: &str, shape: serde_json::Value| {
            json!({
                "method": "suning.shop.thing.get",
                "part": "response",
                "path": [name],
                "what": "field",
                "shape": shape,
            })
        };
        assert_eq!(lines, [field("a", json!({})), field("b", json!({ "fields": { "c": {} } }))]);
    }

    #[test]
    fn an_error_inside_the_body_is_never_a_reply_of_unknown_shape() {
        for body in [
            r#"{"error_code":"isp.down","error_msg":"down"}"#,
            r#"{"thing":{"error_code":"isp.down"}}"#,
            r#"{"sn_error":{"error_code":"isp.down"}}"#,
        ] {
            let result = read::<ThingGetRequest>(&format!(r#""sn_body":{body}"#));
            assert!(matches!(result, Err(Error::Reply(_))), "{body}");
        }
    }
}
