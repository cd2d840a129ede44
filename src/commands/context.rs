//! What every verb is handed: the flags, the printer, the clock.

use std::future::Future;
use std::sync::Arc;

use crate::cli::Global;
use crate::clock::Clock;
use crate::commands::running;
use crate::diagnostic::Failure;
use crate::ui::Printer;

/// What every verb is handed.
pub struct Context {
    /// The flags that every verb takes.
    pub global: Global,
    /// The two streams.
    pub printer: Arc<Printer>,
    /// Now and sleep.
    pub clock: Clock,
}

impl Context {
    /// Runs what has to wait for others, until it is done or the process is told to stop.
    pub fn block_on<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        running::block_on(work)
    }
}
