//! `ecsctl run`: run a job, or a command on a service's task definition.

use tokio_util::sync::CancellationToken;

use crate::cli::RunArgs;
use crate::commands::job_options::job_options;
use crate::commands::select_job::select_job;
use crate::commands::{Context, GoBack, job_report, project, run_interactive};
use crate::diagnostic::Failure;
use crate::engine::run_job::run_job;
use crate::exit::Exit;

/// Starts the task and follows it to its end.
pub fn run(args: &RunArgs, context: &Context) -> Result<Exit, Failure> {
    if args.interactive {
        return run_interactive::run(args, context);
    }
    let opened = project::open(context)?;
    let job = select_job(&opened.loaded().manifest, &args.name, !args.command.is_empty())?;
    let stop = CancellationToken::new();
    let options = job_options(args, context, &stop)?;
    let result = context.run_with(&GoBack::Stop(&stop), async |sink| {
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
