//! The charset that a reply declares.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// Charsets whose text can be read as UTF-8. Servers declare ISO-8859-1 when nobody has set a charset: it has no Chinese.
const READABLE: [&str; 4] = ["utf-8", "utf8", "us-ascii", "iso-8859-1"];

/// The charset that a reply declares, if it makes a difference: it is another one than UTF-8, and the reply is not only ASCII.
///
/// Text in GBK can be valid UTF-8 by chance, and would be read as another text.
pub(super) fn other_than_utf_8<'a>(headers: &'a HeaderMap, raw: &'a [u8]) -> Option<&'a str> {
    // The header outranks the declaration.
    let charset = in_header(headers).or_else(|| in_declaration(raw))?;
    let is_readable = READABLE.iter().any(|readable| charset.eq_ignore_ascii_case(readable));
    // UTF-16 consists of zeros and ASCII, as long as the text does.
    let is_ascii = || raw.is_ascii() && !raw.contains(&0);
    (!is_readable && !is_ascii()).then_some(charset)
}

fn in_header(headers: &HeaderMap) -> Option<&str> {
    let content_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, charset) = parameters.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    name(charset.trim().trim_matches('"'))
}

fn in_declaration(raw: &[u8]) -> Option<&str> {
    let declaration = raw.strip_prefix(b"<?xml")?.split(|byte| *byte == b'>').next()?;
    let (_, after) = std::str::from_utf8(declaration).ok()?.split_once("encoding")?;
    name(after.trim_start().strip_prefix('=')?.trim_start().split(['"', '\'']).nth(1)?)
}

/// A name, as opposed to anything else that may be in its place.
fn name(charset: &str) -> Option<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    (!charset.is_empty() && charset.len() <= 40 && charset.chars().all(is_name)).then_some(charset)
}
