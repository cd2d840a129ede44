//! Runs the commands of `hooks:` on this machine, with the facts of the run in variables.

mod facts;
mod shell;

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::OnceCell;

use self::shell::{CommandEnd, ShellCommand};
use crate::diagnostic::{Failure, Suggestion};
use crate::engine::load::commit;
use crate::exit::Exit;
use crate::model::{Event, HookEvent, HookPoint, Hooks, Manifest, Sink};

pub use self::facts::HookFacts;

/// How long a hook may run.
const LIMIT: Duration = Duration::from_secs(600);
/// How long a hook may take to end after SIGTERM.
const GRACE: Duration = Duration::from_secs(5);

/// The hooks of a run.
pub struct HookRunner {
    hooks: Hooks,
    /// The folder of deploy.yaml, in which they run.
    folder: PathBuf,
    cluster: String,
    /// The commit of the folder, once it was read.
    commit: OnceCell<Option<String>>,
}

impl HookRunner {
    /// Creates a runner of the file's hooks.
    pub fn of(manifest: &Manifest) -> Self {
        Self {
            hooks: manifest.hooks.clone(),
            folder: manifest.root.clone(),
            cluster: manifest.cluster.clone(),
            commit: OnceCell::new(),
        }
    }

    /// Runs the hook of this point to its end, if there is one. Fails unless it exits with 0.
    pub async fn run(&self, point: HookPoint, facts: &HookFacts, sink: &dyn Sink) -> Result<(), Failure> {
        let Some(text) = self.hooks.commands.get(&point) else {
            return Ok(());
        };
        let emit = |event: HookEvent| sink.emit(Event::Hook { point, event });
        let mut variables = facts.variables();
        variables.push(("NAME", point.key().to_owned()));
        variables.push(("CLUSTER", self.cluster.clone()));
        variables.extend(self.hooks.environment.clone().map(|it| ("ENVIRONMENT", it)));
        variables.extend(self.commit().await.map(|it| ("GIT_SHA", it)));
        emit(HookEvent::Started {
            command: text.clone(),
        });
        let command = ShellCommand {
            text,
            folder: &self.folder,
            variables: &variables,
            limit: LIMIT,
            grace: GRACE,
        };
        let done = command.run(&mut |line| emit(HookEvent::Log { line })).await;
        let succeeded = matches!(done.end, CommandEnd::Exited(status) if status.success());
        emit(HookEvent::Finished {
            succeeded,
            millis: u64::try_from(done.took.as_millis()).unwrap_or(u64::MAX),
        });
        match succeeded {
            true => Ok(()),
            false => Err(failed(point, &done.end, done.tail)),
        }
    }

    /// Like `run`, where a failure changes nothing any more: it is a warning.
    pub async fn run_to_report(&self, point: HookPoint, facts: &HookFacts, sink: &dyn Sink) {
        if let Err(failure) = self.run(point, facts, sink).await {
            let said = failure.details.last().map(|line| format!(": {line}"));
            sink.emit(Event::Warning {
                resource: failure.resource.clone(),
                message: format!("{failure}{}", said.unwrap_or_default()),
                hint: None,
                complete: None,
            });
        }
    }

    /// Returns the commit of the folder, if there is one.
    async fn commit(&self) -> Option<String> {
        let read = async || {
            let folder = self.folder.clone();
            // Git is another process, and may be slow on a large repository.
            let asked = tokio::task::spawn_blocking(move || commit(&folder)).await;
            asked.ok().flatten()
        };
        self.commit.get_or_init(read).await.clone()
    }
}

fn failed(point: HookPoint, end: &CommandEnd, output: Vec<String>) -> Failure {
    let hook = point.key();
    let consequence = match point {
        HookPoint::BeforeBuild => "; nothing was built",
        HookPoint::AfterBuild => "; nothing was pushed",
        HookPoint::BeforeDeploy => "; nothing was deployed",
        HookPoint::AfterDeploy => "; the services are deployed",
        HookPoint::OnFailure => "",
    };
    let message = format!("the {hook} hook {end}{consequence}");
    let output: Vec<String> = match output.is_empty() {
        true => vec!["it printed nothing".to_owned()],
        false => output,
    };
    Failure::new(Exit::Job, "hook-failed", message)
        .resource(format!("hooks.{hook}"))
        .details(output)
        .hint(Suggestion::from("to run without hooks, pass --skip-hooks"))
}
