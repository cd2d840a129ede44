//! What every verb is handed: the flags, the printer, the clock.

use std::cell::{OnceCell, RefCell};
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::cli::Global;
use crate::clock::Clock;
use crate::commands::pipeline::{Open, Reach, Why};
use crate::commands::running::{self, Stopped};
use crate::commands::signals::Signals;
use crate::diagnostic::Failure;
use crate::model::{Event, ServiceOutcome, Sink};
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

/// What Ctrl-C offers while a rollout that can be undone is watched: each offer has an answer of its own, so that one
/// that comes late is not taken for the answer to the next.
#[derive(Default)]
struct WayBack(RefCell<Option<(Rc<Notify>, Arc<Reach>)>>);

impl WayBack {
    /// None where it would reach nothing.
    fn offer(&self) -> Option<Rc<Notify>> {
        let offer = self.0.borrow();
        let (wanted, _) = offer.as_ref().filter(|(_, reach)| reach.is_any())?;
        Some(Rc::clone(wanted))
    }

    /// Takes an offer, if it still holds.
    fn take(&self, offer: Option<Rc<Notify>>) -> bool {
        match (offer, self.offer()) {
            (Some(asked), Some(now)) if Rc::ptr_eq(&asked, &now) => {
                now.notify_one();
                true
            }
            _ => false,
        }
    }
}

/// While it lives, Ctrl-C offers the way back.
pub struct Offered<'a> {
    way_back: &'a WayBack,
    wanted: Rc<Notify>,
}

impl Offered<'_> {
    /// Waits until somebody chooses it.
    pub async fn chosen(&self) {
        self.wanted.notified().await;
    }
}

impl Drop for Offered<'_> {
    fn drop(&mut self) {
        self.way_back.0.take();
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

    /// Has Ctrl-C offer to go back, as long as what is given lives, and there is anything in reach.
    pub fn offer_way_back(&self, reach: &Arc<Reach>) -> Offered<'_> {
        let wanted = Rc::new(Notify::new());
        let offer = (Rc::clone(&wanted), Arc::clone(reach));
        self.way_back.0.replace(Some(offer));
        Offered {
            way_back: &self.way_back,
            wanted,
        }
    }

    /// Runs work that shows nothing on its way, until it is done or the process is told to stop.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> Result<Result<T, Stopped>, Failure> {
        running::block_on(self.signals()?, work, async || Choice::Leave, || {})
    }

    fn signals(&self) -> Result<&Signals, Failure> {
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
        let reporter = Reporter::start(&self.printer, move || clock.now()).map_err(running::no_runtime)?;
        let signals = self.signals()?;
        let asked = RefCell::default();
        let ask = async || {
            if !ui::can_ask(&self.printer) {
                return Choice::Leave;
            }
            let signals = signals.clone();
            let offer = self.way_back.offer();
            asked.replace(offer.clone());
            reporter.ask(offer.is_some(), move || signals.dealt_with()).await
        };
        let go_back = || {
            if !self.way_back.take(asked.take()) {
                reporter.sink().emit(too_late());
            }
        };
        let result = running::block_on(signals, work(reporter.sink()), ask, go_back);
        let seen = reporter.close();
        self.services.borrow_mut().extend(seen.services);
        match result? {
            Ok(result) => result,
            Err(Stopped(exit)) => {
                let on_its_way = seen.in_flight.iter().chain(&seen.sent);
                let open = on_its_way.map(|name| Open::unseen(name, Why::Left));
                self.services.borrow_mut().extend(open.map(|open| open.outcome()));
                let (in_flight, sent, draining) = (&seen.in_flight, &seen.sent, &seen.draining);
                Err(running::interrupted(exit, in_flight, sent, draining))
            }
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

/// Said when going back is chosen of something that has come to its end since the question.
fn too_late() -> Event {
    Event::Warning {
        resource: None,
        message: "not rolled back: what the question was about has come to its end meanwhile".to_owned(),
        hint: Some("Ctrl-C asks again about what goes on now".to_owned()),
    }
}
