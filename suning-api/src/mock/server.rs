//! The gateway as an HTTP server.

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use super::fault::Fault;
use super::gateway::Gateway;
use crate::request::Endpoint;

/// Maximum size of a request body, in bytes.
const MAX_BODY: usize = 8 * 1024 * 1024;

/// A [`Gateway`] that listens on a TCP port, on its own thread, until it is dropped.
///
/// It works with and without an async runtime.
///
/// # Examples
/// ```
/// use suning_api::Credentials;
/// use suning_api::mock::{Gateway, Server};
///
/// let gateway = Gateway::builder(Credentials::new("my-app-key", "my-app-secret")).build();
/// let server = Server::start(gateway, "127.0.0.1:0")?;
/// assert_ne!(server.address().port(), 0);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    gateway: Arc<Gateway>,
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on an address; port 0 picks a free port.
    ///
    /// # Errors
    /// The error of the operating system if the address is in use or no thread can be started.
    pub fn start(gateway: impl Into<Arc<Gateway>>, address: impl ToSocketAddrs) -> io::Result<Self> {
        let gateway = gateway.into();
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _context = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        runtime.spawn(accept(listener, Arc::clone(&gateway)));
        let (stop, stopped) = oneshot::channel();
        // Ends when the sender is dropped. All connections end with the runtime.
        let serve = move || drop(runtime.block_on(stopped));
        let thread = thread::Builder::new().name("suning-mock".to_owned()).spawn(serve)?;
        Ok(Self { address, gateway, stop: Some(stop), thread: Some(thread) })
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The gateway, to script its answers and inspect its requests.
    #[must_use]
    pub fn gateway(&self) -> &Arc<Gateway> {
        &self.gateway
    }

    /// The URL of the token endpoint, for the app of an OAuth client.
    #[must_use]
    pub fn token_endpoint(&self) -> String {
        format!("http://{}/api/oauth/token", self.authority())
    }

    /// The endpoint for a client, with the path of the real gateway.
    #[must_use]
    pub fn endpoint(&self) -> Endpoint {
        Endpoint::new(format!("http://{}/api/http/sopRequest", self.authority()))
    }

    /// The URL for a [`Subscriber`](crate::push::Subscriber).
    #[cfg(feature = "push")]
    #[must_use]
    pub fn push_url(&self) -> String {
        format!("ws://{}/websocket", self.authority())
    }

    /// An address that clients can connect to.
    fn authority(&self) -> SocketAddr {
        let host = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        SocketAddr::new(host, self.address.port())
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        self.join();
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has already been reported.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.take();
        self.join();
    }
}

async fn accept(listener: tokio::net::TcpListener, gateway: Arc<Gateway>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(serve(stream, Arc::clone(&gateway)))),
            // Out of file handles, or the peer gave up. Neither ends the server.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn serve(stream: TcpStream, gateway: Arc<Gateway>) {
    // Replies are small, and each is written at once.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| reply(&gateway, request));
    // A broken connection only concerns its client.
    let connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    let _ = connection.with_upgrades().await;
}

async fn reply(
    gateway: &Gateway,
    request: http::Request<Incoming>,
) -> Result<http::Response<Full<Bytes>>, Box<dyn Error + Send + Sync>> {
    #[cfg(feature = "push")]
    let request = {
        let mut request = request;
        if let Some(response) = gateway.upgrade(&mut request) {
            return Ok(response.map(Full::new));
        }
        request
    };
    let (head, body) = request.into_parts();
    let answer = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => gateway.answer(&http::Request::from_parts(head, body.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => gateway.answer_too_large(&head, MAX_BODY),
        Err(error) => return Err(error),
    };
    match answer.as_fault() {
        None | Some(Fault::Http(_)) => Ok(answer.into_response().map(Full::new)),
        Some(Fault::TimedOut) => std::future::pending().await,
        // Any error closes the connection.
        Some(Fault::Refused | Fault::Broken) => Err(answer.reason().into()),
    }
}
