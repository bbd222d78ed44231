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

/// The default transport: HTTP/1.1, over TLS where the address says so, with connections that are kept and used again.
///
/// It needs the tokio runtime, which the blocking client brings along. Redirects are not followed, because signature and access token
/// would go to another place. With the feature `gzip`, it asks for compressed replies.
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
    /// Sets one up.
    pub fn builder() -> HttpClientBuilder {
        HttpClientBuilder {
            connect_timeout: Duration::from_secs(5),
            max_reply: MAX_REPLY,
            proxy: Proxy::FromEnvironment,
            roots: Vec::new(),
            trust: Trust::SystemToo,
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

/// Shows nothing of a proxy, whose address may hold a password.
impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClient").field("max_reply", &self.max_reply).finish_non_exhaustive()
    }
}

/// Sets up an [`HttpClient`].
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
    At(String),
}

enum Trust {
    SystemToo,
    RootsAlone,
}

impl HttpClientBuilder {
    /// How long a connection may take to come about, TLS included; 5 seconds unless set. The other timeouts are the
    /// [client's](crate::ClientBuilder::attempt_timeout).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The largest reply that is read, in bytes once it is unpacked; 32 MiB unless set. A larger one is an error of the
    /// kind [`TransportErrorKind::TooLarge`], and is not read to its end.
    pub fn max_reply(mut self, bytes: usize) -> Self {
        self.max_reply = bytes;
        self
    }

    /// The proxy to go through, such as `http://user:password@proxy.example.com:3128`.
    ///
    /// Unless set, it is the one that the environment names in `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY`, if any.
    pub fn proxy(mut self, address: impl Into<String>) -> Self {
        self.proxy = Proxy::At(address.into());
        self
    }

    /// Goes through no proxy, whatever the environment names.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Trusts these certificates, in PEM, besides those the operating system trusts: such as those of a proxy that looks
    /// into TLS. Can be called more than once.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(pem.into());
        self
    }

    /// Trusts the certificates that are set here and no others.
    pub fn without_system_certificates(mut self) -> Self {
        self.trust = Trust::RootsAlone;
        self
    }

    /// Makes it.
    ///
    /// # Errors
    /// [`BuildError::Transport`] for an address that is none, or for certificates that are not PEM.
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
            // A redirected POST would carry signature and token to another place.
            .redirect(reqwest::redirect::Policy::none());
        let builder = match self.proxy {
            Proxy::FromEnvironment => builder,
            Proxy::None => builder.no_proxy(),
            Proxy::At(address) => builder.proxy(reqwest::Proxy::all(address).map_err(|_| "invalid proxy URL")?),
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
            Trust::SystemToo if roots.is_empty() => builder,
            Trust::SystemToo => builder.tls_certs_merge(roots),
            Trust::RootsAlone => builder.tls_certs_only(roots),
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

/// Chooses the cryptography of TLS for the process, unless the program has chosen already.
fn install_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if CryptoProvider::get_default().is_none() {
            // Fails only when another thread has just chosen, which is as good.
            let _ = ring::default_provider().install_default();
        }
    });
}

fn transport_error(error: reqwest::Error) -> TransportError {
    let kind = if is_about_certificate(&error) {
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

/// Whether the server could not prove who it is.
fn is_about_certificate(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented) =
            error.downcast_ref()
        {
            return true;
        }
        // What an I/O error holds is not its source; that is the source of what it holds.
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match held {
            Some(held) => Some(held),
            None => error.source(),
        };
    }
    false
}
