//! Constructors for quoted failures.

use super::{ContainerFacts, FailureFacts, TargetFacts};

/// A task that could not be started, with the task's own message (Fargate).
pub const fn not_started(reason: &'static str) -> FailureFacts<'static> {
    FailureFacts {
        stop_code: Some("TaskFailedToStart"),
        stopped_reason: Some(reason),
        ..FailureFacts::NONE
    }
}

/// A task that could not be started, with its container's message (EC2, and containers of a Fargate task).
pub const fn container_not_started(reason: &'static str) -> FailureFacts<'static> {
    FailureFacts {
        stop_code: Some("TaskFailedToStart"),
        stopped_reason: Some("Task failed to start"),
        container: Some(ContainerFacts {
            name: "web",
            exit_code: None,
            reason: Some(reason),
        }),
        ..FailureFacts::NONE
    }
}

/// A task whose essential container exited by itself.
pub const fn exited(exit_code: i64, reason: Option<&'static str>) -> FailureFacts<'static> {
    FailureFacts {
        stop_code: Some("EssentialContainerExited"),
        stopped_reason: Some("Essential container in task exited"),
        container: Some(ContainerFacts {
            name: "web",
            exit_code: Some(exit_code),
            reason,
        }),
        ..FailureFacts::NONE
    }
}

/// A task whose essential container exited by itself, with the last lines of its log.
pub const fn logged(exit_code: i64, log_tail: &'static [&'static str]) -> FailureFacts<'static> {
    FailureFacts {
        log_tail,
        ..exited(exit_code, None)
    }
}

/// A task that was stopped while its container was running.
pub const fn stopped(code: &'static str, reason: &'static str) -> FailureFacts<'static> {
    FailureFacts {
        stop_code: Some(code),
        stopped_reason: Some(reason),
        container: Some(ContainerFacts {
            name: "web",
            exit_code: Some(137),
            reason: None,
        }),
        ..FailureFacts::NONE
    }
}

/// A service event.
pub const fn event(message: &'static str) -> FailureFacts<'static> {
    FailureFacts {
        event: Some(message),
        ..FailureFacts::NONE
    }
}

/// A running task as reported by the load balancer.
pub const fn target(reason: &'static str, description: Option<&'static str>) -> FailureFacts<'static> {
    FailureFacts {
        target: Some(TargetFacts { reason, description }),
        ..FailureFacts::NONE
    }
}
