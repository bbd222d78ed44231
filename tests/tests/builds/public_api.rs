//! What `suning-api` offers to callers, apart from generated methods, parameters and topics: `docs/public-api.txt`, which is
//! reviewed like code.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use public_api::Builder;
use tests::accepted::assert_accepted;
use tests::spec::root;

/// The features that add no generated methods.
const FEATURES: &str = "blocking,catalog,gzip,http-client,limit,mock,oauth,push,reqwest,serde,tower,tracing";

/// Paths that a signature may begin with. A new version of any other crate must not be a new version of ours.
const NAMED: &[&str] = &[
    "suning_api",
    "core",
    "alloc",
    "std",
    "str",
    // Re-exported.
    "bytes",
    "chrono",
    "http",
    "http_body_util",
    "rust_decimal",
    // Traits of the ecosystem, whose crates have kept their major version for years.
    "futures_core",
    "serde_core",
    "tokio",
    "tower_service",
    // What a caller passes in, of the feature with its name.
    "reqwest",
];

/// The description of the crate by rustdoc, which has it for tools only, and therefore takes this for a nightly version.
fn rustdoc() -> PathBuf {
    let folder = root().join("target/public-api");
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["rustdoc", "--package", "suning-api", "--lib", "--no-default-features", "--features", FEATURES])
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .current_dir(root())
        .env("CARGO_TARGET_DIR", &folder)
        .env("RUSTC_BOOTSTRAP", "suning_api")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder.join("doc/suning_api.json")
}

#[test]
fn the_public_api_is_listed_and_names_no_crate_that_is_not_meant_to_be_seen() {
    let api = Builder::from_rustdoc_json(rustdoc())
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build();
    let api = match api {
        Ok(api) => api,
        Err(error) if error.to_string().contains("version") => {
            return eprintln!("skipped, because this toolchain describes crates otherwise: {error}");
        }
        Err(error) => panic!("{error}"),
    };
    let is_generated = |line: &String| {
        let is_parameter = line.starts_with("pub enum suning_api::required::") && !line.ends_with("::Set");
        is_parameter || line.contains("::push::topics")
    };
    let lines: Vec<String> = api.items().map(ToString::to_string).filter(|line| !is_generated(line)).collect();
    for line in &lines {
        let paths = line.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':'));
        let crates = paths.filter_map(|path| path.split_once("::")).map(|(name, _)| name);
        let foreign = crates.filter(|name| name.starts_with(char::is_lowercase)).find(|name| !NAMED.contains(name));
        assert_eq!(foreign, None, "{line}");
    }
    assert_accepted("docs/public-api.txt", &(lines.join("\n") + "\n"));
}
