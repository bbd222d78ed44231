//! The default transport: hyper over rustls.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderValue, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::runtime::Handle;

use super::connect::{Connector, authorize};
use super::{Exchange, MAX_REPLY, Transport, read};
use crate::error::{BuildError, TransportError, TransportErrorKind};

type BoxError = Box<dyn StdError + Send + Sync>;

/// The default transport: HTTP/1.1 with connection reuse, and TLS for `https` URLs.
///
/// It needs a tokio runtime; the blocking client has its own. It does not follow redirects, because they would send the
/// signature and the access token elsewhere. With the feature `gzip`, it requests compressed replies.
///
/// A server may close a connection at the moment at which it is used again. If nothing of the request was sent yet, it is
/// sent on another connection. Otherwise nobody can know whether the server read it, and the error is
/// [`TransportErrorKind::Exchange`]. A short [idle timeout](HttpClientBuilder::idle_timeout) makes that rare.
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
    client: Client<Connector, Full<Bytes>>,
    proxies: Arc<Matcher>,
    max_reply: usize,
}

impl HttpClient {
    /// Configures an HTTP client.
    pub fn builder() -> HttpClientBuilder {
        HttpClientBuilder {
            connect_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(4),
            max_reply: MAX_REPLY,
            proxy: Proxy::FromEnvironment,
            roots: Vec::new(),
            trust: Trust::SystemAndRoots,
        }
    }

    async fn exchange(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let reply = read(self.request(request).await?, self.max_reply).await?;
        #[cfg(feature = "gzip")]
        let reply = unpack(reply, self.max_reply)?;
        Ok(reply)
    }

    /// Sends a request, and returns the reply before its body.
    pub(crate) async fn request(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Incoming>, TransportError> {
        Handle::try_current().map_err(|error| TransportError::new(TransportErrorKind::Unusable, Some(error.into())))?;
        // A program that has just worked without pause learns here which connections the server has closed.
        tokio::task::yield_now().await;
        let (mut head, body) = request.into_parts();
        let agent = HeaderValue::from_static(concat!("suning-api/", env!("CARGO_PKG_VERSION")));
        head.headers.entry(USER_AGENT).or_insert(agent);
        #[cfg(feature = "gzip")]
        head.headers.insert(http::header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        authorize(&self.proxies, &head.uri, &mut head.headers);
        let request = http::Request::from_parts(head, Full::new(body));
        self.client.request(request).await.map_err(|error| {
            let kind = if is_certificate_error(&error) {
                TransportErrorKind::Certificate
            } else if error.is_connect() {
                TransportErrorKind::Connect
            } else {
                TransportErrorKind::Exchange
            };
            TransportError::new(kind, Some(error.into()))
        })
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
    idle_timeout: Duration,
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

#[derive(PartialEq, Eq)]
enum Trust {
    SystemAndRoots,
    OnlyRoots,
}

impl HttpClientBuilder {
    /// Timeout for connecting, including the proxy and TLS. Default: 5 s. The other timeouts are set on the
    /// [client](crate::ClientBuilder::attempt_timeout).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long an unused connection is kept for the next call. Zero: not at all. Default: 4 s.
    ///
    /// Servers close idle connections too. A call that meets such a connection fails, and cannot always be repeated. So the
    /// default is less than the 5 s after which common servers (Apache, Node.js) close connections, the shortest time in
    /// wide use. Increase it if you know that the server waits longer.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Maximum size of a reply, in bytes after decompression. Default: 32 MiB. A larger reply is an error of the kind
    /// [`TransportErrorKind::TooLarge`].
    pub fn max_reply(mut self, bytes: usize) -> Self {
        self.max_reply = bytes;
        self
    }

    /// URL of an HTTP proxy, such as `http://user:password@proxy.example.com:3128`.
    ///
    /// Default: the environment variables `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY`, except for the hosts in `NO_PROXY`.
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
    /// [`BuildError::Transport`] for an invalid proxy URL, invalid certificates, or none at all.
    pub fn build(self) -> Result<HttpClient, BuildError> {
        let proxies = Arc::new(self.proxies().map_err(BuildError::Transport)?);
        let tls = Arc::new(self.tls().map_err(BuildError::Transport)?);
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new()).pool_idle_timeout(self.idle_timeout);
        if self.idle_timeout.is_zero() {
            builder.pool_max_idle_per_host(0);
        }
        let client = builder.build(Connector::new(Arc::clone(&proxies), tls, self.connect_timeout));
        Ok(HttpClient { client, proxies, max_reply: self.max_reply })
    }

    fn proxies(&self) -> Result<Matcher, BoxError> {
        let url = match &self.proxy {
            Proxy::FromEnvironment => return Ok(Matcher::from_env()),
            Proxy::None => return Ok(Matcher::builder().build()),
            Proxy::Url(url) => url,
        };
        let proxies = Matcher::builder().all(url.as_str()).build();
        let proxy = proxies.intercept(&Uri::from_static("http://any.host"));
        match proxy.as_ref().and_then(|proxy| proxy.uri().scheme_str()) {
            Some("http" | "https") => Ok(proxies),
            Some(scheme) => Err(format!("a proxy of the kind `{scheme}` is not supported").into()),
            None => Err("invalid proxy URL".into()),
        }
    }

    fn tls(&self) -> Result<ClientConfig, BoxError> {
        let mut trusted = RootCertStore::empty();
        if self.trust == Trust::SystemAndRoots {
            trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        for pem in &self.roots {
            let known = trusted.len();
            for certificate in CertificateDer::pem_slice_iter(pem) {
                trusted.add(certificate?)?;
            }
            if trusted.len() == known {
                return Err("no PEM certificates among the root certificates".into());
            }
        }
        if trusted.is_empty() {
            return Err("no root certificates to trust: install those of the operating system, or set some".into());
        }
        // The provider is given, so that the program's own choice for rustls stays its own.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        Ok(config.with_safe_default_protocol_versions()?.with_root_certificates(trusted).with_no_client_auth())
    }
}

impl fmt::Debug for HttpClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClientBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("max_reply", &self.max_reply)
            .finish_non_exhaustive()
    }
}

/// Decompresses a reply, up to a limit.
#[cfg(feature = "gzip")]
fn unpack(mut reply: http::Response<Bytes>, max_reply: usize) -> Result<http::Response<Bytes>, TransportError> {
    use std::io::Read;

    use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

    if reply.headers().get(CONTENT_ENCODING).is_none_or(|encoding| encoding != "gzip") {
        return Ok(reply);
    }
    let mut unpacked = Vec::new();
    let limit = u64::try_from(max_reply).unwrap_or(u64::MAX).saturating_add(1);
    let read = flate2::read::MultiGzDecoder::new(&reply.body()[..]).take(limit).read_to_end(&mut unpacked);
    read.map_err(|error| TransportError::new(TransportErrorKind::Exchange, Some(error.into())))?;
    if unpacked.len() > max_reply {
        return Err(TransportErrorKind::TooLarge.into());
    }
    *reply.body_mut() = unpacked.into();
    reply.headers_mut().remove(CONTENT_ENCODING);
    reply.headers_mut().remove(CONTENT_LENGTH);
    Ok(reply)
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
