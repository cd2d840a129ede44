//! The known facts about a failure.

/// The known facts about a failure, as AWS words them. Each one may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FailureFacts<'a> {
    /// The task's stop code: `EssentialContainerExited`, … (API reference: Task).
    pub stop_code: Option<&'a str>,
    /// The task's stopped reason.
    pub stopped_reason: Option<&'a str>,
    /// The container that made its task stop.
    pub container: Option<ContainerFacts<'a>>,
    /// Whether the container health check reported UNHEALTHY.
    pub health_check_failed: bool,
    /// The task's target health, as reported by the load balancer.
    pub target: Option<TargetFacts<'a>>,
    /// The related service event.
    pub event: Option<&'a str>,
    /// The last lines of the container's log.
    pub log_tail: &'a [&'a str],
}

/// The known facts about a container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ContainerFacts<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its exit code, if it ever ran.
    pub exit_code: Option<i64>,
    /// AWS's message about the container.
    pub reason: Option<&'a str>,
}

/// A target's health (Elastic Load Balancing API reference: TargetHealth).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TargetFacts<'a> {
    /// The reason code: `Target.Timeout`, …
    pub reason: &'a str,
    /// The reason's description.
    pub description: Option<&'a str>,
}

impl<'a> FailureFacts<'a> {
    /// No known facts.
    pub const NONE: Self = Self {
        stop_code: None,
        stopped_reason: None,
        container: None,
        health_check_failed: false,
        target: None,
        event: None,
        log_tail: &[],
    };

    /// Iterates over all of AWS's messages about the failure.
    pub fn said(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let of_container = self.container.and_then(|container| container.reason);
        [self.stopped_reason, of_container, self.event]
            .into_iter()
            .flatten()
    }

    /// Returns the exit code of a container that exited by itself. If ECS stopped it, after a failed health check
    /// or to scale in, its exit code means nothing.
    pub fn ended_with(&self) -> Option<i64> {
        self.container
            .and_then(|container| container.exit_code)
            .filter(|_| self.stop_code == Some("EssentialContainerExited"))
    }

    /// Whether the task stopped for a reason of its own, so that the load balancer's view is irrelevant.
    pub fn stopped_by_itself(&self) -> bool {
        matches!(
            self.stop_code,
            Some("EssentialContainerExited" | "TaskFailedToStart")
        )
    }
}
