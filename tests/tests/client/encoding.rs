//! What requests in XML can contain.

use suning_api::error::RequestError;
use suning_api::value::Value;
use suning_api::{Error, Format};
use tests::script::Script;

/// The business node that is sent, or why none is.
async fn sent(parameters: &[(&str, Value)]) -> Result<String, String> {
    let script = Script::new([""]);
    let client = script.builder().format(Format::Xml).build().expect("a client");
    let call = client.raw("suning.shop.thing.add", "addThing");
    let call = parameters.iter().fold(call, |call, (name, value)| call.parameter(name, value.clone()));
    match call.send().await {
        Err(Error::Request(RequestError::Unwritable { path, reason })) => Err(format!("{path}: {reason}")),
        _ => {
            let body = script.sent().remove(0);
            let inside = body
                .strip_prefix("<sn_request><sn_body>")
                .and_then(|body| body.strip_suffix("</sn_body></sn_request>"));
            Ok(inside.expect("the envelope").to_owned())
        }
    }
}

#[tokio::test]
async fn a_carriage_return_is_not_read_as_a_line_feed() {
    let address = sent(&[("address", "1\r\n2\r3\n<&>".into())]).await;
    assert_eq!(address.as_deref(), Ok("<addThing><address>1&#13;\n2&#13;3\n&lt;&amp;&gt;</address></addThing>"));
}

#[tokio::test]
async fn a_name_that_xml_does_not_allow_is_an_error_at_its_path() {
    for name in ["", "a b", "a>b", "1a", "a:b", "-a", "×", "a/"] {
        let inner = Value::Object(vec![(name.to_owned(), 1.into())]);
        let reason = format!("XML does not allow the name {name:?}; send JSON or rename it");
        assert_eq!(sent(&[("things", inner)]).await, Err(format!("things.{name}: {reason}")));
    }
    let names: Vec<_> = ["_", "a-1.b", "名称", "é"].map(|name| (name, Value::from(1))).into();
    let all = "<addThing><_>1</_><a-1.b>1</a-1.b><名称>1</名称><é>1</é></addThing>";
    assert_eq!(sent(&names).await.as_deref(), Ok(all));
}
