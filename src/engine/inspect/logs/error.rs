//! Why there is no log to show.

use std::borrow::Cow;

use crate::diagnostic::Explain;
use crate::exit::Exit;

/// Why there is no log to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogsError {
    /// No task runs.
    #[error("no task of {} runs", .services.join(", "))]
    NoTask {
        /// The services' keys.
        services: Vec<String>,
        /// Whether some have stopped in the last hour.
        stopped: bool,
    },
    /// None has stopped, as far as ECS remembers.
    #[error("no task of {} has stopped in the last hour; ECS keeps them no longer", .services.join(", "))]
    NoneStopped {
        /// The services' keys.
        services: Vec<String>,
    },
    /// No task's id begins so.
    #[error("no task {prefix} of {}", .services.join(", "))]
    UnknownTask {
        /// What was asked for.
        prefix: String,
        /// The services' keys.
        services: Vec<String>,
        /// The tasks that there are.
        known: Vec<String>,
    },
    /// Several tasks' ids do.
    #[error("the ids of {} tasks begin with {prefix}", .tasks.len())]
    AmbiguousTask {
        /// What was asked for.
        prefix: String,
        /// `web/3f2a91c0…`: service and id.
        tasks: Vec<String>,
    },
    /// No task has such a container.
    #[error("no task of {} has a container {name}", .services.join(", "))]
    UnknownContainer {
        /// What was asked for.
        name: String,
        /// The services' keys.
        services: Vec<String>,
        /// The containers that there are.
        known: Vec<String>,
    },
    /// No container has come up: until then a stream may have no name.
    #[error("no container of {} has started yet", .services.join(", "))]
    NotStarted {
        /// The services' keys.
        services: Vec<String>,
    },
    /// The logs go elsewhere.
    #[error("no log of {} is in CloudWatch Logs", .services.join(", "))]
    Elsewhere {
        /// The services' keys.
        services: Vec<String>,
        /// Where each container's goes.
        places: Vec<String>,
    },
    /// The log group isn't there.
    #[error("there is no log group {group}, to which {container} of {service} writes")]
    NoGroup {
        /// The log group.
        group: String,
        /// The container.
        container: String,
        /// The service's name on ECS.
        service: String,
    },
}

impl Explain for LogsError {
    fn exit(&self) -> Exit {
        match self {
            Self::UnknownTask { .. } | Self::AmbiguousTask { .. } | Self::UnknownContainer { .. } => {
                Exit::Usage
            }
            _ => Exit::Preflight,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoTask { .. } | Self::NoneStopped { .. } => "no-task",
            Self::UnknownTask { .. } => "unknown-task",
            Self::AmbiguousTask { .. } => "ambiguous-task",
            Self::UnknownContainer { .. } => "unknown-container",
            Self::NotStarted { .. } => "not-started",
            Self::Elsewhere { .. } => "logs-elsewhere",
            Self::NoGroup { .. } => "log-group-not-found",
        }
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::UnknownTask { prefix, .. } | Self::AmbiguousTask { prefix, .. } => Some(prefix.into()),
            Self::UnknownContainer { name, .. } => Some(name.into()),
            Self::NoGroup { group, .. } => Some(group.into()),
            Self::NoTask { services, .. }
            | Self::NoneStopped { services }
            | Self::NotStarted { services }
            | Self::Elsewhere { services, .. } => match services.as_slice() {
                [one] => Some(one.into()),
                _ => None,
            },
        }
    }

    fn details(&self) -> Vec<String> {
        match self {
            Self::AmbiguousTask { tasks, .. } => tasks.clone(),
            Self::Elsewhere { places, .. } => places.clone(),
            _ => Vec::new(),
        }
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::NoTask {
                services,
                stopped: true,
            } => format!(
                "ecsctl logs {} --previous shows those that stopped",
                services.join(" ")
            )
            .into(),
            Self::NoTask { services, .. } | Self::NoneStopped { services } => {
                format!("ecsctl events {}", services.join(" ")).into()
            }
            Self::UnknownTask { services, known, .. } if known.is_empty() => {
                format!("ecsctl tasks {}", services.join(" ")).into()
            }
            Self::UnknownTask { known, .. } | Self::UnknownContainer { known, .. } => {
                format!("there is {}", known.join(", ")).into()
            }
            Self::AmbiguousTask { .. } => "write more of the id".into(),
            Self::NotStarted { services } => format!("ecsctl logs -f {}", services.join(" ")).into(),
            Self::Elsewhere { .. } => return None,
            Self::NoGroup { group, .. } => {
                format!("aws logs create-log-group --log-group-name {group}").into()
            }
        })
    }
}
