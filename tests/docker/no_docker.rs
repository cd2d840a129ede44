//! No Docker, one that can't be spoken to, and one that goes away.

use crate::ground::Docker;
use crate::project::Project;
use crate::relay::Relay;
use crate::support::{Scenario, Scripted};

#[test]
fn an_unreachable_daemon_lists_what_was_tried() {
    let Some(docker) = Docker::find() else { return };
    let project = Project::new(&docker).with_service();
    let on = |host: &str| project.ecsctl(&["build"]).env("DOCKER_HOST", host).run().exits(4);
    on("unix:///nonexistent/docker.sock")
        .says("can't connect to a Docker daemon at unix:///nonexistent/docker.sock (DOCKER_HOST)")
        .says("no such file")
        .says("start the daemon that DOCKER_HOST names, or unset DOCKER_HOST");
    on("tcp://127.0.0.1:1")
        .says("tcp://127.0.0.1:1")
        .says("connection refused");
    on("ssh://me@build.example:2222")
        .says("ecsctl can't connect to a daemon over ssh")
        .says("ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock -p 2222 me@build.example");
    on("nonsense")
        .says("`nonsense` is not a Docker daemon address")
        .says("unix:///");
    let Some(registry) = crate::ground::registry() else {
        return;
    };
    on(&format!("tcp://{registry}")).says("not a Docker daemon");
}

#[test]
fn a_context_of_docker_is_followed() {
    let Some(docker) = Docker::find() else { return };
    let project = Project::new(&docker).with_service();
    let relay = Relay::to(&docker);
    let config = project.path(".docker");
    std::fs::create_dir_all(&config).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new("docker");
        command.arg("--config").arg(&config).args(arguments);
        assert!(command.output().unwrap().status.success(), "docker {arguments:?}");
    };
    run(&[
        "context",
        "create",
        "near",
        "--docker",
        &format!("host={}", relay.host()),
    ]);
    let build = |name: &str| {
        let run = project.ecsctl(&["build"]).without("DOCKER_HOST");
        run.env("DOCKER_CONFIG", config.to_str().unwrap())
            .env("DOCKER_CONTEXT", name)
            .run()
    };
    build("near").exits(0);
    build("far").exits(4).says("far").says("no such context");
    relay.cut();
    build("near")
        .exits(4)
        .says("the Docker context `near`")
        .says("docker context use default");
}

#[test]
fn a_daemon_lost_during_a_build_is_reported() {
    let Some(docker) = Docker::find() else { return };
    for builder in docker.builders() {
        let project = Project::new(&docker)
            .with_service()
            .with_steps("RUN echo it has begun && sleep 600\n");
        let relay = Relay::to(&docker);
        let run = project
            .ecsctl(&["build", "-v"])
            .env("DOCKER_HOST", relay.host())
            .env("DOCKER_BUILDKIT", *builder);
        let running = run.start();
        running.wait_until_it_says("| it has begun");
        relay.cut();
        running
            .end()
            .exits(4)
            .says("the Docker daemon went away during the build of web")
            .says("hint:");
    }
}

#[test]
fn a_plan_needs_docker_only_to_build() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = Project::new(&docker).with_service();
    let plan = |arguments: &[&str]| {
        let run = project.on(&server, &[&["plan"], arguments].concat());
        run.env("DOCKER_HOST", "unix:///nonexistent/docker.sock").run()
    };
    plan(&[])
        .exits(4)
        .says("can't connect to a Docker daemon")
        .says("unset DOCKER_HOST\n         ecsctl plan --no-build plans without Docker\n");
    let planned = plan(&["--no-build"]).exits(0);
    assert!(planned.stdout.contains("+ service web"), "{}", planned.stdout);
    plan(&["--no-build", "--exit-code"]).exits(8);
    assert!(server.log().writes().is_empty());
}

#[test]
fn a_transient_failure_is_built_again() {
    let Some(docker) = Docker::find() else { return };
    for builder in docker.builders() {
        let project = Project::new(&docker).with_service();
        let relay = Relay::to(&docker);
        let build = || {
            let run = project.ecsctl(&["build"]).env("DOCKER_BUILDKIT", *builder);
            run.env("DOCKER_HOST", relay.host()).run()
        };
        for error in [
            "unable to find image \"sha256:0123\"",
            "failed to export image: No such image: sha256:0123",
            "failed to open writer: lease does not exist: not found",
            "flightcontrol: exceeded retry timeout",
            "failed to get edge: inconsistent graph state",
        ] {
            relay.fail_next_build(error);
            build().exits(0).says("building again: ").says(error);
        }
        (0..3).for_each(|_| relay.fail_next_build("layer does not exist"));
        build().exits(4).says("layer does not exist");
        relay.fail_next_build("something else");
        let output = build().exits(4).says("something else");
        assert!(!output.stderr.contains("again"), "{}", output.stderr);
    }
}

#[test]
fn a_password_in_docker_host_is_not_shown() {
    let Some(docker) = Docker::find() else { return };
    let project = Project::new(&docker).with_service();
    for host in [
        "tcp://me:s3cret@build.example:2375",
        "ssh://me:s3cret@build.example",
        "me:s3cret@build.example",
    ] {
        let output = project.ecsctl(&["build"]).env("DOCKER_HOST", host).run().exits(4);
        let output = output.says("me:********@build.example");
        assert!(!output.stderr.contains("s3cret"), "{}", output.stderr);
    }
}
