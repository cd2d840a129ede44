//! Opens a session of ECS Exec.

use super::obstacle::not_connected;
use super::session_plugin::PluginSession;
use super::target::ExecTarget;
use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::engine::refused_request::with_cause;
use crate::exit::Exit;
use crate::model::command_string;

/// The command, if none is given.
const SHELL: &str = "/bin/sh";

/// Opens a session in which the command runs; without one, a shell.
pub async fn open_session(
    aws: &Aws,
    target: &ExecTarget,
    command: &[String],
) -> Result<PluginSession, Failure> {
    let command = match command {
        [] => SHELL.to_owned(),
        words => command_string(words),
    };
    let task = &target.task;
    let sent = aws
        .execute_command(&target.cluster, &task.arn, &target.container, &command)
        .await;
    let (session, endpoint) = match sent {
        Ok(opened) => opened,
        Err(error) if error.aws_code() == Some("TargetNotConnectedException") => {
            return Err(not_connected(error.into(), target));
        }
        Err(error) => {
            let mut failure = with_cause(error, &target.service);
            failure.exit = Exit::Preflight;
            return Err(failure);
        }
    };
    let runtime_id = task
        .container(&session.container)
        .and_then(|it| it.runtime_id.clone())
        .unwrap_or_default();
    Ok(PluginSession {
        target: format!("ecs:{}_{}_{runtime_id}", session.cluster, session.task),
        region: aws.region().to_owned(),
        profile: aws.profile().unwrap_or_default().to_owned(),
        endpoint,
        session,
    })
}
