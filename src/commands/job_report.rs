//! Reports how a job ended that `run` ran: as text, or as one envelope.

use crate::cli::RunArgs;
use crate::commands::Context;
use crate::diagnostic::Suggestion;
use crate::exit::Exit;
use crate::model::{Ending, ErrorReport, JobResult, Outcome};
use crate::ui::{self, Line};

/// Prints the result, and returns the exit code.
pub fn print(result: &JobResult, args: &RunArgs, context: &Context) -> Exit {
    let exit = result.exit();
    let again = || {
        let words = Suggestion::command("run", format!("--attach {}", args.name));
        args.command.is_empty().then(|| words.then(" watches it again"))
    };
    let hint = (result.outcome == Ending::TimedOut).then(again).flatten();
    if args.detach {
        context
            .printer
            .result(&Line::of(result.task.clone().unwrap_or_default()));
    } else {
        ui::print_job(&context.printer, result, hint.as_ref());
    }
    let error = (exit != Exit::Done).then(|| error(result, hint));
    let outcome = Outcome {
        schema: 1,
        outcome: result.outcome,
        exit_code: exit,
        error,
        services: Vec::new(),
        jobs: vec![result.clone()],
        schedules: Vec::new(),
    };
    ui::error::print_envelope(&context.printer, &outcome);
    exit
}

fn error(result: &JobResult, hint: Option<Suggestion>) -> ErrorReport {
    ErrorReport {
        code: match result.outcome {
            Ending::TimedOut => "timed-out",
            Ending::Interrupted => "interrupted",
            _ => "job-failed",
        }
        .to_owned(),
        message: format!("job {} {}", result.name, result.summary()),
        resource: Some(result.name.clone()),
        hint,
        complete: None,
    }
}
