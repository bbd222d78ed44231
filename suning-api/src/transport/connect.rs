//! Connections of the default transport: TCP, proxies and TLS.

use std::error::Error as StdError;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use http::{HeaderMap, Uri};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tower_service::Service;

type BoxError = Box<dyn StdError + Send + Sync>;
type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// Connects to a server, with TLS for `https`, within a time limit.
#[derive(Debug, Clone)]
pub(super) struct Connector {
    https: HttpsConnector<Route>,
    limit: Duration,
}

impl Connector {
    pub(super) fn new(proxies: Arc<Matcher>, tls: Arc<ClientConfig>, limit: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let route = Route { proxies, tcp: tcp.clone(), to_proxy: HttpsConnector::from((tcp, Arc::clone(&tls))) };
        Self { https: HttpsConnector::from((route, tls)), limit }
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Hop>;
    type Error = BoxError;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.https.poll_ready(context)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let (connecting, limit) = (self.https.call(server), self.limit);
        Box::pin(async move {
            let late = || io::Error::new(io::ErrorKind::TimedOut, format!("no connection within {limit:?}"));
            tokio::time::timeout(limit, connecting).await.map_err(|_| late())?
        })
    }
}

/// Connects to a server directly, or to the proxy in front of it.
#[derive(Debug, Clone)]
struct Route {
    proxies: Arc<Matcher>,
    tcp: HttpConnector,
    to_proxy: HttpsConnector<HttpConnector>,
}

impl Service<Uri> for Route {
    type Response = Hop;
    type Error = BoxError;
    type Future = Connecting<Hop>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.to_proxy.poll_ready(context)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let Some(proxy) = self.proxies.intercept(&server) else {
            let connecting = self.tcp.call(server);
            return Box::pin(async move { Ok(Hop { io: MaybeHttpsStream::Http(connecting.await?), forwards: false }) });
        };
        if server.scheme() == Some(&Scheme::HTTP) {
            let connecting = self.to_proxy.call(proxy.uri().clone());
            return Box::pin(async move { Ok(Hop { io: connecting.await?, forwards: true }) });
        }
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.to_proxy.clone());
        if let Some(password) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(password.clone());
        }
        let connecting = tunnel.call(server);
        Box::pin(async move { Ok(Hop { io: connecting.await?, forwards: false }) })
    }
}

/// Adds the password of a proxy that forwards the request. A tunnel has sent it already.
pub(super) fn authorize(proxies: &Matcher, server: &Uri, headers: &mut HeaderMap) {
    if server.scheme() == Some(&Scheme::HTTP)
        && let Some(proxy) = proxies.intercept(server)
        && let Some(password) = proxy.basic_auth()
    {
        headers.insert(PROXY_AUTHORIZATION, password.clone());
    }
}

/// A connection to a server or a proxy.
#[derive(Debug)]
pub(super) struct Hop {
    io: MaybeHttpsStream<TokioIo<TcpStream>>,
    /// Whether a proxy forwards each request, and so needs its whole URL.
    forwards: bool,
}

impl Hop {
    fn io(self: Pin<&mut Self>) -> Pin<&mut MaybeHttpsStream<TokioIo<TcpStream>>> {
        Pin::new(&mut self.get_mut().io)
    }
}

impl Connection for Hop {
    fn connected(&self) -> Connected {
        self.io.connected().proxy(self.forwards)
    }
}

impl Read for Hop {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, to: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        self.io().poll_read(context, to)
    }
}

impl Write for Hop {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        self.io().poll_write(context, from)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.io().poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.io().poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.io().poll_write_vectored(context, from)
    }
}
