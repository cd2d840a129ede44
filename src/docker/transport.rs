//! Connections to a daemon: one per request, over a Unix socket, TCP, or TLS.
//!
//! We don't use bollard's connections, because a build's session (secrets, ssh, logins, the context) needs an
//! upgraded connection on which we are the server, and because a refused connection must be distinguished
//! from a missing socket.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use hyper::body::{Body, Incoming};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::diagnostic::refused_certificate;

/// Timeout for connecting to a daemon, TLS handshake included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A daemon's address.
#[derive(Clone)]
pub(crate) enum DaemonAddress {
    /// A Unix socket.
    Unix(PathBuf),
    /// Plain TCP.
    Tcp {
        /// Host name or IP address, without brackets.
        host: String,
        /// Port, 2375 by default.
        port: u16,
    },
    /// TCP with a client certificate.
    Tls {
        /// Host name or IP address, without brackets.
        host: String,
        /// Port, 2376 by default.
        port: u16,
        /// TLS configuration, with the certificates of both sides.
        config: Arc<ClientConfig>,
    },
}

impl fmt::Display for DaemonAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DaemonAddress::Unix(path) => write!(f, "unix://{}", path.display()),
            DaemonAddress::Tcp { host, port } => write!(f, "tcp://{host}:{port}"),
            DaemonAddress::Tls { host, port, .. } => write!(f, "tcp://{host}:{port} (TLS)"),
        }
    }
}

impl fmt::Debug for DaemonAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A failure to exchange a request and response with the daemon.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TransportError {
    /// Nothing listens, or we lack permission to connect.
    #[error("{0}")]
    Connect(#[source] io::Error),
    /// The connection broke, or the peer doesn't speak HTTP.
    #[error("{}", root_cause(.0))]
    Http(#[from] hyper::Error),
    /// The response to the ping is not a daemon's.
    #[error("it responded to a ping with {0}")]
    Ping(http::StatusCode),
}

/// Returns the innermost cause; hyper's own text hides it ("connection error").
fn root_cause(error: &hyper::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    let said = cause.to_string();
    refused_certificate(&said).map_or(said, str::to_owned)
}

/// A bidirectional connection.
pub(crate) trait DaemonStream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> DaemonStream for T {}

/// A task that is aborted when its handle is dropped.
#[derive(Debug)]
pub(crate) struct AbortOnDrop<T>(pub(crate) JoinHandle<T>);

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A response that owns its connection: when it is dropped, the connection closes and the daemon cancels the
/// operation.
pub(crate) struct DaemonResponse {
    pub(crate) response: Response<Incoming>,
    /// Only held to keep the connection open.
    _connection: AbortOnDrop<()>,
}

impl DaemonAddress {
    /// Opens a connection.
    pub(crate) async fn open(&self) -> io::Result<Box<dyn DaemonStream>> {
        match tokio::time::timeout(CONNECT_TIMEOUT, self.open_in_time()).await {
            Ok(opened) => opened,
            Err(_) => Err(io::Error::new(
                io::ErrorKind::TimedOut,
                format!("no answer in {} s", CONNECT_TIMEOUT.as_secs()),
            )),
        }
    }

    async fn open_in_time(&self) -> io::Result<Box<dyn DaemonStream>> {
        match self {
            DaemonAddress::Unix(path) => Ok(Box::new(UnixStream::connect(path).await?)),
            DaemonAddress::Tcp { host, port } => Ok(Box::new(open_tcp(host, *port).await?)),
            DaemonAddress::Tls { host, port, config } => {
                let name = ServerName::try_from(host.clone()).map_err(|_| {
                    io::Error::new(io::ErrorKind::InvalidInput, format!("`{host}` is not a host"))
                })?;
                let stream = open_tcp(host, *port).await?;
                let stream = TlsConnector::from(Arc::clone(config))
                    .connect(name, stream)
                    .await?;
                Ok(Box::new(stream))
            }
        }
    }

    /// Returns the `Host` header: Docker ignores it, but HTTP/1.1 requires one.
    fn host_header(&self) -> String {
        match self {
            DaemonAddress::Unix(_) => "docker".to_owned(),
            DaemonAddress::Tcp { host, port } | DaemonAddress::Tls { host, port, .. } => {
                format!("{host}:{port}")
            }
        }
    }

    /// Sends a request on its own connection. There is no timeout: a build may take hours. Logs it when the response
    /// begins, without its query, which has build arguments.
    pub(crate) async fn send<B>(&self, request: Request<B>) -> Result<DaemonResponse, TransportError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let begun = Instant::now();
        let sent = self.send_unlogged(request).await;
        tracing::debug!(
            %method,
            %path,
            status = sent.as_ref().ok().map(|sent| sent.response.status().as_u16()),
            ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            error = sent.as_ref().err().map(tracing::field::display),
            "Docker request"
        );
        sent
    }

    async fn send_unlogged<B>(&self, mut request: Request<B>) -> Result<DaemonResponse, TransportError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        if let Ok(host) = self.host_header().parse() {
            request.headers_mut().insert(http::header::HOST, host);
        }
        let stream = self.open().await.map_err(TransportError::Connect)?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        let connection = AbortOnDrop(tokio::spawn(async move {
            // Whoever reads the response sees how the connection ended.
            let _ = connection.with_upgrades().await;
        }));
        let response = sender.send_request(request).await?;
        Ok(DaemonResponse {
            response,
            _connection: connection,
        })
    }
}

async fn open_tcp(host: &str, port: u16) -> io::Result<TcpStream> {
    let stream = TcpStream::connect((host, port)).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}
