//! What a run does to services.

/// What a run does to services, as its progress calls it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deed {
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

impl Deed {
    /// One word.
    pub fn word(self) -> &'static str {
        match self {
            Deed::Deploy => "deploy",
            Deed::Wait => "wait",
            Deed::Rollback => "rollback",
            Deed::Stop => "stop",
            Deed::Continue => "continue",
            Deed::Scale => "scale",
            Deed::Restart => "restart",
            Deed::Delete => "delete",
        }
    }
}
