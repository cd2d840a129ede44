//! The options of `run`.

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::cli::RunArgs;
use crate::commands::{Context, hidden_values};
use crate::diagnostic::Failure;
use crate::engine::jobs::JobOverrides;
use crate::engine::run_job::RunJob;

/// Converts the flags to the options of a run.
pub fn job_options<'a>(
    args: &RunArgs,
    context: &Context,
    stop: &'a CancellationToken,
) -> Result<RunJob<'a>, Failure> {
    Ok(RunJob {
        overrides: overrides(args),
        registry: context.registry()?,
        hide: hidden_values::hide_secrets,
        show_values: context.global.show_values,
        timeout: args
            .timeout
            .map(|it| SignedDuration::try_from(it).unwrap_or(SignedDuration::MAX)),
        detach: args.detach,
        attach: args.attach,
        stop,
    })
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
        has_exec: args.interactive,
    }
}
