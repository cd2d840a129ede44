//! A service that was to be watched, and isn't there.

use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;

/// A service that has nothing in flight, because it isn't there, or not for long any more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchService {
    /// MISSING or INACTIVE.
    #[error("there is no service {0} to wait for")]
    Missing(String),
    /// DRAINING: it was deleted, and its last tasks stop.
    #[error("service {0} was deleted and only drains: nothing is in flight")]
    Draining(String),
}

impl Explain for NoSuchService {
    fn explain(&self) -> Explanation {
        let (Self::Missing(name) | Self::Draining(name)) = self;
        Explanation::new(Exit::Preflight, "no-such-service")
            .resource(name)
            .hint("ecsctl deploy")
    }
}
