//! A program with libraries of its own, built and run next to the crate.

use std::fs;
use std::path::Path;
use std::process::Command;

use tests::misbehaving::{Behaviour, Server, reply};
use tests::proxy::Proxy;
use tests::spec::root;

const ORDER: &str = r#"{"sn_responseContent":{"sn_body":{"getVirtual":{"orderCode":"1"}}}}"#;

#[test]
fn the_crate_changes_no_library_of_a_program_and_heeds_its_environment() {
    let answer = reply("200 OK", "", ORDER);
    let (proxy, direct) = (Proxy::start(answer.clone()), Server::start(Behaviour::Answer(answer)));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("neighbour");
    let fixture = root().join("tests/fixtures/neighbour");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    fs::copy(fixture.join("src/main.rs"), folder.join("src/main.rs")).expect("a copy");
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
    let manifest = fs::read_to_string(fixture.join("Cargo.toml")).expect("the manifest");
    let crate_path = root().join("suning-api").display().to_string().replace('\\', "/");
    fs::write(folder.join("Cargo.toml"), manifest.replace("{suning-api}", &crate_path)).expect("the manifest");

    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--", "http://gateway.invalid/", &format!("http://{}/", direct.address)])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("HTTP_PROXY", format!("http://user:password@{}", proxy.address))
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("cargo runs");
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(stdout, "all libraries work\n", "{stderr}");
    assert_eq!(proxy.heads().len(), 1, "{:?}", proxy.heads());
    assert!(proxy.heads()[0].starts_with("post http://gateway.invalid/suning.custom.virtual.get http/1.1\r\n"));
}
