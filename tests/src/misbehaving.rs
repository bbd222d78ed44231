//! A server on a real socket that does what servers should not do.

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
    /// Resets it when it has read a part of the request.
    ResetDuring,
    /// Resets it when it has read all of the request.
    ResetAfter,
    /// Answers nothing, and keeps the connection.
    Silence,
    /// Sends these bytes and keeps the connection.
    Answer(Vec<u8>),
    /// Sends these bytes and closes the connection.
    AnswerAndClose(Vec<u8>),
    /// Sends the beginning of a reply, then a byte now and then.
    Drip,
}

/// A reply with its length.
#[must_use]
pub fn reply(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// How often something happened.
#[derive(Debug, Default)]
pub struct Counts {
    /// Connections that came about.
    pub connections: AtomicUsize,
    /// Requests that were read to their end.
    pub requests: AtomicUsize,
    /// Connections that the client has closed.
    pub closed: AtomicUsize,
}

/// A server whose behaviour can be changed while it runs. It runs until the process ends.
#[derive(Debug, Clone)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    behaviour: Arc<Mutex<Behaviour>>,
    counts: Arc<Counts>,
}

impl Server {
    /// Listens on any free port.
    ///
    /// # Panics
    /// When there is none.
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

    /// Listens on any free port for TLS, with a configuration that may change between connections.
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
                    // A client that goes away is what this is for.
                    let _ = serve(&server, stream);
                    server.counts.closed.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        Ok(server)
    }

    /// Does something else from the next request on.
    pub fn behave(&self, behaviour: Behaviour) {
        *self.behaviour.lock().unwrap_or_else(PoisonError::into_inner) = behaviour;
    }

    /// How often something happened so far.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    fn behaviour(&self) -> Behaviour {
        self.behaviour.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn requests(&self, mut stream: impl Stream) -> io::Result<()> {
        if matches!(self.behaviour(), Behaviour::ResetBefore) {
            // Not before the client has begun to send: that would be no connection.
            thread::sleep(Duration::from_millis(20));
            return stream.reset();
        }
        loop {
            let part = matches!(self.behaviour(), Behaviour::ResetDuring);
            if !read_request(&mut stream, part)? {
                return Ok(());
            }
            if part {
                return stream.reset();
            }
            self.counts.requests.fetch_add(1, Ordering::SeqCst);
            match self.behaviour() {
                Behaviour::ResetBefore | Behaviour::ResetDuring | Behaviour::ResetAfter => return stream.reset(),
                // What comes next is that the client goes away.
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

/// Reads a request, or its first bytes alone; `false` when the client has gone away before.
fn read_request(stream: &mut impl Read, part: bool) -> io::Result<bool> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(false);
        }
        head.push(byte[0]);
        if part && head.len() == 20 {
            return Ok(true);
        }
    }
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
    stream.read_exact(&mut vec![0; length])?;
    Ok(true)
}

trait Stream: Read + Write {
    /// Closes the connection so that the client sees it broken.
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
