//! A build's session: the daemon requests the context, logins, secrets and the ssh agent over a connection
//! that we open (`POST /session`) and then serve. BuildKit's own protocol (github.com/moby/buildkit,
//! `session/`).

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{self, Poll};

use bollard::health::health_check_response::ServingStatus;
use bollard::health::health_server::{Health, HealthServer};
use bollard::health::{HealthCheckRequest, HealthCheckResponse, HealthListRequest, HealthListResponse};
use bollard::moby::buildkit::secrets::v1::secrets_server::SecretsServer;
use bollard::moby::filesync::v1::auth_server::AuthServer;
use bollard::moby::filesync::v1::file_sync_server::FileSyncServer;
use bollard::moby::sshforward::v1::ssh_server::SshServer;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tonic::{Request, Response, Status};

use super::context::BuildContext;
use super::daemon::{Daemon, empty, gone};
use super::error::DockerError;
use super::logins::Logins;
use super::transport::AbortOnDrop;

mod auth;
mod files;
mod secrets;
mod ssh;

pub(super) use secrets::Secrets;
pub(crate) use secrets::StoredSecrets;

/// Maximum size of a request's headers in bytes. The daemon names the ignore file's patterns and the copied paths
/// there, and expects the limit of a Go server (google.golang.org/grpc, `defaultServerMaxHeaderListSize`).
const MAX_HEADER_LIST_SIZE: u32 = 16 << 20;

/// The resources that a session serves.
pub(super) struct SessionServices {
    /// The build context.
    pub(super) context: BuildContext,
    /// The user's registry logins.
    pub(super) logins: Logins,
    /// Values of build secrets.
    pub(super) secrets: Secrets,
    /// The ssh agent's socket.
    pub(super) ssh: Option<PathBuf>,
}

/// The first failure on our side: the daemon only learns that something failed.
#[derive(Clone, Debug, Default)]
pub(super) struct SessionFault(Arc<Mutex<Option<DockerError>>>);

impl SessionFault {
    /// Stores an error, unless there is one already, and returns the status for the daemon.
    fn set(&self, error: DockerError) -> Status {
        let status = Status::aborted(error.to_string());
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slot.get_or_insert(error);
        status
    }

    /// Takes the error, if there is one.
    pub(super) fn take(&self) -> Option<DockerError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// An open session; it ends when it is dropped.
pub(super) struct Session {
    /// The session id that the build request refers to.
    pub(super) id: String,
    /// The failure on our side, if any.
    pub(super) fault: SessionFault,
    _server: AbortOnDrop<()>,
}

/// Returns the methods that the daemon may call, as announced when the session is opened.
fn methods(services: &SessionServices) -> Vec<&'static str> {
    let mut methods = vec![
        "/grpc.health.v1.Health/Check",
        "/moby.filesync.v1.FileSync/DiffCopy",
        "/moby.filesync.v1.Auth/Credentials",
    ];
    if !services.secrets.is_empty() {
        methods.push("/moby.buildkit.secrets.v1.Secrets/GetSecret");
    }
    if services.ssh.is_some() {
        methods.extend([
            "/moby.sshforward.v1.SSH/CheckAgent",
            "/moby.sshforward.v1.SSH/ForwardAgent",
        ]);
    }
    methods
}

impl Session {
    /// Opens a session. `shared_key` identifies the folder: the daemon keeps its copy of the folder between
    /// builds, and requests changed files only.
    pub(super) async fn open(
        daemon: &Daemon,
        id: String,
        shared_key: &str,
        services: SessionServices,
        doing: &str,
    ) -> Result<Session, DockerError> {
        let mut request = empty(http::Method::POST, "/session", doing)?;
        let headers = request.headers_mut();
        let mut add = |name: &'static str, value: &str| {
            if let Ok(value) = value.parse() {
                headers.append(name, value);
            }
        };
        add("connection", "Upgrade");
        add("upgrade", "h2c");
        add("x-docker-expose-session-uuid", &id);
        add("x-docker-expose-session-name", "ecsctl");
        add("x-docker-expose-session-sharedkey", shared_key);
        for method in methods(&services) {
            add("x-docker-expose-session-grpc-method", method);
        }
        let reply = daemon.send(request, doing).await?;
        let upgraded = hyper::upgrade::on(reply.response)
            .await
            .map_err(|error| gone(doing, &error))?;
        let fault = SessionFault::default();
        let server = tokio::spawn(serve(Connection(TokioIo::new(upgraded)), services, fault.clone()));
        Ok(Session {
            id,
            fault,
            _server: AbortOnDrop(server),
        })
    }
}

async fn serve(connection: Connection, services: SessionServices, fault: SessionFault) {
    let mut router = tonic::transport::Server::builder()
        .http2_max_header_list_size(MAX_HEADER_LIST_SIZE)
        .add_service(HealthServer::new(HealthService))
        .add_service(AuthServer::new(auth::RegistryAuth::new(services.logins)))
        .add_service(FileSyncServer::new(files::SyncedFiles::new(
            services.context,
            fault,
        )));
    if !services.secrets.is_empty() {
        router = router.add_service(SecretsServer::new(services.secrets));
    }
    if let Some(socket) = services.ssh {
        router = router.add_service(SshServer::new(ssh::SshAgent::new(socket)));
    }
    let incoming = tokio_stream::once(Ok::<_, std::io::Error>(connection));
    // The build reports how it ended; the session's own end adds nothing.
    if let Err(error) = router.serve_with_incoming(incoming).await {
        tracing::debug!(%error, "the build session ended");
    }
}

/// Responds to the daemon's health checks.
struct HealthService;

#[tonic::async_trait]
impl Health for HealthService {
    type WatchStream = tokio_stream::Empty<Result<HealthCheckResponse, Status>>;

    async fn check(&self, _: Request<HealthCheckRequest>) -> Result<Response<HealthCheckResponse>, Status> {
        Ok(Response::new(HealthCheckResponse {
            status: ServingStatus::Serving as i32,
        }))
    }

    async fn list(&self, _: Request<HealthListRequest>) -> Result<Response<HealthListResponse>, Status> {
        Err(Status::unimplemented("list"))
    }

    async fn watch(&self, _: Request<HealthCheckRequest>) -> Result<Response<Self::WatchStream>, Status> {
        Err(Status::unimplemented("watch"))
    }
}

/// The upgraded connection, on which we are the server.
struct Connection(TokioIo<Upgraded>);

impl tonic::transport::server::Connected for Connection {
    type ConnectInfo = ();

    fn connect_info(&self) -> Self::ConnectInfo {}
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut task::Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut task::Context<'_>,
        buffer: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buffer)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
