//! How a run that reports its progress responds to signals.

use std::cell::RefCell;

use tokio_util::sync::CancellationToken;

use super::runtime::SignalResponse;
use super::signals::Signals;
use crate::engine::RollbackRequest;
use crate::model::Event;
use crate::ui::{self, MenuChoice, Printer, Reporter};

/// What Ctrl-C offers besides ending the run.
pub enum GoBack<'a> {
    /// A rollback, while services that it would affect are in progress.
    Rollback(&'a RollbackRequest),
    /// Canceling the token stops the job's task.
    Stop(&'a CancellationToken),
    /// Like `Stop`, and what a signal does if nobody can be asked: the task is of no use without the run.
    CleanUp(&'a CancellationToken),
}

/// The response of a run.
pub struct RunResponse<'a> {
    printer: &'a Printer,
    reporter: &'a Reporter,
    signals: &'a Signals,
    go_back: &'a GoBack<'a>,
    /// The services that the last question named.
    offered: RefCell<Vec<String>>,
}

impl<'a> RunResponse<'a> {
    /// Creates the response of a run with this reporter.
    pub fn new(
        printer: &'a Printer,
        reporter: &'a Reporter,
        signals: &'a Signals,
        go_back: &'a GoBack<'a>,
    ) -> Self {
        Self {
            printer,
            reporter,
            signals,
            go_back,
            offered: RefCell::default(),
        }
    }
}

impl SignalResponse for RunResponse<'_> {
    async fn ask(&self) -> Option<MenuChoice> {
        if !ui::can_ask(self.printer) {
            return None;
        }
        let signals = self.signals.clone();
        let affected = self.go_back.affected();
        let is_possible = affected.is_some();
        self.offered.replace(affected.unwrap_or_default());
        self.reporter.ask(is_possible, move || signals.is_handled()).await
    }

    fn go_back(&self) {
        let offered = self.offered.take();
        match self.go_back {
            GoBack::Rollback(rollback) if !rollback.request(&offered) => {
                self.reporter.sink().emit(too_late())
            }
            GoBack::Rollback(_) => {}
            GoBack::Stop(stop) | GoBack::CleanUp(stop) => stop.cancel(),
        }
    }

    fn clean_up(&self) -> bool {
        match self.go_back {
            GoBack::CleanUp(stop) => {
                stop.cancel();
                true
            }
            GoBack::Rollback(_) | GoBack::Stop(_) => false,
        }
    }
}

impl GoBack<'_> {
    /// Returns the services that it would affect; None if it is not possible now.
    fn affected(&self) -> Option<Vec<String>> {
        match self {
            Self::Rollback(rollback) => Some(rollback.affected()).filter(|it| !it.is_empty()),
            Self::Stop(stop) | Self::CleanUp(stop) => (!stop.is_cancelled()).then(Vec::new),
        }
    }
}

/// The event if a rollback was requested of deployments that have ended since the question.
fn too_late() -> Event {
    Event::Warning {
        resource: None,
        message: "not rolled back: the deployment has already ended, or is being rolled back".to_owned(),
        hint: Some("press Ctrl-C to be asked about what is in progress now".into()),
        complete: None,
    }
}
