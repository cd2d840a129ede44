//! Against a real daemon: `ECSCTL_TEST_DOCKER_HOST` names one, and `ECSCTL_TEST_REGISTRY` a registry that it can
//! push to. `scripts/setup` starts both. Without them these tests say SKIPPED.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use indexmap::IndexMap;

use super::build::Built;
use super::*;
use crate::diagnostic::{Explain, SourceId, Span};
use crate::model::{Build, BuildEvent, BuildSecret, Platform, PushEvent};

/// A shell in an image made of nothing but busybox.
const BASE: &str = "FROM scratch AS base\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n";

/// No build of these tests takes longer.
const PATIENCE: Duration = Duration::from_secs(120);

fn host() -> Option<String> {
    std::env::var("ECSCTL_TEST_DOCKER_HOST").ok()
}

pub(crate) async fn daemon() -> Option<Daemon> {
    let Some(host) = host() else {
        eprintln!("SKIPPED: ECSCTL_TEST_DOCKER_HOST is not set");
        return None;
    };
    let around = Surroundings {
        host: Some(host),
        ..Surroundings::default()
    };
    Some(Daemon::connect(&around).await.unwrap())
}

/// A context with busybox and the files given.
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
    Build {
        context: root.to_owned(),
        context_span: Span {
            source: SourceId(0),
            start: 0,
            end: 0,
        },
        dockerfile: root.join("Dockerfile"),
        dockerfile_span: None,
        target: None,
        args: IndexMap::new(),
        labels: IndexMap::new(),
        cache_from: Vec::new(),
        network: None,
        secrets: IndexMap::new(),
        ssh: false,
        no_cache: false,
        pull: false,
        platform: Platform::linux_amd64(),
    }
}

struct Run {
    result: Result<Built, DockerError>,
    events: Vec<BuildEvent>,
}

impl Run {
    fn log(&self) -> String {
        let lines = self.events.iter().filter_map(|event| match event {
            BuildEvent::Log { line } => Some(line.as_str()),
            _ => None,
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn built(&self) -> &Built {
        self.result
            .as_ref()
            .unwrap_or_else(|error| panic!("{error}: {:?} {:?}", error.said(), error.details()))
    }

    fn error(&self) -> &DockerError {
        self.result.as_ref().expect_err("it must fail")
    }
}

async fn run_with(daemon: &Daemon, build: &Build, classic: bool, ssh_agent: Option<PathBuf>) -> Run {
    let events = Mutex::new(Vec::new());
    let spec = BuildSpec {
        image: "web",
        build,
        logins: Logins::default(),
        classic,
        ssh_agent,
    };
    let on = |event| events.lock().unwrap().push(event);
    let result = tokio::time::timeout(PATIENCE, daemon.build(&spec, &on))
        .await
        .unwrap();
    Run {
        result,
        events: events.into_inner().unwrap(),
    }
}

/// Removes what tests have built.
async fn forget(daemon: &Daemon, runs: &[&Run]) {
    for run in runs {
        if let Ok(built) = &run.result {
            daemon.untag(built.image.id.as_str()).await.unwrap();
        }
    }
}

async fn run_as(daemon: &Daemon, build: &Build, classic: bool) -> Run {
    run_with(daemon, build, classic, None).await
}

async fn run(daemon: &Daemon, build: &Build) -> Run {
    run_as(daemon, build, false).await
}

fn unique(what: &str) -> String {
    format!("{what} {}", jiff::Timestamp::now())
}

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
        failed.error().said().unwrap().1.contains("nope"),
        "{:?}",
        failed.error()
    );
    build.target = None;
    build.dockerfile = folder.path().join("Other");
    let failed = run(&daemon, &build).await;
    assert!(
        failed.error().said().unwrap().1.contains("127.0.0.1:1"),
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
    assert_eq!(second.built().cached, 4, "{:#?}", second.events);
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
        failed.error().said().unwrap().1.contains("token"),
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

/// A program with the libraries that it needs, as far as `ldd` finds them.
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
    // BuildKit gives an image of nothing the platform that was asked for; a base image keeps its own.
    if let Err(error) = &other.result {
        assert!(matches!(error, DockerError::Platform { .. }), "{error:?}");
    }
    let mut build = build(folder.path());
    build.platform = "linux/arm64".parse().unwrap();
    let arm = run(&daemon, &build).await;
    assert_eq!(arm.built().image.platform.architecture, "arm64");
    forget(&daemon, &[&other, &arm]).await;
}

#[tokio::test]
async fn a_push_and_a_second_one_that_sends_nothing() {
    let Some(daemon) = daemon().await else { return };
    let Ok(registry) = std::env::var("ECSCTL_TEST_REGISTRY") else {
        eprintln!("SKIPPED: ECSCTL_TEST_REGISTRY is not set");
        return;
    };
    let folder = context(&[("Dockerfile", &format!("{BASE}COPY f /f\n")), ("f", &unique("f"))]);
    let run = run(&daemon, &build(folder.path())).await;
    let image = &run.built().image;
    let repository = format!("{registry}/docker/push-{}", image.id.short());
    daemon.tag(image.id.as_str(), &repository, "t").await.unwrap();
    let events = Mutex::new(Vec::new());
    let on = |event: PushEvent| events.lock().unwrap().push(event);
    let first = daemon.push(&repository, "t", None, &on).await.unwrap();
    assert_eq!(first.layers, 3, "{first:?}");
    assert!(first.sent_layers >= 1, "{first:?}");
    assert!(!events.lock().unwrap().is_empty());
    let known = daemon.inspect(image.id.as_str()).await.unwrap().unwrap();
    assert_eq!(known.manifest_in(&repository), Some(first.digest.clone()));
    let second = daemon.push(&repository, "t", None, &on).await.unwrap();
    assert_eq!((second.sent_layers, second.sent), (0, 0));
    assert_eq!(second.digest, first.digest);

    daemon
        .tag(image.id.as_str(), "127.0.0.1:1/web", "t")
        .await
        .unwrap();
    let error = daemon.push("127.0.0.1:1/web", "t", None, &on).await.unwrap_err();
    assert!(
        error.said().unwrap().1.contains("connection refused"),
        "{error:?}"
    );
    assert!(error.hint().is_some());
    daemon.untag("127.0.0.1:1/web:t").await.unwrap();
    // The last name takes the image with it; what is gone can be removed again.
    for _ in 0..2 {
        daemon.untag(&format!("{repository}:t")).await.unwrap();
    }
    assert_eq!(daemon.inspect(image.id.as_str()).await.unwrap(), None);
}

#[tokio::test]
async fn where_no_daemon_is_each_place_has_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let around = |host: &Path| Surroundings {
        host: Some(format!("unix://{}", host.display())),
        ..Surroundings::default()
    };
    let reason = async |socket: &Path| match Daemon::connect(&around(socket)).await.unwrap_err() {
        DockerError::NoDaemon { tried, named_by } => {
            assert_eq!(named_by.as_deref(), Some("DOCKER_HOST"));
            tried[0].why.clone()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(&folder.path().join("none.sock")).await, "no such file");
    let dead = folder.path().join("dead.sock");
    drop(std::os::unix::net::UnixListener::bind(&dead).unwrap());
    assert!(reason(&dead).await.starts_with("connection refused"));
    let silent = folder.path().join("other.sock");
    let listener = tokio::net::UnixListener::bind(&silent).unwrap();
    let other = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"220 mail.example ESMTP\r\n").await.unwrap();
    });
    assert!(
        reason(&silent)
            .await
            .starts_with("what answers there is no Docker daemon")
    );
    other.await.unwrap();
}

/// Whether a process with this word in its command line runs here.
fn is_running(word: &str) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter_map(|process| std::fs::read(process.path().join("cmdline")).ok())
        .any(|line| {
            line.split(|byte| *byte == 0)
                .any(|argument| argument == word.as_bytes())
        })
}

#[tokio::test]
async fn a_build_that_is_dropped_is_killed() {
    let Some(daemon) = daemon().await else { return };
    for classic in [false, true] {
        let seconds = format!("9{}", jiff::Timestamp::now().as_microsecond() % 1_000_000);
        let folder = context(&[(
            "Dockerfile",
            &format!("{BASE}RUN echo here && exec sleep {seconds}\n"),
        )]);
        let build = build(folder.path());
        let here = tokio::sync::Notify::new();
        let on = |event| {
            if matches!(&event, BuildEvent::Log { line } if line == "here") {
                here.notify_one();
            }
        };
        let spec = BuildSpec {
            image: "web",
            build: &build,
            logins: Logins::default(),
            classic,
            ssh_agent: None,
        };
        tokio::select! {
            ended = daemon.build(&spec, &on) => panic!("{ended:?}"),
            () = here.notified() => {}
        }
        let dead = async {
            while is_running(&seconds) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, dead).await.unwrap();
    }
}

/// A socket in front of the daemon's; aborted, all connections through it die.
fn relay(host: &str, at: &Path) -> tokio::task::JoinHandle<()> {
    let daemon = host.trim_start_matches("unix://").to_owned();
    let listener = tokio::net::UnixListener::bind(at).unwrap();
    tokio::spawn(async move {
        let mut connections = tokio::task::JoinSet::new();
        while let Ok((mut ours, _)) = listener.accept().await {
            let mut theirs = tokio::net::UnixStream::connect(&daemon).await.unwrap();
            connections.spawn(async move {
                let _ = tokio::io::copy_bidirectional(&mut ours, &mut theirs).await;
            });
        }
    })
}

#[tokio::test]
async fn a_daemon_that_dies_in_the_middle_is_told() {
    if daemon().await.is_none() {
        return;
    }
    for classic in [false, true] {
        let sockets = tempfile::tempdir().unwrap();
        let socket = sockets.path().join("relay.sock");
        let relay = relay(&host().unwrap(), &socket);
        let around = Surroundings {
            host: Some(format!("unix://{}", socket.display())),
            ..Surroundings::default()
        };
        let daemon = Daemon::connect(&around).await.unwrap();
        let folder = context(&[(
            "Dockerfile",
            &format!("{BASE}RUN echo {} && sleep 60\n", unique("x")),
        )]);
        let build = build(folder.path());
        let spec = BuildSpec {
            image: "web",
            build: &build,
            logins: Logins::default(),
            classic,
            ssh_agent: None,
        };
        let on = |event| {
            if matches!(event, BuildEvent::Log { .. }) {
                relay.abort();
            }
        };
        let error = tokio::time::timeout(PATIENCE, daemon.build(&spec, &on))
            .await
            .unwrap()
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "the Docker daemon went away during the build of web",
            "{error:?}"
        );
        assert!(error.hint().is_some());
    }
}

/// Alone in its process (`ECSCTL_TEST_MEMORY=1 cargo test --lib context_takes_little_memory -- --nocapture`):
/// the peak of the whole process while 500 MB are sent, files of all sizes among them.
#[tokio::test]
async fn a_large_context_takes_little_memory() {
    if std::env::var_os("ECSCTL_TEST_MEMORY").is_none() {
        eprintln!("SKIPPED: ECSCTL_TEST_MEMORY is not set");
        return;
    }
    let Some(daemon) = daemon().await else { return };
    for classic in [false, true] {
        let folder = context(&[("Dockerfile", "FROM scratch\nCOPY . /all\n")]);
        std::fs::File::create(folder.path().join("large"))
            .unwrap()
            .set_len(400 << 20)
            .unwrap();
        std::fs::create_dir(folder.path().join("many")).unwrap();
        for number in 0..10_000 {
            std::fs::write(folder.path().join(format!("many/{number}")), vec![b'x'; 10 << 10]).unwrap();
        }
        std::fs::write("/proc/self/clear_refs", "5").unwrap();
        let start = std::time::Instant::now();
        let image = run_as(&daemon, &build(folder.path()), classic)
            .await
            .built()
            .image
            .clone();
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap();
        let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        eprintln!(
            "classic {classic}: {} kB, {:.1} s",
            peak,
            start.elapsed().as_secs_f32()
        );
        let start = std::time::Instant::now();
        run_as(&daemon, &build(folder.path()), classic).await.built();
        eprintln!(
            "classic {classic}: unchanged {:.1} s",
            start.elapsed().as_secs_f32()
        );
        assert!(peak < 60 << 10, "{peak} kB");
        daemon.untag(image.id.as_str()).await.unwrap();
    }
}
