//! Tests of Dockerfile features.

use super::*;

#[tokio::test]
async fn a_build_with_stages_arguments_a_cache_mount_and_a_heredoc() {
    let Some(daemon) = daemon().await else { return };
    let dockerfile = format!(
        "{BASE}ARG GREETING\nRUN --mount=type=cache,target=/cache echo \"$GREETING\" >/greeting && echo told\n\
         FROM base AS unwanted\nRUN exit 7\nFROM scratch AS wanted\nCOPY --from=base /greeting /greeting\nENV A=1\n"
    );
    let folder = context(&[("Dockerfile", &dockerfile)]);
    let mut build = build(folder.path());
    build.target = Some("wanted".to_owned());
    build.args.insert("GREETING".to_owned(), unique("hello"));
    build.labels.insert("made-by".to_owned(), "a test".to_owned());
    let first = run(&daemon, &build).await;
    assert_eq!(first.log(), "told");
    let built = first.built();
    assert_eq!(built.steps, 4, "{:#?}", first.events);
    assert!(built.cached <= 2, "{:#?}", first.events);
    assert_eq!(built.image.platform.to_string(), "linux/amd64");

    let second = run(&daemon, &build).await;
    assert_eq!(second.built().image.id, built.image.id);
    assert_eq!(second.built().cached, second.built().steps);
    forget(&daemon, &[&first]).await;
}

#[tokio::test]
async fn only_what_changed_is_sent_and_what_is_ignored_never_arrives() {
    let Some(daemon) = daemon().await else { return };
    let dockerfile = format!("{BASE}COPY . /all\nRUN find /all -type f | sort && cat /all/f\n");
    let ignore = "Dockerfile\nno\n*.log\n!keep.log\nbusybox2";
    let folder = context(&[
        ("Dockerfile", &dockerfile),
        (".dockerignore", ignore),
        ("no/x", "x"),
        ("a.log", "x"),
        ("keep.log", "x"),
        ("f", &unique("one")),
    ]);
    let build = build(folder.path());
    let first = run(&daemon, &build).await;
    first.built();
    for (name, is_there) in [
        ("keep.log", true),
        ("/all/f", true),
        (".dockerignore", true),
        ("a.log", false),
        ("/no/x", false),
        ("/all/Dockerfile", false),
    ] {
        assert_eq!(first.log().contains(name), is_there, "{name} in {}", first.log());
    }
    let changed = unique("two");
    std::fs::write(folder.path().join("f"), &changed).unwrap();
    let second = run(&daemon, &build).await;
    second.built();
    assert!(second.log().ends_with(&changed), "{}", second.log());
    forget(&daemon, &[&first, &second]).await;
}

#[tokio::test]
async fn a_failing_step_is_named_with_its_whole_log() {
    let Some(daemon) = daemon().await else { return };
    let dockerfile = format!(
        "{BASE}RUN echo before && echo {} && exit 3\n",
        unique("x").replace(' ', "")
    );
    let folder = context(&[("Dockerfile", &dockerfile)]);
    for classic in [false, true] {
        let failed = run_as(&daemon, &build(folder.path()), classic).await;
        let DockerError::Build { step, said, log, .. } = failed.error() else {
            panic!("{:?}", failed.error());
        };
        assert!(
            step.as_deref().unwrap_or_default().contains("RUN echo before"),
            "{step:?}"
        );
        assert!(said.contains('3'), "{said}");
        assert_eq!(log[0], "before", "{log:?}");
        assert_eq!(log.len(), 2, "{log:?}");
    }
}

#[tokio::test]
async fn a_broken_dockerfile_is_told_in_dockers_words() {
    let Some(daemon) = daemon().await else { return };
    let folder = context(&[("Dockerfile", "FROM scratch\nFORM x\n")]);
    for classic in [false, true] {
        let failed = run_as(&daemon, &build(folder.path()), classic).await;
        let DockerError::Build { step: None, said, .. } = failed.error() else {
            panic!("{:?}", failed.error());
        };
        assert!(
            said.to_lowercase().contains("unknown instruction: form"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn an_unknown_target_and_a_missing_base_are_told() {
    let Some(daemon) = daemon().await else { return };
    let folder = context(&[("Dockerfile", BASE), ("Other", "FROM 127.0.0.1:1/nothing/here\n")]);
    let mut build = build(folder.path());
    build.target = Some("nope".to_owned());
    let failed = run(&daemon, &build).await;
    assert!(
        failed.error().explain().said.unwrap().1.contains("nope"),
        "{:?}",
        failed.error()
    );
    build.target = None;
    build.dockerfile = folder.path().join("Other");
    let failed = run(&daemon, &build).await;
    assert!(
        failed.error().explain().said.unwrap().1.contains("127.0.0.1:1"),
        "{:?}",
        failed.error()
    );
}

#[tokio::test]
async fn the_classic_builder_builds_too() {
    let Some(daemon) = daemon().await else { return };
    let folder = context(&[("a", "b")]);
    let outside = tempfile::tempdir().unwrap();
    let dockerfile = outside.path().join("elsewhere.Dockerfile");
    std::fs::write(
        &dockerfile,
        format!(
            "{BASE}COPY . /all\nRUN find /all -type f && echo {}\n",
            unique("x")
        ),
    )
    .unwrap();
    let mut build = build(folder.path());
    build.dockerfile = dockerfile;
    let first = run_as(&daemon, &build, true).await;
    let built = first.built();
    assert_eq!((built.steps, built.cached < built.steps), (5, true));
    assert!(first.log().contains("/all/a"), "{}", first.log());
    assert!(!first.log().contains("Dockerfile"), "{}", first.log());
    let second = run_as(&daemon, &build, true).await;
    assert_eq!(second.built().cached, 5, "{:#?}", second.events);
    assert_eq!(second.built().image.id, built.image.id);
    forget(&daemon, &[&first]).await;
    build.ssh = true;
    assert!(matches!(
        run_as(&daemon, &build, true).await.error(),
        DockerError::NeedsBuildKit { .. }
    ));
}

#[tokio::test]
async fn a_secret_reaches_the_step_and_not_the_image() {
    let Some(daemon) = daemon().await else { return };
    let dockerfile = format!(
        "{BASE}ARG X\nRUN --mount=type=secret,id=token,required=true cat /run/secrets/token | wc -c && ls /run/secrets\nRUN ls -A /run/secrets | wc -l\n"
    );
    let folder = context(&[("Dockerfile", &dockerfile), ("secret", "12345")]);
    let mut build = build(folder.path());
    build.args.insert("X".to_owned(), unique("x"));
    let failed = run(&daemon, &build).await;
    assert!(
        failed.error().explain().said.unwrap().1.contains("token"),
        "{:?}",
        failed.error()
    );
    build.secrets.insert(
        "token".to_owned(),
        BuildSecret::File(folder.path().join("secret")),
    );
    let done = run(&daemon, &build).await;
    done.built();
    assert!(done.log().starts_with("5\ntoken"), "{}", done.log());
    forget(&daemon, &[&done]).await;
}

/// Copies a program with the libraries that it needs, as far as `ldd` finds them.
fn copy_program(program: &str, root: &Path) -> Option<()> {
    let listed = std::process::Command::new("ldd").arg(program).output().ok()?;
    let listed = String::from_utf8(listed.stdout).ok()?;
    let libraries = listed.split_whitespace().filter(|word| word.starts_with('/'));
    for file in libraries.chain([program]) {
        let to = root.join("root").join(file.trim_start_matches('/'));
        std::fs::create_dir_all(to.parent()?).ok()?;
        std::fs::copy(file, to).ok()?;
    }
    Some(())
}

#[tokio::test]
async fn the_ssh_agent_is_reached_from_a_step() {
    let Some(daemon) = daemon().await else { return };
    let dockerfile = format!("{BASE}COPY root /\nARG X\nRUN --mount=type=ssh ssh-add -l\n");
    let folder = context(&[("Dockerfile", &dockerfile)]);
    let mut build = build(folder.path());
    build.ssh = true;
    build.args.insert("X".to_owned(), unique("x"));
    assert!(matches!(
        run(&daemon, &build).await.error(),
        DockerError::SshAgent { .. }
    ));

    let keys = tempfile::tempdir().unwrap();
    let (socket, key) = (keys.path().join("agent"), keys.path().join("key"));
    let agent = tokio::process::Command::new("ssh-agent")
        .arg("-D")
        .arg("-a")
        .arg(&socket)
        .stdout(std::process::Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let (Ok(_agent), Some(())) = (agent, copy_program("/usr/bin/ssh-add", folder.path())) else {
        eprintln!("SKIPPED: ssh-agent and ssh-add are not here");
        return;
    };
    let status = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "a-test-key", "-f"])
        .arg(&key)
        .status();
    assert!(status.unwrap().success());
    while !socket.exists() {
        tokio::task::yield_now().await;
    }
    let status = std::process::Command::new("ssh-add")
        .arg("-q")
        .arg(&key)
        .env("SSH_AUTH_SOCK", &socket)
        .status();
    assert!(status.unwrap().success());
    let done = run_with(&daemon, &build, false, Some(socket)).await;
    done.built();
    assert!(done.log().contains("a-test-key"), "{}", done.log());
    forget(&daemon, &[&done]).await;
}

#[tokio::test]
async fn another_platform_is_refused() {
    let Some(daemon) = daemon().await else { return };
    let folder = context(&[(
        "Dockerfile",
        "FROM --platform=linux/arm64 scratch\nCOPY busybox /b\n",
    )]);
    let other = run(&daemon, &build(folder.path())).await;
    // BuildKit assigns the requested platform to a `FROM scratch` image; a base image keeps its own.
    if let Err(error) = &other.result {
        assert!(matches!(error, DockerError::Platform { .. }), "{error:?}");
    }
    let mut build = build(folder.path());
    build.platform = "linux/arm64".parse().unwrap();
    let arm = run(&daemon, &build).await;
    assert_eq!(arm.built().image.platform.architecture, "arm64");
    forget(&daemon, &[&other, &arm]).await;
}
