//! The documents for people: the Chinese ones show the same code, and links lead somewhere.

use std::fs;
use std::path::{Path, PathBuf};

use tests::spec::root;

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The code blocks, without what is translated: comments and printed texts.
fn code(text: &str) -> Vec<Vec<String>> {
    let blocks = text.split("\n```").skip(1).step_by(2);
    blocks.map(|block| block.lines().map(without_words).collect()).collect()
}

fn without_words(line: &str) -> String {
    if line.trim_start().starts_with("//") || line.starts_with("# ") {
        return "a comment".to_owned();
    }
    let code = [" # ", " // "].iter().fold(line, |line, comment| line.split(comment).next().unwrap_or(line)).trim_end();
    match code.split_once("println!(\"") {
        Some((before, printed)) => format!("{before}println!({}", &printed[printed.find('"').unwrap_or(0)..]),
        None => code.to_owned(),
    }
}

#[test]
fn the_chinese_readmes_show_the_same_code() {
    for folder in ["", "suning-api"] {
        let [english, chinese] =
            ["README.md", "README.zh-CN.md"].map(|name| code(&read(&root().join(folder).join(name))));
        assert!(!english.is_empty());
        for (english, chinese) in english.iter().zip(&chinese) {
            assert_eq!(english, chinese, "in {folder}/README*.md");
        }
        assert_eq!(english.len(), chinese.len(), "blocks in {folder}/README*.md");
    }
}

#[test]
fn the_readmes_count_the_methods() {
    let index = read(&root().join("docs/methods/README.md"));
    let count = index.lines().find_map(|line| line.strip_prefix("| all | ")?.split(' ').next()).expect("a sum");
    let namespaces = index.lines().filter(|line| line.starts_with("| [`")).count();
    let methods = format!("{},{}", &count[..1], &count[1..]);
    for (readme, known) in [
        ("README.md", [format!("All {methods} known"), format!("in {namespaces} namespaces")]),
        ("README.zh-CN.md", [format!("{methods} 个方法"), format!("{namespaces} 个命名空间")]),
    ] {
        let text = read(&root().join(readme));
        for known in known {
            assert!(text.contains(&known), "{readme} does not say `{known}`; correct its count");
        }
    }
}

/// The targets of the links in a document.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target)
}

/// The headings of a document, as links name them.
fn anchors(text: &str) -> Vec<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let words = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        words.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn links_lead_to_files_and_headings() {
    let in_root = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map(PathBuf::from);
    let docs = fs::read_dir(root().join("docs")).expect("the folder").flatten().map(|file| file.path());
    let documents = in_root.into_iter().chain(docs.filter(|path| path.extension().is_some_and(|kind| kind == "md")));
    let mut checked = 0;
    for document in documents.map(|path| root().join(path)) {
        for link in links(&read(&document)).filter(|link| !link.contains("://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { document.clone() } else { document.with_file_name(path) };
            assert!(target.exists(), "{}: no file {link}", document.display());
            let has_anchor = anchor.is_empty() || anchors(&read(&target)).iter().any(|known| known == anchor);
            assert!(has_anchor, "{}: no heading {link}", document.display());
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked} links");
}

/// The package is shown without the repository around it.
#[test]
fn the_readme_of_the_package_has_no_relative_links() {
    for name in ["README.md", "README.zh-CN.md"] {
        let text = read(&root().join("suning-api").join(name));
        assert_eq!(links(&text).find(|link| !link.starts_with("https://")), None, "{name}");
    }
}
