//! The context of every command: the flags, the printer, the clock, and methods that run async work.

mod run_response;
mod runtime;
mod signals;

use std::cell::{OnceCell, RefCell};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::aws::Writes;
use crate::cli::{Assignment, Global, WaitFlags, WaitState};
use crate::clock::Clock;
use crate::config::FileOverrides;
use crate::diagnostic::Failure;
use crate::engine::load::{EnvFileVariable, FileOptions, LoadError, read_env_files};
use crate::engine::{RollbackRequest, RunOptions, UnfinishedReason, UnfinishedService, WaitOptions, waiting};
use crate::exit::Exit;
use crate::model::{Ending, ImageReference, ServiceOutcome, Sink};
use crate::registry::{InvalidRegistry, RegistryOverride};
use crate::ui::{self, Printer, Reporter, RunSummary};
use crate::verdict::WaitUntil;
pub use run_response::GoBack;
use run_response::RunResponse;
use runtime::{DropWork, EndWork};
pub use runtime::{TerminatedBySignal, interrupted};
use signals::{Signals, no_runtime};

/// The context of every command.
pub struct Context {
    /// The global flags.
    pub global: Global,
    /// The printer for stdout and stderr.
    pub printer: Arc<Printer>,
    /// The clock, which provides the current time and sleeps.
    pub clock: Clock,
    /// The writes in progress, which are awaited after a signal.
    pub writes: Writes,
    /// Receives the events of the run in progress.
    sink: RefCell<Option<Arc<dyn Sink>>>,
    /// The variables of `--env-file`, which is read once: it may be a pipe.
    env: OnceCell<Arc<IndexMap<String, EnvFileVariable>>>,
    /// The names of the file's services, in its order.
    order: OnceCell<Vec<String>>,
    /// The outcome of each service so far, for the envelope of a failure.
    services: RefCell<Vec<ServiceOutcome>>,
    signals: OnceCell<Signals>,
    /// Ends the process immediately.
    exit_now: fn(Exit) -> !,
}

impl Context {
    /// Creates a context. `exit_now` ends the process immediately.
    pub fn new(global: Global, printer: Arc<Printer>, clock: Clock, exit_now: fn(Exit) -> !) -> Self {
        Self {
            global,
            printer,
            clock,
            writes: Writes::default(),
            sink: RefCell::default(),
            env: OnceCell::new(),
            order: OnceCell::new(),
            services: RefCell::default(),
            signals: OnceCell::new(),
            exit_now,
        }
    }

    /// Runs work that reports no progress, until it is done or a signal stops it.
    pub fn block_on<T>(
        &self,
        work: impl Future<Output = T>,
    ) -> Result<Result<T, TerminatedBySignal>, Failure> {
        runtime::block_on((self.signals()?, &self.writes), work, &DropWork)
    }

    /// Runs work in which another program has the terminal. Ctrl-C is for that program; another signal cancels the token,
    /// upon which the work ends, and is returned.
    pub fn hand_over<T, W>(
        &self,
        work: impl FnOnce(CancellationToken) -> W,
    ) -> Result<(T, Option<Exit>), Failure>
    where
        W: Future<Output = Result<T, Failure>>,
    {
        let (signals, ended) = (self.signals()?, CancellationToken::new());
        signals.hand_over(ended.clone());
        let response = EndWork(ended.clone());
        let result = runtime::block_on((signals, &self.writes), work(ended), &response);
        let signal = signals.take_back();
        match result? {
            Ok(result) => Ok((result?, signal)),
            Err(TerminatedBySignal(exit)) => Err(interrupted(exit, &RunSummary::default())),
        }
    }

    /// Runs work that reports events through the sink, until it is done or a signal stops it; then the work
    /// is dropped as soon as AWS has responded to its writes. When this returns, all events are shown and the
    /// terminal is released.
    pub fn run<T, W>(&self, work: impl FnOnce(Arc<dyn Sink>) -> W) -> Result<T, Failure>
    where
        W: Future<Output = Result<T, Failure>>,
    {
        self.run_with(&GoBack::Rollback(&RollbackRequest::default()), work)
    }

    /// Like `run`, but Ctrl-C offers something else besides ending the run.
    pub fn run_with<T, W>(
        &self,
        go_back: &GoBack<'_>,
        work: impl FnOnce(Arc<dyn Sink>) -> W,
    ) -> Result<T, Failure>
    where
        W: Future<Output = Result<T, Failure>>,
    {
        let clock = self.clock.clone();
        let reporter =
            Reporter::start(&self.printer, self.order(), move || clock.now()).map_err(no_runtime)?;
        self.sink.replace(Some(reporter.sink()));
        let signals = self.signals()?;
        let response = RunResponse::new(&self.printer, &reporter, signals, go_back);
        let result = runtime::block_on((signals, &self.writes), work(reporter.sink()), &response);
        self.sink.take();
        let seen = reporter.close();
        self.services.borrow_mut().extend(seen.services.iter().cloned());
        match result? {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(failure)) => {
                self.skip(&seen, Ending::Failed);
                Err(failure)
            }
            Err(TerminatedBySignal(exit)) => {
                let in_progress = seen.in_flight.iter().chain(&seen.sent);
                let unfinished = in_progress
                    .map(|name| UnfinishedService::new(name, UnfinishedReason::Unwatched).outcome());
                self.services.borrow_mut().extend(unfinished);
                self.skip(&seen, Ending::Interrupted);
                ui::error::print_unfinished(&self.printer, &seen.failures, seen.warnings.iter().cloned());
                Err(interrupted(exit, &seen))
            }
        }
    }

    /// Adds the outcomes of the services that the run did not reach.
    fn skip(&self, seen: &RunSummary, ending: Ending) {
        let outcomes = seen.not_reached().into_iter().map(|it| {
            let skipped = UnfinishedService {
                definition: it.registered,
                ..UnfinishedService::new(&it.name, UnfinishedReason::NotReached(ending))
            };
            skipped.outcome()
        });
        self.services.borrow_mut().extend(outcomes);
    }

    /// Returns the flags about deploy.yaml, with the variables of `--env-file`.
    pub fn file_options(&self) -> Result<FileOptions, LoadError> {
        let pairs = |list: &[Assignment]| {
            list.iter()
                .map(|it| (it.name.clone(), it.value.clone()))
                .collect()
        };
        let global = &self.global;
        if self.env.get().is_none() {
            let read = read_env_files(&global.env_files)?;
            self.env.get_or_init(|| Arc::new(read));
        }
        Ok(FileOptions {
            file: global.file.clone(),
            vars: pairs(&global.vars),
            vars_from_env: global.vars_from_env.clone(),
            env: self.env.get().cloned().unwrap_or_default(),
            overrides: FileOverrides {
                environment: global.environment.clone(),
                cluster: global.cluster.clone(),
                region: global.region.clone(),
                profile: global.profile.clone(),
                assume_role: global.assume_role.clone(),
                images: pairs(&global.images),
                allow_unknown_fields: global.allow_unknown_fields,
                skip_hooks: global.skip_hooks,
            },
            looked_at: None,
        })
    }

    /// Does work, and reports that it is waited for meanwhile, if a run reports its progress.
    pub async fn waiting<T>(&self, what: &'static str, work: impl Future<Output = T>) -> T {
        let sink = self.sink.borrow().clone();
        match sink {
            Some(sink) => waiting(sink.as_ref(), what, work).await,
            None => work.await,
        }
    }

    /// Sets the order of results: that of the file's services.
    pub fn set_order(&self, services: impl Iterator<Item = String>) {
        // A run opens one file.
        self.order.get_or_init(|| services.collect());
    }

    /// Returns the names of the file's services on ECS, in its order.
    pub fn order(&self) -> &[String] {
        self.order.get().map_or(&[], Vec::as_slice)
    }

    /// Returns the registry that replaces ECR's hosts (`--registry`).
    pub fn registry(&self) -> Result<Option<RegistryOverride>, InvalidRegistry> {
        self.global.registry.as_deref().map(str::parse).transpose()
    }

    /// Checks the images and the registry that flags name, before any file is read.
    pub fn check_references(&self) -> Result<(), Failure> {
        for image in &self.global.images {
            image.value.parse::<ImageReference>()?;
        }
        self.registry()?;
        Ok(())
    }

    /// Returns the outcome of each service so far.
    pub fn services(&self) -> Vec<ServiceOutcome> {
        let mut services = self.services.borrow().clone();
        ui::in_order(&mut services, self.order(), |service| &service.name);
        services
    }

    /// Returns the options of a run, as set by the flags.
    pub fn run_options<'a>(&self, wait: &'a WaitOptions, rollback: &'a RollbackRequest) -> RunOptions<'a> {
        RunOptions {
            wait,
            rollback,
            show_values: self.global.show_values,
        }
    }

    fn signals(&self) -> Result<&Signals, Failure> {
        if let Some(signals) = self.signals.get() {
            return Ok(signals);
        }
        let signals = Signals::listen(self.exit_now)?;
        Ok(self.signals.get_or_init(|| signals))
    }
}

/// Converts the flags to wait options: how long to watch services, and which state to wait for.
pub fn wait_options(flags: &WaitFlags) -> WaitOptions {
    WaitOptions {
        until: match flags.until {
            WaitState::Deployed => WaitUntil::Deployed,
            WaitState::Stable => WaitUntil::Stable,
        },
        timeout: flags.timeout.map(signed),
        settle: signed(flags.settle),
        wait_through_pause: flags.wait_through_pause,
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}
