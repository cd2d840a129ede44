//! Progress for a pipe or a CI log: append-only lines with a time, at most one per change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use super::failure;
use super::line::Line;
use super::numbers::elapsed;
use super::plan::{self, PlanStyle};
use super::printer::Printer;
use super::view::{EventTime, EventView};
use super::{text, times};
use crate::diagnostic::Suggestion;
use crate::model::prefixed;
use crate::model::{BuildEvent, Event, Plan, PushEvent, RolloutEvent};

/// After this long without output, the pending operations are repeated: CI systems kill silent jobs.
const SILENCE: Duration = Duration::from_secs(60);

/// The log view on stderr.
pub(super) struct LogLines {
    printer: Arc<Printer>,
    /// The last text printed for each subject, to avoid repeating it.
    last: HashMap<String, String>,
    /// The causes that were reported, by service and ID.
    causes: HashSet<(String, String)>,
    /// The operations in progress: subject, current activity, and start time.
    under_way: Vec<(String, String, Duration)>,
    spoke: Duration,
}

impl LogLines {
    /// Creates a view that writes to the printer's stderr.
    pub fn new(printer: Arc<Printer>) -> Self {
        Self {
            printer,
            last: HashMap::new(),
            causes: HashSet::new(),
            under_way: Vec::new(),
            spoke: Duration::ZERO,
        }
    }

    fn say(&mut self, at: EventTime, subject: &str, text: &str) {
        if self.last.get(subject).is_some_and(|last| last == text) {
            return;
        }
        self.last.insert(subject.to_owned(), text.to_owned());
        self.print(at, subject, text);
    }

    /// Prints a line, even if the same text was just printed.
    fn print(&mut self, at: EventTime, subject: &str, text: &str) {
        self.print_line(at, subject, Line::of(text));
    }

    fn print_line(&mut self, at: EventTime, subject: &str, line: Line) {
        if self.printer.settings().quiet {
            return;
        }
        self.spoke = at.running;
        self.printer
            .note(&Line::of(format!("{} {subject}: ", times::utc(at.wall))).line(line));
    }

    fn is_at(&mut self, at: EventTime, subject: &str, what: &str) {
        match self.under_way.iter_mut().find(|(known, ..)| known == subject) {
            Some(entry) => what.clone_into(&mut entry.1),
            None => self
                .under_way
                .push((subject.to_owned(), what.to_owned(), at.running)),
        }
    }

    fn is_over(&mut self, subject: &str) {
        self.under_way.retain(|(known, ..)| known != subject);
    }

    fn build(&mut self, image: &str, event: &BuildEvent, at: EventTime) {
        let subject = format!("build {image}");
        let verbose = self.printer.settings().verbose;
        match event {
            BuildEvent::Started => self.is_at(at, &subject, "the context"),
            BuildEvent::Step { name, cached, done } => {
                self.is_at(at, &subject, name);
                if verbose && *done {
                    let cached = if *cached { "CACHED " } else { "" };
                    self.say(at, &subject, &format!("{cached}{name}"));
                }
            }
            BuildEvent::Log { line } if verbose => self.print(at, &subject, &format!("| {line}")),
            BuildEvent::Log { .. } => {}
            BuildEvent::Retried { reason } => self.say(at, &subject, &text::build_again(reason)),
            BuildEvent::Finished {
                steps,
                cached,
                millis,
                ..
            } => {
                self.is_over(&subject);
                let text = format!(
                    "{}, {}",
                    text::build_steps(*steps, *cached),
                    text::millis(*millis)
                );
                self.say(at, &subject, &text);
            }
        }
    }

    fn push(&mut self, image: &str, event: &PushEvent, at: EventTime) {
        let subject = format!("push {image}");
        match event {
            PushEvent::Progress { .. } => self.is_at(at, &subject, &text::push(event)),
            PushEvent::Finished { digest, millis, .. } => {
                self.is_over(&subject);
                let digest = text::digest(digest, self.printer.settings().verbose);
                let text = format!("{digest}, {}, {}", text::push(event), text::millis(*millis));
                self.say(at, &subject, &text);
            }
        }
    }

    /// Prints what the plan changes, below its line.
    fn changes(&self, plan: &Plan) {
        let settings = self.printer.settings();
        if settings.quiet || plan.is_empty() {
            return;
        }
        let look = self.printer.err_look();
        let style = PlanStyle {
            look,
            verbose: settings.verbose,
            columns: look.width,
        };
        let lines = plan::item_lines(plan, style);
        lines.iter().for_each(|line| self.printer.note(line));
    }

    fn rollout(&mut self, service: &str, event: &RolloutEvent, at: EventTime) {
        if text::is_attached(event, self.printer.settings().operation) {
            return;
        }
        let subject = self.operation(service);
        if let RolloutEvent::Explained { failure } = event {
            let cause = failure.cause.as_ref();
            let is_new = cause.is_some_and(|it| self.causes.insert((service.to_owned(), it.id.clone())));
            for line in failure::at_once(failure, is_new, &self.printer) {
                self.print_line(at, &subject, line);
            }
        }
        if let Some(text) = text::rollout(event, self.printer.settings().verbose) {
            if matches!(
                event,
                RolloutEvent::Progress { .. } | RolloutEvent::Started { .. } | RolloutEvent::Draining { .. }
            ) {
                self.is_at(at, &subject, &text);
            } else if let RolloutEvent::Baking { .. } = event {
                self.is_at(at, &subject, &text.replacen("baking", "the bake time", 1));
            }
            self.say(at, &subject, &text);
        }
    }

    /// `deploy web`.
    fn operation(&self, service: &str) -> String {
        format!("{} {service}", self.printer.settings().operation.word())
    }

    fn warn(&mut self, resource: Option<&str>, message: &str, hint: Option<&Suggestion>) {
        super::error::print_warning(&self.printer, &text::warning(resource, message), hint);
    }
}

impl EventView for LogLines {
    fn event(&mut self, event: &Event, at: EventTime) {
        match event {
            Event::Build { image, event } => self.build(image, event, at),
            Event::Push { image, event } => self.push(image, event, at),
            Event::Planned { plan } => {
                let account = prefixed(", ", plan.account.as_ref());
                let place = format!("{}, {}{account}", plan.cluster, plan.region);
                self.say(at, "plan", &format!("{} ({place})", plan::summary(plan)));
                self.changes(plan);
                let warnings = plan.warnings.clone();
                warnings.iter().for_each(|warning| self.warn(None, warning, None));
            }
            Event::Created { kind, name } => self.say(at, &format!("create {kind}"), name),
            Event::Asked { verb, service, what } => self.say(at, &format!("{verb} {service}"), what),
            // The events that follow cover this.
            Event::Changing { .. }
            | Event::NotChanged { .. }
            | Event::Changed { .. }
            | Event::Deleted { .. } => {}
            Event::Registered {
                service,
                task_definition,
            } => {
                self.say(
                    at,
                    &format!("register {service}"),
                    &text::definition_name(task_definition),
                );
            }
            Event::Rollout { service, event } => self.rollout(service, event, at),
            Event::Ended { outcome, summary } => {
                let subject = self.operation(&outcome.name);
                self.is_over(&subject);
                // Most summaries begin with the service, which the subject already names.
                let text = match summary.strip_prefix(&format!("{}: ", outcome.name)) {
                    Some(rest) => rest.to_owned(),
                    None => format!("{}: {summary}", text::ending(outcome.outcome)),
                };
                self.say(at, &subject, &text);
            }
            Event::Warning {
                resource,
                message,
                hint,
            } => self.warn(resource.as_deref(), message, hint.as_ref()),
        }
    }

    fn tick(&mut self, at: EventTime) {
        if at.running.saturating_sub(self.spoke) < SILENCE {
            return;
        }
        if let Some((subject, what, since)) = self.under_way.first().cloned() {
            let waiting = elapsed(at.running.saturating_sub(since));
            self.say(at, &subject, &format!("still at {what} ({waiting})"));
        }
        self.spoke = at.running;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::printer::PrinterSettings;
    use crate::ui::terminal_style::TerminalStyle;
    use crate::ui::testing::{Captured, a_deploy, a_rollback, a_step, moment};

    fn told(events: &[Event], settings: PrinterSettings) -> String {
        let (printer, out, err) = Captured::printer(settings, TerminalStyle::PLAIN);
        let mut lines = LogLines::new(Arc::new(printer));
        for (second, event) in events.iter().enumerate() {
            lines.event(event, moment(second as u64));
        }
        lines.close();
        assert_eq!(out.text(), "");
        err.text()
    }

    #[test]
    fn a_deploy_in_lines() {
        insta::assert_snapshot!(told(&a_deploy(), PrinterSettings::default()));
    }

    #[test]
    fn a_rollback_in_lines() {
        insta::assert_snapshot!(told(&a_rollback(), PrinterSettings::default()));
    }

    #[test]
    fn verbose_shows_steps_and_logs() {
        let text = told(
            &a_deploy(),
            PrinterSettings {
                verbose: true,
                ..PrinterSettings::default()
            },
        );
        assert!(text.contains("build web: | compiling"), "{text}");
        assert!(text.contains("build web: [build 2/5] RUN make"), "{text}");
    }

    #[test]
    fn quiet_shows_only_problems() {
        let mut events = a_deploy();
        events.push(Event::Warning {
            resource: Some("web".to_owned()),
            message: "its log group is in another region".to_owned(),
            hint: None,
        });
        let text = told(
            &events,
            PrinterSettings {
                quiet: true,
                ..PrinterSettings::default()
            },
        );
        assert_eq!(text, "warning: web: its log group is in another region\n");
    }

    #[test]
    fn changes_are_shown_once() {
        let step = a_step(1, 3);
        let once = told(std::slice::from_ref(&step), PrinterSettings::default());
        assert_eq!(told(&[step.clone(), step], PrinterSettings::default()), once);
    }

    #[test]
    fn long_waits_repeat_what_is_waited_for() {
        let (printer, _, err) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
        let mut lines = LogLines::new(Arc::new(printer));
        lines.event(&a_step(1, 3), moment(0));
        lines.tick(moment(59));
        assert_eq!(err.text().lines().count(), 1);
        lines.tick(moment(60));
        lines.tick(moment(61));
        let text = err.text();
        assert_eq!(text.lines().count(), 2);
        assert!(
            text.ends_with("deploy web: still at 1 of 3 running, 2 starting (1m 00s)\n"),
            "{text}"
        );
        let baking = Event::Rollout {
            service: "web".to_owned(),
            event: RolloutEvent::Baking { alarms: 2 },
        };
        lines.event(&baking, moment(62));
        lines.tick(moment(180));
        let text = err.text();
        assert!(
            text.ends_with("deploy web: still at the bake time: 2 alarms are watched (3m 00s)\n"),
            "{text}"
        );
    }
}
