//! Just enough HTTP/1.1 to serve an SDK and a Docker daemon: keep-alive, chunked bodies, `Expect:
//! 100-continue`; and truncated responses, since a scripted server has to misbehave on demand.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// Maximum size of a request's head: no client of ours sends more.
const LONGEST_HEAD: usize = 64 * 1024;

/// A received request.
#[derive(Debug)]
pub struct Request {
    pub method: String,
    /// The target, with the query string.
    pub target: String,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// Returns a header's value; names are case-insensitive.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// Returns the target without its query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Returns a parameter of the query string, decoded.
    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.target.split_once('?')?;
        form_pairs(query)
            .into_iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }
}

/// A response to send.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// Creates a response with only a status.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Sets the body and its content type.
    #[must_use]
    pub fn body(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut reply = self.with("content-type", content_type);
        reply.body = body.into();
        reply
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

/// Returns the pairs of a form or a query string, decoded.
pub fn form_pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key), decode(value))
        })
        .collect()
}

/// Decodes percent-encoding, with `+` for a space.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(match (byte, escaped) {
            (_, Some(escaped)) => escaped,
            (b'+', None) => b' ',
            _ => byte,
        });
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// One client's connection.
pub struct Connection {
    reader: BufReader<TcpStream>,
}

impl Connection {
    /// Wraps an accepted stream.
    pub fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self {
            reader: BufReader::new(stream),
        })
    }

    /// Reads the next request; None if the client has closed the connection.
    pub fn request(&mut self) -> io::Result<Option<Request>> {
        let Some(head) = self.head()? else {
            return Ok(None);
        };
        let (method, target, headers) = parse_head(&head)?;
        if find(&headers, "expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
            self.stream().write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let body = if find(&headers, "transfer-encoding").is_some_and(|value| value.contains("chunked")) {
            self.chunks()?
        } else {
            let length = find(&headers, "content-length").map_or(Ok(0), str::parse::<u64>);
            let length = length.map_err(io::Error::other)?;
            let mut body = Vec::new();
            self.reader.by_ref().take(length).read_to_end(&mut body)?;
            if body.len() as u64 != length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            body
        };
        Ok(Some(Request {
            method,
            target,
            headers,
            body,
        }))
    }

    fn stream(&mut self) -> &mut TcpStream {
        self.reader.get_mut()
    }

    fn head(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut head = Vec::new();
        // Docker tries TLS first, and waits ten seconds unless the server rejects it.
        if matches!(self.reader.fill_buf()?, [first, ..] if !first.is_ascii_uppercase()) {
            self.reply(&Reply::status(400), false)?;
            return Ok(None);
        }
        loop {
            let before = head.len();
            let read = self
                .reader
                .by_ref()
                .take(LONGEST_HEAD as u64)
                .read_until(b'\n', &mut head)?;
            if read == 0 && before == 0 {
                return Ok(None);
            }
            if read == 0 || head.len() > LONGEST_HEAD {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if matches!(&head[before..], b"\r\n" | b"\n") && before > 0 {
                return Ok(Some(head));
            }
        }
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }

    fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.line()?;
            let size = line.split(';').next().unwrap_or_default();
            let size = u64::from_str_radix(size, 16).map_err(io::Error::other)?;
            if size == 0 {
                while !self.line()?.is_empty() {}
                return Ok(body);
            }
            self.reader.by_ref().take(size).read_to_end(&mut body)?;
            self.line()?;
        }
    }

    /// Sends a response. `to_head` is a response to HEAD: its body is announced but not sent.
    pub fn reply(&mut self, reply: &Reply, to_head: bool) -> io::Result<()> {
        let mut bytes = head_of(reply);
        if !to_head {
            bytes.extend_from_slice(&reply.body);
        }
        self.stream().write_all(&bytes)
    }

    /// Sends the head and half of the body; the caller then drops the connection.
    pub fn reply_half(&mut self, reply: &Reply) -> io::Result<()> {
        let mut bytes = head_of(reply);
        bytes.extend_from_slice(&reply.body[..reply.body.len() / 2]);
        self.stream().write_all(&bytes)
    }

    /// Resets the connection: the client gets an RST instead of an end of stream.
    pub fn reset(&mut self) -> io::Result<()> {
        // Closing a socket with a linger time of zero sends RST (socket(7), SO_LINGER).
        rustix::net::sockopt::set_socket_linger(self.stream(), Some(std::time::Duration::ZERO))?;
        Ok(())
    }

    /// Sends a body without an end, until the client closes the connection.
    pub fn endless(&mut self) -> io::Result<()> {
        let stream = self.stream();
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\n")?;
        loop {
            stream.write_all(&[b' '; 1 << 16])?;
        }
    }

    /// Sends bytes that aren't HTTP.
    pub fn garbage(&mut self) -> io::Result<()> {
        self.stream().write_all(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
    }
}

fn head_of(reply: &Reply) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} {}\r\n", reply.status, reason_of(reply.status));
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let announced = reply
        .headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    if reply.status != 204 && !announced {
        head.push_str(&format!("content-length: {}\r\n", reply.body.len()));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

fn reason_of(status: u16) -> &'static str {
    match status {
        200..=299 => "OK",
        300..=399 => "Elsewhere",
        400..=499 => "Refused",
        _ => "Failed",
    }
}

type Head = (String, String, Vec<(String, String)>);

fn parse_head(head: &[u8]) -> io::Result<Head> {
    let mut headers = [httparse::EMPTY_HEADER; 128];
    let mut parsed = httparse::Request::new(&mut headers);
    parsed.parse(head).map_err(io::Error::other)?;
    let named = parsed
        .headers
        .iter()
        .map(|header| {
            let value = String::from_utf8_lossy(header.value).into_owned();
            (header.name.to_owned(), value)
        })
        .collect();
    Ok((
        parsed.method.unwrap_or_default().to_owned(),
        parsed.path.unwrap_or_default().to_owned(),
        named,
    ))
}
