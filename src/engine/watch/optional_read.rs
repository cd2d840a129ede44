//! What may be read for one service besides itself.

/// A read for one service besides itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OptionalRead {
    StoppedTasks,
    RunningTasks,
    /// How healthy these are.
    Health,
    /// Its service deployments.
    Deployments,
    /// Ours among them, again.
    OurDeployment,
}
