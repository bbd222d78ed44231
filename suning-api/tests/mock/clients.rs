use suning_api::{Client, ClientBuilder};

use super::*;

/// Calls a method through a client and gives what it answers.
fn order_type(client: ClientBuilder) -> Option<String> {
    let client = client.clock(now).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let call = client.custom().virtual_get().order_item_code("101254223501").send();
    runtime.block_on(call).unwrap().order_type.clone()
}

fn client() -> ClientBuilder {
    Client::builder(Credentials::new(KEY, SECRET))
}

#[test]
fn a_gateway_is_a_transport() {
    for format in [Format::Json, Format::Xml] {
        let client = client().format(format).transport(Arc::new(gateway().strict().build()));
        assert_eq!(order_type(client).as_deref(), Some("1"));
    }
}

#[cfg(feature = "http-client")]
#[test]
fn a_server_is_an_endpoint() {
    let server = Server::start(gateway().strict().build(), "0.0.0.0:0").unwrap();
    for endpoint in [server.endpoint(), server.endpoint().without_method_in_path()] {
        assert_eq!(order_type(client().endpoint(endpoint)).as_deref(), Some("1"));
    }
}
