//! Replies of methods without a documented example.

use super::parameter::is_readable;
use super::strictness::Strictness;
use crate::catalog::{FieldInfo, Kind, MethodInfo};
use crate::generated::platform;
use crate::value::Value;

/// The parameter that selects a page, and its place in the head of a reply.
const PAGE_NO: &str = "pageNo";
/// The number of pages, in the head of a reply.
const PAGE_TOTAL: &str = "pageTotal";

/// The head of a reply: the only page of a paged result, otherwise empty.
pub(super) fn head(method: &MethodInfo) -> Value {
    if method.request.iter().any(|parameter| parameter.name == PAGE_NO) {
        page_head(1, 1, 1)
    } else {
        Value::Object(Vec::new())
    }
}

/// The head of a page.
pub(super) fn page_head(page: usize, pages: usize, rows: usize) -> Value {
    let fields = [(PAGE_NO, page), (PAGE_TOTAL, pages), ("totalSize", rows)];
    Value::Object(fields.map(|(name, number)| (name.to_owned(), number.to_string().into())).into())
}

/// The page that a request asks for. Default: 1.
pub(super) fn requested_page(method: &MethodInfo, parameters: &Value) -> usize {
    let is_paged = method.request.iter().any(|parameter| parameter.name == PAGE_NO);
    let page = if is_paged { parameters.get(PAGE_NO).and_then(Value::as_text) } else { None };
    page.and_then(|page| page.trim().parse().ok()).unwrap_or(1)
}

/// Makes another page from the reply with the first one. `None` if there is no such page.
pub(super) fn page(mut first: Value, method: &MethodInfo, page: usize) -> Option<Value> {
    let content = entry(&mut first, platform::RESPONSE_ROOT)?;
    let head = entry(content, platform::HEAD)?;
    let total: usize = head.get(PAGE_TOTAL)?.as_text()?.trim().parse().ok()?;
    if page > total {
        return None;
    }
    *entry(head, PAGE_NO)? = page.to_string().into();
    let rows = entry(entry(content, platform::BODY)?, method.node)?;
    let rows = if let Value::List(rows) = rows { rows.as_mut_slice() } else { std::slice::from_mut(rows) };
    for row in rows {
        // The first field identifies the row: an order code, for example.
        if let Value::Object(fields) = row
            && let Some((_, value)) = fields.first_mut()
        {
            *value = format!("{}{page}", value.as_text()?).into();
        }
    }
    Some(first)
}

fn entry<'a>(object: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    let Value::Object(fields) = object else { return None };
    fields.iter_mut().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The content of the business node: each documented field once.
pub(super) fn body(method: &MethodInfo) -> Value {
    let row = object(&method.response);
    if method.response_list && !row.is_empty() { Value::List(vec![row]) } else { row }
}

fn object(fields: &[FieldInfo]) -> Value {
    Value::Object(fields.iter().map(|field| (field.name.to_owned(), value(field))).collect())
}

fn value(field: &FieldInfo) -> Value {
    let item = match field.kind {
        Kind::Object => object(&field.fields),
        _ => leaf(field).into(),
    };
    if field.list { Value::List(vec![item]) } else { item }
}

/// The documented sample if it has the documented type, otherwise a value that has it.
fn leaf(field: &FieldInfo) -> &str {
    let sample = field.example.filter(|text| !text.is_empty());
    sample.filter(|text| is_readable(field, &Value::from(*text), Strictness::Strict)).unwrap_or_else(|| {
        match field.kind {
            Kind::Integer => "1",
            Kind::Decimal => "1.00",
            Kind::DateTime => "2020-01-01 00:00:00",
            Kind::Code => {
                field.values.iter().map(|known| known.value).find(|code| !code.is_empty()).unwrap_or_default()
            }
            Kind::Text | Kind::Object => field.name,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::parse_method;
    use crate::model::Shown;
    use crate::wire::json;

    fn written(value: &Value) -> String {
        let mut out = Vec::new();
        json::write(&mut out, &Shown::Value(value));
        String::from_utf8(out).expect("UTF-8")
    }

    fn body_of(response: &str) -> String {
        written(&body(&parse_method(&format!(r#"{{"method":"suning.shop.thing.get","response":{response}}}"#))))
    }

    #[test]
    fn a_field_has_its_documented_sample() {
        assert_eq!(body_of(r#"[{"name":"a","type":"text","example":"x"}]"#), r#"{"a":"x"}"#);
        assert_eq!(body_of(r#"[{"name":"a","type":"integer","example":"42"}]"#), r#"{"a":"42"}"#);
    }

    #[test]
    fn a_field_without_a_sample_has_a_value_of_its_type() {
        assert_eq!(
            body_of(
                r#"[{"name":"text","type":"text"},{"name":"count","type":"integer"},{"name":"sum","type":"decimal"},
                    {"name":"time","type":"datetime"},{"name":"state","type":"text","values":[{"value":""},{"value":"10"}]}]"#
            ),
            r#"{"text":"text","count":"1","sum":"1.00","time":"2020-01-01 00:00:00","state":"10"}"#
        );
    }

    #[test]
    fn a_sample_of_another_type_is_not_used() {
        assert_eq!(
            body_of(
                r#"[{"name":"count","type":"integer","example":"many"},{"name":"time","type":"datetime","example":"2020"},
                    {"name":"state","type":"text","example":"11","values":[{"value":"10"}]},{"name":"a","type":"text","example":""}]"#
            ),
            r#"{"count":"1","time":"2020-01-01 00:00:00","state":"10","a":"a"}"#
        );
    }

    #[test]
    fn lists_have_one_item_and_objects_have_their_fields() {
        assert_eq!(
            body_of(
                r#"[{"name":"rows","list":true,"type":"object","fields":[{"name":"tags","list":true,"type":"text"},
                    {"name":"inner","type":"object","fields":[{"name":"a","type":"text"}]}]}]"#
            ),
            r#"{"rows":[{"tags":["tags"],"inner":{"a":"a"}}]}"#
        );
    }

    #[test]
    fn a_paged_method_has_a_head_of_one_page() {
        let head_of = |request: &str| {
            written(&head(&parse_method(&format!(r#"{{"method":"suning.shop.thing.get","request":{request}}}"#))))
        };
        assert_eq!(
            head_of(r#"[{"name":"pageNo","type":"integer"}]"#),
            r#"{"pageNo":"1","pageTotal":"1","totalSize":"1"}"#
        );
        assert_eq!(head_of("[]"), "{}");
    }
}
