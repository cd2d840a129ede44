//! Chooses the commands to suggest after a service ended; no other module does. The choice depends on the
//! ending, the operation, and the actions still available.

use super::operation::Operation;
use crate::diagnostic::Suggestion;
use crate::model::{AvailableActions, Ending, ServiceOutcome};

/// A command and its effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextCommands {
    /// `ecsctl logs web --previous`.
    pub command: Suggestion,
    /// The effect, in a few words.
    pub brings: &'static str,
}

/// `logs NAME --previous`, and its effect.
type SuggestedCommand = (&'static str, &'static str, &'static str);

const WAIT: SuggestedCommand = ("wait", "NAME", "keep watching");
const WATCH: SuggestedCommand = ("wait", "NAME", "watch the deployment in progress");
const QUEUE: SuggestedCommand = ("deploy", "--only NAME --if-in-progress wait", "deploy after it");
const STATUS: SuggestedCommand = ("status", "NAME", "what is running now");
const BACK: SuggestedCommand = ("rollback", "NAME", "deploy the previous revision");
const WHAT_RAN: SuggestedCommand = ("history", "NAME", "the earlier deployments");
const WHO: SuggestedCommand = ("history", "NAME", "who deployed what and when");

/// Returns the suggested next commands; none after success.
pub fn steps(outcome: &ServiceOutcome, operation: Operation) -> Vec<NextCommands> {
    let recourse = outcome.recourse;
    let look = look(outcome);
    let with_look = |more: &[Option<SuggestedCommand>]| -> Vec<SuggestedCommand> {
        let more = more.iter().copied().flatten();
        look.into_iter().chain(more).collect()
    };
    let rows = match (outcome.outcome, recourse) {
        (Ending::Done | Ending::Unchanged, _) | (_, AvailableActions::Untouched) => Vec::new(),
        (_, AvailableActions::Gone) => with_look(&[Some(("deploy", "--only NAME", "create it again"))]),
        (Ending::Interrupted, _) => vec![WAIT],
        (Ending::Paused, _) => [
            Some(("continue", "NAME", "continue the deployment")),
            abort_pause(recourse, operation),
        ]
        .into_iter()
        .flatten()
        .collect(),
        (Ending::Superseded, _) => vec![STATUS, WHO],
        (Ending::TimedOut, AvailableActions::OutOfTurn) => vec![WATCH, QUEUE],
        (Ending::TimedOut, _) => with_look(&[Some(WAIT), undo(recourse, operation)]),
        (Ending::RolledBack, _) => with_look(&[Some(WHAT_RAN)]),
        (Ending::Failed, AvailableActions::Returning) => with_look(&[Some(WAIT), Some(STATUS)]),
        (Ending::Failed, AvailableActions::Superseded) => with_look(&[Some(STATUS), Some(WHO)]),
        (Ending::Failed, AvailableActions::AnewOnly) => with_look(&[Some(STATUS), Some(again(operation))]),
        (Ending::Failed, AvailableActions::Anew) => {
            with_look(&[Some(STATUS), Some(again(operation)), back(recourse, operation)])
        }
        (Ending::Failed, _) => with_look(&[Some(STATUS), back(recourse, operation)]),
    };
    let next = |(verb, arguments, brings): SuggestedCommand| NextCommands {
        command: Suggestion::command(verb, filled_in(arguments, outcome)),
        brings,
    };
    rows.into_iter().map(next).collect()
}

/// Suggests where to find more about a failure.
fn look(outcome: &ServiceOutcome) -> Option<SuggestedCommand> {
    let logged = outcome.failures.iter().any(|it| {
        it.log
            .as_ref()
            .is_some_and(|log| log.group.is_some() && !log.lines.is_empty())
    });
    let stopped = outcome.failures.iter().any(|it| it.task_id.is_some());
    let starting = outcome.outcome == Ending::TimedOut && outcome.pending > 0;
    match (logged, stopped) {
        (true, _) => Some(("logs", "NAME --previous", "the complete logs of the failed tasks")),
        (false, true) => Some(("tasks", "NAME --stopped", "the stopped tasks and their reasons")),
        (false, false) if starting => Some(("tasks", "NAME", "the tasks that are still starting")),
        (false, false) => None,
    }
}

/// Suggests undoing the deployment in progress. Rolling back a rollback would undo the rollback, and setting
/// a count is not a deployment.
fn undo(recourse: AvailableActions, operation: Operation) -> Option<SuggestedCommand> {
    match (recourse, operation) {
        (AvailableActions::Nowhere | AvailableActions::Returning, _) => None,
        (AvailableActions::Count(_), _) => Some(("scale", "NAME=COUNT", "the previous count")),
        (_, Operation::Deploy | Operation::Continue) => Some(BACK),
        (_, Operation::Wait | Operation::Restart) => Some(("stop", "NAME", "stop it and roll back")),
        (
            _,
            Operation::Rollback | Operation::Stop | Operation::Scale | Operation::Delete | Operation::Run,
        ) => None,
    }
}

/// Suggests the alternative to continuing a paused deployment.
fn abort_pause(recourse: AvailableActions, operation: Operation) -> Option<SuggestedCommand> {
    match operation {
        Operation::Rollback | Operation::Stop => {
            Some(("stop", "NAME", "stop it and keep the previous state"))
        }
        _ => undo(recourse, operation),
    }
}

/// Suggests rolling back from the failed revision.
fn back(recourse: AvailableActions, operation: Operation) -> Option<SuggestedCommand> {
    match (recourse, operation) {
        (AvailableActions::Nowhere | AvailableActions::Returning, _) => None,
        (AvailableActions::Count(_), _) => Some(("scale", "NAME=COUNT", "the previous count")),
        (_, Operation::Deploy | Operation::Continue | Operation::Wait) => Some(BACK),
        (_, Operation::Restart) => Some(("rollback", "NAME", "the last successful other revision")),
        (_, Operation::Rollback | Operation::Stop) => {
            Some(("history", "NAME", "the revisions that worked, for rollback --to"))
        }
        (_, Operation::Scale | Operation::Delete | Operation::Run) => None,
    }
}

/// Suggests repeating the operation. Deploying an unchanged configuration again would do nothing.
fn again(operation: Operation) -> SuggestedCommand {
    match operation {
        Operation::Deploy => ("deploy", "--only NAME --force", "deploy the same revision again"),
        _ => ("restart", "NAME", "replace all its tasks"),
    }
}

fn filled_in(command: &str, outcome: &ServiceOutcome) -> String {
    let command = command.replace("NAME", &outcome.name);
    match outcome.recourse {
        AvailableActions::Count(count) => command.replace("COUNT", &count.to_string()),
        _ => command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::an_outcome;

    #[test]
    fn tasks_that_are_still_starting_are_offered() {
        let offered = |ending, pending| {
            let outcome = ServiceOutcome {
                pending,
                ..an_outcome("web", ending)
            };
            let steps = steps(&outcome, Operation::Deploy).into_iter();
            steps.map(|step| step.command.to_string()).next()
        };
        assert_eq!(offered(Ending::TimedOut, 2).as_deref(), Some("ecsctl tasks web"));
        assert_eq!(offered(Ending::TimedOut, 0).as_deref(), Some("ecsctl wait web"));
        assert_eq!(offered(Ending::Paused, 2).as_deref(), Some("ecsctl continue web"));
    }

    fn offered(operation: Operation, ending: Ending, recourse: AvailableActions) -> String {
        let outcome = ServiceOutcome {
            recourse,
            ..an_outcome("web", ending)
        };
        let steps = steps(&outcome, operation)
            .into_iter()
            .map(|step| step.command.to_string());
        steps.collect::<Vec<_>>().join("; ").replace("ecsctl ", "")
    }

    #[test]
    fn next_commands_depend_on_operation_and_outcome() {
        use AvailableActions::{
            Anew, AnewOnly, Count, Gone, Nowhere, OutOfTurn, Returning, Superseded as Newer, Untouched,
        };
        use Ending::*;
        use Operation::*;
        let rows = [
            (Deploy, Failed, Newer, "status web; history web"),
            (Deploy, Done, AvailableActions::Back, ""),
            (Deploy, Unchanged, AvailableActions::Back, ""),
            (Deploy, TimedOut, AvailableActions::Back, "wait web; rollback web"),
            (Deploy, TimedOut, Nowhere, "wait web"),
            (
                Deploy,
                TimedOut,
                OutOfTurn,
                "wait web; deploy --only web --if-in-progress wait",
            ),
            (
                Deploy,
                Paused,
                AvailableActions::Back,
                "continue web; rollback web",
            ),
            (Deploy, Paused, Nowhere, "continue web"),
            (Deploy, Failed, AvailableActions::Back, "status web; rollback web"),
            (Deploy, Failed, Nowhere, "status web"),
            (Deploy, Failed, Returning, "wait web; status web"),
            (
                Deploy,
                Failed,
                Anew,
                "status web; deploy --only web --force; rollback web",
            ),
            (Deploy, Failed, Gone, "deploy --only web"),
            (Deploy, Failed, Untouched, ""),
            (Deploy, RolledBack, AvailableActions::Back, "history web"),
            (
                Deploy,
                Superseded,
                AvailableActions::Back,
                "status web; history web",
            ),
            (Deploy, Interrupted, AvailableActions::Back, "wait web"),
            // A second rollback would undo the first.
            (Rollback, TimedOut, AvailableActions::Back, "wait web"),
            (
                Rollback,
                Failed,
                AvailableActions::Back,
                "status web; history web",
            ),
            (Rollback, Paused, AvailableActions::Back, "continue web; stop web"),
            (Rollback, RolledBack, AvailableActions::Back, "history web"),
            (Rollback, Failed, Gone, "deploy --only web"),
            (Deploy, Failed, AnewOnly, "status web; deploy --only web --force"),
            (Rollback, Failed, Anew, "status web; restart web; history web"),
            (Stop, TimedOut, AvailableActions::Back, "wait web"),
            (Stop, Failed, Returning, "wait web; status web"),
            (
                Continue,
                TimedOut,
                AvailableActions::Back,
                "wait web; rollback web",
            ),
            (Wait, TimedOut, AvailableActions::Back, "wait web; stop web"),
            (Wait, Failed, AvailableActions::Back, "status web; rollback web"),
            (Wait, Failed, Gone, "deploy --only web"),
            (Scale, TimedOut, Count(2), "wait web; scale web=2"),
            (Scale, Failed, Count(2), "status web; scale web=2"),
            (Scale, TimedOut, Nowhere, "wait web"),
            (Scale, TimedOut, AvailableActions::Back, "wait web"),
            (Restart, TimedOut, AvailableActions::Back, "wait web; stop web"),
            (
                Restart,
                Failed,
                AvailableActions::Back,
                "status web; rollback web",
            ),
            (Restart, Paused, AvailableActions::Back, "continue web; stop web"),
        ];
        for (operation, ending, recourse, expected) in rows {
            assert_eq!(
                offered(operation, ending, recourse),
                expected,
                "{operation:?} {ending:?} {recourse:?}"
            );
        }
    }
}
