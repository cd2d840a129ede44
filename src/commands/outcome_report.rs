//! Reports the outcome of a run on services: as text, what the events have not shown yet; as JSON, one
//! envelope.

use crate::commands::Context;
use crate::diagnostic::Suggestion;
use crate::engine::watch::ServiceResult;
use crate::engine::{RunReport, UnfinishedService};
use crate::exit::Exit;
use crate::model::{ErrorReport, Outcome};
use crate::ui::{self, Operation, suggestions};

/// Prints what the events have not shown yet, and the envelope if JSON was requested.
pub fn print(report: &RunReport, context: &Context) -> Exit {
    let (exit, failures) = (report.exit(), report.failures());
    let printer = &context.printer;
    let warnings = report.unfinished.iter().filter_map(UnfinishedService::warning);
    ui::error::print_unfinished(printer, &failures, warnings);
    let operation = printer.settings().operation;
    let mut outcome = envelope(report, operation);
    ui::in_order(&mut outcome.services, context.order(), |service| &service.name);
    ui::error::print_envelope(printer, &outcome);
    exit
}

/// Builds the envelope. The outcome of the run is that of the service or failure that determined its exit
/// code.
fn envelope(report: &RunReport, operation: Operation) -> Outcome {
    let decisive = report.decisive();
    let error = decisive
        .and_then(|result| error_of(result, operation))
        .or_else(|| report.error());
    let services = report.services.iter().map(|result| result.outcome.clone());
    let unfinished = report.unfinished.iter().map(UnfinishedService::outcome);
    Outcome {
        schema: 1,
        outcome: report.ending(),
        exit_code: report.exit(),
        error,
        services: services.chain(unfinished).collect(),
        jobs: report.of_jobs.jobs.clone(),
        schedules: report.of_jobs.schedules.clone(),
    }
}

/// Returns why a service failed, with the next commands to run, which depend on the operation.
fn error_of(result: &ServiceResult, operation: Operation) -> Option<ErrorReport> {
    let error = result.error()?;
    if error.hint.is_some() {
        return Some(error);
    }
    let steps = suggestions::steps(&result.outcome, operation).into_iter();
    let steps: Vec<Suggestion> = steps.map(|step| step.command).collect();
    let hint = match (result.found, steps.as_slice()) {
        (true, []) => Some("nothing was changed".into()),
        (false, []) => None,
        (true, steps) => Some(Suggestion::from("nothing was changed; ").then(one_of(steps))),
        (false, steps) => Some(one_of(steps)),
    };
    Some(ErrorReport { hint, ..error })
}

/// Formats a list of alternatives: `a`, `a, or b`, `a, b, or c`.
fn one_of(commands: &[Suggestion]) -> Suggestion {
    let mut joined = Suggestion::default();
    for (number, command) in commands.iter().enumerate() {
        let is_last = number + 1 == commands.len();
        joined = match (number, is_last) {
            (0, _) => joined,
            (_, true) => joined.then(", or "),
            (_, false) => joined.then(", "),
        };
        joined = joined.then(command.clone());
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::UnfinishedReason;
    use crate::model::Ending;
    use crate::verdict::{RolloutCounts, Verdict, WatchRequest, WatchTarget};

    #[test]
    fn several_commands_are_joined_with_or() {
        let commands = ["a", "b", "c"].map(Suggestion::from);
        assert_eq!(one_of(&commands), "a, b, or c");
        assert_eq!(one_of(&commands[..2]), "a, or b");
        assert_eq!(one_of(&commands[..1]), "a");
        assert_eq!(one_of(&[]), "");
    }

    #[test]
    fn a_run_with_only_skipped_services_says_why() {
        for (reason, said) in [
            (
                UnfinishedReason::NotStarted,
                "api was skipped: rollback was requested before this service started",
            ),
            (
                UnfinishedReason::NothingToRollBack,
                "api: no deployment is in progress, and this run did not change the task definition",
            ),
        ] {
            let stable = ServiceResult::new(
                &WatchRequest::new("web", WatchTarget::InFlight),
                &RolloutCounts::default(),
                Vec::new(),
                Verdict::Stable { exercised: true },
            );
            let mut report = RunReport::of(stable);
            report.add(RunReport::of_unfinished(UnfinishedService::new("api", reason)));
            assert_eq!(report.exit(), Exit::Interrupted);
            let outcome = envelope(&report, Operation::Deploy);
            assert_eq!(outcome.outcome, Ending::Interrupted);
            let error = outcome.error.unwrap();
            assert_eq!(
                (error.code.as_str(), error.message.as_str()),
                ("interrupted", said)
            );
            assert!(error.hint.unwrap().to_string().contains("api"));
        }
    }
}
