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
fn no_step_log_or_error_shows_a_secret() {
    let Some(docker) = Docker::find() else { return };
    let file = r#"
images:
  web:
    repository: acme/web
    build: {args: {NPM_TOKEN: 'planted "arg" one', LONG_SECRET: planted-arg-two, PLAIN: '${env.PLAIN}'}}
"#;
    let steps = format!(
        "ARG NPM_TOKEN\nARG LONG_SECRET\nARG PLAIN\nARG OWN_PASSWORD=planted-own-four\nWORKDIR /w/$PLAIN\n\
         RUN : {} && echo $NPM_TOKEN $LONG_SECRET $PLAIN && export\n",
        "x".repeat(80)
    );
    // The name of the failing step is cut within the secret.
    let failing = format!("RUN false {} $LONG_SECRET\n", "y".repeat(127));
    let missing = "COPY $NPM_TOKEN /x\n";
    for (last, builder) in [failing.as_str(), missing]
        .into_iter()
        .flat_map(|last| docker.builders().iter().map(move |builder| (last, builder)))
    {
        let project = Project::new(&docker)
            .with("deploy.yaml", file)
            .with("flag.env", "PLAIN=planted-flag-three\n")
            .with_steps(&format!("{steps}{last}"));
        for format in [&["-v"][..], &["-o", "json"], &["-o", "jsonl", "-v"]] {
            let build = project.ecsctl(&[&["build", "--env-file", "flag.env"], format].concat());
            let output = build.env("DOCKER_BUILDKIT", *builder).run().exits(4);
            let shown = format!("{}{}", output.stdout, output.stderr);
            let is_masked = shown.contains("********") || !format.contains(&"-v");
            assert!(is_masked, "DOCKER_BUILDKIT={builder}: {shown}");
            assert!(!shown.contains("plant"), "DOCKER_BUILDKIT={builder}: {shown}");
        }
    }
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
fn a_long_step_is_shortened_in_the_error() {
    let Some(docker) = Docker::find() else { return };
    let command = format!("exit 3 {}", "; echo never".repeat(100));
    let project = project(&docker).with_steps(&format!("RUN {command}\n"));
    for builder in docker.builders() {
        let build = project.ecsctl(&["build"]).env("DOCKER_BUILDKIT", *builder);
        let failed = build.run().exits(4).says("… failed");
        let first = failed.stderr.lines().find(|line| line.starts_with("error: "));
        assert!(
            first.is_some_and(|line| line.chars().count() < 300),
            "{}",
            failed.stderr
        );
    }
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
fn an_excluded_file_is_reported_with_its_line() {
    let Some(docker) = Docker::find() else { return };
    for (ignore, source, line) in [
        (
            "# no\nconfig.json\n",
            "config.json",
            ".dockerignore:2 (`config.json`)",
        ),
        ("conf\n", "conf/a.json", ".dockerignore:1 (`conf`)"),
        ("**/*.json\n", "conf/*.json", ".dockerignore:1 (`**/*.json`)"),
    ] {
        let project = project(&docker)
            .with(".dockerignore", ignore)
            .with("config.json", "{}")
            .with("conf/a.json", "{}");
        let dockerfile = format!("FROM scratch\n{}COPY {source} /c\n", project.label());
        project.write("Dockerfile", &dockerfile);
        for builder in docker.builders() {
            // BuildKit takes a wildcard that matches nothing.
            if *builder == "1" && source.contains('*') {
                continue;
            }
            let run = project.ecsctl(&["build"]).env("DOCKER_BUILDKIT", *builder);
            run.run()
                .exits(4)
                .says(&format!("is excluded by {line}: remove that line"));
        }
    }
}

#[test]
fn a_flag_of_a_newer_frontend_is_reported_with_the_cure() {
    let Some(docker) = Docker::find() else { return };
    let project = project(&docker)
        .with("a", "a")
        .with("Dockerfile", "FROM scratch\nCOPY --parents a /x/\n");
    let output = project.ecsctl(&["build"]).run();
    // A daemon whose own frontend knows the flag builds it.
    if !output.status.success() {
        output
            .exits(4)
            .says("# syntax=docker/dockerfile:1`")
            .says("`--parents`");
    }
}

#[test]
fn a_failing_credential_helper_is_named() {
    use std::io::{Read, Write};
    let Some(docker) = Docker::find() else { return };
    // A registry of which every image needs a login.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let registry = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(
                b"HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm=\"x\"\r\ncontent-length: 0\r\n\
                  connection: close\r\n\r\n",
            );
        }
    });
    let project = project(&docker).with("Dockerfile", &format!("FROM {registry}/acme/base:1\n"));
    let failing = project.path("docker-credential-broken");
    std::fs::write(&failing, "#!/bin/sh\necho the vault is sealed >&2\nexit 3\n").unwrap();
    std::fs::set_permissions(&failing, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!(
        "{}:{}",
        project.path("").display(),
        std::env::var("PATH").unwrap()
    );
    for (config, words) in [
        (
            r#"{"credsStore": "absent"}"#,
            "`docker-credential-absent` is not in PATH",
        ),
        (r#"{"credsStore": "broken"}"#, "the vault is sealed"),
        ("no JSON", "config.json is not valid JSON"),
    ] {
        project.write(".home/.docker/config.json", config);
        for builder in docker.builders() {
            let run = project.ecsctl(&["build"]).env("DOCKER_BUILDKIT", *builder);
            let output = run.env("PATH", &path).run().exits(4);
            let output = output.says(words);
            assert!(!output.stderr.contains("docker login HOST"), "{}", output.stderr);
        }
    }
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
    project.write("Containerfile", "FROM scratch\n");
    run().says("`Containerfile` is in that folder: set `dockerfile:`");
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
