//! Why there is no log to show.

use crate::diagnostic::{Explain, Explanation};
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
    fn explain(&self) -> Explanation {
        let usage = |code| Explanation::new(Exit::Usage, code);
        let preflight = |code| Explanation::new(Exit::Preflight, code);
        match self {
            Self::NoTask {
                services,
                stopped: true,
            } => preflight("no-task").maybe_resource(only(services)).hint(format!(
                "ecsctl logs {} --previous shows those that stopped",
                services.join(" ")
            )),
            Self::NoTask { services, .. } | Self::NoneStopped { services } => preflight("no-task")
                .maybe_resource(only(services))
                .hint(format!("ecsctl events {}", services.join(" "))),
            Self::UnknownTask {
                prefix,
                services,
                known,
            } => usage("unknown-task")
                .resource(prefix)
                .hint(match known.as_slice() {
                    [] => format!("ecsctl tasks {}", services.join(" ")),
                    known => format!("there is {}", known.join(", ")),
                }),
            Self::AmbiguousTask { prefix, tasks } => usage("ambiguous-task")
                .resource(prefix)
                .details(tasks.clone())
                .hint("write more of the id"),
            Self::UnknownContainer { name, known, .. } => usage("unknown-container")
                .resource(name)
                .hint(format!("there is {}", known.join(", "))),
            Self::NotStarted { services } => preflight("not-started")
                .maybe_resource(only(services))
                .hint(format!("ecsctl logs -f {}", services.join(" "))),
            Self::Elsewhere { services, places } => preflight("logs-elsewhere")
                .maybe_resource(only(services))
                .details(places.clone()),
            Self::NoGroup { group, .. } => preflight("log-group-not-found")
                .resource(group)
                .hint(format!("aws logs create-log-group --log-group-name {group}")),
        }
    }
}

/// The service, if there is only one.
fn only(services: &[String]) -> Option<&String> {
    match services {
        [one] => Some(one),
        _ => None,
    }
}
