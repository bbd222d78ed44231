//! The gateway behind a socket.

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use super::gateway::Gateway;
use super::script::Fault;
use crate::request::Endpoint;

/// The largest body that is read, in bytes.
const MAX_BODY: usize = 8 * 1024 * 1024;

/// A [`Gateway`] that listens on a TCP port, on a thread of its own, until it is dropped.
///
/// Tests may use it with or without an async runtime.
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
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on an address; port 0 takes any free one.
    ///
    /// # Errors
    /// What the operating system says when the address is taken or no thread can be had.
    pub fn start(gateway: Gateway, address: impl ToSocketAddrs) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let (report, reported) = mpsc::channel();
        let serve = move || {
            let runtime = accept_on_runtime(listener, Arc::new(gateway));
            let runtime = runtime.map_err(|error| drop(report.send(Err(error))));
            if let Ok(runtime) = runtime {
                let _ = report.send(Ok(()));
                // Ends when the sender is dropped; with the runtime go all connections.
                let _ = runtime.block_on(stopped);
            }
        };
        let thread = thread::Builder::new().name("suning-mock".to_owned()).spawn(serve)?;
        reported.recv().unwrap_or_else(|_| Err(io::Error::other("the thread of the server has ended")))?;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address to give to a client, with the path of the real gateway.
    #[must_use]
    pub fn endpoint(&self) -> Endpoint {
        let host = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        Endpoint::new(format!("http://{}/api/http/sopRequest", SocketAddr::new(host, self.address.port())))
    }

    /// Serves for as long as the process lives.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was reported when it happened.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Takes connections as soon as the runtime runs.
fn accept_on_runtime(listener: TcpListener, gateway: Arc<Gateway>) -> io::Result<Runtime> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let listener = {
        let _guard = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    runtime.spawn(accept(listener, gateway));
    Ok(runtime)
}

async fn accept(listener: tokio::net::TcpListener, gateway: Arc<Gateway>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(serve(stream, Arc::clone(&gateway)))),
            // The process is out of file handles, or the peer gave up: neither ends the server.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn serve(stream: TcpStream, gateway: Arc<Gateway>) {
    // Replies are small, and each is complete when it is written.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| reply(&gateway, request));
    // A connection that breaks off concerns the client alone.
    let _ = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}

async fn reply(
    gateway: &Gateway,
    request: http::Request<Incoming>,
) -> Result<http::Response<Full<Bytes>>, Box<dyn Error + Send + Sync>> {
    let (head, body) = request.into_parts();
    let answer = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => gateway.answer(&http::Request::from_parts(head, body.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => gateway.answer_too_large(&head, MAX_BODY),
        Err(error) => return Err(error),
    };
    match answer.as_fault() {
        None | Some(Fault::Http(_)) => Ok(answer.into_response().map(Full::new)),
        Some(Fault::TimedOut) => std::future::pending().await,
        // Whatever the error is, it closes the connection.
        Some(Fault::Refused | Fault::Broken) => Err(answer.reason().into()),
    }
}
