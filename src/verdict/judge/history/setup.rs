//! How a history is set up, and what happens in it.

/// What happens in one tick of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HistoryEvent {
    /// The scheduler works.
    Work,
    /// Somebody deploys something else.
    Supersede,
    /// Somebody stops the deployment (StopServiceDeployment, ABORT).
    Stop,
    /// Somebody or something scales.
    Scale(u64),
}

/// How one look goes wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReadFault {
    None,
    /// The reply is this many ticks old.
    Stale(usize),
    /// `rolloutState` has a value of tomorrow.
    UnknownState,
    /// The service deployment's status has a value of tomorrow.
    UnknownStatus,
    /// MISSING.
    Missing,
    /// The counts are left out.
    NoCounts,
}

/// How the model is set up.
#[derive(Clone, Copy, Debug)]
pub struct HistorySetup {
    pub desired: u64,
    /// Whether the new revision's tasks crash.
    pub broken: bool,
    /// Whether they come up first and then crash in turns, so that ECS's own count stays at nothing.
    pub in_turns: bool,
    /// So many tasks of a revision that works crash at first, while another one keeps running.
    pub flaky: u64,
    pub breaker: bool,
    pub rollback: bool,
    /// Whether something ran before.
    pub before: bool,
    /// Whether a rollback uses the old id again.
    pub reuse_id: bool,
    /// Whether the endpoint has service deployments.
    pub has_service_deployments: bool,
    /// Whether there is a rolloutState (not behind a Classic Load Balancer).
    pub has_rollout_state: bool,
    pub load_balanced: bool,
}
