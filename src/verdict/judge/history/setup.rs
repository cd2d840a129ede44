//! The setup of a history, and its events.

/// An event in one tick of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HistoryEvent {
    /// The scheduler makes progress.
    Work,
    /// Another revision is deployed.
    Supersede,
    /// The deployment is stopped (StopServiceDeployment, ABORT).
    Stop,
    /// The service is scaled.
    Scale(u64),
}

/// A fault of one read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReadFault {
    None,
    /// The response is this many ticks old.
    Stale(usize),
    /// `rolloutState` has an unknown value.
    UnknownState,
    /// The service deployment's status has an unknown value.
    UnknownStatus,
    /// The service is MISSING.
    Missing,
    /// The counts are missing.
    NoCounts,
}

/// The setup of the model.
#[derive(Clone, Copy, Debug)]
pub struct HistorySetup {
    pub desired: u64,
    /// Whether the new revision's tasks crash.
    pub broken: bool,
    /// Whether the new tasks start and then crash in turns, so that ECS's own count stays at zero.
    pub in_turns: bool,
    /// How many tasks of a working revision crash at first, while another keeps running.
    pub flaky: u64,
    pub breaker: bool,
    pub rollback: bool,
    /// Whether there is a previous deployment.
    pub before: bool,
    /// Whether a rollback reuses the previous deployment's ID.
    pub reuse_id: bool,
    /// Whether the endpoint supports service deployments.
    pub has_service_deployments: bool,
    /// Whether responses have a rolloutState (not behind a Classic Load Balancer).
    pub has_rollout_state: bool,
    pub load_balanced: bool,
    /// Whether the run takes turns with others.
    pub takes_turns: bool,
}
