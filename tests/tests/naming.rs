//! An obstacle course of names: keywords, collisions, digits, odd casing, other scripts.
//!
//! The generated crate must compile without a warning, so the course is checked by the compiler.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use codegen::emit::{self, MANIFEST};
use codegen::files::{SpecFile, apply, compare};
use insta::assert_snapshot;
use tests::spec::{file, platform, root};

fn course() -> Vec<SpecFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/naming");
    let mut files = vec![platform()];
    for entry in fs::read_dir(folder).expect("the course").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a method");
        let name = text.lines().next().and_then(|line| line.strip_prefix("method: suning.")).expect("a name");
        files.push(file(&format!("{}.yaml", name.replacen('.', "/", 1)), &text));
    }
    assert_eq!(files.len(), 4);
    files
}

/// Copies the hand-written part of the crate, so that the generated part can be another.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target);
        } else {
            fs::copy(&source, &target).expect("a copy");
        }
    }
}

#[test]
fn the_course_compiles_without_a_warning() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("naming");
    let _ = fs::remove_dir_all(&folder);
    copy(&root().join("suning-api/src"), &folder.join("suning-api/src"));
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    let members = r#"members = ["codegen", "suning-api", "xtask", "tests"]"#;
    assert!(workspace.contains(members));
    let workspace = workspace.replace(members, r#"members = ["suning-api"]"#);
    let workspace: String =
        workspace.lines().filter(|line| !line.starts_with("default-members")).map(|line| format!("{line}\n")).collect();
    fs::write(folder.join("Cargo.toml"), workspace).expect("a manifest");
    let manifest = fs::read_to_string(root().join(MANIFEST)).expect("a manifest");
    fs::write(folder.join(MANIFEST), manifest.replace("readme = \"../README.md\"\n", "")).expect("a manifest");

    let compiled = codegen::compile(&course()).expect("the course is right");
    let manifest = fs::read_to_string(folder.join(MANIFEST)).expect("a manifest");
    let output = emit::emit(&compiled.plan, &manifest).expect("the manifest is right");
    let changes = compare(&folder, &output).expect("the files can be read");
    apply(&folder, &changes).expect("the files can be written");

    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments =
        ["check", "--offline", "--package", "suning-api", "--no-default-features", "--features", "namespaces,mock"];
    let check = Command::new(cargo)
        .args(arguments)
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("../naming-target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}

#[test]
fn names_are_settled_the_same_way_every_time() {
    let plan = codegen::compile(&course()).expect("the course is right").plan;
    let mut names = String::new();
    for namespace in &plan.namespaces {
        names += &format!("{} -> {} {}\n", namespace.wire, namespace.module, namespace.handle);
        for method in &namespace.methods {
            names += &format!("  {} -> {} {}\n", method.spec.method, method.module, method.builder);
            for object in std::iter::once(&method.request)
                .chain(&method.request_objects)
                .chain(std::iter::once(&method.response))
                .chain(&method.response_objects)
            {
                names += &format!("    {}\n", object.name);
                for field in &object.fields {
                    names += &format!("      {} -> {}: {:?}\n", field.wire, field.name, field.kind);
                }
            }
            for code in &method.codes {
                names += &format!(
                    "    {} {:?}\n",
                    code.name,
                    code.variants.iter().map(|variant| &variant.name).collect::<Vec<_>>()
                );
            }
            for error in &method.errors.variants {
                names += &format!("    {} -> {} {:?}\n", error.code, error.name, error.part);
            }
        }
    }
    assert_snapshot!(names);
}
