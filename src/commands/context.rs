//! What every verb is handed: the flags, the printer, the clock.

use std::cell::{Cell, OnceCell, RefCell};
use std::future::Future;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::cli::Global;
use crate::clock::Clock;
use crate::commands::running::{self, Interruption, NoRuntime, Stopped};
use crate::commands::signals::Signals;
use crate::diagnostic::Failure;
use crate::model::{ServiceOutcome, Sink};
use crate::registry::{NotARegistry, RegistryOverride};
use crate::ui::{self, Choice, Printer, Reporter};

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
    signals: OnceCell<Signals>,
    way_back: WayBack,
}

/// What Ctrl-C offers while a rollout that can be undone is watched.
#[derive(Default)]
struct WayBack {
    offered: Cell<bool>,
    wanted: Notify,
}

/// While it lives, Ctrl-C offers the way back.
pub struct Offered<'a>(&'a WayBack);

impl Offered<'_> {
    /// Waits until somebody chooses it.
    pub async fn chosen(&self) {
        self.0.wanted.notified().await;
    }
}

impl Drop for Offered<'_> {
    fn drop(&mut self) {
        self.0.offered.set(false);
    }
}

impl Context {
    /// Nothing has happened yet.
    pub fn new(global: Global, printer: Arc<Printer>, clock: Clock) -> Self {
        Self {
            global,
            printer,
            clock,
            services: RefCell::default(),
            signals: OnceCell::new(),
            way_back: WayBack::default(),
        }
    }

    /// Has Ctrl-C offer to go back, as long as what is given lives.
    pub fn offer_way_back(&self) -> Offered<'_> {
        self.way_back.offered.set(true);
        Offered(&self.way_back)
    }

    /// Runs work that shows nothing on its way, until it is done or the process is told to stop.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> Result<Result<T, Stopped>, NoRuntime> {
        running::block_on(self.signals()?, work, async || Choice::Leave, || {})
    }

    fn signals(&self) -> Result<&Signals, NoRuntime> {
        if let Some(signals) = self.signals.get() {
            return Ok(signals);
        }
        let signals = Signals::listen()?;
        Ok(self.signals.get_or_init(|| signals))
    }

    /// Runs work that waits for others and tells of it through the sink, until it is done or the process is told to
    /// stop; then the work is dropped where it stands. When this returns, all events are shown and the terminal is free.
    pub fn run<T, W>(&self, work: impl FnOnce(Arc<dyn Sink>) -> W) -> Result<T, Failure>
    where
        W: Future<Output = Result<T, Failure>>,
    {
        let clock = self.clock.clone();
        let reporter = Reporter::start(&self.printer, move || clock.now()).map_err(NoRuntime)?;
        let signals = self.signals()?;
        let ask = async || {
            if !ui::can_ask(&self.printer) {
                return Choice::Leave;
            }
            let signals = signals.clone();
            reporter
                .ask(self.way_back.offered.get(), move || signals.dealt_with())
                .await
        };
        let go_back = || self.way_back.wanted.notify_one();
        let result = running::block_on(signals, work(reporter.sink()), ask, go_back);
        let seen = reporter.close();
        self.services.borrow_mut().extend(seen.services);
        match result? {
            Ok(result) => result,
            Err(Stopped(exit)) => Err(Interruption::new(exit, seen.in_flight, seen.draining).into()),
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
