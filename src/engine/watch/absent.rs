//! A service that was to be watched, and isn't there.

use std::borrow::Cow;

use crate::diagnostic::Explain;
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
    fn exit(&self) -> Exit {
        Exit::Preflight
    }

    fn code(&self) -> &'static str {
        "no-such-service"
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        let (Self::Missing(name) | Self::Draining(name)) = self;
        Some(name.as_str().into())
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        Some("ecsctl deploy".into())
    }
}
