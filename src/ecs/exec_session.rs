//! The session of ExecuteCommand.

use std::fmt;

use super::reply::text;
use crate::model::Value;

/// A session of ECS Exec (API reference: ExecuteCommand, Session).
pub struct ExecSession {
    /// The name of the cluster.
    pub cluster: String,
    /// The id of the task.
    pub task: String,
    /// The name of the container.
    pub container: String,
    /// The whole `session`, as JSON: it holds the token.
    pub session: String,
}

impl fmt::Debug for ExecSession {
    /// Omits the session, whose token lets anybody in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExecSession")
            .field("task", &self.task)
            .field("container", &self.container)
            .finish_non_exhaustive()
    }
}

impl ExecSession {
    /// Reads the response of ExecuteCommand. None if it has no session.
    pub fn read(reply: &Value) -> Option<Self> {
        let session = reply.get("session")?;
        text(session, "tokenValue")?;
        let name_in = |member: &str| text(reply, member)?.rsplit('/').next().map(str::to_owned);
        Some(Self {
            cluster: name_in("clusterArn")?,
            task: name_in("taskArn")?,
            container: text(reply, "containerName")?,
            session: session.to_string(),
        })
    }

    /// Returns the token, to hide it.
    pub fn token(&self) -> String {
        let session: Value = serde_json::from_str(&self.session).unwrap_or_default();
        text(&session, "tokenValue").unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_token_is_in_no_debug_output() {
        let session = json!({"sessionId": "s-1", "streamUrl": "wss://x", "tokenValue": "top-secret"});
        let reply = json!({
            "clusterArn": "arn:aws:ecs:us-east-1:123456789012:cluster/production",
            "taskArn": "arn:aws:ecs:us-east-1:123456789012:task/production/3f2a91c0",
            "containerName": "web", "interactive": true, "session": session,
        });
        let read = ExecSession::read(&reply).unwrap();
        assert_eq!(
            (read.cluster.as_str(), read.task.as_str()),
            ("production", "3f2a91c0")
        );
        assert_eq!(read.token(), "top-secret");
        assert!(!format!("{read:?}").contains("top-secret"));
        assert!(ExecSession::read(&json!({"session": {}})).is_none());
    }
}
