//! Documents that follow from the code, and are reviewed when they change.

use std::{env, fs};

use crate::spec::root;

/// Compares a document of the project with what it should say. `INSTA_UPDATE=always` writes it instead, as for snapshots.
///
/// # Panics
/// When they differ, with the lines that do.
pub fn assert_accepted(path: &str, expected: &str) {
    let file = root().join(path);
    if env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&file, expected).expect("the document can be written");
    }
    let text = fs::read_to_string(&file).unwrap_or_default();
    let (old, new): (Vec<&str>, Vec<&str>) = (text.lines().collect(), expected.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("-{line}\n"));
    let added = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+{line}\n"));
    let difference: String = gone.chain(added).collect();
    assert!(text == expected, "{path} does not say what is the case; accept it with INSTA_UPDATE=always\n{difference}");
}
