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
fn a_bad_argument_ends_it_with_one_line() {
    let output = Command::new(env!("CARGO_BIN_EXE_suning-mock")).arg("--lisen").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "suning-mock: `--lisen` is not an argument: write one that `suning-mock --help` lists\n",
    );
}
