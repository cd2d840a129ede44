//! Told to stop: in the middle of a build, of a push; and a second time, where the first can't be obeyed.

use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::ground::Docker;
use crate::project::Project;
use crate::support::cases;
use crate::support::{Cut, Scenario, Scripted};

const PATIENCE: Duration = Duration::from_secs(60);

/// A process of this machine with this word among its arguments.
fn is_running(word: &str) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter_map(|process| std::fs::read(process.path().join("cmdline")).ok())
        .any(|line| {
            line.split(|byte| *byte == 0)
                .any(|argument| argument == word.as_bytes())
        })
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what}: waited in vain");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_build_ends_with_the_program() {
    let Some(docker) = Docker::find() else { return };
    let signals = [
        (Signal::TERM, 143, "terminated"),
        (Signal::INT, 130, "interrupted"),
    ];
    let cases = docker
        .builders()
        .iter()
        .flat_map(|builder| signals.map(|signal| (*builder, signal)));
    for (builder, (signal, code, word)) in cases {
        let server = Scripted::start(Scenario::default());
        let project = Project::new(&docker).with_service();
        // A word that no other process on this machine has.
        let marked = format!("marked-{}", project.name);
        let steps = format!("RUN echo it has begun && exec sh -c 'sleep 600; :' {marked}\n");
        project.write("Dockerfile", &project.dockerfile(&steps));
        let running = project
            .on(&server, &["deploy", "-v"])
            .env("DOCKER_BUILDKIT", builder)
            .start();
        running.wait_until_it_says("| it has begun");
        wait_until("the step", || is_running(&marked));
        running.signal(signal);
        running.end().exits(code).says(word);
        wait_until("the end of the step", || !is_running(&marked));
        assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    }
}

fn interrupted_push_is_finished_by_the_next(signal: Signal, code: i32) {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = Project::new(&docker).with_service();
    server.freeze_at("registry StartUpload", 1, Cut::BeforeReply);
    let running = project.on(&server, &["deploy"]).start();
    server.wait_for("registry StartUpload", 1);
    running.signal(signal);
    let output = running.end().exits(code);
    assert!(!output.stderr.contains("goes on without"), "{}", output.stderr);
    let register = server.log().of("ecs RegisterTaskDefinition").len();
    assert_eq!(register, 0);
    server.thaw();
    server.end_connections();
    project.on(&server, &["deploy"]).run().exits(0);
}

cases! { interrupted_push_is_finished_by_the_next {
    terminate(Signal::TERM, 143);
    interrupt(Signal::INT, 130);
} }

#[test]
fn a_second_signal_ends_even_what_is_stuck() {
    let Some(docker) = Docker::find() else { return };
    let project = Project::new(&docker).with_service();
    let steps = format!("RUN yes {} | head -c 1000000; sleep 600\n", project.name);
    project.write("Dockerfile", &project.dockerfile(&steps));
    let fifo = project.path("stderr");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status().unwrap();
    assert!(made.success());
    project.write(".dockerignore", "stderr\n");
    // Held open for reading, and never read: the program comes to stand in the middle of a line.
    let reader = std::fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(&fifo)
        .unwrap();
    let mut running = project
        .ecsctl(&["build", "-v"])
        .through(&["bash", "-c", "exec \"$@\" 2>stderr", "bash"])
        .start();
    wait_until("a full pipe", || {
        rustix::io::ioctl_fionread(reader.as_fd()).unwrap() > 60_000
    });
    // Signals of a kind are not counted while one of them is pending: a person would press Ctrl-C again, too.
    let begun = Instant::now();
    while !running.has_ended() {
        assert!(begun.elapsed() < PATIENCE, "signals are not heeded");
        running.signal(Signal::INT);
        std::thread::sleep(Duration::from_millis(100));
    }
    running.end().exits(130);
}
