//! What came of a run over services: printed for people as it came, for scripts as one envelope.

use crate::commands::Context;
use crate::commands::pipeline::{Ends, Open};
use crate::engine::watch::ServiceResult;
use crate::exit::Exit;
use crate::model::{Ending, ErrorReport, Outcome};
use crate::ui::{self, Deed, next};

/// Prints what the events have not said yet, and the envelope where JSON was asked for.
pub fn report(ends: Ends, context: &Context) -> Exit {
    let exit = ends.exit();
    let printer = &context.printer;
    for failure in &ends.failures {
        ui::error::print_text(printer, failure);
    }
    for message in ends.open.iter().filter_map(Open::warning) {
        ui::error::print_warning(printer, &message, None);
    }
    ui::error::print_envelope(printer, &envelope(&ends, exit, printer.settings().deed));
    exit
}

/// The run's outcome is that of the service, or the failure, that gave it its exit code.
fn envelope(ends: &Ends, exit: Exit, deed: Deed) -> Outcome {
    let decisive = ends.watched.iter().find(|end| end.exit() == exit);
    let failure = ends.failures.iter().find(|failure| failure.exit == exit);
    let open = ends.open.iter().find(|open| open.exit() == Some(exit));
    let outcome = match decisive {
        Some(_)
            if exit == Exit::Done && ends.watched.iter().any(|end| end.outcome.outcome == Ending::Done) =>
        {
            Ending::Done
        }
        Some(end) => end.outcome.outcome,
        None if exit == Exit::Done => Ending::Unchanged,
        None => ui::error::ending(exit),
    };
    let error = decisive
        .and_then(|end| error_of(end, deed))
        .or_else(|| failure.map(ui::error::report))
        .or_else(|| open.map(Open::error));
    let watched = ends.watched.iter().map(|end| end.outcome.clone());
    Outcome {
        schema: 1,
        outcome,
        exit_code: exit,
        error,
        services: watched.chain(ends.open.iter().map(Open::outcome)).collect(),
    }
}

/// Why a service failed, and what can be typed next: that depends on what was done before.
fn error_of(end: &ServiceResult, deed: Deed) -> Option<ErrorReport> {
    let error = end.error()?;
    let steps = next::steps(&end.outcome, deed).into_iter();
    let steps: Vec<String> = steps.map(|step| step.command).collect();
    let hint = match (end.found, steps.as_slice()) {
        (true, []) => Some("nothing was changed".to_owned()),
        (false, []) => None,
        (true, steps) => Some(format!("nothing was changed; {}", one_of(steps))),
        (false, steps) => Some(one_of(steps)),
    };
    Some(ErrorReport { hint, ..error })
}

/// `a`, `a, or b`, `a, b, or c`.
fn one_of(commands: &[String]) -> String {
    match commands {
        [before @ .., last] if !before.is_empty() => format!("{}, or {last}", before.join(", ")),
        commands => commands.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::pipeline::Why;
    use crate::verdict::{Figures, Verdict, WatchRequest, WatchTarget};

    #[test]
    fn commands_are_told_as_a_choice() {
        let commands = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(one_of(&commands), "a, b, or c");
        assert_eq!(one_of(&commands[..2]), "a, or b");
        assert_eq!(one_of(&commands[..1]), "a");
        assert_eq!(one_of(&[]), "");
    }

    #[test]
    fn a_run_that_ends_only_by_what_was_left_says_why() {
        for (why, said) in [
            (
                Why::CalledOff,
                "api was left alone: going back was chosen before its turn",
            ),
            (
                Why::AsItIs,
                "api was left as it is: no deployment of it is under way, and this run has not changed its task definition",
            ),
        ] {
            let stable = ServiceResult::new(
                &WatchRequest::new("web", WatchTarget::InFlight),
                &Figures::default(),
                Vec::new(),
                Verdict::Stable { exercised: true },
            );
            let ends = Ends {
                watched: vec![stable],
                open: vec![Open::unseen("api", why)],
                ..Ends::default()
            };
            assert_eq!(ends.exit(), Exit::Interrupted);
            let outcome = envelope(&ends, ends.exit(), Deed::Deploy);
            assert_eq!(outcome.outcome, Ending::Interrupted);
            let error = outcome.error.unwrap();
            assert_eq!(
                (error.code.as_str(), error.message.as_str()),
                ("interrupted", said)
            );
            assert!(error.hint.unwrap().contains("api"));
        }
    }
}
