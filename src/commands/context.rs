//! What every verb is handed: the flags, the printer, the clock.

use std::cell::RefCell;
use std::future::Future;
use std::sync::Arc;

use crate::cli::Global;
use crate::clock::Clock;
use crate::commands::running::{self, Interruption, NoRuntime, Stopped};
use crate::diagnostic::Failure;
use crate::model::{ServiceOutcome, Sink};
use crate::registry::{NotARegistry, RegistryOverride};
use crate::ui::{Printer, Reporter};

/// What every verb is handed.
pub struct Context {
    /// The flags that every verb takes.
    pub global: Global,
    /// The two streams.
    pub printer: Arc<Printer>,
    /// Now and sleep.
    pub clock: Clock,
    /// What came of each service so far, for the envelope of a failure.
    services: RefCell<Vec<ServiceOutcome>>,
}

impl Context {
    /// Nothing has happened yet.
    pub fn new(global: Global, printer: Arc<Printer>, clock: Clock) -> Self {
        Self {
            global,
            printer,
            clock,
            services: RefCell::default(),
        }
    }

    /// Runs work that waits for others and tells of it through the sink, until it is done or the process is told to
    /// stop; then the work is dropped where it stands. When this returns, all events are shown and the terminal is free.
    pub fn run<T, W>(&self, work: impl FnOnce(Arc<dyn Sink>) -> W) -> Result<T, Failure>
    where
        W: Future<Output = Result<T, Failure>>,
    {
        let clock = self.clock.clone();
        let reporter = Reporter::start(&self.printer, move || clock.now()).map_err(NoRuntime)?;
        let result = running::block_on(work(reporter.sink()));
        let seen = reporter.close();
        self.services.borrow_mut().extend(seen.services);
        match result? {
            Ok(result) => result,
            Err(Stopped(exit)) => Err(Interruption::new(exit, seen.in_flight).into()),
        }
    }

    /// What takes the place of ECR's hosts (`--registry`).
    pub fn registry(&self) -> Result<Option<RegistryOverride>, NotARegistry> {
        self.global.registry.as_deref().map(str::parse).transpose()
    }

    /// What came of each service so far.
    pub fn services(&self) -> Vec<ServiceOutcome> {
        self.services.borrow().clone()
    }
}
