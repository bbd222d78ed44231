use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::*;

#[test]
fn it_prints_its_address_and_then_a_line_for_each_request() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_suning-mock"))
        .args(["--app-key", KEY, "--app-secret", SECRET, "--now", NOW])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut stream = TcpStream::connect(lines.next().unwrap().unwrap()).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: mock\r\n\r\n").unwrap();
    let line = lines.next().unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(line, "- 405: the HTTP verb is GET; send a POST");
}

#[test]
fn an_invalid_argument_ends_it_with_one_line() {
    let output = Command::new(env!("CARGO_BIN_EXE_suning-mock")).arg("--lisen").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "suning-mock: unknown argument `--lisen`; `suning-mock --help` lists all\n",
    );
}

fn explain(arguments: &[&str]) -> (Option<i32>, String, String) {
    let credentials = ["explain", "--app-key", KEY, "--app-secret", SECRET, "--now", NOW];
    let output = Command::new(env!("CARGO_BIN_EXE_suning-mock")).args(credentials).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn it_explains_signatures_and_never_shows_the_secret() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (body, request) = (folder.join("body.json"), folder.join("request.http"));
    std::fs::write(&body, "{}").unwrap();
    let wrong = sign(SECRET, GET, NOW, KEY, "v1.2", b"");
    let head = format!("AppMethod: {GET}\nAppRequestTime: {NOW}\nAppKey: {KEY}\nVersionNo: v1.2\nsignInfo: {wrong}");
    std::fs::write(&request, format!("{head}\n\n[]")).unwrap();
    let (body, request) = (body.to_str().unwrap(), request.to_str().unwrap());

    let (status, ours, _) = explain(&["--method", GET, "--body", body]);
    assert_eq!(status, Some(0));
    assert!(ours.contains(&sign(SECRET, GET, NOW, KEY, "v1.2", b"{}")), "{ours}");
    let (status, both, _) = explain(&["--method", GET, "--body", body, "--request", request]);
    assert_eq!(status, Some(1));
    assert!(both.contains("an empty body was signed; sign the bytes that are sent"), "{both}");
    assert!(both.ends_with("\nthe body differs at byte 0: `{}`, and `[]` in the other request\n"), "{both}");
    assert!(!both.contains(SECRET));

    let (status, _, error) = explain(&["--request", "/no/such/file"]);
    assert_eq!(status, Some(2));
    assert!(error.starts_with("suning-mock: cannot read `--request /no/such/file`: "), "{error}");
}

#[test]
fn it_refuses_a_method_on_demand() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_suning-mock"))
        .args(["--app-key", KEY, "--app-secret", SECRET, "--now", NOW])
        .args(["--refuse", &format!("{GET}=biz.handler.data-get:no-result")])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut stream = TcpStream::connect(lines.next().unwrap().unwrap()).unwrap();
    let request = json(GET, GOOD).build();
    write!(stream, "POST / HTTP/1.1\r\nHost: mock\r\nContent-Length: {}\r\n", request.body().len()).unwrap();
    for (name, value) in request.headers() {
        write!(stream, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
    }
    stream.write_all(b"\r\n").unwrap();
    stream.write_all(request.body()).unwrap();
    let line = lines.next().unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.starts_with("suning.custom.virtual.get 200 biz.handler.data-get:no-result"), "{line}");
}

#[cfg(feature = "push")]
#[test]
fn it_pushes_messages_from_standard_input_and_prints_acknowledgements() {
    use suning_api::push::{Message, Subscriber};

    let mut child = Command::new(env!("CARGO_BIN_EXE_suning-mock"))
        .args(["--app-key", KEY, "--app-secret", SECRET, "--push", "--deliver", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url = format!("ws://{}/websocket", lines.next().unwrap().unwrap());
    let message = r#"{"topic":"suning_order_virtual_resend","user":"1","msg":{"orderItemCode":"101"}}"#;
    writeln!(child.stdin.as_mut().unwrap(), "{message}").unwrap();
    let id = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let http = suning_api::transport::HttpClient::builder().no_proxy().build().unwrap();
        let credentials = suning_api::Credentials::new(KEY, SECRET);
        let mut subscriber =
            Subscriber::builder(credentials, url).connector(std::sync::Arc::new(http)).subscribe().unwrap();
        let delivery = subscriber.try_next().await.unwrap().unwrap();
        let Message::OrderVirtualResend(order) = delivery.message() else { panic!("{delivery:?}") };
        assert_eq!(order.order_item_code.as_deref(), Some("101"));
        let id = delivery.id().to_owned();
        delivery.ack().await.unwrap();
        subscriber.close().await.unwrap();
        id
    });
    let printed = lines.map_while(Result::ok).find(|line| line.starts_with("ack "));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(printed.as_deref(), Some(format!("ack {id}").as_str()));
}
