//! Errors of registry requests, and their explanations.

use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;
use crate::model::Digest;

/// The errors of a registry request. All of them end in exit 4.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RegistryError {
    /// The connection failed.
    #[error("can't connect to the registry {host}")]
    Unreachable {
        /// The host.
        host: String,
        /// The system's error message.
        said: String,
    },

    /// The registry responded with an error.
    #[error("the registry refused {doing}")]
    Refused {
        /// The attempted action: `to read the manifest of acme/web:v1`.
        doing: String,
        /// The HTTP status.
        status: u16,
        /// The registry's error message.
        said: String,
    },

    /// The content doesn't match its digest.
    #[error("{what} from {host} has the digest {got} instead of {wanted}")]
    Digest {
        /// The content: `the manifest of acme/web`.
        what: String,
        /// The host.
        host: String,
        /// The expected digest.
        wanted: Digest,
        /// The digest of the received bytes.
        got: Digest,
    },

    /// The registry sent an invalid response.
    #[error("unexpected response from the registry when asked {doing}: {why}")]
    Answer {
        /// The attempted action: `to read the manifest of acme/web:1`.
        doing: String,
        /// What is wrong with the response.
        why: String,
    },
}

impl Explain for RegistryError {
    fn explain(&self) -> Explanation {
        let failed = |code| Explanation::new(Exit::Image, code);
        match self {
            RegistryError::Unreachable { host, said } => failed("registry-unreachable")
                .resource(host)
                .said("the system", said)
                .hint("check the network, HTTPS_PROXY, and --registry if it is set"),
            RegistryError::Refused { status, said, .. } => {
                let (code, hint) = match status {
                    401 => (
                        "registry-denied",
                        Some("check your identity: aws sts get-caller-identity"),
                    ),
                    403 => (
                        "registry-denied",
                        Some("allow ecr:BatchGetImage and ecr:PutImage on the repository"),
                    ),
                    429 => (
                        "registry-refused",
                        Some("the registry is throttling requests: run the command again in a minute"),
                    ),
                    _ => ("registry-refused", None),
                };
                failed(code).said("the registry", said).maybe_hint(hint)
            }
            RegistryError::Digest { host, .. } => failed("digest-mismatch")
                .resource(host)
                .hint("a proxy between here and the registry may be changing its responses"),
            RegistryError::Answer { .. } => failed("registry-answer"),
        }
    }
}
