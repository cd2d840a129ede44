//! A result that nobody can take: a closed pipe is fine, a full disk is not; the work is done anyway.

use crate::ground::Docker;
use crate::project::Project;
use crate::support::{Output, Scenario, Scripted};

/// stdout is a pipe whose reader has gone: `ecsctl … | head -1`, with head already gone.
const CLOSED: &str = "mkfifo pipe && exec 3<>pipe 4>pipe 3>&- && rm pipe && exec \"$@\" >&4";
const FULL: &str = "exec \"$@\" >/dev/full";

fn run(project: &Project<'_>, server: &Scripted, arguments: &[&str], stdout: &str) -> Output {
    project
        .on(server, arguments)
        .through(&["bash", "-c", stdout, "bash"])
        .run()
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let Some(docker) = Docker::find() else { return };
    let (server, project) = (
        Scripted::start(Scenario::default()),
        Project::new(&docker).with_service(),
    );
    for arguments in [
        &["build"][..],
        &["plan"],
        &["push"],
        &["deploy"],
        &["deploy", "-o", "json"],
        &["deploy", "-o", "jsonl"],
    ] {
        let output = run(&project, &server, arguments, CLOSED).exits(0);
        assert!(!output.stderr.contains("ipe"), "{arguments:?}: {}", output.stderr);
    }
    let revisions = server.world(|world| world.definitions.family("web").len());
    assert_eq!(revisions, 1, "the deploy took place");
}

#[test]
fn a_full_disk_is_reported() {
    let Some(docker) = Docker::find() else { return };
    let (server, project) = (
        Scripted::start(Scenario::default()),
        Project::new(&docker).with_service(),
    );
    for arguments in [
        &["build"][..],
        &["push"],
        &["deploy"],
        &["deploy", "-o", "json"],
        &["deploy", "-o", "jsonl"],
    ] {
        run(&project, &server, arguments, FULL)
            .exits(1)
            .says("No space left on device");
    }
    let revisions = server.world(|world| world.definitions.family("web").len());
    assert_eq!(revisions, 1, "the deploy took place, once");
    project
        .on(&server, &["deploy"])
        .run()
        .exits(0)
        .says("nothing to do");
}
