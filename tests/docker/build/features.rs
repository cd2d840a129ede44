//! What a Dockerfile and `build:` can say arrives, by both builders.

use super::project;
use crate::ground::Docker;
use crate::project::Project;

const EVERYTHING: &str = r#"
vars: {greeting: hello}
images:
  web:
    repository: acme/web
    build:
      context: app
      dockerfile: build/Web.Dockerfile
      target: wanted
      args: {GREETING: "${vars.greeting} there", NUMBER: 1.10}
      labels: {org.example.made-by: a test}
      secrets:
        token: {env: TOKEN}
        file: {file: secret.txt}
"#;

#[test]
fn all_build_options_reach_buildkit() {
    let Some(docker) = Docker::find() else { return };
    let project = Project::new(&docker);
    let steps = "ARG GREETING\nARG NUMBER\n\
        RUN --mount=type=cache,target=/cache --mount=type=secret,id=token --mount=type=secret,id=file \
        date >>/cache/dates && echo \"$GREETING $NUMBER\" >/greeting \
        && wc -c </run/secrets/token >/sizes && wc -c </run/secrets/file >>/sizes\n\
        FROM base AS unwanted\nRUN exit 7\n\
        FROM base AS wanted\nCOPY --from=made /greeting /sizes /\n";
    let dockerfile = project
        .dockerfile(steps)
        .replacen("LABEL", "FROM base AS made\nLABEL", 1)
        + &project.label();
    let project = project
        .with("deploy.yaml", EVERYTHING)
        .with("build/Web.Dockerfile", &dockerfile)
        .with("secret.txt", "of-a-file");
    std::fs::create_dir(project.path("app")).unwrap();
    std::fs::rename(project.path("busybox"), project.path("app/busybox")).unwrap();

    let output = project
        .ecsctl(&["build", "-o", "json"])
        .env("TOKEN", "of-a-variable")
        .run()
        .exits(0);
    let id = output.json()["images"][0]["id"].as_str().unwrap().to_owned();
    let files = project.files(&id);
    assert_eq!(files["greeting"], "hello there 1.10\n");
    assert_eq!(files["sizes"], "13\n9\n");
    let labels = docker.ok(&["inspect", "--format", "{{json .Config.Labels}}", &id]);
    assert!(labels.contains(r#""org.example.made-by":"a test""#), "{labels}");
    let history = docker.ok(&["history", "--no-trunc", &id]);
    assert!(
        !history.contains("of-a-"),
        "a secret stays in the image: {history}"
    );
}

#[test]
fn a_second_build_comes_from_the_cache() {
    let Some(docker) = Docker::find() else { return };
    let cached = "all from cache";
    for builder in docker.builders() {
        let project = project(&docker);
        // From its first line on of its own: tests beside this one make and remove the steps that they share.
        let dockerfile = project
            .dockerfile(&format!("RUN echo {} >/made\n", project.name))
            .replacen("AS base\n", &format!("AS base\nENV OF={}\n", project.name), 1);
        project.write("Dockerfile", &dockerfile);
        let run = || project.ecsctl(&["build"]).env("DOCKER_BUILDKIT", *builder).run();
        let first = run().exits(0);
        assert!(!first.stderr.contains(cached), "{}", first.stderr);
        let second = run().exits(0).says(cached);
        assert_eq!(
            first.stdout, second.stdout,
            "the image's id, DOCKER_BUILDKIT={builder}"
        );
    }
}

#[test]
fn the_classic_builder_takes_target_args_and_labels() {
    let Some(docker) = Docker::find().filter(Docker::runs_containers) else {
        return;
    };
    let file = "images:\n  web:\n    repository: acme/web\n    build: {context: ., dockerfile: other/File, target: base, \
                args: {WORD: told}, labels: {who: me}}\n";
    let project = Project::new(&docker);
    let dockerfile = format!(
        "FROM scratch AS base\n{}COPY busybox /bin/busybox\nARG WORD\nRUN [\"/bin/busybox\", \"sh\", \"-c\", \
         \"echo $WORD >/word\"]\nFROM base\nRUN [\"/bin/busybox\", \"false\"]\n",
        project.label()
    );
    let project = project.with("deploy.yaml", file).with("other/File", &dockerfile);
    let output = project
        .ecsctl(&["build"])
        .env("DOCKER_BUILDKIT", "0")
        .run()
        .exits(0);
    let id = output.stdout.trim();
    let files = project.files(id);
    assert_eq!(files["word"], "told\n");
    assert!(!files.contains_key("other/File"), "{files:?}");
    let label = docker.ok(&["inspect", "--format", "{{.Config.Labels.who}}", id]);
    assert_eq!(label, "me");
}

#[test]
fn buildkit_features_are_refused_by_the_classic_builder() {
    let Some(docker) = Docker::find() else { return };
    let file = "images:\n  web: {repository: acme/web, build: {secrets: [TOKEN]}}\n";
    let project = Project::new(&docker).with("deploy.yaml", file).with_steps("");
    let run = project.ecsctl(&["build"]).env("TOKEN", "x");
    run.env("DOCKER_BUILDKIT", "0")
        .run()
        .exits(4)
        .says("build secrets need BuildKit")
        .says("unset DOCKER_BUILDKIT=0");
}

#[test]
fn heredocs_run_if_the_daemon_supports_them() {
    let Some(docker) = Docker::find() else { return };
    let project = project(&docker).with_steps("RUN <<END\necho one >/lines\necho two >>/lines\nEND\n");
    let output = project.ecsctl(&["build"]).run();
    // Dockerfile syntax 1.4, of Docker 23; a newer one than the daemon's own would be an image that is pulled.
    if api_minor(&docker) < 42 {
        output
            .exits(4)
            .says("unknown instruction: ECHO")
            .says("start with `# syntax=docker/dockerfile:1`");
        return;
    }
    let id = output.exits(0).stdout;
    assert_eq!(project.files(id.trim())["lines"], "one\ntwo\n");
}

#[test]
fn a_dockerfile_in_lower_case_is_found() {
    let Some(docker) = Docker::find() else { return };
    for builder in docker.builders() {
        let project = project(&docker);
        let dockerfile = format!("FROM scratch\n{}COPY dockerfile /d\n", project.label());
        let project = project.with("dockerfile", &dockerfile);
        let run = project.ecsctl(&["build"]).env("DOCKER_BUILDKIT", *builder);
        let id = run.run().exits(0).stdout;
        assert_eq!(
            project.files(id.trim())["d"],
            dockerfile,
            "DOCKER_BUILDKIT={builder}"
        );
    }
}

#[test]
fn a_verbose_build_shows_every_line_and_a_plain_one_none() {
    let Some(docker) = Docker::find() else { return };
    for builder in docker.builders() {
        let project = project(&docker);
        let steps = format!("RUN echo {}; echo again; echo again\n", project.name);
        project.write("Dockerfile", &project.dockerfile(&steps));
        let run = project.ecsctl(&["build", "-v"]).env("DOCKER_BUILDKIT", *builder);
        let output = run.run().exits(0);
        let again = output.stderr.matches(": | again\n").count();
        assert_eq!(again, 2, "DOCKER_BUILDKIT={builder}: {}", output.stderr);

        project.write(
            "Dockerfile",
            &project.dockerfile(&format!("RUN : && {}", &steps[4..])),
        );
        let output = project
            .ecsctl(&["build"])
            .env("DOCKER_BUILDKIT", *builder)
            .run()
            .exits(0);
        assert!(!output.stderr.contains("again"), "{}", output.stderr);
        assert_eq!(output.stderr.lines().count(), 1, "{}", output.stderr);
    }
}

#[test]
fn images_are_built_side_by_side() {
    let Some(docker) = Docker::find() else { return };
    let file = "images:\n  one: {repository: acme/one, build: {dockerfile: one}}\n  two: {repository: acme/two, build: {dockerfile: two}}\n";
    let project = Project::new(&docker).with("deploy.yaml", file);
    // Each waits for the other, in a cache that they share.
    let meet = |own: &str, other: &str| {
        let name = &project.name;
        project.dockerfile(&format!(
            "RUN --mount=type=cache,target=/meet touch /meet/{name}-{own} && i=0 && until [ -e \
             /meet/{name}-{other} ]; do i=$((i + 1)); [ $i -lt 600 ] || exit 9; sleep 0.1; done && echo met\n"
        ))
    };
    project.write("one", &meet("one", "two"));
    project.write("two", &meet("two", "one"));
    let output = project.ecsctl(&["build"]).run().exits(0);
    assert_eq!(output.stdout.lines().count(), 2, "{}", output.stdout);

    let one = project.ecsctl(&["build", "--only", "two"]).run().exits(0);
    assert_eq!(Some(one.stdout.trim()), output.stdout.lines().nth(1));
    assert!(!one.stderr.contains("build one"), "{}", one.stderr);
}

#[test]
fn builds_of_the_same_count_their_own_steps() {
    let Some(docker) = Docker::find() else { return };
    let file = "images:\n  one: {repository: acme/one, build: .}\n  two: {repository: acme/two, build: .}\n";
    let project = Project::new(&docker).with("deploy.yaml", file);
    // Which of the two builds it, and when the other joins, differs; how many steps there are does not.
    let steps = format!("RUN echo {}\nRUN sleep 0.3\n", project.name);
    project.write("Dockerfile", &project.dockerfile(&steps));
    let output = project.ecsctl(&["build"]).run().exits(0);
    assert_eq!(output.stderr.matches(": 4 steps").count(), 2, "{}", output.stderr);
}

#[test]
fn an_image_of_another_platform_is_refused() {
    let (Some(docker), Some(registry)) = (Docker::find(), crate::ground::registry()) else {
        return;
    };
    let arm = Project::new(&docker).with(
        "deploy.yaml",
        "images:\n  web: {repository: acme/web, build: {platform: linux/arm64}}\n",
    );
    let dockerfile = format!("FROM scratch\n{}COPY busybox /busybox\n", arm.label());
    let arm = arm.with("Dockerfile", &dockerfile);
    let base = format!("{registry}/{}/base:arm", arm.name);
    docker.ok(&["tag", &arm.build(), &base]);
    docker.ok(&["push", "--quiet", &base]);

    let dockerfile = format!("FROM {base}\n{}", arm.label());
    let project = project(&docker).with("Dockerfile", &dockerfile);
    let build = |builder| project.ecsctl(&["build"]).env("DOCKER_BUILDKIT", builder).run();
    let refused =
        |output: crate::support::Output| output.exits(4).says("linux/amd64").says("set `platform:`");
    refused(build("0"));
    // BuildKit writes the wanted platform on whatever it is given. Since Docker Engine 27 it says so.
    if api_minor(&docker) >= 46 {
        refused(build("1")).says("line 1").says("linux/arm64");
    } else {
        build("1").exits(0);
    }
    // An architecture that the Dockerfile insists on needs no telling.
    let dockerfile = dockerfile.replace("FROM ", "FROM --platform=linux/arm64 ");
    project.write("Dockerfile", &dockerfile);
    refused(build("1")).says("line 1").says("--platform=linux/arm64");
    refused(build("0"));
}

/// The 41 of API 1.41.
fn api_minor(docker: &Docker) -> u32 {
    let api = docker.ok(&["version", "--format", "{{.Server.APIVersion}}"]);
    api.rsplit('.').next().unwrap().parse().unwrap()
}
