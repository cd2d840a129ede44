//! `ecsctl exec`: open a shell, or run a command, in a running container.

use crate::cli::{ExecArgs, Output};
use crate::commands::{Context, hidden_values, inspect, project, select};
use crate::diagnostic::Failure;
use crate::engine::exec::{ExecSelection, ExecTarget, SessionPlugin, open_session};
use crate::engine::load::ConnectedProject;
use crate::exit::Exit;
use crate::model::{LookVerb, there_are};
use crate::ui;

/// Opens a session in a container of the service, and gives it the terminal. The exit code is the plugin's.
pub fn run(args: &ExecArgs, context: &Context) -> Result<Exit, Failure> {
    if context.global.output != Output::Text {
        return Err(no_document("exec"));
    }
    let named = args.service.as_ref().map(std::slice::from_ref);
    let (opened, keys) = inspect::open(context, LookVerb::Exec, named.unwrap_or(&context.global.only))?;
    let key = only(keys, context)?;
    let (plugin, session) = inspect::once(context, async |sink| {
        let plugin = SessionPlugin::find().await?;
        let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
        let service = select::names(&loaded.names, &[key])
            .into_iter()
            .next()
            .unwrap_or_default();
        let selection = ExecSelection {
            cluster: &loaded.names.cluster,
            service: (&service.0, &service.1),
            task: args.task.as_deref(),
            container: args.container.as_deref(),
        };
        let mut target = ExecTarget::find(&aws, selection).await?;
        target.wait_until_ready(&aws, sink.as_ref()).await?;
        let session = open_session(&aws, &target, &args.command).await?;
        hidden_values::hide_secrets(vec![session.session.token()]);
        ui::session_begins(&context.printer, &target.place(), &target.container);
        Ok((plugin, session))
    })?;
    let (ended, signal) = context.hand_over(async |stop| plugin.attach(&session, &stop).await)?;
    Ok(signal.unwrap_or(ended))
}

/// Returns the only service, or the one that the user chooses of several.
fn only(keys: Vec<String>, context: &Context) -> Result<String, Failure> {
    let chosen = match keys.as_slice() {
        [only] => Some(only.clone()),
        [] => None,
        several => ui::choose(&context.printer, "service", several),
    };
    chosen.ok_or_else(|| no_service(&keys))
}

fn no_service(keys: &[String]) -> Failure {
    let known: Vec<&str> = keys.iter().map(String::as_str).collect();
    let failure = Failure::new(Exit::Usage, "no-service", "exec needs the name of one service");
    failure.hint(match known.as_slice() {
        [] => "the file has no services".to_owned(),
        known => there_are(known),
    })
}

/// The failure if the result of a session is requested as a document.
pub fn no_document(command: &str) -> Failure {
    let message = format!("{command} has no result to print as JSON: the session has stdout");
    Failure::new(Exit::Usage, "usage", message).hint("leave out --output, and unset ECSCTL_OUTPUT")
}
