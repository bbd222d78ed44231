//! The signed query of the upgrade request.

use std::time::{SystemTime, UNIX_EPOCH};

use form_urlencoded::Serializer;
use http::Uri;
use http::uri::Scheme;

use crate::credentials::Credentials;
use crate::wire::sign::digest;

const VERSION: &str = "1.0";
const CLIENT_TYPE: &str = "rust";

/// Parses the URL of a push endpoint. `None` if it is not `ws` or `wss`, or has a user or a query.
pub(super) fn check(url: &str) -> Option<Uri> {
    let url: Uri = url.parse().ok()?;
    let is_valid = matches!(url.scheme_str(), Some("ws" | "wss")) && url.query().is_none();
    (is_valid && !url.authority()?.as_str().contains('@')).then_some(url)
}

/// The URL with the query that authenticates the app. It must not be shown: the signature is valid for others, too.
pub(super) fn signed(url: &Uri, credentials: &Credentials, now: SystemTime, client_ip: &str) -> Uri {
    let timestamp = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis().to_string();
    let query = Serializer::new(String::new())
        .append_pair("appKey", credentials.app_key())
        .append_pair("timestamp", &timestamp)
        .append_pair("sign", &sign(credentials, VERSION, CLIENT_TYPE, &timestamp))
        .append_pair("version", VERSION)
        .append_pair("clientIp", client_ip)
        .append_pair("clientType", CLIENT_TYPE)
        .finish();
    let mut parts = url.clone().into_parts();
    parts.path_and_query = format!("{}?{query}", url.path()).parse().ok();
    Uri::from_parts(parts).unwrap_or_default()
}

/// The same URL with the scheme of the HTTP request that it begins with.
pub(super) fn to_http(url: Uri) -> Uri {
    let mut parts = url.into_parts();
    parts.scheme = parts.scheme.map(|scheme| if scheme.as_str() == "wss" { Scheme::HTTPS } else { Scheme::HTTP });
    Uri::from_parts(parts).unwrap_or_default()
}

/// Signs a handshake.
pub(crate) fn sign(credentials: &Credentials, version: &str, client_type: &str, timestamp: &str) -> String {
    let parts = [credentials.app_key(), credentials.app_secret(), version, client_type, timestamp];
    digest(parts.map(str::as_bytes))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_query_is_signed_and_in_order() {
        let url = check("wss://push.example.com/websocket").unwrap();
        let now = UNIX_EPOCH + Duration::from_millis(1_767_225_600_123);
        let signed = signed(&url, &Credentials::new("key", "secret"), now, "10.0.0.1");
        // `printf keysecret1.0rust1767225600123 | md5sum`
        assert_eq!(
            to_http(signed).to_string(),
            "https://push.example.com/websocket?appKey=key&timestamp=1767225600123&sign=0dd22dd4479362a9d4abbf2caa5c673c\
             &version=1.0&clientIp=10.0.0.1&clientType=rust"
        );
    }

    #[test]
    fn only_urls_without_user_and_query_are_accepted() {
        for url in ["https://a.example/websocket", "wss://u:p@a.example/", "ws://a.example/?a=b", "/websocket", ""] {
            assert_eq!(check(url), None, "{url}");
        }
    }
}
