//! A server on a real socket that misbehaves.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Behaviour {
    /// Resets the connection before it reads anything.
    ResetBefore,
    /// Resets it after reading part of the request.
    ResetDuring,
    /// Resets it after reading the whole request.
    ResetAfter,
    /// Sends nothing and keeps the connection open.
    Silence,
    /// Sends these bytes and keeps the connection open.
    Answer(Vec<u8>),
    /// Sends these bytes and closes the connection.
    AnswerAndClose(Vec<u8>),
    /// Sends the start of a reply, then single bytes, slowly.
    Drip,
}

/// A reply with a `Content-Length`.
#[must_use]
pub fn reply(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// A certificate (PEM) for these names, and a server configuration that uses it.
///
/// # Panics
/// Never: the names are valid.
#[must_use]
pub fn certificate(names: &[&str]) -> (String, Arc<ServerConfig>) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let made = rcgen::generate_simple_self_signed(names).expect("a certificate");
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.expect("versions").with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key);
    (made.cert.pem(), Arc::new(config.expect("a configuration")))
}

/// Counts of events.
#[derive(Debug, Default)]
pub struct Counts {
    /// Connections accepted.
    pub connections: AtomicUsize,
    /// Requests read completely.
    pub requests: AtomicUsize,
    /// Connections closed by the client.
    pub closed: AtomicUsize,
}

/// A server whose behaviour can be changed while it runs. It runs until the process ends.
#[derive(Debug, Clone)]
pub struct Server {
    /// The address it listens on.
    pub address: SocketAddr,
    behaviour: Arc<Mutex<Behaviour>>,
    counts: Arc<Counts>,
}

impl Server {
    /// Listens on a free port.
    ///
    /// # Panics
    /// When there is no free port.
    #[must_use]
    pub fn start(behaviour: Behaviour) -> Self {
        Self::listen("127.0.0.1:0", behaviour).expect("a port")
    }

    /// Listens on a port.
    ///
    /// # Errors
    /// The port is taken.
    pub fn listen(address: &str, behaviour: Behaviour) -> io::Result<Self> {
        Self::serve(address, behaviour, Self::requests)
    }

    /// Listens for TLS on a free port, with a configuration that may change between connections.
    ///
    /// # Panics
    /// When there is no port.
    #[must_use]
    pub fn start_tls(behaviour: Behaviour, config: Arc<Mutex<Arc<ServerConfig>>>) -> Self {
        let serve = move |server: &Self, stream: TcpStream| {
            let config = Arc::clone(&config.lock().unwrap_or_else(PoisonError::into_inner));
            let connection = ServerConnection::new(config).map_err(io::Error::other)?;
            server.requests(StreamOwned::new(connection, stream))
        };
        Self::serve("127.0.0.1:0", behaviour, serve).expect("a port")
    }

    fn serve(
        address: &str,
        behaviour: Behaviour,
        serve: impl Fn(&Self, TcpStream) -> io::Result<()> + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let server = Self {
            address: listener.local_addr()?,
            behaviour: Arc::new(Mutex::new(behaviour)),
            counts: Arc::default(),
        };
        let (running, serve) = (server.clone(), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                running.counts.connections.fetch_add(1, Ordering::SeqCst);
                let (server, serve) = (running.clone(), Arc::clone(&serve));
                thread::spawn(move || {
                    // Clients that disconnect are expected here.
                    let _ = serve(&server, stream);
                    server.counts.closed.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        Ok(server)
    }

    /// Changes the behaviour from the next request on.
    pub fn behave(&self, behaviour: Behaviour) {
        *self.behaviour.lock().unwrap_or_else(PoisonError::into_inner) = behaviour;
    }

    /// The counters so far.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    fn behaviour(&self) -> Behaviour {
        self.behaviour.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn requests(&self, mut stream: impl Stream) -> io::Result<()> {
        if matches!(self.behaviour(), Behaviour::ResetBefore) {
            // Only after the client has started to send; otherwise the client would see no connection.
            thread::sleep(Duration::from_millis(20));
            return stream.reset();
        }
        loop {
            let part = matches!(self.behaviour(), Behaviour::ResetDuring);
            if read_request(&mut stream, part)?.is_none() {
                return Ok(());
            }
            if part {
                return stream.reset();
            }
            self.counts.requests.fetch_add(1, Ordering::SeqCst);
            match self.behaviour() {
                Behaviour::ResetBefore | Behaviour::ResetDuring | Behaviour::ResetAfter => return stream.reset(),
                // The client disconnects next.
                Behaviour::Silence => return stream.read(&mut [0]).map(drop),
                Behaviour::Answer(bytes) => stream.write_all(&bytes).and_then(|()| stream.flush())?,
                Behaviour::AnswerAndClose(bytes) => return stream.write_all(&bytes).and_then(|()| stream.flush()),
                Behaviour::Drip => {
                    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")?;
                    loop {
                        stream.write_all(b" ")?;
                        stream.flush()?;
                        thread::sleep(Duration::from_millis(10));
                    }
                }
            }
        }
    }
}

/// Reads a request, or only its first bytes, and returns its head. `None` if the client disconnects first.
pub(crate) fn read_request(stream: &mut impl Read, part: bool) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.push(byte[0]);
        if part && head.len() == 20 {
            break;
        }
    }
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
    stream.read_exact(&mut vec![0; length])?;
    Ok(Some(head))
}

trait Stream: Read + Write {
    /// Closes the connection with a reset.
    fn reset(self) -> io::Result<()>;
}

impl Stream for TcpStream {
    fn reset(self) -> io::Result<()> {
        SockRef::from(&self).set_linger(Some(Duration::ZERO))
    }
}

impl Stream for StreamOwned<ServerConnection, TcpStream> {
    fn reset(self) -> io::Result<()> {
        self.sock.reset()
    }
}
