//! The example `orders` against the mock gateway. `top_up` has tests of its own.

use std::process::{Command, Output};

use suning_api::Credentials;
use suning_api::error::NO_RESULT;
use suning_api::methods::custom::order_query::{OrderQueryRequest, OrderQueryRow};
use suning_api::mock::{Gateway, Server};

/// Runs the example on this gateway.
fn orders(gateway: Gateway) -> Output {
    let server = Server::start(gateway, "127.0.0.1:0").expect("a free port");
    Command::new(env!("CARGO_BIN_EXE_orders"))
        .arg(format!("http://{}/", server.address()))
        .envs([("SUNING_APP_KEY", "my-app-key"), ("SUNING_APP_SECRET", "my-app-secret")])
        .env_remove("SUNING_ACCESS_TOKEN")
        .output()
        .expect("the example runs")
}

fn gateway(secret: &str) -> Gateway {
    Gateway::builder(Credentials::new("my-app-key", secret)).build()
}

#[test]
fn orders_of_all_pages_are_listed() {
    let order = |code: &str| {
        let mut order = OrderQueryRow::default();
        (order.order_code, order.order_total_status) = (Some(code.to_owned()), Some("20".to_owned()));
        order.customer_name = Some("hidden".to_owned());
        order
    };
    let gateway = gateway("my-app-secret");
    gateway.on::<OrderQueryRequest>().pages([vec![order("1"), order("2")], vec![order("3")]]);
    let output = orders(gateway);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "1 ? 20\n2 ? 20\n3 ? 20\n3 orders\n");
    assert!(output.status.success());
}

#[test]
fn a_day_without_orders_is_no_failure() {
    let gateway = gateway("my-app-secret");
    gateway.on::<OrderQueryRequest>().error(NO_RESULT);
    assert_eq!(String::from_utf8_lossy(&orders(gateway).stdout), "0 orders\n");
}

#[test]
fn wrong_keys_end_in_an_error_that_says_so() {
    let output = orders(gateway("another-secret"));
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(shown.starts_with("orders: suning.custom.order.query failed with `sys.check.app-sign:error`"), "{shown}");
    assert!(!output.status.success() && !shown.contains("my-app-secret"));
}
