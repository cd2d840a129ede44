//! Tests against a real daemon: `ECSCTL_TEST_DOCKER_HOST` names it, and `ECSCTL_TEST_REGISTRY` names a
//! registry that it can push to. `scripts/setup` starts both. Without them these tests print SKIPPED.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

mod builds;
mod faults;
mod pushes;

use super::build::BuildOutput;
use super::*;
use crate::diagnostic::Explain;
use crate::model::{Build, BuildEvent, BuildSecret, PushEvent};

/// A base stage that contains nothing but a busybox shell.
const BASE: &str = "FROM scratch AS base\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n";

/// Timeout for any build in these tests.
const PATIENCE: Duration = Duration::from_secs(120);

fn host() -> Option<String> {
    std::env::var("ECSCTL_TEST_DOCKER_HOST").ok()
}

pub(crate) async fn daemon() -> Option<Daemon> {
    let Some(host) = host() else {
        eprintln!("SKIPPED: ECSCTL_TEST_DOCKER_HOST is not set");
        return None;
    };
    let around = DockerEnvironment {
        host: Some(host),
        ..DockerEnvironment::default()
    };
    Some(Daemon::connect(&around).await.unwrap())
}

/// Creates a context with busybox and the given files.
pub(crate) fn context(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy("/bin/busybox", folder.path().join("busybox")).unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

pub(crate) fn build(root: &Path) -> Build {
    Build::of(root.to_owned())
}

struct BuildRun {
    result: Result<BuildOutput, DockerError>,
    events: Vec<BuildEvent>,
}

impl BuildRun {
    fn log(&self) -> String {
        let lines = self.events.iter().filter_map(|event| match event {
            BuildEvent::Log { line } => Some(line.as_str()),
            _ => None,
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn built(&self) -> &BuildOutput {
        self.result
            .as_ref()
            .unwrap_or_else(|error| panic!("{error}: {:?}", error.explain()))
    }

    fn error(&self) -> &DockerError {
        self.result.as_ref().expect_err("it must fail")
    }
}

async fn run_with(daemon: &Daemon, build: &Build, classic: bool, ssh_agent: Option<PathBuf>) -> BuildRun {
    let events = Mutex::new(Vec::new());
    let spec = BuildSpec {
        image: "web",
        build,
        logins: Logins::default(),
        classic,
        ssh_agent,
        stored: std::sync::Arc::default(),
    };
    let on = |event| events.lock().unwrap().push(event);
    let result = tokio::time::timeout(PATIENCE, daemon.build(&spec, &on))
        .await
        .unwrap();
    BuildRun {
        result,
        events: events.into_inner().unwrap(),
    }
}

/// Removes the images that tests have built.
async fn forget(daemon: &Daemon, runs: &[&BuildRun]) {
    for run in runs {
        if let Ok(built) = &run.result {
            daemon.untag(built.image.id.as_str()).await.unwrap();
        }
    }
}

async fn run_as(daemon: &Daemon, build: &Build, classic: bool) -> BuildRun {
    run_with(daemon, build, classic, None).await
}

async fn run(daemon: &Daemon, build: &Build) -> BuildRun {
    run_as(daemon, build, false).await
}

fn unique(what: &str) -> String {
    format!("{what} {}", jiff::Timestamp::now())
}
