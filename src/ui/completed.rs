//! Inserts the flags of this invocation into every suggested command of documents and events, so that programs
//! read commands that can be run, as people do.

use super::printer::Printer;
use crate::diagnostic::Suggestion;
use crate::model::{Event, FailureCause, JobEvent, JobResult, Outcome, RolloutEvent, ServiceOutcome};

/// Returns an outcome with complete commands.
pub(super) fn outcome(outcome: &Outcome, printer: &Printer) -> Outcome {
    let mut outcome = outcome.clone();
    if let Some(error) = &mut outcome.error
        && let Some(hint) = &mut error.hint
    {
        error.complete = complete(hint, printer);
    }
    for service in &mut outcome.services {
        of_service(service, printer);
    }
    for job in &mut outcome.jobs {
        of_job(job, printer);
    }
    outcome
}

/// Returns an event with complete commands.
pub(super) fn event(event: &Event, printer: &Printer) -> Event {
    let mut event = event.clone();
    match &mut event {
        Event::Ended { outcome, .. } => of_service(outcome, printer),
        Event::Warning {
            hint: Some(hint),
            complete: marker,
            ..
        } => *marker = complete(hint, printer),
        Event::Rollout {
            event: RolloutEvent::Stopped { failure } | RolloutEvent::Explained { failure },
            ..
        } => of_cause(&mut failure.cause, printer),
        Event::Job {
            event: JobEvent::Ended { result },
            ..
        } => of_job(result, printer),
        _ => {}
    }
    event
}

fn of_service(service: &mut ServiceOutcome, printer: &Printer) {
    of_cause(&mut service.cause, printer);
    for failure in &mut service.failures {
        of_cause(&mut failure.cause, printer);
    }
}

fn of_job(job: &mut JobResult, printer: &Printer) {
    if let Some(failure) = &mut job.failure {
        of_cause(&mut failure.cause, printer);
    }
}

fn of_cause(cause: &mut Option<FailureCause>, printer: &Printer) {
    if let Some(cause) = cause {
        cause.complete = complete(&mut cause.cure, printer);
    }
}

/// Completes the commands. Returns `Some(false)`, the `complete` of documents, if they lack a value.
fn complete(suggestion: &mut Suggestion, printer: &Printer) -> Option<bool> {
    let lacks_value = !printer.is_complete(suggestion);
    *suggestion = printer.suggestion(suggestion).into();
    lacks_value.then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit::Exit;
    use crate::model::{Ending, ErrorReport};
    use crate::ui::command_hints::{Argument, CommandFlags};
    use crate::ui::printer::PrinterSettings;
    use crate::ui::terminal_style::TerminalStyle;
    use crate::ui::testing::{Captured, an_outcome, explained_failure};

    fn printer() -> Printer {
        let (printer, _, _) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
        let argument = |name: &str| Argument::Variable(name.to_owned());
        printer.invoked_as(CommandFlags::new(&[("--var".to_owned(), argument("key"))]))
    }

    fn has_bare_command(shown: &str) -> bool {
        shown.replace("ecsctl --var key=… ", "").contains("ecsctl ")
    }

    fn failed() -> ServiceOutcome {
        ServiceOutcome {
            cause: explained_failure().cause,
            failures: vec![explained_failure()],
            ..an_outcome("web", Ending::Failed)
        }
    }

    #[test]
    fn every_command_of_an_outcome_has_the_flags() {
        let run = Outcome {
            schema: 1,
            outcome: Ending::Failed,
            exit_code: Exit::Rollout,
            error: Some(ErrorReport {
                code: "rollout-failed".to_owned(),
                message: "failed".to_owned(),
                resource: None,
                hint: Some(Suggestion::command("status", "web")),
                complete: None,
            }),
            services: vec![failed()],
            jobs: Vec::new(),
            schedules: Vec::new(),
        };
        let shown = serde_json::to_string(&outcome(&run, &printer())).unwrap();
        assert_eq!(shown.matches("ecsctl --var key=… ").count(), 3, "{shown}");
        assert_eq!(shown.matches(r#""complete":false"#).count(), 3, "{shown}");
        assert!(!has_bare_command(&shown), "{shown}");
    }

    #[test]
    fn every_command_of_an_event_has_the_flags() {
        let rollout = |event| Event::Rollout {
            service: "web".to_owned(),
            event,
        };
        let failure = || Box::new(explained_failure());
        let events = [
            rollout(RolloutEvent::Stopped { failure: failure() }),
            rollout(RolloutEvent::Explained { failure: failure() }),
            Event::Ended {
                outcome: Box::new(failed()),
                summary: String::new(),
            },
            Event::Warning {
                resource: None,
                message: "late".to_owned(),
                hint: Some(Suggestion::command("wait", "web")),
                complete: None,
            },
        ];
        for it in &events {
            let shown = serde_json::to_string(&event(it, &printer())).unwrap();
            assert!(shown.contains("ecsctl --var key=… "), "{shown}");
            assert!(shown.contains(r#""complete":false"#), "{shown}");
            assert!(!has_bare_command(&shown), "{shown}");
        }
    }
}
