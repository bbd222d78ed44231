//! An HTTP proxy on a real socket that records what it is asked for.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::misbehaving::read_request;

/// A proxy that opens tunnels, and answers other requests itself. It runs until the process ends.
#[derive(Debug)]
pub struct Proxy {
    /// The address it listens on.
    pub address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// Listens on a free port. Requests that it should forward get this reply.
    ///
    /// # Panics
    /// When there is no free port.
    #[must_use]
    pub fn start(reply: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let proxy = Self { address: listener.local_addr().expect("an address"), heads: Arc::default() };
        let heads = Arc::clone(&proxy.heads);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (heads, reply) = (Arc::clone(&heads), reply.clone());
                // Clients that disconnect are expected here.
                thread::spawn(move || serve(stream, &heads, &reply));
            }
        });
        proxy
    }

    /// The heads of the requests so far, in lower case.
    #[must_use]
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(mut stream: TcpStream, heads: &Mutex<Vec<String>>, reply: &[u8]) -> io::Result<()> {
    while let Some(head) = read_request(&mut stream, false)? {
        heads.lock().unwrap_or_else(PoisonError::into_inner).push(head.clone());
        let Some(target) = head.strip_prefix("connect ").and_then(|rest| rest.split(' ').next()) else {
            stream.write_all(reply)?;
            continue;
        };
        let mut server = TcpStream::connect(target)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        let (mut back, mut client) = (server.try_clone()?, stream.try_clone()?);
        thread::spawn(move || io::copy(&mut back, &mut client));
        return io::copy(&mut stream, &mut server).map(drop);
    }
    Ok(())
}
