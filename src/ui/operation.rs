//! The operation that a run performs on services.

/// The operation that a run performs on services, as named in progress output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Operation {
    /// Rolls out a deployment.
    #[default]
    Deploy,
    /// Watches deployments in progress.
    Wait,
    /// Rolls back to the previous revision.
    Rollback,
    /// Stops the deployment in progress.
    Stop,
    /// Continues a paused rollout.
    Continue,
    /// Sets task counts.
    Scale,
    /// Deploys the same revision again.
    Restart,
    /// Deletes services.
    Delete,
    /// Runs a job.
    Run,
}

impl Operation {
    /// Returns the operation as one word.
    pub fn word(self) -> &'static str {
        match self {
            Operation::Deploy => "deploy",
            Operation::Wait => "wait",
            Operation::Rollback => "rollback",
            Operation::Stop => "stop",
            Operation::Continue => "continue",
            Operation::Scale => "scale",
            Operation::Restart => "restart",
            Operation::Delete => "delete",
            Operation::Run => "run",
        }
    }
}
