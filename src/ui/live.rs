//! Progress on a terminal: a few rows that update in place, with permanent output above them.

mod rows;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};

use self::rows::{ProgressRow, ProgressRows, RowText};
use super::failure;
use super::job;
use super::line::{Emphasis, Line, Symbol};
use super::plan::{self, PlanStyle};
use super::printer::Printer;
use super::text;
use super::view::{EventTime, EventView};
use super::waits::Waits;
use crate::model::{
    BuildEvent, Event, HookEvent, HookPoint, JobEvent, Plan, PushEvent, RolloutEvent, ServiceOutcome,
};

/// Minimum time between redraws, however fast events arrive.
const REFRESH: Duration = Duration::from_millis(80);
/// The indentation of text in the permanent output.
const INDENT: &str = "         ";
/// The number of cells in a bar.
const CELLS: u64 = 10;

/// The live view on stderr.
pub(super) struct LiveView {
    printer: Arc<Printer>,
    bar: ProgressBar,
    /// Returns the current rows and columns of the terminal.
    size: Box<dyn Fn() -> (usize, usize) + Send>,
    rows: ProgressRows,
    /// The services whose rollouts were reported.
    services: HashSet<String>,
    /// The services whose change was sent and that have had no event since.
    sent: HashSet<String>,
    /// The services that wait for their turn.
    queued: HashSet<String>,
    /// What is waited for on AWS.
    waits: Waits,
    /// The causes that were reported, by service and ID.
    causes: HashSet<(String, String)>,
    drawn: Option<Duration>,
}

impl LiveView {
    /// Creates a view on the terminal connected to stderr.
    pub fn new(printer: Arc<Printer>) -> Self {
        let terminal = console::Term::buffered_stderr();
        let size = terminal.clone();
        let size = move || {
            let (rows, columns) = size.size();
            (usize::from(rows), usize::from(columns))
        };
        Self::on(printer, Box::new(terminal), Box::new(size))
    }

    fn on(
        printer: Arc<Printer>,
        terminal: Box<dyn TermLike>,
        size: Box<dyn Fn() -> (usize, usize) + Send>,
    ) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::term_like(terminal));
        // The template is a constant; if it were invalid, the default style would show the message too.
        if let Ok(style) = ProgressStyle::with_template("{msg}") {
            bar.set_style(style);
        }
        printer.region().open(bar.clone());
        Self {
            printer,
            bar,
            size,
            rows: ProgressRows::default(),
            services: HashSet::new(),
            sent: HashSet::new(),
            queued: HashSet::new(),
            waits: Waits::default(),
            causes: HashSet::new(),
            drawn: None,
        }
    }

    /// Adds lines to the permanent output.
    fn record(&self, lines: &[Line]) {
        let look = self.printer.err_look();
        let (_, columns) = (self.size)();
        for line in lines {
            self.bar.println(line.wrapped(look, Some(columns)));
        }
    }

    /// Adds the last state of a row to the permanent output.
    fn record_row(&self, row: &ProgressRow, took: String, at: EventTime) {
        let (_, columns) = (self.size)();
        let look = self.printer.err_look();
        let layout = self.rows.layout(look, columns);
        self.bar.println(layout.line(row, &took, at.running));
    }

    fn draw(&mut self, at: EventTime, now: bool) {
        let due = self
            .drawn
            .is_none_or(|drawn| at.running.saturating_sub(drawn) >= REFRESH);
        if !due && !now {
            return;
        }
        self.drawn = Some(at.running);
        let (height, columns) = (self.size)();
        let block = self
            .rows
            .block(self.printer.err_look(), height, columns, at.running);
        self.printer.region().draw(block);
    }

    fn build(&mut self, image: &str, event: &BuildEvent, at: EventTime) {
        let verbose = self.printer.settings().verbose;
        match event {
            BuildEvent::Started => {
                let text = Line::of(text::context(0));
                self.rows.set("build", image, text, at.running);
            }
            BuildEvent::Context { sent } => {
                let text = RowText {
                    numbers: Line::of(super::numbers::bytes(*sent)),
                    rest: Line::of(" of the build context sent"),
                    ..RowText::default()
                };
                self.rows.set("build", image, text, at.running);
            }
            BuildEvent::Step {
                name, done: false, ..
            } => self.rows.set("build", image, Line::of(name), at.running),
            BuildEvent::Step { .. } => {}
            BuildEvent::Log { line } if verbose => {
                self.record(&[Line::of(INDENT).tone(Emphasis::Faint, "| ").text(line)]);
            }
            BuildEvent::Log { .. } => {}
            BuildEvent::Retried { reason } => {
                self.record(&[Line::of(format!("build {image}: {}", text::build_again(reason)))]);
            }
            BuildEvent::Finished {
                steps,
                cached,
                millis,
                ..
            } => {
                self.rows.remove("build", image);
                if cached < steps || verbose {
                    let row = ProgressRow::new("build", image, Line::of(text::build_steps(*steps, *cached)));
                    self.record_row(&row, text::millis(*millis), at);
                }
            }
        }
    }

    fn hook(&mut self, point: HookPoint, event: &HookEvent, at: EventTime) {
        let hook = point.key();
        match event {
            HookEvent::Started { command } => {
                let text = Line::of(text::first_line(command));
                self.rows.set("hook", hook, text, at.running);
            }
            HookEvent::Log { line } if self.printer.settings().verbose => {
                self.record(&[Line::of(INDENT).tone(Emphasis::Faint, "| ").text(line)]);
            }
            HookEvent::Log { .. } => {}
            HookEvent::Finished { succeeded, millis } => {
                self.rows.remove("hook", hook);
                let text = text::hook_end(*succeeded);
                self.record_row(
                    &ProgressRow::new("hook", hook, Line::of(text)),
                    text::millis(*millis),
                    at,
                );
            }
        }
    }

    /// Shows what is waited for on AWS, in a row of its own.
    fn wait(&mut self, what: &'static str, done: bool, at: EventTime) {
        self.waits.note(what, done);
        match self.waits.text() {
            Some(text) => self.rows.set("wait", "AWS", Line::of(text), at.running),
            None => {
                self.rows.remove("wait", "AWS");
            }
        }
    }

    fn push(&mut self, image: &str, event: &PushEvent, at: EventTime) {
        let text = RowText {
            numbers: Line::of(text::push(event)),
            ..RowText::default()
        };
        match event {
            PushEvent::Progress { .. } => self.rows.set("push", image, text, at.running),
            PushEvent::Finished {
                sent_layers, millis, ..
            } => {
                self.rows.remove("push", image);
                if *sent_layers > 0 || self.printer.settings().verbose {
                    self.record_row(&ProgressRow::new("push", image, text), text::millis(*millis), at);
                }
            }
        }
    }

    fn planned(&mut self, plan: &Plan) {
        let style = PlanStyle {
            look: self.printer.err_look(),
            verbose: self.printer.settings().verbose,
            columns: self
                .printer
                .err_look()
                .width
                .map(|columns| columns.saturating_sub(INDENT.len())),
        };
        if plan.is_empty() && !style.verbose {
            let warnings = plan
                .warnings
                .iter()
                .map(|text| Line::of(" ").sign(Symbol::Warning).text(" ").text(text));
            return self.record(&warnings.collect::<Vec<_>>());
        }
        let lines: Vec<Line> = plan::lines(plan, style)
            .into_iter()
            .enumerate()
            .map(|(number, line)| Line::of(if number == 0 { " plan    " } else { INDENT }).line(line))
            .collect();
        self.record(&lines);
    }

    fn rollout(&mut self, service: &str, event: &RolloutEvent, at: EventTime) {
        self.sent.remove(service);
        if text::is_reported(event, self.printer.settings().operation) {
            return;
        }
        let operation = self.printer.settings().operation.word();
        let verbose = self.printer.settings().verbose;
        self.services.insert(service.to_owned());
        match event {
            RolloutEvent::Progress {
                task_definition,
                running,
                desired,
                failed,
                ..
            } => {
                let counts = text::rollout(event, verbose).unwrap_or_default();
                let text = RowText {
                    subject: Line::new()
                        .tone(Emphasis::Strong, text::definition_name(task_definition))
                        .text("  "),
                    bar: bar(*running, *desired),
                    ..RowText::counted(&counts)
                };
                self.rows.set(operation, service, text, at.running);
                if *failed > 0 {
                    self.rows.mark_trouble(operation, service);
                }
            }
            RolloutEvent::Settling { seconds } => {
                let text = RowText {
                    ends: Some(at.running + Duration::from_secs(*seconds)),
                    ..RowText::default()
                };
                self.rows.set(operation, service, text, at.running);
            }
            RolloutEvent::Started { .. }
            | RolloutEvent::Baking { .. }
            | RolloutEvent::Protected { .. }
            | RolloutEvent::Draining { .. } => {
                let text = text::rollout(event, verbose).unwrap_or_default();
                self.rows.set(operation, service, Line::of(text), at.running);
            }
            RolloutEvent::Explained { failure } => {
                let cause = failure.cause.as_ref();
                let is_new = cause.is_some_and(|it| self.causes.insert((service.to_owned(), it.id.clone())));
                // With several services in progress, related lines may be separated.
                let of = match self.services.len() {
                    0 | 1 => String::new(),
                    _ => format!("{service}: "),
                };
                let indent = |line| Line::of(INDENT).text("  ").text(&of).line(line);
                let lines = failure::at_once(failure, is_new, &self.printer);
                self.record(&lines.into_iter().map(indent).collect::<Vec<_>>());
            }
            RolloutEvent::Interrupted { .. } => {
                let text = text::rollout(event, verbose).unwrap_or_default();
                self.record(&[Line::of(INDENT).text(format!("  {service}: {text}"))]);
            }
            RolloutEvent::Said { .. }
            | RolloutEvent::Stopped { .. }
            | RolloutEvent::Unhealthy { .. }
            | RolloutEvent::RollingBack { .. } => {
                let Some(text) = text::rollout(event, verbose) else {
                    return;
                };
                self.rows.mark_trouble(operation, service);
                self.record(&[Line::of(INDENT)
                    .sign(Symbol::Warning)
                    .text(format!(" {service}: {text}"))]);
            }
        }
    }

    fn job(&mut self, name: &str, event: &JobEvent, at: EventTime) {
        let verbose = self.printer.settings().verbose;
        match event {
            JobEvent::Log { message, .. } => {
                let line = |line| Line::of(INDENT).tone(Emphasis::Faint, "| ").text(line);
                self.record(&job::output(message).map(line).collect::<Vec<_>>());
            }
            JobEvent::Ended { result } => {
                self.rows.remove("job", name);
                let text = format!(" {name}: {}", result.summary());
                let mut lines = vec![Line::of(" job     ").sign(text::sign(result.outcome)).text(text)];
                if let Some(failure) = &result.failure {
                    let of_job = failure::of_job(failure, &self.printer);
                    lines.extend(of_job.into_iter().map(|line| Line::of(INDENT).line(line)));
                }
                self.record(&lines);
            }
            _ => {
                let text = job::progress(event, verbose).unwrap_or_default();
                self.rows.set("job", name, Line::of(text), at.running);
            }
        }
    }

    /// Shows what a service waits for before its change. Its deployment that was superseded is permanent output.
    fn queued(&mut self, service: &str, superseded: Option<&str>, text: &str, at: EventTime) {
        let operation = self.printer.settings().operation.word();
        if let Some(definition) = superseded
            && !self.queued.contains(service)
        {
            self.record(&[Line::of(INDENT)
                .sign(Symbol::Warning)
                .text(format!(" {service}: {definition} was superseded"))]);
        }
        self.queued.insert(service.to_owned());
        self.rows.remove(operation, service);
        self.rows.set(operation, service, Line::of(text), at.running);
    }

    /// Shows that ECS has not responded to a change yet.
    fn changing(&mut self, service: &str, at: EventTime) {
        let operation = self.printer.settings().operation.word();
        if self.queued.remove(service) || !self.rows.has(operation, service) {
            self.sent.insert(service.to_owned());
            let text = Line::of("waiting for a response from ECS");
            self.rows.set(operation, service, text, at.running);
        }
    }

    fn not_changed(&mut self, service: &str) {
        if self.sent.remove(service) {
            self.rows
                .remove(self.printer.settings().operation.word(), service);
        }
    }

    /// Prints the last state of the rollout, if there was one.
    fn ended(&mut self, outcome: &ServiceOutcome, at: EventTime) {
        self.not_changed(&outcome.name);
        let operation = self.printer.settings().operation.word();
        let Some(row) = self.rows.remove(operation, &outcome.name) else {
            return;
        };
        let definition = outcome
            .task_definition
            .as_deref()
            .map(text::definition_name)
            .unwrap_or_default();
        let counts = match (outcome.running, outcome.desired) {
            (Some(running), Some(desired)) => format!("{running} of {desired} running"),
            _ => String::new(),
        };
        let gap = match (definition.is_empty(), counts.is_empty()) {
            (true, _) => "",
            (false, true) => "; ",
            (false, false) => "  ",
        };
        let separator = if counts.is_empty() { "" } else { "; " };
        let text = RowText {
            subject: Line::new().tone(Emphasis::Strong, definition).text(gap),
            numbers: Line::of(counts),
            rest: Line::of(format!("{separator}{}", text::ending(outcome.outcome))),
            ..RowText::default()
        };
        let took = super::numbers::elapsed(at.running.saturating_sub(row.since));
        self.record_row(&ProgressRow::new(operation, &outcome.name, text), took, at);
    }
}

impl EventView for LiveView {
    fn event(&mut self, event: &Event, at: EventTime) {
        match event {
            Event::Build { image, event } => self.build(image, event, at),
            Event::Push { image, event } => self.push(image, event, at),
            Event::Hook { point, event } => self.hook(*point, event, at),
            Event::Planned { plan } => self.planned(plan),
            Event::Created { kind, name } => {
                self.record(&[Line::of(" create  ").text(format!("{kind} {name}"))]);
            }
            Event::Asked { verb, service, what } => {
                self.record(&[Line::of(format!(" {verb:<7} {service}  {what}"))]);
            }
            Event::Waiting { what, done } => self.wait(what, *done, at),
            Event::Changing { service } => self.changing(service, at),
            Event::NotChanged { service } => self.not_changed(service),
            Event::Autoscaling {
                service,
                action,
                what,
            } => {
                self.record(&[Line::of(format!(" autoscaling {service}  {action} {what}"))]);
            }
            Event::Schedule { schedule } => {
                let text = format!(" schedule {}  {}", schedule.name, schedule.summary());
                self.record(&[Line::of(text)]);
            }
            Event::Deregistered { task_definition, .. } => {
                let id = text::definition_name(task_definition);
                self.record(&[Line::of(format!(" deregister  {id}"))]);
            }
            Event::Queued {
                service,
                superseded,
                deployment,
                task_definition,
                since,
            } => {
                let text = text::queued(
                    deployment.as_deref(),
                    task_definition.as_deref(),
                    since.as_deref(),
                );
                self.queued(service, superseded.as_deref(), &text, at);
            }
            Event::Registered { .. } | Event::Changed { .. } | Event::Deleted { .. } => {}
            Event::Rollout { service, event } => self.rollout(service, event, at),
            Event::Job { job: name, event } => self.job(name, event, at),
            Event::Ended { outcome, .. } => self.ended(outcome, at),
            Event::Unfinished { outcome, .. } => {
                self.sent.remove(&outcome.name);
                self.rows
                    .remove(self.printer.settings().operation.word(), &outcome.name);
            }
            Event::Warning {
                resource,
                message,
                hint,
                ..
            } => {
                let text = text::warning(resource.as_deref(), message);
                let mut lines = vec![Line::of(" ").sign(Symbol::Warning).text(format!(" {text}"))];
                lines.extend(hint.as_ref().map(|hint| {
                    Line::of("   ")
                        .tone(Emphasis::Good, "hint: ")
                        .text(self.printer.whole_suggestion(hint))
                        .hanging(9)
                }));
                self.record(&lines);
            }
        }
        self.draw(at, false);
    }

    fn tick(&mut self, at: EventTime) {
        self.draw(at, false);
    }

    fn pause(&mut self) {
        self.bar.finish_and_clear();
    }

    fn resume(&mut self) {
        self.bar.reset();
        self.drawn = None;
    }

    fn close(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// `████████░░  `, or empty if no tasks are desired.
fn bar(running: u64, desired: u64) -> Line {
    if desired == 0 {
        return Line::new();
    }
    let full = (running.min(desired).saturating_mul(CELLS) / desired).min(CELLS);
    let cells = |count: u64| usize::try_from(count).unwrap_or(0);
    Line::new()
        .signs(Symbol::Full, cells(full))
        .signs(Symbol::Empty, cells(CELLS - full))
        .text("  ")
}

#[cfg(test)]
mod tests;
