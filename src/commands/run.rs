//! `ecsctl run`: run a job, or a command on a service's task definition.

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::cli::RunArgs;
use crate::commands::{Context, hidden_values, project};
use crate::diagnostic::{Failure, Suggestion};
use crate::engine::jobs::JobOverrides;
use crate::engine::run_job::{JobEnd, RunJob, named_job, run_job};
use crate::exit::Exit;
use crate::model::{Ending, ErrorReport, JobResult, Outcome};
use crate::ui::{self, Line};

/// Starts the task and follows it to its end.
pub fn run(args: &RunArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let job = named_job(&opened.loaded().manifest, &args.name, !args.command.is_empty())?;
    let stop = CancellationToken::new();
    let options = RunJob {
        overrides: overrides(args),
        registry: context.registry()?,
        hide: hidden_values::hide_secrets,
        show_values: context.global.show_values,
        timeout: args
            .timeout
            .map(|it| SignedDuration::try_from(it).unwrap_or(SignedDuration::MAX)),
        detach: args.detach,
        attach: args.attach,
        stop: &stop,
    };
    let end = context.run_with_stop(&stop, async |sink| {
        let connected = project::connect(opened, context).await?;
        context
            .waiting("the AWS account", connected.check_account())
            .await?;
        run_job(connected, &job, &options, sink.as_ref()).await
    })?;
    Ok(print(&end, args, context))
}

/// Gives a failure of `run` itself an exit code that no job's exit code is taken for. Signals keep theirs.
pub fn own_failure(mut failure: Failure) -> Failure {
    if !matches!(failure.exit, Exit::Interrupted | Exit::Terminated | Exit::HungUp) {
        failure.exit = Exit::Run;
    }
    failure
}

fn overrides(args: &RunArgs) -> JobOverrides {
    JobOverrides {
        command: (!args.command.is_empty()).then(|| args.command.clone()),
        container: args.container.clone(),
        cpu: args.cpu.clone(),
        memory: args.memory.clone(),
        environment: args
            .variables
            .iter()
            .map(|it| (it.name.clone(), it.value.clone()))
            .collect(),
        task_role: args.task_role.clone(),
        capacity_provider: args.capacity_provider.clone(),
    }
}

fn print(end: &JobEnd, args: &RunArgs, context: &Context) -> Exit {
    let (result, exit) = (&end.result, end.exit());
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
