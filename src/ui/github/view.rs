//! Takes from the events what the summary will say, and annotates warnings as they come.

use std::sync::Arc;

use super::command::{Command, Kind};
use crate::model::Event;
use crate::model::prefixed;
use crate::ui::printer::Printer;
use crate::ui::view::{Moment, View};

/// Hears all events of a run on a runner.
pub struct Watcher {
    printer: Arc<Printer>,
}

impl Watcher {
    /// For the printer's runner.
    pub fn new(printer: Arc<Printer>) -> Self {
        Self { printer }
    }
}

impl View for Watcher {
    fn event(&mut self, event: &Event, _at: Moment) {
        let Some(github) = self.printer.github() else {
            return;
        };
        match event {
            Event::Planned { plan } => {
                github.keep_plan(plan);
                for warning in &plan.warnings {
                    let command = Command::new(Kind::Warning, "plan", warning);
                    self.printer.command(&command.to_string());
                }
            }
            Event::Ended { outcome, summary } => github.keep_ending(&outcome.name, summary),
            Event::Warning {
                resource,
                message,
                hint,
            } => {
                let hint = prefixed("\nhint: ", hint.as_ref().map(|hint| self.printer.typed(hint)));
                let title = resource.as_deref().unwrap_or("ecsctl");
                let command = Command::new(Kind::Warning, title, &format!("{message}{hint}"));
                self.printer.command(&command.to_string());
            }
            _ => {}
        }
    }
}
