//! The examples `orders` and `returns` against the mock gateway. `top_up` has tests of its own.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use suning_api::Credentials;
use suning_api::chrono::TimeDelta;
use suning_api::error::NO_RESULT;
use suning_api::methods::custom::batchrejected_query::{BatchrejectedQueryRequest, BatchrejectedQueryRow};
use suning_api::methods::custom::order_query::{OrderQueryRequest, OrderQueryRow};
use suning_api::mock::{Gateway, Server};
use suning_api::time::china_time;

/// The command that runs an example on a server.
fn example(path: &str, server: &Server) -> Command {
    let mut command = Command::new(path);
    command.arg(format!("http://{}/", server.address())).env_remove("SUNING_ACCESS_TOKEN");
    command.envs([("SUNING_APP_KEY", "my-app-key"), ("SUNING_APP_SECRET", "my-app-secret")]);
    command
}

/// Runs the example `orders` on this gateway.
fn orders(gateway: Gateway) -> Output {
    let server = Server::start(gateway, "127.0.0.1:0").expect("a free port");
    example(env!("CARGO_BIN_EXE_orders"), &server).output().expect("the example runs")
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

/// A gateway with these numbers of returns, one each hour until yesterday.
fn returns(count: i64) -> Gateway {
    let gateway = gateway("my-app-secret");
    let yesterday = china_time(SystemTime::now()) - TimeDelta::days(1);
    let row = |number: i64| {
        let mut row = BatchrejectedQueryRow::default();
        row.order_code = Some(number.to_string());
        (yesterday - TimeDelta::hours(number), row)
    };
    gateway.on::<BatchrejectedQueryRequest>().rows_at((0..count).map(row));
    gateway
}

/// Runs the example in a folder until it ends, or has printed so many rows and is killed. Gives the numbers that it printed.
fn sync(folder: &Path, at_most: usize) -> BTreeSet<String> {
    let server = Server::start(returns(200), "127.0.0.1:0").expect("a free port");
    let mut example = example(env!("CARGO_BIN_EXE_returns"), &server);
    let mut example = example.current_dir(folder).stdout(Stdio::piped()).spawn().expect("the example runs");
    let lines = BufReader::new(example.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let number = |line: String| line.split('"').nth(1).unwrap_or_default().to_owned();
    let numbers = lines.take(at_most).map(number).collect();
    if at_most == usize::MAX {
        assert!(example.wait().expect("the example ends").success());
    } else {
        example.kill().expect("the example is still running");
        example.wait().expect("the example ends");
    }
    numbers
}

#[test]
fn returns_are_all_listed_although_the_program_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let position = folder.path().join("returns.position");
    let all: BTreeSet<String> = (0..200).map(|number| number.to_string()).collect();
    assert_eq!(sync(folder.path(), usize::MAX), all);
    assert!(!position.exists());
    let mut listed = sync(folder.path(), 80);
    assert!(position.exists());
    listed.extend(sync(folder.path(), 40));
    let rest = sync(folder.path(), usize::MAX);
    assert!(!position.exists() && rest.len() < 150, "{} rows", rest.len());
    listed.extend(rest);
    assert_eq!(listed, all);
}

#[test]
fn a_shop_without_returns_is_no_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(returns(0), "127.0.0.1:0").expect("a free port");
    let output = example(env!("CARGO_BIN_EXE_returns"), &server).current_dir(folder.path()).output().expect("it runs");
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
}
