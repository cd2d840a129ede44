//! What the watcher reports to.

use tokio_util::sync::CancellationToken;

use crate::model::Sink;

/// What the watcher reports to, besides its results.
#[derive(Clone)]
pub struct Observer<'a> {
    /// Events on the way.
    pub sink: &'a dyn Sink,
    /// Whether secrets that task definitions hold in plain text are shown in the logs of failed tasks.
    pub show_values: bool,
    /// Cancelled when a rollback is requested: cuts the watches that ask for it.
    pub rollback: CancellationToken,
}
