//! The one place that runs git.

use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{error, fmt};

use crate::files::SpecFile;

/// Main branches to compare with. The first one that exists is used.
const MAIN: [&str; 2] = ["main", "origin/main"];

/// Why a git command failed.
#[derive(Debug)]
pub struct GitError(String);

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for GitError {}

/// A commit of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision(String);

impl fmt::Display for Revision {
    /// The abbreviated hash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.get(..10).unwrap_or(&self.0))
    }
}

/// Resolves a branch, a tag or a hash to a commit.
///
/// # Errors
/// An unknown revision.
pub fn revision(root: &Path, name: &str) -> Result<Revision, GitError> {
    let commit = format!("{name}^{{commit}}");
    let hash = git(root, &["rev-parse", "--verify", "--end-of-options", &commit])
        .map_err(|error| GitError(format!("unknown revision `{name}`: {error}")))?;
    Ok(Revision(hash.trim().to_owned()))
}

/// The commit where the checked-out branch left the main one.
///
/// # Errors
/// There is no main branch, or no common ancestor.
pub fn merge_base(root: &Path) -> Result<Revision, GitError> {
    let main = MAIN.iter().find_map(|name| revision(root, name).ok());
    let main =
        main.ok_or_else(|| GitError("there is no branch `main` to compare with; pass `--base REV`".to_owned()))?;
    let hash = git(root, &["merge-base", "HEAD", &main.0])
        .map_err(|error| GitError(format!("no common ancestor with the branch `main`; pass `--base REV`: {error}")))?;
    Ok(Revision(hash.trim().to_owned()))
}

/// The tag of the last release before what is checked out.
///
/// # Errors
/// Nothing has been released yet.
pub fn last_release(root: &Path) -> Result<String, GitError> {
    Ok(git(root, &["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"])?.trim().to_owned())
}

/// A file at a commit, by its path from the root of the project.
///
/// # Errors
/// There is no such file.
pub fn file(root: &Path, revision: &Revision, path: &str) -> Result<String, GitError> {
    git(root, &["show", &format!("{}:./{path}", revision.0)])
}

/// Whether all files are committed.
///
/// # Errors
/// This is no repository.
pub fn is_clean(root: &Path) -> Result<bool, GitError> {
    Ok(git(root, &["status", "--porcelain"])?.is_empty())
}

/// Reads all YAML files below `spec/` at a commit, by path.
///
/// # Errors
/// Files that git cannot read.
pub fn read_spec(root: &Path, revision: &Revision) -> Result<Vec<SpecFile>, GitError> {
    let names = git(root, &["ls-tree", "-r", "-z", "--name-only", &revision.0, "--", "spec"])?;
    let is_spec = |name: &&str| Path::new(name).extension().is_some_and(|extension| extension == "yaml");
    let names: Vec<&str> = names.split('\0').filter(is_spec).collect();
    let wanted: Vec<_> = names.iter().map(|name| format!("{}:./{name}\n", revision.0)).collect();
    let contents = run(root, &["cat-file", "--batch"], &wanted.concat())?;
    let mut rest = contents.as_slice();
    let file = |name: &str| {
        let text = next_object(&mut rest).ok_or_else(|| GitError(format!("git did not return {name}")))?;
        let path = PathBuf::from(name.strip_prefix("spec/").unwrap_or(name));
        Ok(SpecFile { path, display: name.to_owned(), text })
    };
    names.into_iter().map(file).collect()
}

/// Takes one object off the output of `git cat-file --batch`: a line that ends in the size, the content, and a line feed.
fn next_object(rest: &mut &[u8]) -> Option<String> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let (head, content) = (str::from_utf8(&rest[..end]).ok()?, &rest[end + 1..]);
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let text = String::from_utf8_lossy(content.get(..size)?).into_owned();
    *rest = content.get(size + 1..)?;
    Some(text)
}

fn git(root: &Path, arguments: &[&str]) -> Result<String, GitError> {
    let output = run(root, arguments, "")?;
    String::from_utf8(output).map_err(|_| GitError(format!("the output of git {} is not UTF-8", arguments[0])))
}

fn run(root: &Path, arguments: &[&str], input: &str) -> Result<Vec<u8>, GitError> {
    let failed = |error: io::Error| GitError(format!("cannot run git: {error}"));
    // From a file, because git may write before it has read everything.
    let mut file = tempfile::tempfile().map_err(failed)?;
    file.write_all(input.as_bytes()).and_then(|()| file.rewind()).map_err(failed)?;
    let output = Command::new("git").arg("-C").arg(root).args(arguments).stdin(file).output().map_err(failed)?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(GitError(format!("git {} failed: {}", arguments[0], reason.trim())));
    }
    Ok(output.stdout)
}
