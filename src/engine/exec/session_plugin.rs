//! The Session Manager plugin, which connects the terminal with the session.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use tokio::process::{Child, Command};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::terminal_state::TerminalState;
use crate::diagnostic::Failure;
use crate::ecs::ExecSession;
use crate::exit::Exit;

/// The program, on PATH.
const PROGRAM: &str = "session-manager-plugin";
/// The variable by which newer plugins take the session, so that no other user sees its token among the arguments
/// (aws-cli, `customizations/sessionmanager.py`; aws/session-manager-plugin, `session.go`).
const VARIABLE: &str = "AWS_SSM_START_SESSION_RESPONSE";
/// The last version without it (aws-cli, `LAST_PLUGIN_VERSION_WITHOUT_ENV_VAR`).
const LAST_WITHOUT_VARIABLE: [u64; 4] = [1, 2, 497, 0];
/// How long it may take to print its version.
const VERSION_LIMIT: Duration = Duration::from_secs(10);
/// How long it may take to end after SIGTERM.
const TERMINATION_LIMIT: Duration = Duration::from_secs(2);
/// The time between checks whether it has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// The installed plugin.
#[derive(Clone, Copy, Debug)]
pub struct SessionPlugin {
    /// Whether it takes the session from a variable.
    takes_variable: bool,
}

/// An open session, as the plugin takes it.
#[derive(Debug)]
pub struct PluginSession {
    /// The session.
    pub session: ExecSession,
    /// `ecs:CLUSTER_TASK_RUNTIMEID`
    pub target: String,
    /// The region.
    pub region: String,
    /// The profile, or nothing.
    pub profile: String,
    /// The endpoint that opened it.
    pub endpoint: String,
}

impl SessionPlugin {
    /// Finds the plugin and its version.
    pub async fn find() -> Result<Self, Failure> {
        let mut command = Command::new(PROGRAM);
        command.arg("--version").stdin(Stdio::null()).kill_on_drop(true);
        let printed = match timeout(VERSION_LIMIT, command.output()).await {
            Ok(Ok(output)) => String::from_utf8_lossy(&output.stdout).into_owned(),
            Ok(Err(error)) => return Err(not_started(&error)),
            // It is started without the variable, as one whose version is unknown.
            Err(_) => String::new(),
        };
        let takes_variable = version(&printed).is_some_and(|version| version > LAST_WITHOUT_VARIABLE);
        Ok(Self { takes_variable })
    }

    /// Connects the terminal with the session until it ends or is canceled, and returns the plugin's exit code. Ctrl-C
    /// and the other keys that send signals are the plugin's.
    pub async fn attach(self, session: &PluginSession, stop: &CancellationToken) -> Result<Exit, Failure> {
        let _terminal = TerminalState::save();
        // What the terminal sends goes to both programs; without a handler, it would end or stop this one.
        let handlers = [SignalKind::quit(), SignalKind::from_raw(Signal::TSTP.as_raw())].map(signal);
        let mut running = RunningPlugin(
            self.command(session)
                .spawn()
                .map_err(|error| not_started(&error))?,
        );
        let ended = stop.run_until_cancelled(running.0.wait()).await;
        drop(handlers);
        match ended {
            Some(ended) => ended.map(exit).map_err(|error| not_started(&error)),
            None => Ok(Exit::Terminated),
        }
    }

    /// Returns the command, as aws-cli starts it (`customizations/ecs/executecommand.py`).
    fn command(self, session: &PluginSession) -> Command {
        let PluginSession {
            session,
            target,
            region,
            profile,
            endpoint,
        } = session;
        let mut command = Command::new(PROGRAM);
        match self.takes_variable {
            true => command.env(VARIABLE, &session.session).arg(VARIABLE),
            false => command.arg(&session.session),
        };
        let request = json!({"Target": target}).to_string();
        command.args([region, "StartSession", profile, &request, endpoint]);
        command
    }
}

/// The plugin, while it has the terminal.
struct RunningPlugin(Child);

impl Drop for RunningPlugin {
    /// Ends a plugin whose session was cut off: ecsctl was terminated, or the terminal is gone.
    fn drop(&mut self) {
        let id = self
            .0
            .id()
            .and_then(|id| i32::try_from(id).ok())
            .and_then(Pid::from_raw);
        let Some(id) = id else { return };
        // It fails if the plugin has ended.
        let _ = kill_process(id, Signal::TERM);
        let began = Instant::now();
        while matches!(self.0.try_wait(), Ok(None)) {
            if began.elapsed() > TERMINATION_LIMIT {
                let _ = kill_process(id, Signal::KILL);
                return;
            }
            std::thread::sleep(POLL_INTERVAL);
        }
    }
}

/// Returns the exit code as a shell does: 128 and the signal's number for a plugin that a signal ended.
fn exit(status: ExitStatus) -> Exit {
    let of_signal = || status.signal().map(|signal| 128 + signal);
    let code = status.code().or_else(of_signal).unwrap_or(1);
    match u8::try_from(code).unwrap_or(u8::MAX) {
        0 => Exit::Done,
        code => Exit::Program(code),
    }
}

/// Reads a version of up to four numbers; None if it isn't one.
fn version(printed: &str) -> Option<[u64; 4]> {
    let mut version = [0; 4];
    let mut parts = printed.trim().split('.');
    for number in &mut version {
        match parts.next() {
            Some(part) => *number = part.parse().ok()?,
            None => break,
        }
    }
    parts.next().is_none().then_some(version)
}

fn not_started(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::NotFound {
        let message = format!("{PROGRAM} is not installed: it connects the terminal with ECS Exec");
        return Failure::new(Exit::Preflight, "no-session-manager-plugin", message).hint(
            "install it: https://docs.aws.amazon.com/systems-manager/latest/userguide/\
             session-manager-working-with-install-plugin.html (\"Install the Session Manager plugin for the AWS CLI\")",
        );
    }
    let message = format!("could not start {PROGRAM}");
    Failure::new(Exit::Preflight, "session-manager-plugin-failed", message).said("system", error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let takes_variable = |text: &str| version(text).is_some_and(|it| it > LAST_WITHOUT_VARIABLE);
        for (text, expected) in [
            ("1.2.497.0\n", false),
            ("1.2.498", true),
            ("1.2.1234.0\n", true),
            ("1.2.99.0", false),
            ("2", true),
            ("1.2.764.0.1", false),
            ("dev", false),
            ("", false),
        ] {
            assert_eq!(takes_variable(text), expected, "{text:?}");
        }
    }
}
