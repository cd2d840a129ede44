//! `ecsctl run --interactive`: a session in a task of its own, which is stopped afterwards.

use tokio_util::sync::CancellationToken;

use crate::cli::{Output, RunArgs};
use crate::commands::job_options::job_options;
use crate::commands::select_job::select_job;
use crate::commands::{Context, GoBack, exec, hidden_values, project};
use crate::diagnostic::Failure;
use crate::engine::exec::SessionPlugin;
use crate::engine::run_interactive::InteractiveTask;
use crate::exit::Exit;
use crate::ui;

/// Starts the task, gives the session the terminal, and stops the task. The exit code is the plugin's.
pub fn run(args: &RunArgs, context: &Context) -> Result<Exit, Failure> {
    if context.global.output != Output::Text {
        return Err(exec::no_document("run --interactive"));
    }
    let opened = project::open(context)?;
    // Without a command, the session is a shell.
    let job = select_job(&opened.loaded().manifest, &args.name, true)?;
    let stop = CancellationToken::new();
    let options = job_options(args, context, &stop)?;
    let (plugin, task, session) = context.run_with(&GoBack::CleanUp(&stop), async |sink| {
        let plugin = SessionPlugin::find().await?;
        let connected = project::connect(opened, context).await?;
        context
            .waiting("the AWS account", connected.check_account())
            .await?;
        let (task, session) = InteractiveTask::start(connected, &job, options, sink.as_ref()).await?;
        hidden_values::hide_secrets(vec![session.session.token()]);
        Ok((plugin, task, session))
    })?;
    ui::session_begins(&context.printer, &task.target.place(), &task.target.container);
    let ((ended, stopped), signal) = context.hand_over(async |ended| {
        let session = plugin.attach(&session, &ended).await;
        Ok((session, task.stop().await))
    })?;
    let ended = ended?;
    stopped?;
    Ok(signal.unwrap_or(ended))
}
