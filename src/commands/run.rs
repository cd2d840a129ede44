//! `ecsctl run`: run a job, or a command on a service's task definition.

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::cli::RunArgs;
use crate::commands::select_job::select_job;
use crate::commands::{Context, hidden_values, job_report, project};
use crate::diagnostic::Failure;
use crate::engine::jobs::JobOverrides;
use crate::engine::run_job::{RunJob, run_job};
use crate::exit::Exit;

/// Starts the task and follows it to its end.
pub fn run(args: &RunArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let job = select_job(&opened.loaded().manifest, &args.name, !args.command.is_empty())?;
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
    let result = context.run_with_stop(&stop, async |sink| {
        let connected = project::connect(opened, context).await?;
        context
            .waiting("the AWS account", connected.check_account())
            .await?;
        run_job(connected, &job, &options, sink.as_ref()).await
    })?;
    Ok(job_report::print(&result, args, context))
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
