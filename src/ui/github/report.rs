//! Reports a run to the GitHub runner: annotations, the step summary, and outputs.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, absolute};
use std::sync::Arc;

use rustix::fs::OFlags;

use super::command::{AnnotationLevel, WorkflowCommand};
use super::markdown::{self, ServiceSummary};
use super::output;
use super::runner::{Github, RunRecord};
use crate::diagnostic::{Level, Problems, Sources};
use crate::model::{AvailableActions, Ending, ErrorReport, Event, Outcome, Plan, ServiceOutcome, prefixed};
use crate::ui::operation::Operation;
use crate::ui::plan::{self, PlanStyle};
use crate::ui::printer::Printer;
use crate::ui::secret_mask::masked;
use crate::ui::terminal_style::TerminalStyle;
use crate::ui::view::{EventTime, EventView};
use crate::ui::{failure, text};

impl Github {
    /// Reports a plan that was shown but is not executed, with the outcome of one that `deploy` refuses.
    pub fn plan(&self, printer: &Printer, plan: &Plan, refused: Option<&Outcome>) {
        self.keep_plan(plan);
        warn(printer, plan);
        let text = markdown::plan(&self.seen().plan);
        self.append(printer, self.summary.as_deref(), "step summary", &text);
        let mut outputs = refused.map(output::of).unwrap_or_default();
        outputs += &output::one("changes", &plan.changes().to_string());
        self.append(printer, self.outputs.as_deref(), "step's outputs", &outputs);
    }

    pub(super) fn keep_plan(&self, plan: &Plan) {
        let style = PlanStyle {
            look: TerminalStyle::PLAIN,
            verbose: false,
            columns: None,
        };
        let lines = plan::lines(plan, style);
        let lines = lines
            .iter()
            .map(|line| line.render(TerminalStyle::PLAIN))
            .collect();
        self.seen().plan = Some((plan::summary(plan), lines));
    }

    pub(super) fn keep_ending(&self, service: &str, sentence: &str) {
        let mut seen = self.seen();
        seen.endings.retain(|(known, _)| known != service);
        seen.endings.push((service.to_owned(), sentence.to_owned()));
    }

    /// Annotates the problems in the user's files, each at its location.
    pub fn problems(&self, printer: &Printer, problems: &Problems, sources: &Sources) {
        for problem in problems.shown().list {
            let kind = match problem.level {
                Level::Error => AnnotationLevel::Error,
                Level::Warning => AnnotationLevel::Warning,
            };
            let label = prefixed(": ", problem.label.as_deref());
            let mut command = WorkflowCommand::new(kind, "ecsctl", &format!("{}{label}", problem.message));
            if let Some(span) = problem.span
                && let Some(((line, column), source)) = sources.position(span).zip(sources.get(span.source))
            {
                command = command.at(&self.within_workspace(&source.name), line, column);
            }
            printer.command(&command.to_string());
        }
        self.seen().placed = true;
    }

    fn within_workspace(&self, name: &str) -> String {
        let path = absolute(name).ok();
        let relative = path
            .as_deref()
            .zip(self.workspace.as_deref())
            .and_then(|(path, workspace)| path.strip_prefix(workspace).ok());
        relative.map_or_else(|| name.to_owned(), |path| path.to_string_lossy().into_owned())
    }

    /// Reports the outcome: annotations for failures and for what was deployed, the step summary, and the
    /// outputs.
    pub fn report(&self, printer: &Printer, outcome: &Outcome) {
        let seen = std::mem::take(&mut *self.seen());
        let services: Vec<ServiceSummary<'_>> = outcome
            .services
            .iter()
            .map(|service| ServiceSummary {
                outcome: service,
                sentence: sentence(service, &seen),
                why: why(service, outcome.error.as_ref(), printer),
            })
            .collect();
        for service in &services {
            if let Some(command) = annotation(service) {
                printer.command(&command.to_string());
            }
        }
        let unsaid = outcome.error.as_ref().filter(|error| {
            let told = |service: &ServiceOutcome| error.resource.as_deref() == Some(service.name.as_str());
            !seen.placed && !outcome.services.iter().any(told)
        });
        if let Some(error) = unsaid {
            printer.command(&of_error(error).to_string());
        }
        let operation = printer.settings().operation;
        let operation = (operation != Operation::default()).then(|| operation.word());
        let text = markdown::outcome(operation, outcome, &services, seen.place.as_ref(), &seen.plan);
        self.append(printer, self.summary.as_deref(), "step summary", &text);
        let outputs = output::of(outcome);
        self.append(printer, self.outputs.as_deref(), "step's outputs", &outputs);
    }

    /// Appends text to a file. A failure causes a warning but doesn't change the outcome.
    fn append(&self, printer: &Printer, path: Option<&Path>, what: &str, text: &str) {
        let Some(path) = path else { return };
        if let Err(error) = append(path, &masked(text)) {
            let message = format!("can't write the {what} to {}: {error}", path.display());
            crate::ui::error::print_warning(printer, &message, None);
        }
    }
}

fn append(path: &Path, text: &str) -> io::Result<()> {
    // Opening a pipe that nobody reads would wait for ever; with this flag it is an error.
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let mut options = OpenOptions::new();
    let mut file = options.append(true).create(true).custom_flags(flags).open(path)?;
    rustix::fs::fcntl_setfl(&file, OFlags::APPEND)?;
    file.write_all(text.as_bytes())
}

/// Returns the sentence about a service's ending, or the ending itself if there is none.
fn sentence(service: &ServiceOutcome, seen: &RunRecord) -> String {
    let mut endings = seen.endings.iter().rev();
    match endings.find(|(name, _)| *name == service.name) {
        Some((_, sentence)) => sentence.clone(),
        None => format!("{}: {}", service.name, text::ending(service.outcome)),
    }
}

/// Returns why a service did not end well, line by line. If nothing was changed, the hint of the run's error is its own.
fn why(service: &ServiceOutcome, error: Option<&ErrorReport>, printer: &Printer) -> Vec<String> {
    if matches!(service.outcome, Ending::Done | Ending::Unchanged) {
        return Vec::new();
    }
    let lines = failure::report(service, TerminalStyle::PLAIN, printer);
    let lines = lines.iter().map(|line| line.render(TerminalStyle::PLAIN));
    let own = error.filter(|error| {
        let is_untouched = matches!(service.recourse, AvailableActions::Untouched);
        is_untouched && error.resource.as_deref() == Some(service.name.as_str())
    });
    let hint = own.and_then(|error| error.hint.as_ref());
    lines
        .chain(hint.map(|hint| format!("  hint:    {hint}")))
        .collect()
}

/// Returns the annotation for a service; none if there was nothing to do.
fn annotation(service: &ServiceSummary<'_>) -> Option<WorkflowCommand> {
    let kind = match service.outcome.outcome {
        Ending::Done => AnnotationLevel::Notice,
        Ending::Unchanged => return None,
        // Their exit codes fail the step.
        Ending::Failed
        | Ending::RolledBack
        | Ending::TimedOut
        | Ending::Superseded
        | Ending::Paused
        | Ending::Interrupted => AnnotationLevel::Error,
    };
    let title = format!(
        "{}: {}",
        service.outcome.name,
        text::ending(service.outcome.outcome)
    );
    let mut text = service.sentence.clone();
    for line in &service.why {
        text.push('\n');
        text.push_str(line);
    }
    Some(WorkflowCommand::new(kind, &title, &text))
}

fn of_error(error: &ErrorReport) -> WorkflowCommand {
    let title = error.resource.as_deref().unwrap_or("ecsctl");
    let hint = prefixed("\nhint: ", error.hint.as_ref());
    WorkflowCommand::new(AnnotationLevel::Error, title, &format!("{}{hint}", error.message))
}

/// Receives all events of a run on a GitHub runner.
pub struct GithubReporter {
    printer: Arc<Printer>,
}

impl GithubReporter {
    /// Creates a reporter for the printer's runner.
    pub fn new(printer: Arc<Printer>) -> Self {
        Self { printer }
    }
}

/// Annotates a plan's warnings. The one for which `deploy` refuses the plan fails the step.
fn warn(printer: &Printer, plan: &Plan) {
    let refusal = plan.refusal();
    for warning in &plan.warnings {
        let level = match refusal.as_ref() == Some(warning) {
            true => AnnotationLevel::Error,
            false => AnnotationLevel::Warning,
        };
        let command = WorkflowCommand::new(level, "plan", warning);
        printer.command(&command.to_string());
    }
}

impl EventView for GithubReporter {
    fn event(&mut self, event: &Event, _at: EventTime) {
        let Some(github) = self.printer.github() else {
            return;
        };
        match event {
            Event::Planned { plan } => {
                github.keep_plan(plan);
                warn(&self.printer, plan);
            }
            Event::Ended { outcome, summary } => github.keep_ending(&outcome.name, summary),
            Event::Warning {
                resource,
                message,
                hint,
                ..
            } => {
                let hint = prefixed(
                    "\nhint: ",
                    hint.as_ref().map(|hint| self.printer.suggestion(hint)),
                );
                let title = resource.as_deref().unwrap_or("ecsctl");
                let command =
                    WorkflowCommand::new(AnnotationLevel::Warning, title, &format!("{message}{hint}"));
                self.printer.command(&command.to_string());
            }
            _ => {}
        }
    }
}
