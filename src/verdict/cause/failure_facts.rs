//! What is known of a failure.

/// What is known of a failure, as AWS words it. Each part may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FailureFacts<'a> {
    /// The task's stop code: `EssentialContainerExited`, … (API reference: Task).
    pub stop_code: Option<&'a str>,
    /// The task's stopped reason.
    pub stopped_reason: Option<&'a str>,
    /// The container that brought its task down.
    pub container: Option<ContainerFacts<'a>>,
    /// The container health check said UNHEALTHY.
    pub health_check_failed: bool,
    /// What the load balancer says of the task.
    pub target: Option<TargetFacts<'a>>,
    /// The service event about it.
    pub event: Option<&'a str>,
    /// The last lines of the container's log.
    pub log_tail: &'a [&'a str],
}

/// What is known of a container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ContainerFacts<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its exit code, if it ever ran.
    pub exit_code: Option<i64>,
    /// AWS's words on it.
    pub reason: Option<&'a str>,
}

/// A target's health (Elastic Load Balancing API reference: TargetHealth).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TargetFacts<'a> {
    /// The reason code: `Target.Timeout`, …
    pub reason: &'a str,
    /// The reason in words.
    pub description: Option<&'a str>,
}

impl<'a> FailureFacts<'a> {
    /// Nothing is known.
    pub const NONE: Self = Self {
        stop_code: None,
        stopped_reason: None,
        container: None,
        health_check_failed: false,
        target: None,
        event: None,
        log_tail: &[],
    };

    /// Everything that AWS says of it in words.
    pub fn said(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let of_container = self.container.and_then(|container| container.reason);
        [self.stopped_reason, of_container, self.event]
            .into_iter()
            .flatten()
    }

    /// The exit code of a container that ended by itself. One that ECS stopped, after a failed health check or to
    /// scale in, says nothing by its code.
    pub fn ended_with(&self) -> Option<i64> {
        self.container
            .and_then(|container| container.exit_code)
            .filter(|_| self.stop_code == Some("EssentialContainerExited"))
    }

    /// Whether the task has stopped for a reason of its own, so that a load balancer has no say in it.
    pub fn stopped_by_itself(&self) -> bool {
        matches!(
            self.stop_code,
            Some("EssentialContainerExited" | "TaskFailedToStart")
        )
    }
}
