//! The one place that asks git.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{error, fmt, io};

use crate::files::SpecFile;

/// Branches that a change is compared with, the first there is.
const MAIN: [&str; 2] = ["main", "origin/main"];

/// Why git gave no answer.
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
    /// The beginning of its hash, as git shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.get(..10).unwrap_or(&self.0))
    }
}

/// The commit of a name, such as a branch, a tag or a hash.
///
/// # Errors
/// A name that git does not know.
pub fn revision(root: &Path, name: &str) -> Result<Revision, GitError> {
    let commit = format!("{name}^{{commit}}");
    let hash = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
        .map_err(|error| GitError(format!("`{name}` is no revision that git knows here; {error}")))?;
    Ok(Revision(hash.trim().to_owned()))
}

/// The commit where the checked-out branch left the main one.
///
/// # Errors
/// A project without a main branch, or one that has nothing in common with it.
pub fn merge_base(root: &Path) -> Result<Revision, GitError> {
    let main = MAIN.iter().find_map(|name| revision(root, name).ok());
    let main =
        main.ok_or_else(|| GitError("there is no branch `main` to compare with; say `--base REV`".to_owned()))?;
    let hash = git(root, &["merge-base", "HEAD", &main.0])
        .map_err(|error| GitError(format!("nothing is common with the branch `main`; say `--base REV`; {error}")))?;
    Ok(Revision(hash.trim().to_owned()))
}

/// All YAML files below `spec/` as they were at a commit, by path.
///
/// # Errors
/// Files that git can not show.
pub fn read_spec(root: &Path, revision: &Revision) -> Result<Vec<SpecFile>, GitError> {
    let names = git(root, &["ls-tree", "-r", "-z", "--name-only", &revision.0, "--", "spec"])?;
    let is_spec = |name: &&str| Path::new(name).extension().is_some_and(|extension| extension == "yaml");
    let names = names.split('\0').filter(is_spec);
    let file = |name: &str| {
        let text = git(root, &["show", &format!("{}:./{name}", revision.0)])?;
        let path = PathBuf::from(name.strip_prefix("spec/").unwrap_or(name));
        Ok(SpecFile { path, display: name.to_owned(), text })
    };
    names.map(file).collect()
}

fn git(root: &Path, arguments: &[&str]) -> Result<String, GitError> {
    let failed = |error: io::Error| GitError(format!("git can not be run: {error}"));
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output().map_err(failed)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = if said.trim().is_empty() { "it gave no reason" } else { said.trim() };
        return Err(GitError(format!("git {} failed: {said}", arguments[0])));
    }
    String::from_utf8(output.stdout).map_err(|_| GitError(format!("git {} gave no UTF-8", arguments[0])))
}
