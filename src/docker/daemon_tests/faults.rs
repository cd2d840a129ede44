//! Tests of missing and dying daemons, dropped builds, and large contexts.

use super::*;

#[tokio::test]
async fn where_no_daemon_is_each_place_has_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let around = |host: &Path| DockerEnvironment {
        host: Some(format!("unix://{}", host.display())),
        ..DockerEnvironment::default()
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
    assert!(reason(&silent).await.starts_with("not a Docker daemon"));
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
            stored: std::sync::Arc::default(),
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

/// Relays a socket to the daemon's; aborting it closes all connections through it.
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
        let around = DockerEnvironment {
            host: Some(format!("unix://{}", socket.display())),
            ..DockerEnvironment::default()
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
            stored: std::sync::Arc::default(),
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
        assert!(error.explain().hint.is_some());
    }
}

/// Must run alone in its process
/// (`ECSCTL_TEST_MEMORY=1 cargo test --lib context_takes_little_memory -- --nocapture`):
/// measures the peak memory of the whole process while sending 500 MB in files of all sizes.
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
