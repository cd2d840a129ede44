//! The ssh agent for `RUN --mount=type=ssh`: relays bytes between the daemon and the agent's socket; keys
//! stay in the agent.

use std::path::PathBuf;

use bollard::moby::sshforward::v1::{BytesMessage, CheckAgentRequest, CheckAgentResponse, ssh_server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming};

/// The id used by a mount without one.
const DEFAULT_ID: &str = "default";

pub(super) struct SshAgent {
    socket: PathBuf,
}

impl SshAgent {
    pub(super) fn new(socket: PathBuf) -> Self {
        Self { socket }
    }
}

#[tonic::async_trait]
impl ssh_server::Ssh for SshAgent {
    type ForwardAgentStream = ReceiverStream<Result<BytesMessage, Status>>;

    async fn check_agent(
        &self,
        request: Request<CheckAgentRequest>,
    ) -> Result<Response<CheckAgentResponse>, Status> {
        let id = request.into_inner().id;
        if id.is_empty() || id == DEFAULT_ID {
            Ok(Response::new(CheckAgentResponse {}))
        } else {
            Err(Status::not_found(format!(
                "there is no ssh agent `{id}`, only `{DEFAULT_ID}`"
            )))
        }
    }

    async fn forward_agent(
        &self,
        request: Request<Streaming<BytesMessage>>,
    ) -> Result<Response<Self::ForwardAgentStream>, Status> {
        let agent = UnixStream::connect(&self.socket)
            .await
            .map_err(|error| Status::unavailable(format!("{}: {error}", self.socket.display())))?;
        let (mut from_agent, mut to_agent) = agent.into_split();
        let mut from_daemon = request.into_inner();
        let (to_daemon, stream) = mpsc::channel(4);
        tokio::spawn(async move {
            while let Ok(Some(message)) = from_daemon.message().await {
                if to_agent.write_all(&message.data).await.is_err() {
                    break;
                }
            }
            // Closing the write half tells the agent that the build has no more requests.
            let _ = to_agent.shutdown().await;
        });
        tokio::spawn(async move {
            let mut buffer = vec![0; 16 << 10];
            loop {
                let message = match from_agent.read(&mut buffer).await {
                    Ok(0) => break,
                    Ok(read) => Ok(BytesMessage {
                        data: buffer[..read].to_vec(),
                    }),
                    Err(error) => Err(Status::aborted(error.to_string())),
                };
                let is_over = message.is_err();
                if to_daemon.send(message).await.is_err() || is_over {
                    break;
                }
            }
        });
        Ok(Response::new(ReceiverStream::new(stream)))
    }
}
