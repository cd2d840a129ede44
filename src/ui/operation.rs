//! What a run does to services.

/// What a run does to services, as its progress calls it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Operation {
    /// Rolls out.
    #[default]
    Deploy,
    /// Watches what is under way.
    Wait,
    /// Goes back to what ran before.
    Rollback,
    /// Stops what is under way.
    Stop,
    /// Lets a paused rollout go on.
    Continue,
    /// Sets counts.
    Scale,
    /// Deploys the same anew.
    Restart,
    /// Takes away.
    Delete,
}

impl Operation {
    /// One word.
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
        }
    }
}
