//! The default transport: reqwest over rustls.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Once;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use rustls::crypto::{CryptoProvider, ring};
use tokio::runtime::Handle;

use super::{Exchange, MAX_REPLY, Transport};
use crate::error::{BuildError, TransportError, TransportErrorKind};

/// The default transport: HTTP/1.1 with connection reuse, and TLS for `https` URLs.
///
/// It needs a tokio runtime; the blocking client has its own. It does not follow redirects, because they would send the
/// signature and the access token elsewhere. With the feature `gzip`, it requests compressed replies.
///
/// # Examples
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
///
/// use suning_api::transport::HttpClient;
/// use suning_api::{Client, Credentials};
///
/// let transport = HttpClient::builder()
///     .connect_timeout(Duration::from_secs(2))
///     .proxy("http://proxy.example.com:3128")
///     .max_reply(4 << 20)
///     .build()?;
/// let client = Client::builder(Credentials::new("my-app-key", "my-app-secret")).transport(Arc::new(transport)).build()?;
/// # Ok::<(), suning_api::error::BuildError>(())
/// ```
pub struct HttpClient {
    client: reqwest::Client,
    max_reply: usize,
}

impl HttpClient {
    /// Configures an HTTP client.
    pub fn builder() -> HttpClientBuilder {
        HttpClientBuilder {
            connect_timeout: Duration::from_secs(5),
            max_reply: MAX_REPLY,
            proxy: Proxy::FromEnvironment,
            roots: Vec::new(),
            trust: Trust::SystemAndRoots,
        }
    }

    async fn exchange(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Handle::try_current().map_err(|error| TransportError::new(TransportErrorKind::Unusable, Some(error.into())))?;
        let request = reqwest::Request::try_from(request).map_err(transport_error)?;
        let mut reply = self.client.execute(request).await.map_err(transport_error)?;
        let mut body = BytesMut::new();
        while let Some(chunk) = reply.chunk().await.map_err(transport_error)? {
            if body.len() + chunk.len() > self.max_reply {
                return Err(TransportErrorKind::TooLarge.into());
            }
            body.extend_from_slice(&chunk);
        }
        let mut whole = http::Response::new(body.freeze());
        *whole.status_mut() = reply.status();
        *whole.headers_mut() = std::mem::take(reply.headers_mut());
        Ok(whole)
    }
}

impl Transport for HttpClient {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        Box::pin(self.exchange(request))
    }
}

/// Does not show the proxy, because its URL may contain a password.
impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClient").field("max_reply", &self.max_reply).finish_non_exhaustive()
    }
}

/// Configures an [`HttpClient`].
#[must_use = "a builder does nothing until it is built"]
pub struct HttpClientBuilder {
    connect_timeout: Duration,
    max_reply: usize,
    proxy: Proxy,
    roots: Vec<Vec<u8>>,
    trust: Trust,
}

enum Proxy {
    FromEnvironment,
    None,
    Url(String),
}

enum Trust {
    SystemAndRoots,
    OnlyRoots,
}

impl HttpClientBuilder {
    /// Timeout for connecting, including TLS. Default: 5 s. The other timeouts are set on the
    /// [client](crate::ClientBuilder::attempt_timeout).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Maximum size of a reply, in bytes after decompression. Default: 32 MiB. A larger reply is an error of the kind
    /// [`TransportErrorKind::TooLarge`].
    pub fn max_reply(mut self, bytes: usize) -> Self {
        self.max_reply = bytes;
        self
    }

    /// URL of a proxy, such as `http://user:password@proxy.example.com:3128`.
    ///
    /// Default: the environment variables `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY`.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Proxy::Url(url.into());
        self
    }

    /// Uses no proxy, and ignores the environment variables.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Trusts these root certificates (PEM) in addition to those of the operating system, for example those of a proxy that
    /// inspects TLS. Can be called more than once.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(pem.into());
        self
    }

    /// Trusts only the certificates set with [`root_certificates`](Self::root_certificates).
    pub fn without_system_certificates(mut self) -> Self {
        self.trust = Trust::OnlyRoots;
        self
    }

    /// Builds the HTTP client.
    ///
    /// # Errors
    /// [`BuildError::Transport`] for an invalid proxy URL or invalid certificates.
    pub fn build(self) -> Result<HttpClient, BuildError> {
        let max_reply = self.max_reply;
        let client = self.client().map_err(BuildError::Transport)?;
        Ok(HttpClient { client, max_reply })
    }

    fn client(self) -> Result<reqwest::Client, Box<dyn StdError + Send + Sync>> {
        install_tls();
        let builder = reqwest::Client::builder()
            .user_agent(concat!("suning-api/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(self.connect_timeout)
            // A redirected POST would send the signature and the token elsewhere.
            .redirect(reqwest::redirect::Policy::none());
        let builder = match self.proxy {
            Proxy::FromEnvironment => builder,
            Proxy::None => builder.no_proxy(),
            Proxy::Url(url) => builder.proxy(reqwest::Proxy::all(url).map_err(|_| "invalid proxy URL")?),
        };
        let mut roots = Vec::new();
        for pem in &self.roots {
            let found = reqwest::Certificate::from_pem_bundle(pem)?;
            if found.is_empty() {
                return Err("no PEM certificates among the root certificates".into());
            }
            roots.extend(found);
        }
        let client = match self.trust {
            Trust::SystemAndRoots if roots.is_empty() => builder,
            Trust::SystemAndRoots => builder.tls_certs_merge(roots),
            Trust::OnlyRoots => builder.tls_certs_only(roots),
        };
        Ok(client.build()?)
    }
}

impl fmt::Debug for HttpClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClientBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("max_reply", &self.max_reply)
            .finish_non_exhaustive()
    }
}

/// Installs ring as the TLS provider of the process, unless the program has installed one.
fn install_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if CryptoProvider::get_default().is_none() {
            // Fails only if another thread has just installed one, which works as well.
            let _ = ring::default_provider().install_default();
        }
    });
}

fn transport_error(error: reqwest::Error) -> TransportError {
    let kind = if is_certificate_error(&error) {
        TransportErrorKind::Certificate
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Exchange
    };
    TransportError::new(kind, Some(error.without_url().into()))
}

/// Whether the certificate of the server is invalid or missing.
fn is_certificate_error(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented) =
            error.downcast_ref()
        {
            return true;
        }
        // The source of an I/O error is not its inner error, but the source of the inner error.
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}
