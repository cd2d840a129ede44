//! What is said of a build that fails: exit 4, the step, its whole log, and what to do.

use super::project;
use crate::ground::Docker;
use crate::project::Project;
use crate::support::Output;

/// Builds by both builders what must fail.
#[track_caller]
fn fails(docker: &Docker, project: &Project<'_>, check: impl Fn(Output)) {
    for builder in docker.builders() {
        let output = project.ecsctl(&["build"]).env("DOCKER_BUILDKIT", *builder).run();
        assert!(output.stdout.is_empty(), "no image, no id: {}", output.stdout);
        check(output.exits(4));
    }
}

#[test]
fn a_failing_step_is_shown_with_log_and_exit_code() {
    let Some(docker) = Docker::find() else { return };
    let project = project(&docker)
        .with_steps("RUN for i in $(seq 1 300); do echo line $i of 300; done; exit 7\nRUN echo never\n");
    fails(&docker, &project, |output| {
        let output = output.says("RUN for i in").says("7");
        let lines = output
            .stderr
            .lines()
            .filter(|line| line.trim_start().starts_with("line ") && line.ends_with(" of 300"));
        assert_eq!(lines.count(), 300, "{}", output.stderr);
        assert!(!output.stderr.contains("RUN echo never"), "{}", output.stderr);
    });
    let document = project.ecsctl(&["build", "-o", "json"]).run().exits(4).json();
    assert_eq!(document["exitCode"], 4);
    assert_eq!(document["error"]["code"], "build-failed");
    assert_eq!(document["error"]["resource"], "web");
}

#[test]
fn a_syntax_error_is_reported_with_its_line() {
    let Some(docker) = Docker::find() else { return };
    let project = project(&docker).with("Dockerfile", "FROM scratch\nCOPI a b\n");
    fails(&docker, &project, |output| {
        output
            .says("image `web` was not built")
            .says("line 2")
            .says("COPI");
    });
}

#[test]
fn an_unknown_target_is_reported() {
    let Some(docker) = Docker::find() else { return };
    let project = Project::new(&docker)
        .with(
            "deploy.yaml",
            "images:\n  web: {repository: acme/web, build: {target: nope}}\n",
        )
        .with_steps("");
    fails(&docker, &project, |output| {
        output.says("image `web` was not built").says("nope");
    });
}

#[test]
fn a_missing_base_image_is_named() {
    let Some(docker) = Docker::find() else { return };
    let Some(registry) = crate::ground::registry() else {
        return;
    };
    let base = format!("{registry}/nobody/none:1");
    let project = project(&docker).with("Dockerfile", &format!("FROM {base}\nCOPY busybox /\n"));
    fails(&docker, &project, |output| {
        output.says(&base).says("not found");
    });
}

#[test]
fn missing_build_files_are_reported_without_a_daemon() {
    let Some(docker) = Docker::find() else { return };
    let project = project(&docker);
    let run = || {
        project
            .ecsctl(&["build"])
            .env("DOCKER_HOST", "unix:///nonexistent")
            .run()
            .exits(4)
    };
    run()
        .says("image `web`: the Dockerfile `")
        .says("Dockerfile` does not exist");
    std::fs::create_dir(project.path("Dockerfile")).unwrap();
    run().says("Dockerfile` is not a file");
    project.write(
        "deploy.yaml",
        "images:\n  web: {repository: acme/web, build: {dockerfile: docker/web}}\n",
    );
    run()
        .says("docker/web` does not exist")
        .says("relative to deploy.yaml");
    project.write(
        "deploy.yaml",
        "images:\n  web: {repository: acme/web, build: app}\n",
    );
    run().says("app` does not exist");
    project.write(
        "deploy.yaml",
        "images:\n  web: {repository: acme/web, build: busybox}\n",
    );
    run().says("busybox` is not a folder");
}

#[test]
fn a_build_secret_without_a_value_is_reported() {
    let Some(docker) = Docker::find() else { return };
    let project = Project::new(&docker)
        .with(
            "deploy.yaml",
            "images:\n  web: {repository: acme/web, build: {secrets: [TOKEN]}}\n",
        )
        .with_steps("");
    project
        .ecsctl(&["build"])
        .run()
        .exits(4)
        .says("the build secret `TOKEN` has no value");
}
