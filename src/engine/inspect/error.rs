//! What can't be looked at.

use std::borrow::Cow;

use crate::diagnostic::Explain;
use crate::exit::Exit;

/// Services that ECS doesn't have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no service {} in cluster {cluster}", .names.join(", "))]
pub struct NoService {
    /// Their names on ECS.
    pub names: Vec<String>,
    /// Their keys in deploy.yaml.
    pub keys: Vec<String>,
    /// The cluster.
    pub cluster: String,
}

impl Explain for NoService {
    fn exit(&self) -> Exit {
        Exit::Preflight
    }

    fn code(&self) -> &'static str {
        "no-such-service"
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        match self.names.as_slice() {
            [one] => Some(one.into()),
            _ => None,
        }
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        Some(format!("ecsctl deploy --only {}", self.keys.join(",")).into())
    }
}
