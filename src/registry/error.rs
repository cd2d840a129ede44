//! What goes wrong with a registry, in words.

use std::borrow::Cow;

use crate::diagnostic::Explain;
use crate::exit::Exit;
use crate::model::Digest;

/// Everything that asking a registry can fail with. All of it ends in exit 4.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RegistryError {
    /// No connection.
    #[error("the registry {host} can't be reached")]
    Unreachable {
        /// The host.
        host: String,
        /// The system's words.
        said: String,
    },

    /// It answered with an error.
    #[error("the registry refused {doing}")]
    Refused {
        /// `to read the manifest of acme/web:v1`.
        doing: String,
        /// The HTTP status.
        status: u16,
        /// Its words.
        said: String,
    },

    /// What came is not what the digest names.
    #[error("{what} from {host} has the digest {got}, not {wanted}")]
    Digest {
        /// `the manifest of acme/web`.
        what: String,
        /// The host.
        host: String,
        /// Asked for.
        wanted: Digest,
        /// Of the bytes.
        got: Digest,
    },

    /// It answered something that can't be understood.
    #[error("the registry's answer to {doing} can't be understood: {why}")]
    Answer {
        /// What was asked.
        doing: String,
        /// What is wrong with it.
        why: String,
    },
}

impl Explain for RegistryError {
    fn exit(&self) -> Exit {
        Exit::Image
    }

    fn code(&self) -> &'static str {
        match self {
            RegistryError::Unreachable { .. } => "registry-unreachable",
            RegistryError::Refused {
                status: 401 | 403, ..
            } => "registry-denied",
            RegistryError::Refused { .. } => "registry-refused",
            RegistryError::Digest { .. } => "digest-mismatch",
            RegistryError::Answer { .. } => "registry-answer",
        }
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        match self {
            RegistryError::Unreachable { host, .. } | RegistryError::Digest { host, .. } => Some(host.into()),
            _ => None,
        }
    }

    fn said(&self) -> Option<(&'static str, Cow<'_, str>)> {
        match self {
            RegistryError::Unreachable { said, .. } => Some(("the system", said.into())),
            RegistryError::Refused { said, .. } => Some(("the registry", said.into())),
            _ => None,
        }
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        match self {
            RegistryError::Unreachable { .. } => {
                Some("check the network, HTTPS_PROXY, and --registry if it is set".into())
            }
            RegistryError::Refused { status: 401, .. } => {
                Some("see who you are: aws sts get-caller-identity".into())
            }
            RegistryError::Refused { status: 403, .. } => {
                Some("allow ecr:BatchGetImage and ecr:PutImage on the repository".into())
            }
            RegistryError::Refused { status: 429, .. } => {
                Some("the registry throttles: run it again in a minute".into())
            }
            RegistryError::Digest { .. } => {
                Some("something between here and the registry changes what it sends".into())
            }
            _ => None,
        }
    }
}
