//! A token store in a file.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use super::{StoreError, StoreFuture, Token, TokenStore};
use crate::model::Shown;
use crate::value::Value;
use crate::wire::json;

const ACCESS_TOKEN: &str = "access_token";
const REFRESH_TOKEN: &str = "refresh_token";
const TOKEN_TYPE: &str = "token_type";
/// Seconds since 1970.
const EXPIRES_AT: &str = "expires_at";
const EXTRA: &str = "extra";

/// Stores the token of one merchant in a JSON file. On Unix, only its owner can read it.
///
/// Each write goes to a temporary file in the same folder, which then replaces the file, so a crash never leaves half a file.
/// The folder must exist. Reads and writes block the thread for a moment.
///
/// # Examples
/// ```no_run
/// # async fn run(token: suning_api::oauth::Token) -> Result<(), suning_api::oauth::StoreError> {
/// use suning_api::oauth::{FileStore, TokenStore};
///
/// let store = FileStore::new("/var/lib/shop/merchant-1.json");
/// store.save(&token).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct FileStore {
    path: PathBuf,
}

impl FileStore {
    /// A store in this file. It need not exist yet.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    fn read(&self) -> Result<Option<Token>, StoreError> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.error(&format!("cannot be read: {error}"))),
        };
        let token = json::parse(&text).ok().and_then(|fields| decode(&fields));
        let invalid = "is not a token file; remove it and let the merchant authorize the app again";
        token.map(Some).ok_or_else(|| self.error(invalid))
    }

    fn write(&self, token: &Token) -> Result<(), StoreError> {
        write_whole(&self.path, &encode(token)).map_err(|error| self.error(&format!("cannot be written: {error}")))
    }

    fn error(&self, problem: &str) -> StoreError {
        StoreError::new(format!("the token file `{}` {problem}", self.path.display()))
    }
}

impl TokenStore for FileStore {
    fn load(&self) -> StoreFuture<'_, Option<Token>> {
        Box::pin(async { self.read() })
    }

    fn save<'a>(&'a self, token: &'a Token) -> StoreFuture<'a, ()> {
        Box::pin(async { self.write(token) })
    }
}

/// Writes a temporary file and renames it, so that a crash leaves either the old file or the new one.
fn write_whole(path: &Path, text: &[u8]) -> io::Result<()> {
    let name =
        path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path has no file name"))?;
    let mut temporary = OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{:016x}", fastrand::u64(..)));
    let temporary = path.with_file_name(temporary);
    let file = create(&temporary)?;
    write_synced(file, text).and_then(|()| fs::rename(&temporary, path)).inspect_err(|_| {
        // The first error matters. A leftover file does no harm.
        let _ = fs::remove_file(&temporary);
    })
}

/// Creates a file that only its owner can read, from the start.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn write_synced(mut file: File, text: &[u8]) -> io::Result<()> {
    file.write_all(text)?;
    file.sync_all()
}

fn encode(token: &Token) -> Vec<u8> {
    let expires_at = token.expires_at.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let fields = [
        (ACCESS_TOKEN, Some(token.access_token.expose().into())),
        (REFRESH_TOKEN, token.refresh_token.as_deref().map(Value::from)),
        (TOKEN_TYPE, token.token_type.as_deref().map(Value::from)),
        (EXPIRES_AT, expires_at.map(|since| Value::Number(since.as_secs().to_string()))),
        (
            EXTRA,
            Some(Value::Object(token.extra.iter().map(|(name, text)| (name.clone(), text.as_str().into())).collect())),
        ),
    ];
    let given = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let mut text = Vec::new();
    json::write(&mut text, &Shown::Value(&Value::Object(given.collect())));
    text
}

fn decode(fields: &Value) -> Option<Token> {
    let text = |name| fields.get(name).and_then(Value::as_text).filter(|text| !text.is_empty()).map(str::to_owned);
    let mut token = Token::new(text(ACCESS_TOKEN)?);
    token.refresh_token = text(REFRESH_TOKEN);
    token.token_type = text(TOKEN_TYPE);
    if let Some(seconds) = text(EXPIRES_AT) {
        token.expires_at = Some(UNIX_EPOCH.checked_add(Duration::from_secs(seconds.parse().ok()?))?);
    }
    if let Some(Value::Object(extra)) = fields.get(EXTRA) {
        let texts = extra.iter().filter_map(|(name, value)| Some((name.clone(), value.as_text()?.to_owned())));
        token.extra = texts.collect();
    }
    Some(token)
}
