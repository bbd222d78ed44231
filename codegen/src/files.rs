//! The one place that reads and writes files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::{error, fmt, fs};

use similar::TextDiff;
use tempfile::TempPath;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::schema;
use crate::yaml::Position;

/// A file of the spec.
#[derive(Debug, Clone)]
pub struct SpecFile {
    /// Path below `spec/`.
    pub path: PathBuf,
    /// Path as messages show it.
    pub display: String,
    /// Content.
    pub text: String,
}

/// A file that could not be read or written.
#[derive(Debug)]
pub struct FileError {
    action: &'static str,
    path: PathBuf,
    source: io::Error,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.action, self.path.display(), self.source)
    }
}

impl error::Error for FileError {}

/// Adds the action and the path to an I/O error.
fn at<T>(action: &'static str, path: &Path, result: io::Result<T>) -> Result<T, FileError> {
    result.map_err(|source| FileError { action, path: path.to_owned(), source })
}

/// Reads all files below `spec/`, by path.
///
/// # Errors
/// Every file or folder that cannot be read.
pub fn read_spec(root: &Path) -> Result<Vec<SpecFile>, Diagnostics> {
    let mut problems = Diagnostics::default();
    let files = read_readable_spec(root, &mut problems);
    problems.or(files)
}

/// Reads all files below `spec/` that can be read, by path, and reports the others. The schemas are no spec.
///
/// Bytes that are not UTF-8 become replacement characters, which the parser reports.
pub fn read_readable_spec(root: &Path, problems: &mut Diagnostics) -> Vec<SpecFile> {
    let mut files = Vec::new();
    for path in files_below(&root.join("spec")) {
        let file = path.and_then(|path| at("read", &path, fs::read(&path)).map(|bytes| (path, bytes)));
        match file {
            Ok((path, bytes)) => {
                let display = path.strip_prefix(root).unwrap_or(&path);
                if !schema::is_path(display) {
                    let path = display.strip_prefix("spec").unwrap_or(display).to_owned();
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    files.push(SpecFile { display: display.display().to_string(), path, text });
                }
            }
            Err(FileError { action, path, source }) => {
                let display = path.strip_prefix(root).unwrap_or(&path).display().to_string();
                let message = format!("cannot {action} this: {source}; repair or remove it");
                problems.push(Diagnostic::new(&display, Position::FIRST, message));
            }
        }
    }
    files
}

/// All files below a folder, sorted, and the folders that cannot be listed. Empty if the folder does not exist.
///
/// A link is a file. So is a folder with an extension, which cannot be read as one.
fn files_below(folder: &Path) -> Vec<Result<PathBuf, FileError>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        entries => at("list", folder, entries.and_then(Iterator::collect::<io::Result<Vec<_>>>)),
    };
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return vec![Err(error)],
    };
    entries.sort_by_key(fs::DirEntry::path);
    let files = entries.into_iter().flat_map(|entry| {
        let path = entry.path();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir()) && path.extension().is_none();
        if is_folder { files_below(&path) } else { vec![Ok(path)] }
    });
    files.collect()
}

/// Reads one file of the project. `None` if it does not exist.
///
/// # Errors
/// A file that cannot be read.
pub fn read(path: &Path) -> Result<Option<String>, FileError> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => at("read", path, text).map(Some),
    }
}

/// Reads a file that is not part of the project, or standard input for `-`.
///
/// # Errors
/// A file that cannot be read.
pub fn read_input(file: &str) -> Result<Vec<u8>, FileError> {
    if file != "-" {
        return at("read", Path::new(file), fs::read(file));
    }
    let mut bytes = Vec::new();
    at("read", Path::new("standard input"), io::stdin().read_to_end(&mut bytes))?;
    Ok(bytes)
}

/// Files to write, and the folders that may contain only these files.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// Content by path, relative to the project.
    pub files: BTreeMap<PathBuf, String>,
    /// Folders where every other file is an orphan.
    pub folders: Vec<PathBuf>,
}

/// How a file on disk differs from its intended content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// The content differs.
    Stale {
        /// Path, relative to the project.
        path: PathBuf,
        /// Content on disk.
        old: String,
        /// Intended content.
        new: String,
    },
    /// The file does not exist.
    Missing {
        /// Path, relative to the project.
        path: PathBuf,
        /// Intended content.
        new: String,
    },
    /// The file no longer has a source.
    Orphaned {
        /// Path, relative to the project.
        path: PathBuf,
    },
}

impl fmt::Display for FileChange {
    /// Writes the kind of change and the path, with a diff for a stale file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stale { path, old, new } => {
                let diff = TextDiff::from_lines(old, new);
                let mut lines = diff.unified_diff().context_radius(1).header("on disk", "generated").to_string();
                if let Some((end, _)) = lines.match_indices('\n').nth(40) {
                    lines.truncate(end);
                    lines.push_str("\n…");
                }
                write!(f, "stale    {}\n{}", path.display(), lines.trim_end())
            }
            Self::Missing { path, .. } => write!(f, "missing  {}", path.display()),
            Self::Orphaned { path } => write!(f, "orphaned {}", path.display()),
        }
    }
}

/// Compares the files on disk with their intended content.
///
/// # Errors
/// A file or folder that cannot be read.
pub fn compare(root: &Path, output: &Output) -> Result<Vec<FileChange>, FileError> {
    let mut changes = Vec::new();
    for (path, new) in &output.files {
        match read(&root.join(path))? {
            Some(old) if old == *new => {}
            Some(old) => changes.push(FileChange::Stale { path: path.clone(), old, new: new.clone() }),
            None => changes.push(FileChange::Missing { path: path.clone(), new: new.clone() }),
        }
    }
    for folder in &output.folders {
        for path in files_below(&root.join(folder)) {
            let path = path?;
            let path = path.strip_prefix(root).unwrap_or(&path).to_owned();
            if !output.files.contains_key(&path) {
                changes.push(FileChange::Orphaned { path });
            }
        }
    }
    Ok(changes)
}

/// Applies the changes: writes all files to temporary ones first, then moves them into place, then removes orphans.
///
/// # Errors
/// A file that cannot be written. No file has changed then, unless moving itself failed. Every file is complete, either
/// old or new.
pub fn apply(root: &Path, changes: &[FileChange]) -> Result<(), FileError> {
    let mut staged = Vec::new();
    for change in changes {
        if let FileChange::Stale { path, new, .. } | FileChange::Missing { path, new } = change {
            let path = root.join(path);
            staged.push((stage(&path, new)?, path));
        }
    }
    for (file, path) in staged {
        at("write", &path, file.persist(&path).map(drop).map_err(|error| error.error))?;
    }
    for change in changes {
        if let FileChange::Orphaned { path } = change {
            let path = root.join(path);
            at("remove", &path, fs::remove_file(&path))?;
            // Fails for a folder that still contains files, which stays.
            let _ = path.parent().map(fs::remove_dir);
        }
    }
    Ok(())
}

/// Writes a temporary file next to its destination. It is closed, so that there is no limit on their number.
fn stage(path: &Path, text: &str) -> Result<TempPath, FileError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    at("create", folder, fs::create_dir_all(folder))?;
    if path.is_dir() {
        return at("write", path, Err(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)] // A temporary file is private; a source file is not.
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = at("write", path, builder.tempfile_in(folder))?;
    at("write", path, file.write_all(text.as_bytes()))?;
    Ok(file.into_temp_path())
}

/// A one-line summary of the changes.
#[must_use]
pub fn summary(output: &Output, changes: &[FileChange]) -> String {
    let count = |is: fn(&FileChange) -> bool| changes.iter().filter(|change| is(change)).count();
    let written = count(|change| !matches!(change, FileChange::Orphaned { .. }));
    let removed = count(|change| matches!(change, FileChange::Orphaned { .. }));
    let mut line = String::new();
    let _ = write!(line, "{written} written, {removed} removed, {} unchanged", output.files.len() - written);
    line
}
