use super::*;

/// Writes a request and reads one reply of known length.
fn exchange(stream: &mut TcpStream, call: &Call) -> String {
    let request = call.build();
    let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        [name.as_str(), ": ", value.to_str().unwrap(), "\r\n"].concat()
    };
    let headers: String = request.headers().iter().map(header).collect();
    let (verb, path, length) = (call.verb, &call.path, call.body.len());
    let head = format!("{verb} {path} HTTP/1.1\r\nHost: mock\r\n{headers}Content-Length: {length}\r\n\r\n");
    stream.write_all(&[head.as_bytes(), &call.body].concat()).unwrap();
    read_reply(stream)
}

fn read_reply(stream: &mut TcpStream) -> String {
    let mut reply = Vec::new();
    let mut byte = [0];
    while !reply.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        reply.push(byte[0]);
    }
    let head = String::from_utf8(reply).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

#[test]
fn a_connection_is_kept_for_many_requests() {
    let server = Server::start(gateway().build(), "127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    for _ in 0..3 {
        let reply = exchange(&mut stream, &json(GET, GOOD));
        assert!(reply.starts_with("HTTP/1.1 200 OK\r\n"), "{reply}");
        assert!(reply.contains("date: Sat, 26 Oct 2013 04:00:00 GMT\r\n"), "{reply}");
        assert!(reply.ends_with(documented_response(GET, Format::Json).unwrap()), "{reply}");
    }
}

#[test]
fn a_body_that_is_too_large_is_not_read() {
    let server = Server::start(gateway().build(), "127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(b"POST / HTTP/1.1\r\nHost: mock\r\nContent-Length: 8388609\r\n\r\n").unwrap();
    stream.write_all(&vec![b' '; 8_388_609]).unwrap();
    assert!(read_reply(&mut stream).starts_with("HTTP/1.1 413 Payload Too Large\r\n"));
}

#[test]
fn dropping_it_frees_the_port() {
    let server = Server::start(gateway().build(), "127.0.0.1:0").unwrap();
    let address = server.address();
    drop(server);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn an_address_in_use_is_an_error() {
    let server = Server::start(gateway().build(), "127.0.0.1:0").unwrap();
    assert!(Server::start(gateway().build(), server.address()).is_err());
}
