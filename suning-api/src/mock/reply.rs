//! Bodies of replies.

use bytes::Bytes;

use super::refusal::Refusal;
use super::synthesis;
use crate::catalog::MethodInfo;
use crate::error::NO_RESULT;
use crate::generated::platform;
use crate::model::Shown;
use crate::value::Value;
use crate::wire::{Format, json, xml};

/// A body and its source.
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) source: &'static str,
}

/// The reply to a valid request: the documented example, or one synthesised from the documented fields. Other pages of a result are
/// made from it, as many as its head says.
pub(super) fn success(method: &'static MethodInfo, parameters: &Value, format: Format) -> Result<Body, Refusal> {
    match synthesis::requested_page(method, parameters) {
        0 | 1 => Ok(first_page(method, format)),
        page => other_page(method, page, format),
    }
}

fn other_page(method: &'static MethodInfo, page: usize, format: Format) -> Result<Body, Refusal> {
    let first = first_page(method, Format::Json);
    let tree = std::str::from_utf8(&first.bytes).ok().and_then(|text| json::parse(text).ok());
    match tree.and_then(|tree| synthesis::page(tree, method, page)) {
        Some(tree) => Ok(Body { bytes: write(format, &tree), source: "a page made from the documented reply" }),
        None => Err(Refusal::new(NO_RESULT, "there is no such page")),
    }
}

fn first_page(method: &'static MethodInfo, format: Format) -> Body {
    if let Some(text) = method.example_response(format) {
        return Body { bytes: Bytes::from_static(text.as_bytes()), source: "the documented reply" };
    }
    match converted(method.example_response(Format::Json), method.example_response(Format::Xml)) {
        Some(tree) => Body { bytes: write(format, &tree), source: "the documented reply, converted" },
        None => Body {
            bytes: result(method, synthesis::head(method), synthesis::body(method), format),
            source: match method.response.as_slice() {
                [] => "an empty reply, synthesised because no fields are documented,",
                _ => "a reply synthesised from the documented fields,",
            },
        },
    }
}

/// The example in its only documented format, as a tree.
fn converted(json: Option<&str>, xml: Option<&str>) -> Option<Value> {
    match (json, xml) {
        (Some(text), _) => json::parse(text).ok(),
        (None, Some(text)) => xml::parse(text).ok(),
        (None, None) => None,
    }
}

/// A reply in its envelope.
pub(super) fn result(method: &MethodInfo, head: Value, body: Value, format: Format) -> Bytes {
    let content = [(platform::HEAD, head), (platform::BODY, wrap(method.node, body))];
    let content = content.map(|(name, value)| (name.to_owned(), value)).into();
    write(format, &wrap(platform::RESPONSE_ROOT, Value::Object(content)))
}

/// An error reply.
pub(super) fn error(refusal: &Refusal, method: Option<&MethodInfo>, format: Format) -> Bytes {
    let mut error = vec![(platform::ERROR_CODE.to_owned(), Value::Text(refusal.code.clone()))];
    // Undocumented codes have no documented message, and the gateway often sends none.
    error.extend(
        refusal.message(method).map(|message| (platform::ERROR_MSG.to_owned(), Value::Text(message.to_owned()))),
    );
    write(format, &wrap(platform::RESPONSE_ROOT, wrap(platform::ERROR, Value::Object(error))))
}

fn wrap(name: &str, value: Value) -> Value {
    Value::Object(vec![(name.to_owned(), value)])
}

/// Encodes a message, whose root is the only field of the tree.
fn write(format: Format, tree: &Value) -> Bytes {
    let mut out = Vec::new();
    match format {
        Format::Json => json::write(&mut out, &Shown::Value(tree)),
        // Only a script can contain characters that XML cannot represent. The reply ends there.
        Format::Xml => drop(xml::write_fields(&mut out, &Shown::Value(tree))),
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::parse_method;

    const JSON: &str = r#"{"sn_responseContent":{"sn_head":{},"sn_body":{"node":[{"a":"1 < 2"},{"a":""}]}}}"#;
    const XML: &str = "<sn_responseContent><sn_head/><sn_body><node><a>1 &lt; 2</a></node><node><a/></node></sn_body>\
                       </sn_responseContent>";

    fn answer(method: &str, format: Format) -> (String, &'static str) {
        let method: &'static MethodInfo = Box::leak(Box::new(parse_method(method)));
        let body = first_page(method, format);
        (String::from_utf8_lossy(&body.bytes).into_owned(), body.source)
    }

    #[test]
    fn a_reply_without_an_example_is_synthesised_in_both_formats() {
        let method = r#"{"method":"suning.shop.thing.query","node":"queryThing","response_list":true,
            "request":[{"name":"pageNo","type":"integer"}],"response":[{"name":"a","list":true,"type":"text"}]}"#;
        let source = "a reply synthesised from the documented fields,";
        let json = r#"{"sn_responseContent":{"sn_head":{"pageNo":"1","pageTotal":"1","totalSize":"1"},"sn_body":{"queryThing":[{"a":["a"]}]}}}"#;
        assert_eq!(answer(method, Format::Json), (json.to_owned(), source));
        let xml = "<sn_responseContent><sn_head><pageNo>1</pageNo><pageTotal>1</pageTotal><totalSize>1</totalSize></sn_head>\
                   <sn_body><queryThing><a>a</a></queryThing></sn_body></sn_responseContent>";
        assert_eq!(answer(method, Format::Xml), (xml.to_owned(), source));
    }

    #[test]
    fn a_reply_without_documented_fields_is_an_empty_object() {
        let (json, source) = answer(r#"{"method":"suning.shop.thing.get","node":"getThing"}"#, Format::Json);
        assert_eq!(json, r#"{"sn_responseContent":{"sn_head":{},"sn_body":{"getThing":{}}}}"#);
        assert!(source.contains("synthesised"), "{source}");
    }

    #[test]
    fn an_example_in_xml_alone_answers_json() {
        let tree = converted(None, Some(XML)).unwrap();
        assert_eq!(write(Format::Json, &tree), JSON.replace(r#""sn_head":{}"#, r#""sn_head":"""#));
    }

    #[test]
    fn an_example_in_json_alone_answers_xml() {
        let tree = converted(Some(JSON), None).unwrap();
        assert_eq!(write(Format::Xml, &tree), XML);
    }
}
